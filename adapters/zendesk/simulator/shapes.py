"""What the API's rows hold besides what happens in a pretend help desk: the fields of recorded answers.

Put in when a row is sent, so that answers weigh what real ones weigh and the desk itself stays small.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

_NOBODY: list[int] = []
_TICKET: Row = {
    **dict.fromkeys(("external_id", "type", "recipient", "organization_id", "forum_topic_id", "problem_id", "due_at")),
    **dict.fromkeys(("collaborator_ids", "follower_ids", "email_cc_ids", "sharing_agreement_ids"), _NOBODY),
    "has_incidents": False,
    "is_public": True,
    "custom_status_id": 6130830355738,
    "followup_ids": _NOBODY,
    "ticket_form_id": 6130830344474,
    "brand_id": 6130830354842,
    "allow_channelback": False,
    "allow_attachments": True,
}
_METRICS: Row = {
    "group_stations": 1,
    "assignee_stations": 1,
    **{
        f"{name}_time_in_minutes": {"calendar": None, "business": None}
        for name in ("reply", "first_resolution", "full_resolution", "agent_wait", "requester_wait", "on_hold")
    },
}
_USER: Row = {
    "time_zone": "Berlin",
    "iana_time_zone": "Europe/Berlin",
    **dict.fromkeys(("shared_phone_number", "photo", "organization_id", "external_id", "alias", "last_login_at")),
    "locale_id": 8,
    "locale": "de",
    "verified": True,
    "tags": [],
    **dict.fromkeys(("shared", "shared_agent", "moderator", "only_private_comments", "suspended", "report_csv"), False),
    **dict.fromkeys(("two_factor_auth_enabled", "signature", "details", "role_type", "custom_role_id")),
    "ticket_restriction": "requested",
    "restricted_agent": True,
    "default_group_id": None,
    "user_fields": {},
}
_SYSTEM: Row = {"ip_address": "203.0.113.10", "client": "Mozilla/5.0", "location": "Berlin, BE, Germany"}
_EVENT: Row = {
    "via": "Web form",
    "system": {**_SYSTEM, "latitude": 52.52, "longitude": 13.4},
    "metadata": {"system": {}, "custom": {}},
    "event_type": "Audit",
}
_COMMENT: Row = {"via_reference_id": None, "attachments": []}
_ENGAGEMENT: Row = {
    "group_id": 7001,
    "offer_time_seconds": 3,
    "assignment_to_first_reply_time_seconds": 38,
    "agent_messages_count": 1,
    "agent_replies_count": 1,
    "total_requester_wait_time_seconds": 97,
    "longest_requester_wait_time_seconds": 97,
    "average_requester_wait_time_seconds": 97,
    "end_user_messages_count": 1,
    "channel": "SUPPORT",
    "engagement_start_reason": "Assigned",
    "engagement_end_reason": "Unknown Remove",
    "ticket_status_start": "NEW",
    "ticket_status_end": "SOLVED",
}


def tickets(base: str, rows: Iterable[Row], *, metrics: bool) -> list[Row]:
    """Tickets, with `metrics` and their measurements. `fields` says what `custom_fields` says once more."""
    listed = []
    for row in rows:
        whole = {"url": f"{base}tickets/{row['id']}.json", **_TICKET, **row}
        whole |= {"raw_subject": row["subject"], "fields": row["custom_fields"]}
        measured = whole.pop("metric_set")
        if metrics:
            whole["metric_set"] = {
                "url": f"{base}ticket_metrics/{row['id']}.json",
                "id": row["id"],
                "ticket_id": row["id"],
                **dict.fromkeys(("created_at", "requester_updated_at", "status_updated_at"), row["created_at"]),
                **dict.fromkeys(("updated_at", "latest_comment_added_at"), row["updated_at"]),
                "custom_status_updated_at": row["updated_at"],
                **_METRICS,
                **measured,
            }
        listed.append(whole)
    return listed


def users(base: str, rows: Iterable[Row]) -> list[Row]:
    """People."""
    return [{"url": f"{base}users/{row['id']}.json", **_USER, **row} for row in rows]


def events(rows: Iterable[Row], *, comments: bool) -> list[Row]:
    """Ticket events; without `comments` their parts only say that there is one."""
    return [
        {**_EVENT, **row, "child_events": [_child(child, row["id"], comments) for child in row["child_events"]]}
        for row in rows
    ]


def _child(child: Row, audit: int, comments: bool) -> Row:
    if child["event_type"] != "Comment":
        return child
    if comments:
        return {**_COMMENT, "audit_id": audit, **child}
    said = {"comment_present": True, "comment_public": child["public"]}
    return {"id": child["id"], "via": "Web form", "via_reference_id": None, **said, "event_type": "Create"}


def metric_events(rows: Iterable[Row]) -> list[Row]:
    """Metric events, which say their instant as a text alone."""
    return [{key: value for key, value in row.items() if key != "timestamp"} for row in rows]


def ratings(base: str, rows: Iterable[Row]) -> list[Row]:
    """Answers to the older survey."""
    return [{"url": f"{base}satisfaction_ratings/{row['id']}.json", "group_id": None, **row} for row in rows]


def engagements(rows: Iterable[Row]) -> list[Row]:
    """Work that ended."""
    return [{**_ENGAGEMENT, **row} for row in rows]
