"""The frames of the service say the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from connector.kpi.service.figures import SERVICE
from connector.store import Store
from tests.kpi.talks import OFFICE, Talks, later

MONDAY = "2024-03-04 10:00"
MINUTE = 60


def test_every_frame_is_read(store: Store) -> None:
    talks = Talks(store, hours=OFFICE)
    talks.agent("7", "Ada")
    ticket = talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 30), "agent"),
        (later(MONDAY, 60), "solved"),
        agent_id="7",
        tags='["größe", "dhl"]',
        group_name="support",
    )
    talks.happened(ticket, MONDAY, "sla", value="reply_time/business", seconds=20 * MINUTE)
    talks.rating(ticket, later(MONDAY, 90), 1)
    chat = talks.talk(
        MONDAY, (MONDAY, "customer"), (later(MONDAY, 1), "agent"), (later(MONDAY, 9), "closed"), channel="chat",
        desk="chat", person=2,
    )  # fmt: skip
    talks.happened(chat, MONDAY, "work", desk="chat", seconds=9 * MINUTE, agent_id="7")
    talks.talk(MONDAY, (MONDAY, "customer"), state="spam")
    talks.save()
    found = {figure.id: figure.value for figure in talks.ask(*(kpi.id for kpi in SERVICE), period="2024").figures}
    assert found == {
        "contact_volume": 2,
        "solved_volume": 2,
        "net_flow": 0,
        "backlog": 0,
        "frt": 15.5 * MINUTE,
        "first_bot_response": None,
        "frt_sla": 0.5,
        "nrt": 15.5 * MINUTE,
        "reply_gap_total": 15.5 * MINUTE,
        "aht": 9 * MINUTE,
        "aht_estimated": 1 * MINUTE,
        "fcr": 1.0,
        "one_touch_rate": 1.0,
        "not_reopened_rate": 1.0,
        "first_resolution_time": 34.5 * MINUTE,
        "full_resolution_time": 34.5 * MINUTE,
        "requester_wait_time": 60 * MINUTE,
        "agent_wait_time": 0,
        "reopen_rate": 0.0,
        "agents_involved": 1.0,
        "handoffs": 0.0,
        "replies_per_resolution": 1.0,
        "missed_chats": 0.0,
        "offline_chats": 0,
        "bot_resolution": None,
    }
    assert talks.value("fcr", period="2024", set=["fcr.method=survey"]) == 1.0
    assert talks.value("fcr", period="2024", set=["fcr.scope=same_order"]) == 1.0
    groups = [row.group for row in talks.ask("contact_volume", period="2024", by="tag").figures]
    assert groups == [{"tag": "dhl"}, {"tag": "größe"}, {"tag": None}, None]
