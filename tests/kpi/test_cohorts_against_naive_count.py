"""Section 4.6: every reading of the cohort table is what a slow count from the definition's words gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.kpi.options import KpiOptions
from connector.kpi.result import Cell, Triangle
from connector.kpi.shop.cohorts import cohorts
from connector.kpi.shop.history import History, in_sequence
from connector.kpi.shop.scope import Scope
from tests.kpi.books import BERLIN, at

DAY = 86_400_000_000
START, END = at("2024-01-01"), at("2024-07-01")


@dataclass(frozen=True)
class Bought:
    """One order of the slow count; `paid` is its day of payment, `back` the net of its refunds."""

    number: int
    person: int
    at: int
    net: int
    back: int
    country: str
    paid: int | None


@dataclass(frozen=True)
class Asked:
    """One reading."""

    grain: str
    base: str
    measure: str
    cumulative: bool
    rolling: bool
    by: str
    observed: int


# --- the slow count --------------------------------------------------------------------------------------------------


def local(instant: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(BERLIN).date()


def begins(day: date, grain: str) -> date:
    if grain == "week":
        return day - timedelta(days=day.weekday())
    month = day.month if grain == "month" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def later(day: date, grain: str, units: int) -> date:
    if grain == "week":
        return day + timedelta(days=7 * units)
    number = day.year * 12 + day.month - 1 + units * (1 if grain == "month" else 3)
    return date(number // 12, number % 12 + 1, 1)


def midnight(day: date) -> int:
    return at(day.isoformat())


class Slow:
    """Every member's columns one by one, from plain lists."""

    def __init__(self, bought: list[Bought], contacts: dict[int, int], asked: Asked) -> None:
        self.asked = asked
        self.horizon = min(END, asked.observed)
        paid = asked.base == "first_paid"
        dated = [(one, one.paid if paid else one.at) for one in bought]
        self.orders: dict[int, list[tuple[int, Bought]]] = {}
        for one, when in sorted(
            ((one, when) for one, when in dated if when is not None), key=lambda p: (p[1], p[0].at, p[0].number)
        ):
            self.orders.setdefault(one.person, []).append((when, one))
        starts = (
            contacts if asked.base == "first_contact" else {person: own[0][0] for person, own in self.orders.items()}
        )
        self.starts = {person: when for person, when in starts.items() if START <= when < END}

    def key(self, person: int) -> str | None:
        if self.asked.by == "country":
            return self.orders[person][0][1].country if person in self.orders else None
        unit = begins(local(self.starts[person]), self.asked.grain)
        if self.asked.grain == "week":
            year, week, _ = unit.isocalendar()
            return f"{year}-W{week:02d}"
        return f"{unit:%Y-%m}" if self.asked.grain == "month" else f"{unit.year}-Q{(unit.month + 2) // 3}"

    def over(self, person: int, column: int) -> bool:
        """Whether a column of a member is over."""
        unit = begins(local(self.starts[person]), self.asked.grain)
        if self.asked.rolling:
            grown = midnight(later(unit, self.asked.grain, 1)) <= self.horizon
            return grown and self.starts[person] + (column + 1) * 30 * DAY <= self.horizon
        return midnight(later(unit, self.asked.grain, column + 1)) <= self.horizon

    def inside(self, person: int, column: int) -> list[Bought]:
        unit = begins(local(self.starts[person]), self.asked.grain)
        if self.asked.rolling:
            low = self.starts[person] + column * 30 * DAY
            high = low + 30 * DAY
        else:
            low = midnight(later(unit, self.asked.grain, column))
            high = midnight(later(unit, self.asked.grain, column + 1))
        return [one for when, one in self.orders.get(person, []) if low <= when < high]

    def cell(self, members: list[int], column: int, *, whole: bool) -> tuple[int, int, Fraction | None] | None:
        """(active, of how many, value); None where it is not over."""
        seen = [person for person in members if self.over(person, column)]
        if not seen or (whole and len(seen) < len(members)):
            return None
        columns = range(column + 1) if self.asked.cumulative else [column]
        zero = self.asked.base != "first_contact"
        active = 0
        for person in seen:
            counting = [one for one in columns if one > 0 or not (self.asked.cumulative and zero)]
            if zero and column == 0 and self.asked.cumulative:
                active += 1
            else:
                active += any(self.inside(person, one) for one in counting)
        orders = [one for person in seen for place in columns for one in self.inside(person, place)]
        total = {
            "active": None,
            "orders": Fraction(len(orders)),
            "orders_per_member": Fraction(len(orders), len(seen)),
            "revenue": Fraction(sum(one.net - one.back for one in orders)),
            "revenue_per_member": Fraction(sum(one.net - one.back for one in orders), len(seen)),
        }[self.asked.measure]
        return active, len(seen), total


# --- ours ------------------------------------------------------------------------------------------------------------


