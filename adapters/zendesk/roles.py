"""What people are: customer, agent or system. Comments do not say it, so it is asked for, each person once."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.zendesk import wire
from connector import lenient
from connector.transport import Request, Transport

STAFF = frozenset({"agent", "admin"})
MOST_CUSTOMERS = 50_000  # remembered at a time, so that memory does not grow with their number
AT_ONCE = 100  # ids in one request; more is refused (400 TooManyValues)
SYSTEM = -1


class Roles:
    """Roles as they are now; whoever keeps them keeps them as first seen."""

    def __init__(self, http: Transport) -> None:
        self._http = http
        self._known: dict[int, str | None] = {SYSTEM: "system"}

    def note(self, users: Iterable[bytes]) -> None:
        """Take in people that came beside something else."""
        for payload in users:
            try:
                user = lenient.decode(payload, wire.User)
            except ValueError:
                continue
            self._known[user.id] = "agent" if user.role in STAFF else "customer"

    def learn(self, users: Iterable[int]) -> None:
        """Ask for those who are not known yet. Of whom the login may not know, nothing is known."""
        if len(self._known) > MOST_CUSTOMERS:
            self._known = {user: role for user, role in self._known.items() if role in ("agent", "system")}
        unknown = sorted(set(users) - self._known.keys())
        for begin in range(0, len(unknown), AT_ONCE):
            chunk = unknown[begin : begin + AT_ONCE]
            asked = (("ids", ",".join(map(str, chunk))),)
            answer = self._http.fetch(
                Request("api/v2/users/show_many.json", asked, expect="object", accept=frozenset({403, 404}))
            )
            self._known.update(dict.fromkeys(chunk))
            if answer.status == 200:
                self.note(answer.records("users"))

    def of(self, author: int | None, *, public: bool, acted: bool = False) -> str:
        """The role of a comment's author.

        `acted`: in the same breath the author did what only people who answer can do. Of people whose account is no
        longer there only agents can have written notes.
        """
        known = self._known.get(author) if author is not None else "system"
        if known == "system":
            return "system"
        if acted or (known is None and not public):
            return "agent"
        return known or "customer"

    def staff(self, user: int | None) -> bool:
        """Whether somebody answers."""
        return user is not None and self._known.get(user) == "agent"
