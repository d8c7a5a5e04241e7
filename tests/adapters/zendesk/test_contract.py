"""The promises of the program, kept by this adapter behind its simulator."""

from typing import ClassVar

from connector.testing import AdapterContract


class TestZendesk(AdapterContract):
    adapter = "zendesk"
    # Lists without a change filter are read whole in the first sync and in the sweep only; the logs go by the walk of
    # the tickets. The request for an access token falls to the first stream that asks.
    requests_when_nothing_new: ClassVar[dict[str, int]] = {
        "tickets": 2,
        **dict.fromkeys(("conversation_log", "agents", "groups", "schedules", "sla_policies"), 0),
    }
