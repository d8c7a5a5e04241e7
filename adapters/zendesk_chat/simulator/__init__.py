"""A pretend Zendesk Chat account: a faithful server for the part of the API that a polling client reads.

Built from recorded answers and the reference. Rooms: `chats` the shape of chats, `deeds` what happens to them, `fill`
the accounts there are. Quirks: `next_page` is always filled and names another host; rows of one second are told apart
by id alone; without `fields=chats(*)` only stubs come; a deleted chat comes once more as a stub.

Not pretended: the old lists and the search, timelines, bans, goals, shortcuts, triggers.
"""

from __future__ import annotations

import bisect
import json
import threading
from collections.abc import Callable, Iterable, Mapping, Set
from http import HTTPStatus
from random import Random
from typing import Any, ClassVar
from urllib.parse import parse_qs

from adapters.zendesk_chat.simulator.chats import encoded
from adapters.zendesk_chat.simulator.deeds import something_happens
from adapters.zendesk_chat.simulator.fill import fill_bulk, fill_small, fill_story
from connector.clock import Clock

__all__ = ["ZendeskChatAccount"]

TOKEN = "chat-token-1f6b0c9d2e"  # noqa: S105 - of a pretend account
_PREFIX = "/api/v2/chat/"
_MOST = 1000


class ZendeskChatAccount:
    """A pretend account, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    `exists` False is an account without Chat, `refused` are lists the token may not read; `pinned` makes the export
    give the same place for ever.
    """

    adapter: ClassVar[str] = "zendesk_chat"

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        self._clock = clock
        self.seed = seed
        self.clock_offset = 0.0
        self.on_request: Callable[[dict[str, Any]], None] | None = None
        self.lock = threading.RLock()
        self.chats: dict[str, dict[str, Any]] = {}
        self.agents: dict[int, dict[str, Any]] = {}
        self.exists = True
        self.refused: set[str] = set()
        self.pinned = False
        self._order: list[tuple[int, str]] = []
        self._places: dict[str, int] = {}
        self._bodies: dict[str, bytes] = {}

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> ZendeskChatAccount:
        """Two years of a shop's chat."""
        account = cls(clock=clock, seed=seed)
        fill_story(account)
        return account

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> ZendeskChatAccount:
        """A few dozen chats with every oddity."""
        account = cls(clock=clock, seed=seed)
        fill_small(account)
        return account

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> ZendeskChatAccount:
        """`size` chats of realistic length."""
        account = cls(clock=clock, seed=seed)
        fill_bulk(account, size)
        return account

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> ZendeskChatAccount:
        """An account with the same token and nothing in it."""
        return cls(clock=clock, seed=seed)

    # --- the world ---------------------------------------------------------------------------------------------------

    def server_time(self) -> int:
        """The account's time, microseconds UTC."""
        return self._clock.now() + int(self.clock_offset * 1_000_000)

    def put(self, chat: dict[str, Any], seconds: int) -> None:
        """Store a chat as changed at `seconds` since 1970."""
        key = chat["id"]
        if key in self._places:
            del self._order[bisect.bisect_left(self._order, (self._places[key], key))]
        self.chats[key] = chat
        self._places[key] = seconds
        bisect.insort(self._order, (seconds, key))
        self._bodies[key] = encoded(chat)

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the adapter reads this account at `address`."""
        return {"adapter": self.adapter, "url": address, "access_token": TOKEN}

    def change(self, random: Random) -> str:
        """Let one random thing happen, and say what it was."""
        with self.lock:
            return something_happens(self, random)

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now."""
        with self.lock:
            agents = {str(key): encoded(agent) for key, agent in self.agents.items()}
            return {"chats": dict(self._bodies), "agents": agents}

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Nothing: the lists hold everything."""
        return {}

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Nothing: whatever happens to a chat moves its stamp."""
        return {}

    # --- answers -----------------------------------------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        if self.on_request:
            self.on_request(environ)
        with self.lock:
            status, body = self._answer(environ)
        start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", "application/json; charset=utf-8")])
        return [body]

    def _answer(self, environ: Mapping[str, Any]) -> tuple[int, bytes]:
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {TOKEN}":
            return 401, b'{"error":"invalid_token","error_description":"The access token provided is expired"}'
        path = str(environ.get("PATH_INFO", ""))
        if not self.exists or not path.startswith(_PREFIX):
            return 404, b'{"error":"not_found","message":"Not found"}'
        rest = path.removeprefix(_PREFIX).removesuffix(".json")
        query = {key: values[-1] for key, values in parse_qs(str(environ.get("QUERY_STRING", ""))).items()}
        if rest.split("/")[-1] in self.refused:
            return 403, b'{"error":"Forbidden","description":"Missing the following required scopes: chat"}'
        if rest == "incremental/chats":
            return 200, self._export(query)
        if rest == "agents":
            since, limit = int(query.get("since_id", 0)), int(query.get("limit", 100))
            return 200, encoded([self.agents[key] for key in sorted(self.agents) if key > since][:limit])
        name, _, key = rest.partition("/")
        if name == "agents" and key.isdigit() and int(key) in self.agents:
            return 200, encoded(self.agents[int(key)])
        return 404, b'{"error":"not_found","message":"Not found"}'

    def _export(self, query: Mapping[str, str]) -> bytes:
        start, limit = int(query.get("start_time", 0)), min(_MOST, int(query.get("limit", _MOST)))
        start_id = query.get("start_id", "")
        # With an id: what lies behind the pair. Without: from that second on, itself included.
        begin = (
            bisect.bisect_right(self._order, (start, start_id))
            if start_id
            else bisect.bisect_left(self._order, (start, ""))
        )
        rows = self._order[begin : begin + limit]
        end_time, end_id = rows[-1] if rows and not self.pinned else (start, start_id or None)
        whole = query.get("fields") == "chats(*)"
        shown = [self._bodies[key] if whole else encoded(_stub(self.chats[key])) for _, key in rows]
        rest = {
            "count": len(rows),
            "end_id": end_id,
            "end_time": end_time,
            "next_page": "https://shop.zendesk.com/api/v2/chat/incremental/chats?fields=chats%28%2A%29"
            f"&limit={limit}&start_time={end_time}&start_id={end_id or ''}",
        }
        return b'{"chats":[' + b",".join(shown) + b"]," + json.dumps(rest).encode()[1:]


def _stub(chat: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": chat["id"], "update_timestamp": chat["update_timestamp"]}
