"""The logs of pretend messaging conversations."""

from __future__ import annotations

from typing import Any

from connector.instants import SECOND, to_datetime, to_utc_text

Row = dict[str, Any]


class Logs:
    """What was said, by ticket."""

    def __init__(self) -> None:
        self.lines: dict[int, list[Row]] = {}
        self._handed_over: dict[int, str] = {}  # by ticket with a bot in front
        self._numbers = 0

    def begins(self, ticket: int, customer: int, text: str, at: int, *, bot: bool) -> None:
        """A conversation; with `bot` one that a bot answered before the ticket was made."""
        self.lines[ticket] = []
        if bot:
            self.says(ticket, "bot", -1, "Hallo! Worum geht es?", at - 90 * SECOND)
            self.says(ticket, "user", customer, text, at - 60 * SECOND)
            self._handed_over[ticket] = to_utc_text(at)
        else:
            self.says(ticket, "user", customer, text, at)
        # The desk's own opening note is in the log too, as a comment.
        note = {"type": "html", "body": f"<p>Conversation with {customer}</p>"}
        self._line(ticket, "Comment", "user", customer, note, at, {"public": False})

    def says(self, ticket: int, kind: str, author: int, text: str, at: int) -> None:
        """Somebody writes: kind is agent, user or bot."""
        content = {"type": "text", "text": text}
        self._line(ticket, "Messaging::ConversationMessage", kind, author, content, at, {"ticket_version": 0})

    def kept(self) -> dict[str, Row]:
        """The messages, by their record's id, with what a client finds out about them."""
        found = {}
        for ticket, lines in self.lines.items():
            handed_over = self._handed_over.get(ticket)
            for line in lines:
                if line["type"] == "Comment":
                    continue
                more = {"handed_over_at": handed_over} if handed_over and line["author"]["type"] == "bot" else {}
                found[f"log-{ticket}-{line['id']}"] = {**line, "ticket_id": ticket, **more}
                handed_over = handed_over if line["author"]["type"] != "bot" else None
        return found

    def _line(self, ticket: int, sort: str, kind: str, author: int, content: Row, at: int, metadata: Row) -> None:
        self._numbers += 1
        millis = to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % SECOND // 1000:03d}Z"
        received = {} if sort == "Comment" else {"received_at": millis}
        self.lines[ticket].append(
            {
                "id": f"01JSED{self._numbers:020d}",
                "type": sort,
                "attachments": [],
                "author": {"display_name": "Jemand", "type": kind, "zen:support:user_id": author},
                "content": content,
                "metadata": {"custom": {}, "system": {}, **metadata},
                "created_at": to_utc_text(at),
                **received,
            }
        )
