"""A pretend Zendesk help desk: a faithful server for the part of the API that a polling client reads.

Built from recorded answers and the reference. Rooms: `desk` what there is and what happens, `fill` the help desks there
are, this file the answers. Quirks: the last minute is hidden and refused as a start; `after_url` and `next_page` are
always filled; the rows of a page's last second come again; tokens of OAuth clients run out.

Not pretended: searches, views, organisations, audits, metric events, surveys, conversation logs.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from http import HTTPStatus
from random import Random
from typing import Any, ClassVar
from urllib.parse import parse_qs

import msgspec

from adapters.zendesk.simulator.desk import Desk, Row, changed_at
from adapters.zendesk.simulator.fill import fill_bulk, fill_small, fill_story
from connector.clock import Clock

__all__ = ["ZendeskDesk"]

CLIENT, SECRET = "connector", "pretend-client-secret-77aa"
_HIDDEN = 60  # seconds
_BASE = "https://shop.zendesk.com/api/v2/"
_encoded = msgspec.json.Encoder().encode
_MISSING = 404, {"error": "RecordNotFound", "description": "Not found"}


class ZendeskDesk(Desk):
    """A pretend help desk, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    `refused` are paths that the plan or role does not offer; `pinned` makes exports give the same place for ever;
    `empty_once` makes the next export page empty but not the last.
    """

    adapter: ClassVar[str] = "zendesk"

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock, seed)
        self.on_request: Callable[[dict[str, Any]], None] | None = None
        self.lock = threading.RLock()
        self.refused: set[str] = set()
        self.pinned = False
        self.empty_once = False
        self.tokens = 0
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> ZendeskDesk:
        """Two years of a shop's help desk."""
        desk = cls(clock=clock, seed=seed)
        fill_story(desk)
        return desk

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> ZendeskDesk:
        """A few dozen tickets with every oddity."""
        desk = cls(clock=clock, seed=seed)
        fill_small(desk)
        return desk

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> ZendeskDesk:
        """`size` tickets."""
        desk = cls(clock=clock, seed=seed)
        fill_bulk(desk, size)
        return desk

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> ZendeskDesk:
        """A help desk with the same client and nothing in it."""
        return cls(clock=clock, seed=seed)

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the adapter reads this desk at `address`, faster than a real one."""
        login = {"client_id": CLIENT, "client_secret": SECRET}
        return {"adapter": self.adapter, "url": address, **login, "requests_per_minute": 60_000}

    def change(self, random: Random) -> str:
        """Let one random thing happen, and say what it was."""
        with self.lock:
            return self.something_happens(random)

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now, with what the adapter adds to it."""
        with self.lock:
            staff = {str(user["id"]): _encoded(user) for user in self.users.values() if user["role"] != "end-user"}
            return {
                "agents": staff,
                "users": {str(key): _encoded(user) for key, user in self.users.items()},
                "tickets": {
                    str(key): _encoded({**ticket, "_context": {"group": self.groups[ticket["group_id"]]}})
                    for key, ticket in self.tickets.items()
                },
                "ticket_events": dict(self.parts()),
                "satisfaction_ratings": {f"rating-{key}": _encoded(row) for key, row in self.ratings.items()},
                "engagements": {f"engagement-{key}": _encoded(row) for key, row in self.engagements.items()},
            }

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Nothing: the exports hold everything."""
        return {}

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Nothing: every change moves a stamp."""
        return {}

    # --- answers -----------------------------------------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        if self.on_request:
            self.on_request(environ)
        with self.lock:
            status, body = self._answer(environ)
        start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", "application/json; charset=utf-8")])
        return [_encoded(body)]

    def _answer(self, environ: Mapping[str, Any]) -> tuple[int, Any]:
        path = str(environ.get("PATH_INFO", ""))
        if path == "/oauth/tokens":
            return self._token(environ)
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer pretend-{self.tokens}":
            return 401, {"error": "invalid_token", "error_description": "The access token provided is expired."}
        name = path.removeprefix("/api/v2/").removesuffix(".json")
        query = {key: values[-1] for key, values in parse_qs(str(environ.get("QUERY_STRING", ""))).items()}
        self.asked.append((name, query))
        if name in self.refused:
            return 403, {"error": {"title": "Forbidden", "message": "Access to this resource is restricted."}}
        if name.startswith("incremental/"):
            return self._export(name.removeprefix("incremental/"), query)
        if name == "users/show_many":
            wanted = [int(key) for key in query["ids"].split(",")]
            return 200, {"users": [self.users[key] for key in wanted if key in self.users]}
        if name.startswith("users/"):
            key = name.removeprefix("users/")
            found = self.users.get(int(key)) if key.isdigit() else None
            return (200, {"user": found}) if found else _MISSING
        if name == "users":
            staff = [user for user in self.users.values() if user["role"] != "end-user"]
            return 200, self._paged("users", staff, query)
        if name == "satisfaction_ratings":
            since = int(query.get("start_time", 0))
            rows = [row for row in self.ratings.values() if changed_at(row) >= since]
            return 200, self._paged("satisfaction_ratings", rows, query)
        return (200, self._engagements(query)) if name == "engagements" else _MISSING

    def _token(self, environ: Mapping[str, Any]) -> tuple[int, Any]:
        sent = msgspec.json.decode(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        self.tokens += 1
        return 200, {"access_token": f"pretend-{self.tokens}", "token_type": "bearer", "scope": "read"}

    def _export(self, name: str, query: Mapping[str, str]) -> tuple[int, Any]:
        now = self.server_time() // 1_000_000
        if "cursor" not in query and int(query.get("start_time", 0)) > now - _HIDDEN:
            return 400, {"error": "StartTimeTooRecent", "description": "Too recent start_time."}
        size = int(query.get("per_page", 1000))
        if name == "ticket_events":
            return 200, self._by_time(query, size, now)
        if name not in ("tickets/cursor", "users/cursor"):
            return _MISSING
        kind = name.partition("/")[0]
        table = self.tickets if kind == "tickets" else self.users
        after = _place(query.get("cursor"), int(query.get("start_time", 0)))
        visible = (row for row in table.values() if changed_at(row) <= now - _HIDDEN)
        behind = (row for row in visible if (changed_at(row), row["id"]) > after)
        rows = sorted(behind, key=lambda row: (changed_at(row), row["id"]))[:size]
        end = len(rows) < size
        if self.empty_once:
            self.empty_once, rows, end = False, [], False
            cursor = _cursor(after[0], after[1], "x")
        else:
            cursor = _cursor(*((changed_at(rows[-1]), rows[-1]["id"]) if rows else after))
        if self.pinned:
            cursor, end = query.get("cursor", cursor), False
        beside = {}
        if "groups" in query.get("include", ""):
            beside = {"groups": [{"id": key, "name": text} for key, text in self.groups.items()]}
        url = f"{_BASE}incremental/{kind}/cursor.json?cursor={cursor}"
        return 200, {kind: rows, **beside, "after_url": url, "after_cursor": cursor, "end_of_stream": end}

    def _by_time(self, query: Mapping[str, str], size: int, now: int) -> Any:
        start = int(query.get("start_time", 0))
        rows = [row for row in self.events if start <= row["timestamp"] <= now - _HIDDEN]
        cut = size
        while 0 < cut < len(rows) and rows[cut]["timestamp"] == rows[cut - 1]["timestamp"]:
            cut += 1  # a page is filled up to the end of its last second
        page = rows[:cut]
        end = page[-1]["timestamp"] if page else start
        rest = {"count": len(page), "end_time": end, "end_of_stream": cut >= len(rows)}
        if self.pinned:
            rest["end_of_stream"] = False
        return {"ticket_events": page, **rest, "next_page": f"{_BASE}incremental/ticket_events.json?start_time={end}"}

    @staticmethod
    def _paged(key: str, rows: Sequence[Row], query: Mapping[str, str]) -> Any:
        begin, size = int(query.get("page[after]", 0)), int(query.get("page[size]", 100))
        more = begin + size < len(rows)
        meta = {"has_more": more, "after_cursor": str(begin + size) if more else None}
        return {key: rows[begin : begin + size], "meta": meta, "links": {"next": None}}

    def _engagements(self, query: Mapping[str, str]) -> Any:
        size = int(query.get("page_size", 100))
        rows = list(self.engagements.values())
        if "engagement_id_cursor" in query:
            keys = [row["engagement_id"] for row in rows]
            rows = rows[keys.index(query["engagement_id_cursor"]) + 1 :]
        else:
            rows = [row for row in rows if changed_at(row) >= int(query.get("start_time", 0))]
        page = rows[:size]
        answer: dict[str, Any] = {"agent_engagement_data": page, "has_more": len(rows) > size, "page_size": size}
        if page:
            place = f"start_time_cursor={changed_at(page[-1])}&engagement_id_cursor={page[-1]['engagement_id']}"
            answer["next_page_url"] = f"{_BASE}engagements?{place}&page_size={size}"
        return answer


def _cursor(stamp: int, key: int, mark: str = "") -> str:
    return base64.urlsafe_b64encode(f"{stamp}.0||{key}|{mark}".encode()).decode()


def _place(cursor: str | None, start: int) -> tuple[int, int]:
    if cursor is None:
        return start, -1
    stamp, _, rest = base64.urlsafe_b64decode(cursor).decode().partition(".0||")
    return int(stamp), int(rest.partition("|")[0])
