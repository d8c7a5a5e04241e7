"""How a pretend help desk lists its rows: by the export's cursor, by time, and page by page."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from adapters.zendesk.simulator import shapes
from adapters.zendesk.simulator.desk import Row, changed_at, second_of

if TYPE_CHECKING:
    from adapters.zendesk.simulator import ZendeskDesk

_second = itemgetter("timestamp")

ENGAGEMENTS_KEPT = 90 * 86_400  # seconds
HIDDEN = 60  # seconds: the exports leave the last minute out
BASE = "https://shop.zendesk.com/api/v2/"


def export(desk: ZendeskDesk, name: str, query: Mapping[str, str]) -> tuple[int, Any]:
    """An answer of an incremental export."""
    now = desk.server_time() // 1_000_000
    if "cursor" not in query and int(query.get("start_time", 0)) > now - HIDDEN:
        return 400, {"error": "StartTimeTooRecent", "description": "Too recent start_time."}
    size = int(query.get("per_page", 1000))
    if name == "ticket_events":
        page, rest = _by_time(desk, name, desk.events, query, size, now)
        return 200, {name: shapes.events(page, comments=query.get("include") == "comment_events"), **rest}
    if name == "ticket_metric_events":
        page, rest = _by_time(desk, name, desk.clocks.rows, query, size, now)
        return 200, {name: shapes.metric_events(page), **rest}
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
    url = f"{BASE}incremental/{kind}/cursor.json?cursor={cursor}"
    place = {"after_url": url, "before_url": None, "after_cursor": cursor, "before_cursor": None, "end_of_stream": end}
    if kind == "users":
        return {kind: shapes.users(BASE, rows), **place}
    wanted, beside = query.get("include", "").split(","), {}
    if "groups" in wanted:
        beside["groups"] = [{"id": key, "name": text} for key, text in desk.groups.items()]
    if "users" in wanted:
        named = {row[field] for row in rows for field in ("requester_id", "submitter_id", "assignee_id")}
        beside["users"] = shapes.users(BASE, (desk.users[key] for key in sorted(named - {None}) if key in desk.users))
    return {kind: shapes.tickets(BASE, rows, metrics="metric_sets" in wanted), **beside, **place}


def _by_time(
    desk: ZendeskDesk, key: str, listed: Sequence[Row], query: Mapping[str, str], size: int, now: int
) -> tuple[Sequence[Row], Row]:
    start = int(query.get("start_time", 0))
    begin = bisect_left(listed, start, key=_second)
    last = bisect_right(listed, now - HIDDEN, lo=begin, key=_second)
    cut = min(begin + size, last)
    if not desk.cuts_seconds and begin < cut:  # a page is filled up to the end of its last second
        cut = bisect_right(listed, _second(listed[cut - 1]), lo=cut, hi=last, key=_second)
    page = listed[begin:cut]
    end = page[-1]["timestamp"] if page else start
    following = f"{BASE}incremental/{key}.json?start_time={end}"
    ended = cut == last and not desk.pinned
    return page, {"next_page": following, "count": len(page), "end_of_stream": ended, "end_time": end}


def paged(key: str, rows: Sequence[Row], query: Mapping[str, str]) -> Any:
    """A page of an ordinary list."""
    begin, size = int(query.get("page[after]", 0)), int(query.get("page[size]", 100))
    more = begin + size < len(rows)
    meta = {"has_more": more, "after_cursor": str(begin + size), "before_cursor": str(begin)}
    following = f"{BASE}{key}?page%5Bafter%5D={begin + size}" if more else None
    return {key: rows[begin : begin + size], "meta": meta, "links": {"next": following, "prev": None}}


def engagements(desk: ZendeskDesk, query: Mapping[str, str]) -> Any:
    """A page of the work that ended in the last 90 days, in the order in which it began."""
    size = int(query.get("page_size", 100))
    after = (int(query.get("start_time_cursor", query.get("start_time", 0))), query.get("engagement_id_cursor", ""))
    kept = (row for row in desk.engagements.values() if not forgotten(desk, row))
    rows = sorted((second_of(row["engagement_start_time"]), row["engagement_id"]) for row in kept)
    rows = rows[bisect_right(rows, after) :]
    page, more = rows[:size], len(rows) > size
    following = None
    if more:
        stamp, key = page[-1]
        following = f"{BASE}engagements?start_time_cursor={stamp}&engagement_id_cursor={key}&page_size={size}"
    listed = shapes.engagements(desk.engagements[key] for _, key in page)
    return {"agent_engagement_data": listed, "next_page_url": following, "has_more": more, "page_size": size}


def forgotten(desk: ZendeskDesk, engagement: Row) -> bool:
    """Whether work ended so long ago that the desk has it no more."""
    return second_of(engagement["engagement_end_time"]) < desk.server_time() // 1_000_000 - ENGAGEMENTS_KEPT


def _cursor(stamp: int, key: int, mark: str = "") -> str:
    return base64.urlsafe_b64encode(f"{stamp}.0||{key}|{mark}".encode()).decode()


def _place(cursor: str | None, start: int) -> tuple[int, int]:
    if cursor is None:
        return start, -1
    stamp, _, rest = base64.urlsafe_b64decode(cursor).decode().partition(".0||")
    return int(stamp), int(rest.partition("|")[0])
