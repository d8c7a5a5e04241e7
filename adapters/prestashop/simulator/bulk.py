"""A shop of any size whose answers are put together from prepared pieces, so that it costs little memory and time.

A row follows from its number alone. For each set of fields that is asked for, a few sample rows are written out once
with marks in the places that differ from row to row; an answer fills in the marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from adapters.prestashop.simulator.answers import encoded
from adapters.prestashop.simulator.deeds import Deeds
from adapters.prestashop.simulator.output import shown
from adapters.prestashop.simulator.query import Fields, Query
from adapters.prestashop.simulator.tables import TABLES, Row, Table
from connector.simulation.people import PretendPerson, person

Marks = Mapping[str, str]
SAMPLES = 60  # different rows
_MARK = re.compile(rb"@@(\w+)@@")
_BEHIND = re.compile(r">\[(\d+)\]")
_BETWEEN = re.compile(r"\[(\d+),(\d+)\]")
_LIST = re.compile(r"\[\d+(\|\d+)*\]")
_RANGE = re.compile(r"\[([0-9:. -]+),([0-9:. -]+)\]")
_ROWS_OF_ORDER = 3
_STATES = ("2", "3", "5")
_TWO_YEARS = timedelta(days=730).total_seconds()


class _Dates(Sequence[str]):
    """The rows' dates, which grow with their numbers: spread over two years up to `last`."""

    def __init__(self, count: int, last: datetime) -> None:
        self._count, self._step = count, _TWO_YEARS / count
        self._first = last - timedelta(seconds=self._step * count)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        return str((self._first + timedelta(seconds=int(self._step * at))).replace(microsecond=0))


class PreparedTable(MutableMapping[int, Row]):
    """A table of `count` rows. `sample(number, marks)` writes one; `marks(number)` says how it differs from others.

    Rows may be changed, added and removed; from then on lists are no longer prepared.
    """

    def __init__(
        self,
        table: Table,
        count: int,
        dates: _Dates,
        sample: Callable[[int, Marks], Row],
        marks: Callable[[int], Marks],
    ) -> None:
        self._table, self._count, self._dates = table, count, dates
        self._sample, self._marks = sample, marks
        self._forms: dict[str, list[bytes]] = {}
        self._names = tuple(marks(1))
        self._changed: dict[int, Row | None] = {}  # None = removed

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[int]:
        for number in range(1, self._count + 1):
            if self._changed.get(number, True) is not None:
                yield number
        yield from (number for number, row in sorted(self._changed.items()) if number > self._count and row is not None)

    def __setitem__(self, number: int, row: Row) -> None:
        self._changed[number] = row

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._changed[number] = None

    def __getitem__(self, number: int) -> Row:
        if number in self._changed:
            changed = self._changed[number]
            if changed is None:
                raise KeyError(number)
            return changed
        if not 1 <= number <= self._count:
            raise KeyError(number)
        row = self._sample(number % SAMPLES, self._marks(number))
        row["id"] = number
        return row

    def answer(
        self, query: Query, fields: Fields, languages: Sequence[str], offset: int, count: int | None
    ) -> bytes | None:
        """The list a query asks for; None where it asks in a way that is not prepared for."""
        numbers = None if self._changed else self._numbers(query)
        if numbers is None or query.params.get("sort", "[id_ASC]") != "[id_ASC]" or not query.as_json:
            return None
        chosen = numbers[offset : None if count is None else offset + count]
        if not chosen:
            return b"[]"
        forms = self._prepared(query.params.get("display", ""), fields, languages)
        parts = []
        for number in chosen:
            marks = {name.encode(): text.encode() for name, text in self._marks(number).items()}
            parts.append(forms[number % SAMPLES] % {**marks, b"id": str(number).encode()})
        return b'{"' + self._table.key.encode() + b'":[' + b",".join(parts) + b"]}"

    def _numbers(self, query: Query) -> Sequence[int] | None:
        numbers: Sequence[int] = range(1, self._count + 1)
        for name, text in query.params.items():
            if not name.startswith("filter["):
                continue
            if name == "filter[id]" and (behind := _BEHIND.fullmatch(text)):
                numbers = range(max(int(behind[1]) + 1, numbers.start), numbers.stop)  # type: ignore[attr-defined]
            elif name == "filter[id]" and (between := _BETWEEN.fullmatch(text)):
                first, last = sorted((int(between[1]), int(between[2])))
                numbers = range(max(first, numbers.start), min(last + 1, numbers.stop))  # type: ignore[attr-defined]
            elif name == "filter[id]" and _LIST.fullmatch(text):
                wanted = sorted({int(part) for part in text.strip("[]").split("|")})
                return [number for number in wanted if number in numbers]
            elif name in ("filter[date_upd]", "filter[date_add]") and (span := _RANGE.fullmatch(text)):
                first, last = bisect_left(self._dates, span[1]), bisect_right(self._dates, span[2])
                numbers = range(max(numbers.start, first + 1), min(numbers.stop, last + 1))  # type: ignore[attr-defined]
            else:
                return None
        return numbers

    def _prepared(self, display: str, fields: Fields, languages: Sequence[str]) -> list[bytes]:
        if display not in self._forms:
            marks = {name: f"@@{name}@@" for name in self._names}
            forms = []
            for number in range(SAMPLES):
                row = self._sample(number, marks)
                row["id"] = "@@id@@"
                body = encoded(shown(self._table, row, fields, languages)).replace(b"%", b"%%")
                forms.append(_MARK.sub(rb"%(\1)b", body.replace(b'{"id":"@@id@@"', b'{"id":@@id@@')))
            self._forms[display] = forms
        return self._forms[display]


