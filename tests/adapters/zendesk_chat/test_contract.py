"""The promises of the program, kept by this adapter behind its simulator."""

from typing import ClassVar

from connector.testing import AdapterContract


class TestZendeskChat(AdapterContract):
    adapter = "zendesk_chat"
    # Agents have no change filter: they are read whole in the first sync and in the sweep only.
    requests_when_nothing_new: ClassVar[dict[str, int]] = {"chats": 1, "agents": 0}
