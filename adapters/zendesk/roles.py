"""What people are: customer, agent or system. Comments do not say it, so it is asked for, each person once."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.zendesk import wire
from adapters.zendesk.normalise import STAFF
from connector import lenient
from connector.transport import Request, Transport

AT_ONCE = 100  # ids in one request; more is refused (400 TooManyValues)
SYSTEM = -1


class Roles:
    """Roles as they are now; whoever keeps them keeps them as first seen."""

    def __init__(self, http: Transport) -> None:
        self._http = http
        self._known: dict[int, str | None] = {SYSTEM: "system"}

    def learn(self, users: Iterable[int]) -> None:
        """Ask for those who are not known yet."""
        unknown = sorted(set(users) - self._known.keys())
        for begin in range(0, len(unknown), AT_ONCE):
            chunk = unknown[begin : begin + AT_ONCE]
            self._known.update(dict.fromkeys(chunk))
            ids = ",".join(map(str, chunk))
            answer = self._http.fetch(Request("api/v2/users/show_many.json", (("ids", ids),), expect="object"))
            for payload in answer.records("users"):
                user = lenient.decode(payload, wire.User)
                self._known[user.id] = "agent" if user.role in STAFF else "customer"

    def of(self, author: int | None, *, public: bool) -> str:
        """The role of a comment's author. Of people who are no longer there only agents can have written notes."""
        known = self._known.get(author) if author is not None else "system"
        if not public and known != "system":
            return "agent"
        return known or "customer"
