"""The clocks of pretend tickets: who waits for whom, and what was promised."""

from __future__ import annotations

import bisect
from typing import Any

from connector.instants import SECOND, to_utc_text

Row = dict[str, Any]

_KEPT = frozenset({"apply_sla", "breach"})
_MOVES = {
    "open": {"agent_work_time": "activate", "requester_wait_time": "activate"},
    "pending": {"agent_work_time": "pause", "requester_wait_time": "pause"},
    "hold": {"agent_work_time": "pause", "requester_wait_time": "activate"},
    "solved": {"agent_work_time": "fulfill", "requester_wait_time": "fulfill"},
    "closed": {"agent_work_time": "fulfill", "requester_wait_time": "fulfill"},
}


class Clocks:
    """The metric events, in the order of their instants."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._numbers = 60_000

    def opened(self, ticket: int, at: int) -> None:
        """A ticket begins: everybody waits, and a first reply is promised."""
        for metric in ("reply_time", "agent_work_time", "requester_wait_time"):
            self._add(ticket, metric, "activate", at)
        promise = {"target": 60, "business_hours": True, "policy": {"id": 9901, "title": "Standard"}}
        self._add(ticket, "reply_time", "apply_sla", at, sla=promise)
        self._add(ticket, "pausable_update_time", "measure", at)

    def replied(self, ticket: int, at: int, *, late: bool) -> None:
        """The first reply came, in time or not."""
        if late:
            self._add(ticket, "reply_time", "breach", at, deleted=ticket % 3 == 0)
        self._add(ticket, "reply_time", "fulfill", at)
        self._add(ticket, "reply_time", "update_status", at, status={"calendar": 1, "business": 1})

    def moved(self, ticket: int, status: str, at: int) -> None:
        """The status changed."""
        for metric, kind in _MOVES.get(status, {}).items():
            self._add(ticket, metric, kind, at)

    def kept(self) -> dict[str, Row]:
        """Those that tell a client something, by their record's id."""
        return {
            f"metric-{row['id']}": row
            for row in self.rows
            if row["type"] in _KEPT
            or (row["metric"] != "reply_time" and row["type"] in ("activate", "pause", "fulfill"))
        }

    def _add(self, ticket: int, metric: str, kind: str, at: int, **more: Any) -> None:
        self._numbers += 1
        row = {
            "id": self._numbers,
            "ticket_id": ticket,
            "metric": metric,
            "instance_id": 1,
            "type": kind,
            "time": to_utc_text(at),
            "timestamp": at // SECOND,
            **more,
        }
        bisect.insort(self.rows, row, key=lambda one: (one["timestamp"], one["id"]))
