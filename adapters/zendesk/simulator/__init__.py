"""A pretend Zendesk help desk: a faithful server for the part of the API that a polling client reads.

Built from recorded answers and the reference. Rooms: `desk` what there is and what happens, `clocks` and `messaging`
two kinds of it, `setup` how the desk is set up, `fill` the help desks there are, `answers` how rows are listed,
`shapes` what they hold besides, this file who may ask for what. Quirks: the last minute is hidden and refused as a
start; `after_url` and `next_page` are always filled; the rows of a page's last second come again; comments and
measurements come only where they are asked for; tokens of OAuth clients run out.

Not pretended: searches, views, organisations, audits.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence, Set
from typing import Any, ClassVar

from adapters.zendesk.simulator import shapes
from adapters.zendesk.simulator.answers import BASE, engagements, export, forgotten, paged
from adapters.zendesk.simulator.desk import Desk, Row, changed_at
from adapters.zendesk.simulator.fill import fill_bulk, fill_small, fill_story
from adapters.zendesk.simulator.setup import FIELDS, HOLIDAYS, ORDER_FIELD, POLICIES, TIME_TOTAL
from connector.clock import Clock
from connector.simulation.application import Reply, World, encoded, sent_json

__all__ = ["ZendeskDesk"]

CLIENT, SECRET = "connector", "pretend-client-secret-77aa"
REFRESH = "pretend-refresh-0"
EMAIL, API_TOKEN = "admin@example.test", "pretend-api-token"
BASIC = "Basic " + b64encode(f"{EMAIL}/token:{API_TOKEN}".encode()).decode()
_MOST_AT_ONCE = 100  # people looked up with one request
_MISSING = 404, {"error": "RecordNotFound", "description": "Not found"}


class ZendeskDesk(Desk):
    """A pretend help desk, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    `refused` are paths that the plan or role does not offer; `pinned` makes exports give the same place for ever;
    `empty_once` makes the next export page empty but not the last; `cuts_seconds` cuts pages of events in the middle
    of a second, so that more of one second than a page holds cannot be had; `instead` are answers to give to the next
    requests in place of the right ones.
    """

    adapter: ClassVar[str] = "zendesk"

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock=clock, seed=seed)
        self.refused: set[str] = set()
        self.pinned = False
        self.empty_once = False
        self.cuts_seconds = False
        self.instead: list[Reply] = []
        self.tokens = 0
        self.refresh = REFRESH  # the one refresh token that is good
        self.fields: list[Row] = FIELDS
        self.policies: list[Row] = [dict(row) for row in POLICIES]
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def fill(self, kind: World, size: int) -> None:
        """Put in what such a world holds."""
        match kind:
            case "story":
                fill_story(self)
            case "small":
                fill_small(self)
            case "bulk":
                fill_bulk(self, size)

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the adapter reads this desk at `address`, faster than a real one."""
        login = {"client_id": CLIENT, "client_secret": SECRET}
        return {"adapter": self.adapter, "url": address, **login, "requests_per_minute": 60_000}

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now, with what the adapter adds to it."""
        with self.lock:
            staff = {str(user["id"]): user for user in self.users.values() if user["role"] != "end-user"}
            found: dict[str, dict[str, Row]] = {
                "agents": staff,
                "users": {str(key): user for key, user in self.users.items()},
                "tickets": {str(key): {**row, "_context": self._context(row)} for key, row in self.tickets.items()},
                "conversation_log": self.logs.kept(),
                "ticket_metric_events": self.clocks.kept(),
                "groups": {str(key): {"id": key, "name": name} for key, name in self.groups.items()},
                "survey_responses": {f"survey-{key}": row for key, row in self.surveys.items()},
                "schedules": {str(row["id"]): self._schedule(place) for place, row in enumerate(self.schedules)},
                "sla_policies": {str(row["id"]): row for row in self.policies},
                "satisfaction_ratings": {f"rating-{key}": row for key, row in self.ratings.items()},
                "engagements": {f"engagement-{key}": row for key, row in self.engagements.items()},
            }
            listed = {name: {key: encoded(row) for key, row in rows.items()} for name, rows in found.items()}
            return {**listed, "ticket_events": dict(self.parts())}

    def unlisted(self) -> Mapping[str, Set[str]]:
        """The logs of deleted tickets, and work that was long ago: nobody can read them any more."""
        deleted = {key for key, ticket in self.tickets.items() if ticket["status"] == "deleted"}
        past = {f"engagement-{key}" for key, row in self.engagements.items() if forgotten(self, row)}
        logs = {key for key, row in self.logs.kept().items() if row["ticket_id"] in deleted}
        return {"conversation_log": logs, "engagements": past}

    def _context(self, ticket: Row) -> Row:
        """What the adapter finds beside a ticket and in its custom fields."""
        fields = {field["id"]: field["value"] for field in ticket.get("custom_fields", ())}
        orders = [fields[ORDER_FIELD].removeprefix("#")] if ORDER_FIELD in fields else []
        worked = int(fields[TIME_TOTAL]) if TIME_TOTAL in fields else None
        return {"group": self.groups[ticket["group_id"]], "order_numbers": orders, "handle_seconds": worked}

    def _schedule(self, place: int) -> Row:
        row = self.schedules[place]
        return {**row, "position": place, "holidays": HOLIDAYS[row["id"]]}

    # --- answers -----------------------------------------------------------------------------------------------------

    def answer(self, path: str, query: Mapping[str, str], environ: Mapping[str, Any]) -> Reply:
        """The answer to one request."""
        if self.instead:
            return self.instead.pop(0)
        if path == "/oauth/tokens":
            return self._token(sent_json(environ))
        if environ.get("HTTP_AUTHORIZATION") not in (f"Bearer pretend-{self.tokens}", BASIC):
            return 401, {"error": "invalid_token", "error_description": "The access token provided is expired."}
        name = path.removeprefix("/api/v2/").removesuffix(".json")
        self.asked.append((name, query))
        if name in self.refused or name.split("/")[-1] in self.refused:
            return 403, {"error": {"title": "Forbidden", "message": "Access to this resource is restricted."}}
        if name.startswith("incremental/"):
            return export(self, name.removeprefix("incremental/"), query)
        if name == "users/show_many":
            wanted = [int(key) for key in query["ids"].split(",")]
            if len(wanted) > _MOST_AT_ONCE:
                return 400, {"error": "TooManyValues", "max_count": _MOST_AT_ONCE}
            return 200, {"users": shapes.users(BASE, (self.users[key] for key in wanted if key in self.users))}
        if name == "engagements":
            return 200, engagements(self, query)
        return self._list(name, query) or self._single(name, query) or _MISSING

    def _list(self, name: str, query: Mapping[str, str]) -> Reply | None:
        key = name.rpartition("/")[2]
        key = "sla_policies" if key == "policies" else key
        rows = self._rows(name, query)
        return None if rows is None else (200, paged(key, rows, query))

    def _rows(self, name: str, query: Mapping[str, str]) -> Sequence[Row] | None:
        match name:
            case "users":
                staff = "role[]" in query
                listed = [user for user in self.users.values() if not staff or user["role"] != "end-user"]
                return shapes.users(BASE, listed)
            case "groups":
                return [{"id": key, "name": text} for key, text in self.groups.items()]
            case "ticket_fields":
                return self.fields
            case "slas/policies":
                return self.policies
            case "business_hours/schedules":
                return self.schedules
            case "satisfaction_ratings":
                since = int(query.get("start_time", 0))
                return shapes.ratings(BASE, (row for row in self.ratings.values() if changed_at(row) >= since))
            case "guide/survey_responses":
                made_since = int(query.get("filter[created_at_start]", 0)) // 1000
                return [row for key, row in self.surveys.items() if self.surveys_made[key] >= made_since]
        return None

    def _single(self, name: str, query: Mapping[str, str]) -> Reply | None:
        kind, _, rest = name.rpartition("/")
        if kind == "users" and rest.isdigit() and int(rest) in self.users:
            return 200, {"user": self.users[int(rest)]}
        if rest == "holidays":
            key = int(kind.rpartition("/")[2])
            return 200, {"holidays": HOLIDAYS.get(key, [])}
        if rest == "conversation_log":
            ticket = self.tickets.get(int(kind.rpartition("/")[2]))
            if ticket is None or ticket["status"] == "deleted":
                return None
            return 200, paged("events", self.logs.lines.get(ticket["id"], []), query)
        return None

    def _token(self, sent: Mapping[str, Any]) -> Reply:
        if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        more = {}
        if sent.get("grant_type") == "refresh_token":
            if sent.get("refresh_token") != self.refresh:
                return 400, {"error": "invalid_grant"}
            self.refresh = f"pretend-refresh-{self.tokens + 1}"
            more = {"refresh_token": self.refresh, "expires_in": 172_800}
        self.tokens += 1
        return 200, {"access_token": f"pretend-{self.tokens}", "token_type": "bearer", "scope": "read", **more}
