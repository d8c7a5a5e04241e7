"""Which orders count, and on which day: convention C5 as SQL, in one place for figures and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# A source that keeps a history instead of stamps tells these days by events.
_DAYS = {
    "created": "{o}.created_at",
    "paid": (
        "COALESCE({o}.paid_at, (SELECT MIN(e.at) FROM order_events e WHERE e.source_id = {o}.source_id "
        "AND e.order_id = {o}.order_id AND e.kind = 'paid'))"
    ),
    "completed": (
        "COALESCE({o}.completed_at, (SELECT MIN(e.at) FROM order_events e WHERE e.source_id = {o}.source_id "
        "AND e.order_id = {o}.order_id AND e.kind = 'delivered'))"
    ),
}


@dataclass(frozen=True)
class Counting:
    """Which orders count (`statuses`) and on which day (`date`: created, paid or completed).

    `statuses` is "counted" (each source's own rule, the column `countable`), a list of statuses for all sources, or
    one list per source name; sources that are not named keep their own rule. A status matches in the common word or
    in the source's own.
    """

    date: str = "created"
    statuses: str | Sequence[str] | Mapping[str, Sequence[str]] = "counted"
    sources: Mapping[str, int] = field(default_factory=dict)  # name -> source_id, to resolve per-source lists

    def day(self, order: str = "o") -> str:
        """SQL for the instant an order (table alias `order`) is dated by; NULL where it has no such day."""
        return _DAYS[self.date].format(o=order)

    def counts(self, order: str = "o") -> tuple[str, dict[str, Any]]:
        """SQL, with its parameters, for whether an order counts. Rows with `gone_at` never do."""
        rule, values = self._rule(order)
        return f"({order}.gone_at IS NULL AND {rule})", values

    def _rule(self, order: str) -> tuple[str, dict[str, Any]]:
        if isinstance(self.statuses, str):
            return f"{order}.countable", {}
        if not isinstance(self.statuses, Mapping):
            return self._listed(order, "all", self.statuses)
        branches = ""
        values: dict[str, Any] = {}
        for name, statuses in self.statuses.items():
            if name in self.sources:
                number = self.sources[name]
                listed, more = self._listed(order, str(number), statuses)
                branches += f" WHEN {number} THEN {listed}"
                values |= more
        if not branches:
            return f"{order}.countable", {}
        return f"(CASE {order}.source_id{branches} ELSE {order}.countable END)", values

    @staticmethod
    def _listed(order: str, name: str, statuses: Sequence[str]) -> tuple[str, dict[str, Any]]:
        values = {f"status_{name}_{number}": status for number, status in enumerate(statuses)}
        if not values:
            return "(1 = 0)", {}
        places = ", ".join(f":{key}" for key in values)
        return f"({order}.status IN ({places}) OR {order}.status_raw IN ({places}))", values
