"""How a pretend help desk lists its rows: by the export's cursor, by time, and page by page."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from adapters.zendesk.simulator.desk import Row, changed_at

if TYPE_CHECKING:
    from adapters.zendesk.simulator import ZendeskDesk

_second = itemgetter("timestamp")

HIDDEN = 60  # seconds: the exports leave the last minute out
BASE = "https://shop.zendesk.com/api/v2/"


def export(desk: ZendeskDesk, name: str, query: Mapping[str, str]) -> tuple[int, Any]:
    """An answer of an incremental export."""
    now = desk.server_time() // 1_000_000
    if "cursor" not in query and int(query.get("start_time", 0)) > now - HIDDEN:
        return 400, {"error": "StartTimeTooRecent", "description": "Too recent start_time."}
    size = int(query.get("per_page", 1000))
    if name == "ticket_events":
        return 200, _by_time(desk, name, desk.events, query, size, now)
    if name == "ticket_metric_events":
        return 200, _by_time(desk, name, desk.clocks.rows, query, size, now)
    if name not in ("tickets/cursor", "users/cursor"):
        return 404, {"error": "RecordNotFound", "description": "Not found"}
    return 200, _by_cursor(desk, name.partition("/")[0], query, size, now)


def _by_cursor(desk: ZendeskDesk, kind: str, query: Mapping[str, str], size: int, now: int) -> Any:
    table = desk.tickets if kind == "tickets" else desk.users
    after = _place(query.get("cursor"), int(query.get("start_time", 0)))
    visible = (row for row in table.values() if changed_at(row) <= now - HIDDEN)
    behind = (row for row in visible if (changed_at(row), row["id"]) > after)
    rows = sorted(behind, key=lambda row: (changed_at(row), row["id"]))[:size]
    end = len(rows) < size
    if desk.empty_once:
        desk.empty_once, rows, end = False, [], False
        cursor = _cursor(after[0], after[1], "x")
    else:
        cursor = _cursor(*((changed_at(rows[-1]), rows[-1]["id"]) if rows else after))
    if desk.pinned:
        cursor, end = query.get("cursor", cursor), False
    wanted, beside = query.get("include", ""), {}
    if "groups" in wanted:
        beside["groups"] = [{"id": key, "name": text} for key, text in desk.groups.items()]
    if "users" in wanted:
        named = {row[field] for row in rows for field in ("requester_id", "submitter_id", "assignee_id")}
        beside["users"] = [desk.users[key] for key in sorted(named - {None}) if key in desk.users]
    url = f"{BASE}incremental/{kind}/cursor.json?cursor={cursor}"
    return {kind: rows, **beside, "after_url": url, "after_cursor": cursor, "end_of_stream": end}


def _by_time(desk: ZendeskDesk, key: str, listed: Sequence[Row], query: Mapping[str, str], size: int, now: int) -> Any:
    start = int(query.get("start_time", 0))
    begin = bisect_left(listed, start, key=_second)
    last = bisect_right(listed, now - HIDDEN, lo=begin, key=_second)
    cut = min(begin + size, last)
    if not desk.cuts_seconds and begin < cut:  # a page is filled up to the end of its last second
        cut = bisect_right(listed, _second(listed[cut - 1]), lo=cut, hi=last, key=_second)
    page = listed[begin:cut]
    end = page[-1]["timestamp"] if page else start
    rest = {"count": len(page), "end_time": end, "end_of_stream": cut == last}
    if desk.pinned:
        rest["end_of_stream"] = False
    return {key: page, **rest, "next_page": f"{BASE}incremental/{key}.json?start_time={end}"}


def paged(key: str, rows: Sequence[Row], query: Mapping[str, str]) -> Any:
    """A page of an ordinary list."""
    begin, size = int(query.get("page[after]", 0)), int(query.get("page[size]", 100))
    more = begin + size < len(rows)
    meta = {"has_more": more, "after_cursor": str(begin + size) if more else None}
    return {key: rows[begin : begin + size], "meta": meta, "links": {"next": None}}


def engagements(desk: ZendeskDesk, query: Mapping[str, str]) -> Any:
    """A page of the work that ended."""
    size = int(query.get("page_size", 100))
    rows = list(desk.engagements.values())
    if "engagement_id_cursor" in query:
        keys = [row["engagement_id"] for row in rows]
        rows = rows[keys.index(query["engagement_id_cursor"]) + 1 :]
    else:
        rows = [row for row in rows if changed_at(row) >= int(query.get("start_time", 0))]
    page = rows[:size]
    answer: dict[str, Any] = {"agent_engagement_data": page, "has_more": len(rows) > size, "page_size": size}
    if page:
        place = f"start_time_cursor={changed_at(page[-1])}&engagement_id_cursor={page[-1]['engagement_id']}"
        answer["next_page_url"] = f"{BASE}engagements?{place}&page_size={size}"
    return answer


def _cursor(stamp: int, key: int, mark: str = "") -> str:
    return base64.urlsafe_b64encode(f"{stamp}.0||{key}|{mark}".encode()).decode()


def _place(cursor: str | None, start: int) -> tuple[int, int]:
    if cursor is None:
        return start, -1
    stamp, _, rest = base64.urlsafe_b64decode(cursor).decode().partition(".0||")
    return int(stamp), int(rest.partition("|")[0])
