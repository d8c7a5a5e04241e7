"""The pretend shop's database, its clock and its zone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from adapters.prestashop.simulator.tables import TABLES, Row
from connector.clock import Clock
from connector.instants import to_datetime

Rows = dict[int, Row]


class World:
    """What there is in the shop.

    Options that a test may set at any time: `timezone` (IANA name), `clock_offset` (seconds by which the server's clock
    is wrong), `version` ("8.2.1"; before 8 single views are complete), `languages` (active ones, by id).
    """

    def __init__(self, clock: Clock, seed: int) -> None:
        self.clock = clock
        self.random = Random(f"prestashop/{seed}")
        self.lock = threading.RLock()
        self.version = "8.2.1"
        self.languages: tuple[str, ...] = ("1", "2")
        self.clock_offset = 0.0
        self.tables: dict[str, Any] = {name: {} for name in TABLES}
        self._next: dict[str, int] = {}
        self._zone = ZoneInfo("Europe/Berlin")
        self._past: int | None = None

    # --- time --------------------------------------------------------------------------------------------------------

    @property
    def timezone(self) -> str:
        """The shop's zone: all its times are local ones."""
        return self._zone.key

    @timezone.setter
    def timezone(self, name: str) -> None:
        self._zone = ZoneInfo(name)

    def server_time(self) -> int:
        """The server's own clock, microseconds UTC: wrong by `clock_offset`."""
        return self.clock.now() + int(self.clock_offset * 1_000_000)

    def present(self) -> int:
        """When deeds happen: now, or the past that is being told (microseconds UTC)."""
        return self.server_time() if self._past is None else self._past

    def now(self) -> str:
        """What PHP's `date()` writes into rows now."""
        return self.text(self.present())

    def text(self, instant: int) -> str:
        """The shop's wall clock at an instant (microseconds UTC)."""
        return to_datetime(instant, self._zone).strftime("%Y-%m-%d %H:%M:%S")

    @contextmanager
    def back_then(self, instant: int) -> Iterator[None]:
        """Deeds inside happen at this time (microseconds UTC): that is how a shop gets its history."""
        self._past = instant
        try:
            yield
        finally:
            self._past = None

    # --- rows --------------------------------------------------------------------------------------------------------

    def rows(self, table: str) -> Rows:
        """A table by id."""
        return self.tables[table]  # type: ignore[no-any-return]

    def row(self, table: str, number: int | str) -> Row:
        """One row. KeyError where there is none."""
        return self.rows(table)[int(number)]

    def insert(self, table: str, values: Mapping[str, Any], number: int | None = None) -> int:
        """A new row, dated now; returns its id."""
        if number is None:
            number = self._next.get(table, 1)
        self._next[table] = max(self._next.get(table, 1), number + 1)
        dates: dict[str, Any] = {name: self.now() for name in ("date_add", "date_upd") if name in TABLES[table].columns}
        self.rows(table)[number] = TABLES[table].row(number, {**dates, **values})
        return number

    def update(self, table: str, number: int | str, **values: Any) -> None:
        """Change a row, as the core does: its change date moves."""
        dated = {"date_upd": self.now()} if "date_upd" in TABLES[table].columns else {}
        self.overwrite(table, number, **{**values, **dated})

    def overwrite(self, table: str, number: int | str, **values: Any) -> None:
        """Change a row silently, as the SQL of a module does."""
        self.rows(table)[int(number)] = {**self.row(table, number), **values}

    def delete(self, table: str, number: int | str) -> None:
        """Remove a row, without a trace. KeyError where there is none."""
        del self.rows(table)[int(number)]

    def skip_ids(self, table: str, count: int) -> None:
        """Let the numbering jump, as a crash or a restored backup makes it."""
        self._next[table] = self._next.get(table, 1) + count
