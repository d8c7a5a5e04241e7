"""How every pretend help desk is set up: teams, fields, opening hours, policies."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

GROUPS = {7001: "Support", 7002: "Retouren"}
TIME_TOTAL, ORDER_FIELD = 360009002, 360009003
FIELDS: list[Row] = [
    {"id": 360009001, "type": "integer", "title": "Time spent last update (sec)"},
    {"id": TIME_TOTAL, "type": "integer", "title": "Total time spent (sec)"},
    {"id": ORDER_FIELD, "type": "text", "title": "Bestellnummer"},
    {"id": 360009004, "type": "text", "title": "Spitzname"},
]


def _weekdays(begin: int, end: int) -> list[Row]:
    """The same hours from Monday to Friday, in minutes since Sunday 00:00."""
    return [{"start_time": day * 1440 + begin * 60, "end_time": day * 1440 + end * 60} for day in range(1, 6)]


SCHEDULES: list[Row] = [
    {
        "id": 8801,
        "name": "Laden",
        "time_zone": "Berlin",
        "intervals": [{"start_time": 0, "end_time": 240}, *_weekdays(9, 18)],
        "created_at": "2024-01-08T10:00:00Z",
        "updated_at": "2024-01-08T10:00:00Z",
    },
    {
        "id": 8802,
        "name": "Overseas",
        "time_zone": "Eastern Time (US & Canada)",
        "intervals": _weekdays(10, 16),
        "created_at": "2024-03-08T10:00:00Z",
        "updated_at": "2024-03-08T10:00:00Z",
    },
]
HOLIDAYS: dict[int, list[Row]] = {
    8801: [{"id": 1, "name": "Weihnachten", "start_date": "2026-12-24", "end_date": "2026-12-26"}],
    8802: [],
}
POLICIES: list[Row] = [
    {
        "id": 9901,
        "title": "Standard",
        "position": 1,
        "filter": {"all": [{"field": "current_via_id", "operator": "is", "value": ["email", "web"]}], "any": []},
        "policy_metrics": [
            {"metric": "first_reply_time", "priority": "normal", "target": 60, "business_hours": True},
            {"metric": "first_reply_time", "priority": "high", "target": 30, "business_hours": True},
        ],
    },
    {
        "id": 9902,
        "title": "Grosskunden",
        "position": 2,
        "filter": {"all": [{"field": "organization_id", "operator": "is", "value": "Frau Muster"}], "any": []},
        "policy_metrics": [{"metric": "requester_wait_time", "priority": None, "target": 600, "business_hours": False}],
    },
]