def fill_bulk(shop: Deeds, size: int, seed: int) -> None:
    """Fill a furnished shop with `size` orders, a third as many customers, and what hangs on them."""
    customers = max(1, size // 3)
    last = datetime.strptime(shop.now(), "%Y-%m-%d %H:%M:%S") - timedelta(days=1)  # noqa: DTZ007 - local without a zone
    dates = _Dates(size, last)
    people = [person(seed, number + 1) for number in range(SAMPLES)]
    shop.tables["orders"] = _orders(size, customers, dates, _sample_orders(shop, people))
    shop.tables["customers"] = _customers(customers, last, people)
    shop.tables["addresses"] = _addresses(customers, last, people)
    shop.tables["order_histories"] = _histories(size, last, dates)
    for number in range(50, size + 1, 50):
        made = shop.row("orders", number)
        slip = shop.refund(number, {made["associations"]["order_rows"][0]["id"]: 1})
        shop.overwrite("order_slip", slip, **_both(made["date_add"]))
    for name in ("orders", "customers", "addresses", "order_histories"):
        shop.skip_ids(name, len(shop.tables[name]))  # what is added later comes behind


def _orders(size: int, customers: int, dates: _Dates, samples: Sequence[Row]) -> PreparedTable:
    def order(number: int, marks: Marks) -> Row:
        found = samples[number % len(samples)]
        rows = [
            {**entry, "id": marks[f"row{place}"]} for place, entry in enumerate(found["associations"]["order_rows"])
        ]
        plain = {name: text for name, text in marks.items() if name in TABLES["orders"].columns}
        return {**found, **plain, "associations": {"order_rows": rows}}

    def marks(number: int) -> Marks:
        buyer = str(number * 7919 % customers + 1)
        at = dates[number - 1]
        paid = number % SAMPLES % 7 != 0
        return {
            "id_cart": str(number),
            "id_customer": buyer,
            "id_address_delivery": buyer,
            "id_address_invoice": buyer,
            **_both(at),
            "invoice_number": str(number) if paid else "0",
            "invoice_date": at if paid else "0000-00-00 00:00:00",
            "reference": _letters(number),
            **{f"row{place}": str(number * _ROWS_OF_ORDER + place) for place in range(_ROWS_OF_ORDER)},
        }

    return PreparedTable(TABLES["orders"], size, dates, order, marks)


def _customers(count: int, last: datetime, people: Sequence[PretendPerson]) -> PreparedTable:
    dates = _Dates(count, last)

    def customer(number: int, marks: Marks) -> Row:
        who = people[number % SAMPLES]
        values = {"firstname": who.first_name, "lastname": who.last_name, "is_guest": "1" if number % 4 == 0 else "0"}
        return TABLES["customers"].row(0, {**values, "passwd": "$2y$10$x", **marks})

    def marks(number: int) -> Marks:
        return {"email": f"kunde{number}@example.test", **_both(dates[number - 1])}

    return PreparedTable(TABLES["customers"], count, dates, customer, marks)


def _addresses(count: int, last: datetime, people: Sequence[PretendPerson]) -> PreparedTable:
    dates = _Dates(count, last)

    def address(number: int, marks: Marks) -> Row:
        who = people[number % SAMPLES]
        values = {"firstname": who.first_name, "lastname": who.last_name, "city": who.city, "phone": who.phone}
        return TABLES["addresses"].row(0, {**values, "id_country": str((1, 2, 8, 19)[number % 4]), **marks})

    def marks(number: int) -> Marks:
        return {"id_customer": str(number), **_both(dates[number - 1])}

    return PreparedTable(TABLES["addresses"], count, dates, address, marks)


def _histories(orders: int, last: datetime, of_orders: _Dates) -> PreparedTable:
    def history(number: int, marks: Marks) -> Row:
        return TABLES["order_histories"].row(0, {"id_employee": str(number % 3), **marks})

    def marks(number: int) -> Marks:
        order, state = divmod(number - 1, len(_STATES))
        return {"id_order": str(order + 1), "id_order_state": _STATES[state], "date_add": of_orders[order]}

    count = orders * len(_STATES)
    return PreparedTable(TABLES["order_histories"], count, _Dates(count, last), history, marks)


def _sample_orders(shop: Deeds, people: Sequence[PretendPerson]) -> list[Row]:
    """A few orders made as all orders are, for the prepared ones to look like."""
    buyer = shop.create_customer(people[0])
    for number in range(SAMPLES):
        lines = [(1 + (number + place * 3) % 10, 1 + number % 2) for place in range(_ROWS_OF_ORDER)]
        cart = shop.create_cart(lines, customer=buyer, currency=2 if number % 9 == 0 else 1)
        order = shop.order(cart, discount=Decimal("2.50") if number % 5 == 0 else Decimal(0))
        if number % 7 == 0:
            shop.set_state(order, 8)
    samples = [row for _, row in sorted(shop.rows("orders").items())]
    for table in ("order_payments", "order_histories", "order_carriers", "carts"):
        shop.rows(table).clear()
    return samples


def _both(date: str) -> Marks:
    return {"date_add": date, "date_upd": date}


def _letters(number: int) -> str:
    """Nine capital letters, another one for each number."""
    letters = []
    rest = number * 7_919_993 + 11
    for _ in range(9):
        rest, letter = divmod(rest, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)
