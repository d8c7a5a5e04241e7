"""What a pretend help desk holds, and what happens in it: tickets, replies, solving, reopening, ratings."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec

from adapters.zendesk.simulator.clocks import Clocks
from adapters.zendesk.simulator.messaging import Logs
from adapters.zendesk.simulator.setup import GROUPS, ORDER_FIELD, SCHEDULES, TIME_TOTAL
from connector.clock import Clock
from connector.instants import SECOND, from_utc_text, to_datetime, to_utc_text
from connector.simulation.application import PretendApi
from connector.simulation.people import PretendPerson, person

Row = dict[str, Any]
AGENTS = (9001, 9002, 9003)
CHANNELS = ("email", "email", "web", "native_messaging", "whatsapp", "api", 81, "sample_ticket", "voice")
MESSAGING = ("native_messaging", "whatsapp")
_encoded = msgspec.json.Encoder().encode


def changed_at(row: Row) -> int:
    """Seconds since 1970 by which a list orders a row."""
    return int(row["generated_timestamp"]) if "generated_timestamp" in row else second_of(row["updated_at"])


def second_of(stamp: str) -> int:
    """Seconds since 1970 of a stamp."""
    return from_utc_text(stamp) // SECOND


_DEEDS = (*("open", "open", "reply", "solve", "note", "ask", "rate", "work", "delete", "merge", "track", "survey"),)


class Desk(PretendApi):
    """The rows, by list."""

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock=clock, seed=seed)
        self.groups = dict(GROUPS)
        self.schedules: list[Row] = [dict(row) for row in SCHEDULES]
        self.users: dict[int, Row] = {}
        self.tickets: dict[int, Row] = {}
        self.events: list[Row] = []
        self.ratings: dict[int, Row] = {}
        self.surveys: dict[str, Row] = {}
        self.surveys_made: dict[str, int] = {}  # seconds since 1970; the answers do not say it
        self.engagements: dict[str, Row] = {}
        self.clocks = Clocks()
        self.logs = Logs()
        self._numbers = 30_000
        self._roles: dict[int, str] = {}
        self._merged: dict[int, Row] = {}  # by the number of a note on a merge, what it tells

    def hire(self, at: int) -> None:
        """The people who answer."""
        for number, name in zip(AGENTS, ("Anna Agent", "Ben Admin", "Çiğdem Öz"), strict=True):
            self._user(number, name, f"agent{number}@example.test", None, "admin" if number == 9002 else "agent", at)

    def customer(self, number: int, who: PretendPerson, at: int) -> int:
        """A customer; some have no address."""
        key = 500_000 + number
        if key not in self.users:
            self._user(key, who.name, None if number % 9 == 0 else who.typed_email, who.phone, "end-user", at)
        return key

    def _user(self, key: int, name: str, email: str | None, phone: str | None, role: str, at: int) -> None:
        stamp = to_utc_text(at)
        self.users[key] = {
            "id": key,
            "name": name,
            "email": email,
            "phone": phone,
            "role": role,
            "active": True,
            "created_at": stamp,
            "updated_at": stamp,
            "notes": "private remark",
        }

    # --- what happens ------------------------------------------------------------------------------------------------

    def open(
        self,
        requester: int,
        at: int,
        random: Random,
        text: str,
        *,
        submitter: int | None = None,
        key: int | None = None,
        channel: str | int | None = None,
    ) -> Row:
        """A ticket, written by the customer unless an agent did; number and channel as they come unless given."""
        key = key or 101 + len(self.tickets)
        author = requester if submitter is None else submitter
        channel = channel or random.choice(CHANNELS)
        ticket: Row = {
            "id": key,
            "via": {"channel": channel, "source": {"from": {"address": "x@example.test"}}},
            "created_at": to_utc_text(at),
            "subject": text[:40],
            "description": text,
            "priority": random.choice((None, "normal", "high")),
            "status": "new",
            "from_messaging_channel": channel in MESSAGING,
            "requester_id": requester,
            "submitter_id": author,
            "assignee_id": None,
            "group_id": random.choice(tuple(self.groups)),
            "tags": ["bestellung"],
            "satisfaction_rating": random.choice((None, {}, {"score": "unoffered"})),
            "metric_set": {"replies": 0, "reopens": 0, "solved_at": None, "reply_time_in_minutes": {"calendar": None}},
            "custom_fields": [],
        }
        if key % 4 == 0:
            known = {"id": ORDER_FIELD, "value": f"#{3000 + key}"}
            ticket["custom_fields"] = [known, {"id": 360009004, "value": "Mausi"}]
        self.tickets[key] = ticket
        opening = self._comment(author, text, public=True)
        if channel in MESSAGING:  # what was said stands in the log; the first comment is the desk's own note
            self.logs.begins(key, requester, text, at, bot=key % 2 == 0)
            opening = self._comment(requester, f"Conversation with {requester}", public=False)
        self._event(key, at, author, [opening, self._change("status", "new", "Create")])
        self.clocks.opened(key, at)
        self._touch(ticket, at)
        return ticket

    def reply(self, ticket: Row, author: int, at: int, *, public: bool = True, status: str | None = None) -> None:
        """Somebody writes, and may move the status."""
        agent = author in AGENTS
        text = "Das Paket kommt heute." if agent else "Danke!"
        if public and ticket["from_messaging_channel"] and author != -1:
            self.logs.says(ticket["id"], "agent" if agent else "user", author, text, at)
            parts = []
        else:
            parts = [self._comment(author, text, public=public)]
        metrics = ticket["metric_set"]
        if agent and public:
            metrics["replies"] += 1
            if metrics["reply_time_in_minutes"]["calendar"] is None:
                waited = self._minutes(ticket, at)
                metrics["reply_time_in_minutes"] = self._span(waited)
                self.clocks.replied(ticket["id"], at, late=waited > 60)
            if ticket["assignee_id"] != author:
                ticket["assignee_id"] = author
                parts.append(self._change("assignee_id", author))
        if status and status != ticket["status"]:
            parts.append(self._change("status", status))
            self._status(ticket, status, at)
        self._event(ticket["id"], at, author, parts)
        self._touch(ticket, at)

    def _status(self, ticket: Row, status: str, at: int) -> None:
        metrics, spent = ticket["metric_set"], self._span(self._minutes(ticket, at))
        if ticket["status"] == "solved" and status == "open":
            metrics["reopens"] += 1
            metrics["full_resolution_time_in_minutes"] = {"calendar": None, "business": None}
            metrics["solved_at"] = None
        if status == "solved":
            metrics["solved_at"] = to_utc_text(at)
            metrics.setdefault("first_resolution_time_in_minutes", spent)
            metrics["full_resolution_time_in_minutes"] = spent
        metrics["requester_wait_time_in_minutes"] = spent
        metrics["status_updated_at"] = to_utc_text(at)
        ticket["status"] = status
        self.clocks.moved(ticket["id"], status, at)

    def merge(self, ticket: Row, target: Row, at: int) -> None:
        """The ticket goes into another one and is closed, with the desk's notes in both saying so."""
        key, into = ticket["id"], target["id"]
        ticket["tags"] = [*ticket["tags"], "closed_by_merge"]
        closing = self._comment(
            AGENTS[0], f"Diese Anfrage wurde geschlossen und mit der Anfrage #{into} zusammengeführt.", public=False
        )
        closing["via"] = {"channel": "web", "source": {"from": {}, "to": {}, "rel": "merge"}}
        note = self._comment(
            AGENTS[0], f"Anfrage #{key} wurde geschlossen und mit dieser Anfrage zusammengeführt.", public=False
        )
        source = {"from": {"ticket_id": key, "subject": ticket["subject"]}, "to": {}, "rel": "merge"}
        note["via"] = {"channel": "web", "source": source}
        self._merged |= {closing["id"]: {"merged_into": into}, note["id"]: {"merged_from": key}}
        self._status(ticket, "closed", at)
        self._event(key, at, AGENTS[0], [closing, self._change("status", "closed")])
        self._event(into, at, AGENTS[0], [note])
        self._touch(ticket, at)
        self._touch(target, at)

    def track(self, ticket: Row, seconds: int, at: int, *, agent: int = AGENTS[0]) -> None:
        """The Time Tracking app adds an agent's time to the ticket's total."""
        fields = {field["id"]: field["value"] for field in ticket["custom_fields"]}
        before = fields.get(TIME_TOTAL)
        total = str(int(before or 0) + seconds)
        ticket["custom_fields"] = [{"id": key, "value": value} for key, value in {**fields, TIME_TOTAL: total}.items()]
        change = self._change("custom_ticket_fields", {str(TIME_TOTAL): total}, before=before)
        self._event(ticket["id"], at, agent, [change])
        self._touch(ticket, at)

    def survey(self, ticket: Row, rating: int | None, at: int) -> None:
        """The newer survey is answered, or answered otherwise than before; None = offered."""
        key = f"01SURVEY{ticket['id']:018d}"
        self.surveys_made.setdefault(key, at // SECOND)
        stamp = to_utc_text(at).replace("Z", ".000Z")
        category = "good" if (rating or 0) > 3 else "neutral" if rating == 3 else "bad"
        rated: Row = {"type": "rating_scale", "rating": rating, "rating_category": category}
        rated["question"] = {"id": "01QUESTION1", "sub_type": "customer_satisfaction", "type": "rating_scale_numeric"}
        said: Row = {"type": "open_ended", "value": "Sehr freundlich", "created_at": stamp, "updated_at": stamp}
        said["question"] = {"id": "01QUESTION2", "type": "open_ended"}
        self.surveys[key] = {
            "id": key,
            "responder_id": ticket["requester_id"],
            "subject_zrns": [f"zen:ticket:{ticket['id']}"],
            "subjects": [{"id": str(ticket["id"]), "type": "ticket", "zrn": f"zen:ticket:{ticket['id']}"}],
            "survey": {"id": "01SURVEY", "state": "enabled", "version": 3},
            "answers": [] if rating is None else [{**rated, "created_at": stamp, "updated_at": stamp}, said],
            "expires_at": stamp,
        }

    def rate(self, ticket: Row, score: str, at: int) -> None:
        """The survey is offered, or answered."""
        known = self.ratings.get(ticket["id"], {"created_at": to_utc_text(at)})
        self.ratings[ticket["id"]] = {
            **known,
            "id": ticket["id"],
            "ticket_id": ticket["id"],
            "requester_id": ticket["requester_id"],
            "assignee_id": ticket["assignee_id"],
            "score": score,
            "comment": "Schnell!",
            "updated_at": to_utc_text(at),
        }

    def work(self, ticket: Row, agent: int, begin: int, end: int) -> None:
        """A stretch of work that ended; its stamps carry no zone."""
        key = f"A{len(self.engagements) + 1}"
        self.engagements[key] = {
            "engagement_id": key,
            "ticket_id": ticket["id"],
            "requester_id": ticket["requester_id"],
            "agent_id": agent,
            "engagement_start_time": to_datetime(begin).strftime("%Y-%m-%dT%H:%M:%S"),
            "engagement_end_time": to_datetime(end).strftime("%Y-%m-%dT%H:%M:%S"),
        }

    def delete(self, ticket: Row, at: int) -> None:
        """The ticket is deleted and its texts scrubbed."""
        ticket.update(status="deleted", subject="SCRUBBED", description="SCRUBBED")
        self._touch(ticket, at)

    def something_happens(self, random: Random) -> str:
        """One random thing, and a word for it."""
        now = self.server_time()
        if not self.users:
            self.hire(now)
        living = [ticket for ticket in self.tickets.values() if ticket["status"] != "deleted"]
        kind = random.choice(_DEEDS)
        if kind == "open" or not living:
            number = random.randrange(1, 300)
            self.open(self.customer(number, person(self.seed, number), now), now, random, "Frage zu Bestellung 1077")
            return "open"
        ticket, agent = random.choice(living), random.choice(AGENTS)
        if kind == "rate":
            self.rate(ticket, random.choice(("offered", "good", "bad")), now)
        elif kind == "work":
            self.work(ticket, agent, now - random.choice((600, 7200, 3 * 86_400)) * SECOND, now)
        elif kind == "delete":
            self.delete(ticket, now)
        elif kind == "merge":
            others = [other for other in living if other["id"] != ticket["id"]]
            if ticket["status"] != "closed" and others:
                self.merge(ticket, random.choice(others), now)
        elif kind == "track":
            self.track(ticket, random.randrange(10, 4000), now)
        elif kind == "survey":
            self.survey(ticket, random.choice((None, 1, 5)), now)
        elif kind == "ask":
            self.reply(ticket, ticket["requester_id"], now, status="open")
        else:
            status = {"reply": "pending", "solve": "solved"}.get(kind)
            self.reply(ticket, agent, now, public=kind != "note", status=status)
        return kind

    # --- parts -------------------------------------------------------------------------------------------------------

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Each part of an event with what tells of the whole, and its author's role."""
        for event in self.events:
            for child in event["child_events"]:
                whole = {**child, "ticket_id": event["ticket_id"], "at": event["created_at"]}
                if child["event_type"] == "Comment":
                    whole["role"] = self._roles[child["id"]]
                    whole |= self._merged.get(child["id"], {})
                elif event["updater_id"] in AGENTS:
                    whole["agent_id"] = event["updater_id"]
                if totals := child.get("custom_ticket_fields"):
                    whole["worked_seconds"] = int(totals[str(TIME_TOTAL)]) - int(child["previous_value"] or 0)
                changed = any(child.get(name) for name in ("status", "assignee_id", "group_id", "custom_ticket_fields"))
                if child["event_type"] != "Comment" and not changed:
                    continue
                yield str(child["id"]), _encoded(whole)

    def _comment(self, author: int, text: str, *, public: bool) -> Row:
        key = self._number()
        self._roles[key] = "system" if author == -1 else "agent" if author in AGENTS else "customer"
        via: Any = "Mail" if key % 2 else {"channel": "email", "source": {}}
        comment = {"id": key, "event_type": "Comment", "type": "Comment", "author_id": author, "public": public}
        return {**comment, "via": via, "body": text, "plain_body": text, "html_body": f"<p>{text}</p>"}

    def _change(self, field: str, value: Any, kind: str = "Change", before: Any = None) -> Row:
        change = {"id": self._number(), "via": "Web form", "via_reference_id": None, field: value, "event_type": kind}
        return {**change, "previous_value": before} if kind == "Change" else change

    def _event(self, ticket: int, at: int, author: int, parts: list[Row]) -> None:
        for part in parts:
            if part["event_type"] == "Comment":
                part["created_at"] = to_utc_text(at)
        bisect.insort(
            self.events,
            {
                "id": self._number(),
                "ticket_id": ticket,
                "timestamp": at // SECOND,
                "created_at": to_utc_text(at),
                "updater_id": author,
                "child_events": [*parts, {"id": self._number(), "event_type": "Notification", "body": "x"}],
            },
            key=lambda event: (event["timestamp"], event["id"]),
        )

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _span(self, minutes: int) -> Row:
        """A duration by both clocks; without opening hours they are the same."""
        return {"calendar": minutes, "business": minutes // 3 if self.schedules else minutes}

    @staticmethod
    def _minutes(ticket: Row, at: int) -> int:
        return max(0, at - from_utc_text(ticket["created_at"])) // SECOND // 60

    @staticmethod
    def _touch(ticket: Row, at: int) -> None:
        ticket["updated_at"] = to_utc_text(at)
        ticket["generated_timestamp"] = at // SECOND