def scope(bought: list[Bought], contacts: dict[int, int], asked: Asked) -> Scope:
    """The same books as a view."""
    rows = [(1, str(one.number), one.person, one.at, one.net, "EUR", one.country, one.paid, one.back) for one in bought]
    names = ("source_id", "order_id", "person_id", "at", "net", "currency", "country", "paid_at", "back")
    texts = ("order_id", "currency", "country")
    schema = {name: pl.String if name in texts else pl.Int64 for name in names}
    frame = pl.DataFrame(rows, schema=schema, orient="row").sort("person_id", "at", maintain_order=True)
    refunds = frame.filter(pl.col("back") > 0).with_columns(net=pl.col("back"))
    options = KpiOptions()
    for name in ("grain", "base", "measure", "cumulative", "rolling", "by"):
        options = options.with_override(f"cohorts.{name}={str(getattr(asked, name)).lower()}")
    first = pl.DataFrame(
        {"person_id": list(contacts), "start_at": list(contacts.values())},
        schema={"person_id": pl.Int64, "start_at": pl.Int64},
    )
    history = History(options, BERLIN, asked.observed, in_sequence(frame, complete=True), refunds, contacts=first)
    return Scope(history, START, END, (("currency", ("EUR",)),) if "revenue" in asked.measure else ())


BORDERS = [0, 1, 30, 31, 59, 60, 61, 90, 91, 92, 121, 152, 180]
instants = st.builds(
    lambda day, hour: at("2023-12-01") + day * DAY + hour * DAY // 24,
    st.sampled_from([31 + one for one in BORDERS] + [0, 20]),
    st.sampled_from([0, 0, -1, 7]),
)
orders = st.builds(
    Bought,
    number=st.just(0),
    person=st.integers(1, 7),
    at=instants,
    net=st.integers(0, 900),
    back=st.sampled_from([0, 0, 50]),
    country=st.sampled_from(["DE", "AT"]),
    paid=st.one_of(st.none(), instants),
)
readings = st.builds(
    Asked,
    grain=st.sampled_from(["week", "month", "month", "quarter"]),
    base=st.sampled_from(["first_order", "first_order", "first_paid", "first_contact"]),
    measure=st.sampled_from(["active", "orders", "orders_per_member", "revenue", "revenue_per_member"]),
    cumulative=st.booleans(),
    rolling=st.booleans(),
    by=st.sampled_from(["date", "date", "country"]),
    observed=st.sampled_from([at("2024-08-01"), at("2024-05-01"), at("2024-04-15 12:00"), at("2024-02-01")]),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(orders, min_size=3, max_size=18), st.dictionaries(st.integers(1, 9), instants, max_size=6), readings)
def test_every_reading_is_what_a_slow_count_gives(drawn: list[Bought], contacts: dict[int, int], asked: Asked) -> None:
    bought = [Bought(**{**vars(one), "number": number}) for number, one in enumerate(drawn, 1)]
    slow = Slow(bought, contacts, asked)
    # Filters by currency choose members by their first order, as they do for every figure of customers.
    if asked.base == "first_contact" and "revenue" in asked.measure:
        slow.starts = {person: when for person, when in slow.starts.items() if person in slow.orders}
    found = cohorts(scope(bought, contacts, asked)).table
    members: dict[str | None, list[int]] = {}
    for person in slow.starts:
        members.setdefault(slow.key(person), []).append(person)
    if found is None:
        assert not members
        return
    assert {row.cohort: row.size for row in found.rows} == {key: len(own) for key, own in members.items()}
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            same(cell, slow.cell(members[row.cohort], column, whole=asked.by == "date"), found)
        assert slow.cell(members[row.cohort], len(found.columns), whole=asked.by == "date") is None
    bottom(found, slow, members)


def bottom(found: Triangle, slow: Slow, members: dict[str | None, list[int]]) -> None:
    """Sums over the cohorts that have reached a column; by anything but date, over their members."""
    everyone = [person for own in members.values() for person in own]
    assert found.average.size == len(everyone)
    for column, cell in zip(found.columns, found.average.cells, strict=True):
        if slow.asked.by != "date":
            same(cell, slow.cell(everyone, column, whole=False), found)
            continue
        reached = [own for own in members.values() if slow.cell(own, column, whole=True)]
        same(cell, slow.cell([person for own in reached for person in own], column, whole=True), found)


def same(cell: Cell | None, expected: tuple[int, int, Any] | None, table: Triangle) -> None:
    if expected is None:
        assert cell is None
        return
    assert cell is not None
    active, people, value = expected
    assert (cell.active, cell.rate) == (active, active / people)
    if table.measure == "active":
        assert cell.value is None
    elif isinstance(cell.value, Decimal):
        assert abs(Fraction(cell.value) - value) < Fraction(1, 10**9)
    else:
        assert cell.value == float(value)
