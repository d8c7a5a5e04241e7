"""The promises of the program, kept by this adapter behind its simulator."""

from typing import ClassVar

from connector.testing import AdapterContract


class TestZendesk(AdapterContract):
    adapter = "zendesk"
    # Agents have no change filter: they are read whole in the first sync and in the sweep only. Which stream the
    # request for an access token falls to is the first one that asks.
    requests_when_nothing_new: ClassVar[dict[str, int]] = {"agents": 0, "tickets": 2}
