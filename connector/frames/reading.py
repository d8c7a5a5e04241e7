"""All frames that a question needs, read in one transaction, so that they tell of one moment."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from connector.frames.contacts import read_first_contacts
from connector.frames.counting import Counting
from connector.frames.lines import Contents, read_contents
from connector.frames.orders import read_cancelled, read_orders, read_refunds
from connector.frames.shops import Shops, read_conflicts, read_shops
from connector.frames.turns import by_person, in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl
    from sqlalchemy import Connection


DATED = (0, 32_503_680_000_000_000)
"""1970 to 2999, in microseconds UTC. An order of another day has it from a wrong clock: it is one without a day."""


class Reads(Protocol):
    """What is needed of a store: one read transaction at a time."""

    def read(self) -> AbstractContextManager[Connection]:
        """A connection inside one read transaction."""
        ...


@dataclass(frozen=True)
class Wanted:
    """Which frames with which columns; None = not needed.

    `history`: all orders of all time, sorted by person and instant. Without it only those dated between `since` and
    `until` (microseconds UTC) are read.
    """

    orders: frozenset[str] | None = None
    cancelled: frozenset[str] | None = None
    refunds: frozenset[str] | None = None
    history: bool = True
    since: int | None = None
    until: int | None = None
    estimate: bool = True  # how refunds without their parts are split
    contents: bool = False  # what is in the orders …
    line_amounts: bool = False  # … and what each line is worth
    contacts: bool = False  # when each person first wrote


@dataclass(frozen=True)
class Frames:
    """What was read. `orders` have a day (`at`); `undated` are counted orders without it.

    Where `orders` hold `person_id`, they are sorted by it and by `at`; `complete` says that they are of all time.
    """

    shops: Shops
    conflicts: frozenset[int] = frozenset()
    orders: pl.DataFrame | None = None
    undated: pl.DataFrame | None = None
    cancelled: pl.DataFrame | None = None
    refunds: pl.DataFrame | None = None
    complete: bool = True
    contents: Contents | None = None
    contacts: pl.DataFrame | None = None  # `person_id`, `start_at`: everybody's first counted conversation


def read_frames(connection: Connection, decide: Callable[[Shops], tuple[Wanted, Counting]]) -> Frames:
    """The shops, and the frames that `decide` asks for when it knows them, in the transaction of `connection`."""
    import polars as pl

    shops = read_shops(connection)
    wanted, counting = decide(shops)
    orders = undated = cancelled = refunds = None
    bounds = {} if wanted.history else {"since": wanted.since, "until": wanted.until}
    if wanted.orders is not None:
        orders = read_orders(connection, wanted.orders, counting, **bounds)
        dated = orders["at"].is_between(*DATED).fill_null(False)
        undated = orders.filter(~dated).with_columns(at=pl.lit(None, dtype=pl.Int64))
        orders = orders if dated.all() else orders.filter(dated)  # to filter is to copy
        if "person_id" in wanted.orders:
            # Turns are for telling a first order from a second: without all of them there is no first.
            orders = in_turn(connection, orders, counting) if wanted.history else by_person(orders)
    contents = None
    if wanted.contents:
        # Refunds and cancelled orders may be of orders that are dated elsewhere.
        alone = wanted.refunds is None and wanted.cancelled is None
        contents = read_contents(connection, counting, amounts=wanted.line_amounts, **(bounds if alone else {}))
    if wanted.cancelled is not None:
        cancelled = read_cancelled(connection, wanted.cancelled, counting)
    if wanted.refunds is not None:
        refunds = read_refunds(connection, wanted.refunds, counting, estimate=wanted.estimate)
    conflicts = read_conflicts(connection) if wanted.history else frozenset()
    contacts = read_first_contacts(connection) if wanted.contacts else None
    return Frames(shops, conflicts, orders, undated, cancelled, refunds, wanted.history, contents, contacts)
