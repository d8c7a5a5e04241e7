"""What a request asks for, in the web service's own language of filters, fields, order and limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from adapters.prestashop.simulator.answers import Died, bad_query, listed
from adapters.prestashop.simulator.tables import Row, Table

DATES = ("date_add", "date_upd")
Condition = Callable[[Any], bool]
Fields = Mapping[str, tuple[str, ...] | None] | None
"""Chosen columns; for what hangs on a row its chosen fields. None = all."""

_FILTER = re.compile(r"filter\[(\w+)\](\[\w*\])?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_RANGE_END = re.compile(r"[0-9.: -]+")
_SORT = re.compile(r"\[\w+_(ASC|DESC)(,\w+_(ASC|DESC))*\]")
_FIELD = re.compile(r"(\w+)(?:\[([^\]]*)\])?")


@dataclass(frozen=True)
class Query:
    """A request's path behind `/api/` and its parameters, the last of each name."""

    resource: str
    number: str | None
    params: Mapping[str, str]
    as_json: bool

    @classmethod
    def of(cls, environ: Mapping[str, Any]) -> Query:
        """The query of a WSGI request."""
        params = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        asked = params.pop("url", "") if path.endswith("/webservice/dispatcher.php") else path.partition("/api")[2]
        resource, _, number = asked.strip("/").partition("/")
        headers = (environ.get("HTTP_OUTPUT_FORMAT"), environ.get("HTTP_IO_FORMAT"))
        formats = (params.get("output_format"), params.get("io_format"), *headers)
        return cls(resource, number or None, params, "JSON" in formats)

    def conditions(self, table: Table) -> list[tuple[str, Condition]]:
        """The filters: column and what it must be. Raises the web service's own refusals."""
        found: list[tuple[str, Condition]] = []
        for name, text in self.params.items():
            match = _FILTER.fullmatch(name)
            if not match:
                continue
            column = match[1]
            if match[2]:
                raise Died
            self._check_column(table, column)
            if not text:
                raise bad_query(33, f'The filter "{column}" is malformed.')
            condition = _condition(text)
            if condition:
                found.append((column, condition))
        return found

    def order(self, table: Table) -> list[tuple[str, bool]]:
        """The order: columns, and whether they descend. Empty where none is asked for, and then there is none."""
        text = self.params.get("sort")
        if text is None:
            return []
        if not _SORT.fullmatch(text):
            raise bad_query(37, 'The "sort" value has to be formed as this example: "field_ASC" or "[field_1_DESC]".')
        order: list[tuple[str, bool]] = []
        for part in text.strip("[]").split(","):
            column, _, direction = part.rpartition("_")
            if column != "id" and column not in self._sortable(table):
                known = ", ".join(("id", *(name for name in self._sortable(table) if name not in table.languages)))
                more = ", ".join(name for name in table.columns if name in table.languages)
                raise bad_query(
                    38, f"Unable to filter by this field. However, these are available: {known}, for i18n fields:{more}"
                )
            order.append((column, direction == "DESC"))
        return order

    def limits(self) -> tuple[int, int | None]:
        """Offset and count; None = all. A limit that is no number gives nothing, silently."""
        text = self.params.get("limit")
        if text is None:
            return 0, None
        parts = text.split(",")
        if len(parts) > 2:
            raise bad_query(39, 'The "limit" value has to be formed as this example: "5,25" or "10"')
        numbers = [int(part) if re.fullmatch(r"-?\d+", part) else 0 for part in parts]
        if min(numbers) < 0:
            raise Died
        return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, numbers[0])

    def fields(self, table: Table) -> tuple[bool, Fields]:
        """Whether whole objects are shown (not only ids), and which of their fields."""
        text = self.params.get("display")
        if text in (None, "", "minimum"):
            return False, {}
        if text == "full":
            return True, None
        if not (text.startswith("[") and text.endswith("]")):
            known = ", ".join(("id", *table.columns))
            raise bad_query(
                36,
                "The 'display' syntax is wrong. You can set 'full' or '[field_1,field_2,field_3,...]'. "
                f"These are available: {known}",
            )
        chosen: dict[str, tuple[str, ...] | None] = {}
        for name, inner in _FIELD.findall(text[1:-1]):
            if name != "id" and name not in table.columns and name not in table.links:
                known = ", ".join(("id", *table.columns))
                raise bad_query(35, f'Unable to display this field "{name}". However, these are available: {known}')
            chosen[name] = tuple(inner.split(",")) if inner else None
        return True, chosen

    def _sortable(self, table: Table) -> list[str]:
        dates = self.params.get("date") == "1"
        return [column for column in table.columns if dates or column not in DATES]

    def _check_column(self, table: Table, column: str) -> None:
        if column in DATES and self.params.get("date") == "1":
            if column not in table.columns:
                raise Died  # an SQL error
            return
        if column != "id" and (column not in table.columns or column in DATES):
            known = [name for name in ("id", *table.columns) if name not in DATES]
            raise bad_query(32, f'This filter does not exist. Did you mean: "note"? The full list is: {listed(known)}')


def matching(rows: Iterable[Row], conditions: list[tuple[str, Condition]]) -> list[Row]:
    """The rows that meet all conditions."""
    return [row for row in rows if all(holds(row[column]) for column, holds in conditions)]


def _condition(text: str) -> Condition | None:
    """What a filter's text means; None where it is silently dropped."""
    if text.startswith((">=", "<=")):
        return None
    sign = text[0] if text[0] in "<>!" else ""
    body = text[len(sign) :]
    if body.startswith("%") or body.endswith("%"):
        return _like(body)
    if not (body.startswith("[") and body.endswith("]")):
        return lambda value: _same(value, text)
    inner = body[1:-1]
    if sign == "!":
        return lambda value: not _same(value, inner)
    if sign:
        return lambda value: (_order(value, inner) > 0) if sign == ">" else (_order(value, inner) < 0)
    if "|" in inner:
        wanted = {_key(part) for part in inner.split("|")}
        return lambda value: _key(value) in wanted
    if "," in inner:
        return _between(inner)
    return lambda value: _same(value, inner)


def _between(inner: str) -> Condition:
    first, _, last = inner.partition(",")
    if not (_RANGE_END.fullmatch(first) and _RANGE_END.fullmatch(last)):
        return lambda value: False
    low, high = (first, last) if _order(first, last) <= 0 else (last, first)
    return lambda value: _order(value, low) >= 0 and _order(value, high) <= 0


def _like(body: str) -> Condition:
    inner = body.strip("%")
    if not (inner.startswith("[") and inner.endswith("]")):
        return lambda value: False
    wanted = inner[1:-1].casefold()
    before, after = body.startswith("%"), body.endswith("%")

    def holds(value: Any) -> bool:
        text = str(value).casefold()
        if before and after:
            return wanted in text
        return text.endswith(wanted) if before else text.startswith(wanted)

    return holds


def _key(value: Any) -> Any:
    """A value as the database compares it: numbers as numbers, a day as its midnight, letters in any case."""
    text = str(value if value is not None else "").strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{text} 00:00:00"
    return text.casefold()


def _same(value: Any, text: str) -> bool:
    return bool(_key(value) == _key(text))


def _order(value: Any, text: str) -> int:
    left, right = _key(value), _key(text)
    if isinstance(left, Decimal) is not isinstance(right, Decimal):
        left, right = str(value), str(text)
    return int(left > right) - int(left < right)
