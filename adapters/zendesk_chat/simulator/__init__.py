"""A pretend Zendesk Chat account: a faithful server for the part of the API that a polling client reads.

Built from recorded answers and the reference. Rooms: `chats` the shape of chats, `deeds` what happens to them, `fill`
the accounts there are. Quirks: `next_page` is always filled and names another host; rows of one second are told apart
by id alone; without `fields=chats(*)` only stubs come; a deleted chat comes once more as a stub.

Not pretended: the old lists and the search, timelines, bans, goals, shortcuts, triggers.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

from adapters.zendesk_chat.simulator.chats import encoded
from adapters.zendesk_chat.simulator.deeds import something_happens
from adapters.zendesk_chat.simulator.fill import fill_bulk, fill_small, fill_story
from connector.clock import Clock
from connector.simulation.application import PretendApi, Reply, World

__all__ = ["ZendeskChatAccount"]

TOKEN = "chat-token-1f6b0c9d2e"  # noqa: S105 - of a pretend account
_PREFIX = "/api/v2/chat/"
_MOST = 1000
_MISSING = 404, {"error": "not_found", "message": "Not found"}


class ZendeskChatAccount(PretendApi):
    """A pretend account, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    `exists` False is an account without Chat, `refused` are lists the token may not read; `pinned` makes the export
    give the same place for ever; `instead` are answers to give to the next requests in place of the right ones.
    """

    adapter: ClassVar[str] = "zendesk_chat"

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock=clock, seed=seed)
        self.chats: dict[str, dict[str, Any]] = {}
        self.agents: dict[int, dict[str, Any]] = {}
        self.exists = True
        self.refused: set[str] = set()
        self.pinned = False
        self.instead: list[Reply] = []
        self._order: list[tuple[int, str]] = []
        self._places: dict[str, int] = {}
        self._bodies: dict[str, bytes] = {}

    def fill(self, kind: World, size: int) -> None:
        """Put in what such a world holds."""
        match kind:
            case "story":
                fill_story(self)
            case "small":
                fill_small(self)
            case "bulk":
                fill_bulk(self, size)

    # --- the world ---------------------------------------------------------------------------------------------------

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

    def something_happens(self, random: Random) -> str:
        """One random thing, and a word for it."""
        return something_happens(self, random)

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now."""
        with self.lock:
            agents = {str(key): encoded(agent) for key, agent in self.agents.items()}
            return {"chats": dict(self._bodies), "agents": agents}

    # --- answers -----------------------------------------------------------------------------------------------------

    def answer(self, path: str, query: Mapping[str, str], environ: Mapping[str, Any]) -> Reply:
        """The answer to one request."""
        if self.instead:
            return self.instead.pop(0)
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {TOKEN}":
            return 401, {"error": "invalid_token", "error_description": "The access token provided is expired"}
        if not self.exists or not path.startswith(_PREFIX):
            return _MISSING
        rest = path.removeprefix(_PREFIX).removesuffix(".json")
        if rest.split("/")[-1] in self.refused:
            return 403, {"error": "Forbidden", "description": "Missing the following required scopes: chat"}
        if rest == "incremental/chats":
            return 200, self._export(query)
        if rest == "agents":
            since, limit = int(query.get("since_id", 0)), int(query.get("limit", 100))
            return 200, [self.agents[key] for key in sorted(self.agents) if key > since][:limit]
        name, _, key = rest.partition("/")
        if name == "agents" and key.isdigit() and int(key) in self.agents:
            return 200, self.agents[int(key)]
        return _MISSING

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
