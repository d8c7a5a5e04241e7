"""The shape of chats and offline messages, with what their history holds."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import msgspec

from connector.instants import SECOND, to_datetime, to_utc_text
from connector.simulation.people import PretendPerson

encoded = msgspec.json.Encoder().encode

AGENTS = {9001: "Anna Agent", 9002: "Ben Admin", 9003: "Çiğdem Öz", 9004: "Former Colleague"}
ASKED = (
    "Wo ist meine Bestellung {order}?",
    "Hallo, ist der Sencha noch lieferbar?",
    "Kann ich #{order} noch ändern?",
    "Die Kanne kam zerbrochen an 😕",
    "Is the order no. {order} on its way?",
)
_ANSWERED = ("Ich schaue gleich nach.", "Das ist unterwegs.", "Gern, das habe ich geändert.", "Das tut mir leid!")


def session(number: int, start: int, end: int) -> dict[str, Any]:
    """Where a visitor came from: all of it is personal."""
    return {
        "browser": "Safari",
        "city": "Berlin",
        "country_code": "DE",
        "country_name": "Germany",
        "start_date": to_utc_text(start),
        "end_date": to_utc_text(end),
        "id": f"141109.654464.{number}",
        "ip": f"203.0.113.{number % 250}",
        "platform": "Mac OS",
        "region": "Berlin",
        "user_agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_10) AppleWebKit/600.1.25 Version/8.0 Safari/600.1.25",
    }


def visitor(number: int, who: PretendPerson | None) -> dict[str, Any]:
    """Somebody with an address, or nobody."""
    key = f"10414779.v{number}"
    if who is None:
        return {"id": key, "name": f"Visitor {75731000 + number}", "email": "", "phone": "", "notes": ""}
    return {"id": key, "name": who.name, "email": who.typed_email, "phone": who.phone, "notes": "VIP?"}


def offline(number: int, begin: int, who: PretendPerson | None, ticket: int | None, order: str) -> dict[str, Any]:
    """An offline message."""
    return {
        "type": "offline_msg",
        "id": f"2610.10414779.O{number}",
        "timestamp": to_utc_text(begin),
        "update_timestamp": to_utc_text(begin),
        "message": f"Bitte um Rückruf wegen Bestellung {order}",
        "visitor": visitor(number, who),
        "session": session(number, begin, begin),
        "department_id": None,
        "department_name": None,
        "unread": number % 2,  # a number in recorded answers
        "deleted": False,
        "tags": [],
        "webpath": [],
        "zendesk_ticket_id": ticket,
    }


class Script:
    """A chat in the making: who says what, when (microseconds UTC)."""

    def __init__(self, number: int, begin: int, who: PretendPerson | None, *, modern: bool = True) -> None:
        self.number = number
        self.begin = self.now = begin
        self.visitor = visitor(number, who)
        self.modern = modern  # nicks, message ids and engagements came with newer versions
        self.history: list[dict[str, Any]] = []
        self.agents: list[int] = []
        self.spans: list[list[int]] = []  # agent, begin, end
        self.first_asked: int | None = None
        self.first_answer: int | None = None
        self._entry("chat.memberjoin", self.visitor["name"], f"visitor:v{number}")

    def wait(self, seconds: float) -> Script:
        """Time passes."""
        self.now += int(seconds * SECOND)
        return self

    def asks(self, text: str) -> None:
        """The visitor writes."""
        self.first_asked = self.first_asked or self.now
        self._says(self.visitor["name"], f"visitor:v{self.number}", text, True)

    def trigger(self, text: str) -> None:
        """A rule writes, under a name of its own."""
        self._says("Customer Service", "agent:trigger", text, self.modern)

    def joins(self, agent: int) -> None:
        """An agent takes the chat; the one before leaves."""
        if self.spans:
            self.spans[-1][2] = self.now
            self._entry("chat.memberleave", AGENTS[self.spans[-1][0]], f"agent:{self.spans[-1][0]}")
        self._entry("chat.memberjoin", AGENTS[agent], f"agent:{agent}")
        if agent not in self.agents:
            self.agents.append(agent)
        self.spans.append([agent, self.now, self.now])

    def answers(self, random: Random) -> None:
        """The agent in the chat writes."""
        agent = self.spans[-1][0]
        self.first_answer = self.first_answer or self.now
        self._says(AGENTS[agent], f"agent:{agent}", random.choice(_ANSWERED), self.modern)

    def rated(self, rating: str) -> None:
        """The agent asks for a rating, and the visitor gives one."""
        agent = self.spans[-1][0]
        self._entry("chat.request.rating", AGENTS[agent], f"agent:{agent}")
        self.wait(8)._entry(
            "chat.rating", self.visitor["name"], f"visitor:v{self.number}", rating=None, new_rating=rating
        )

    def ended(self, *, missed: bool = False, tags: Sequence[str] = (), started_by: str = "visitor") -> dict[str, Any]:
        """The chat as the API shows it."""
        if self.spans:
            self.spans[-1][2] = self.now
        self._entry("chat.memberleave", self.visitor["name"], f"visitor:v{self.number}")
        first = None if self.first_answer is None else (self.first_answer - (self.first_asked or self.begin)) // SECOND
        # Only the average is a fraction.
        times = {"first": first, "avg": None if first is None else first + 0.5, "max": first}
        key = f"2610.10414779.C{self.number}"
        chat: dict[str, Any] = {
            "type": "chat",
            "id": key,
            "timestamp": to_utc_text(self.begin),
            "end_timestamp": to_utc_text(self.now),
            "update_timestamp": to_utc_text(self.now),
            "started_by": started_by,
            "visitor": self.visitor,
            "session": session(self.number, self.begin, self.now),
            "webpath": [
                {
                    "from": "",
                    "to": "https://shop.example/cart",
                    "title": "Warenkorb",
                    "timestamp": to_utc_text(self.begin),
                }
            ],
            "agent_ids": [str(agent) for agent in self.agents],
            "agent_names": [AGENTS[agent] for agent in self.agents],
            "department_id": 7001,
            "department_name": "Support",
            "duration": (self.now - self.begin) // SECOND,
            "missed": missed,
            "dropped": False,
            "triggered": started_by == "trigger",
            "unread": False,
            "deleted": False,
            "triggered_response": False,
            "response_time": times,
            "count": self._count(),
            "conversions": [],
            "referrer_search_engine": "",
            "referrer_search_terms": "",
            "rating": None,
            "comment": None,
            "tags": list(tags),
            "zendesk_ticket_id": None,
            "history": self.history,
        }
        if self.modern:
            chat["engagements"] = [
                {
                    "id": f"{key}-{place}",
                    "agent_id": str(agent),
                    "agent_name": AGENTS[agent],
                    "agent_full_name": AGENTS[agent],
                    "department_id": 7001,
                    "started_by": "visitor",
                    "assigned": True,
                    "rating": None,
                    "comment": None,
                    "skills_requested": [],
                    "skills_fulfilled": True,
                    "response_time": times,
                    "count": self._count(),
                    "timestamp": to_utc_text(begin),
                    "duration": (end - begin) / SECOND,
                    "accepted": True,
                }
                for place, (agent, begin, end) in enumerate(self.spans, 1)
            ]
        return chat

    def _count(self) -> dict[str, int]:
        """How many messages came from whom; triggers are nobody's."""
        said = [entry["name"] for entry in self.history if entry["type"] == "chat.msg"]
        visitor, agent = said.count(self.visitor["name"]), sum(name in AGENTS.values() for name in said)
        return {"visitor": visitor, "agent": agent, "total": visitor + agent}

    def _says(self, name: str, nick: str, text: str, with_id: bool) -> None:
        more = {"msg_id": str(len(self.history))} if with_id else {}
        self._entry("chat.msg", name, nick, msg=text, options="", **more)

    def _entry(self, kind: str, name: str, nick: str, **more: Any) -> None:
        stamp = to_datetime(self.now).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        known = {"nick": nick} if self.modern else {}
        channel = "#supportchat:10414779-abc"
        self.history.append({"type": kind, "name": name, "timestamp": stamp, "channel": channel, **known, **more})
