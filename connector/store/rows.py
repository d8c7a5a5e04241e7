"""From what an adapter's `normalise` gives to tuples that a database takes.

This is the hot path: a page of orders becomes a thousand rows. So the columns of a row are looked at once per form (a
table and the columns given, in their order), and values are checked a page and a column at a time. Only where that
finds something wrong are single rows looked at, to name the record and the column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, overload

import msgspec
from sqlalchemy import BigInteger, Boolean, Text
from sqlmodel import SQLModel

from connector.contract import Feed, Record, Row, Stream
from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.store import texts
from connector.model import PERSONAL, Conversation
from connector.store.marks import CLAIMS, Claims
from connector.store.statements import Batch, upsert
from connector.store.tables import default_of, key_of, table_of

REPLACEMENT = "\ufffd"

_LEAST, _MOST = -(2**63), 2**63 - 1
_INT64 = Annotated[int, msgspec.Meta(ge=_LEAST, le=_MOST)]
_TYPES: dict[type[Any], Any] = {BigInteger: _INT64, Text: str, Boolean: bool}
_PLAIN: dict[type[Any], type[Any]] = {BigInteger: int, Text: str, Boolean: bool}

Normalise = Callable[[Stream, Record], Iterable[Row]]


class RowError(Exception):
    """An adapter's row does not fit the tables whatever the record: a mistake in its code, not in the data."""


def not_the_records(model: type[SQLModel]) -> tuple[str, ...]:
    """Columns that identity and linking fill, and that no record ever overwrites."""
    if model is Conversation:
        return ("person_id", "order_source_id", "order_id", "order_reason")
    return ("person_id",) if model in PERSONAL else ()


@dataclass(eq=False, slots=True)
class Form:
    """Rows of one table that give the same columns in the same order."""

    model: type[SQLModel]
    columns: tuple[str, ...]  # the source's number first, then as given
    upsert: Batch
    owner_at: int
    key_at: tuple[int, ...]
    claims_at: tuple[int | None, ...] | None
    """Where what is claimed (`marks.CLAIMS`) stands, in tables whose rows belong to a person."""
    missing: str | None
    """A column that must be given and is not."""
    _row: Any = field(init=False)
    _plain: tuple[frozenset[type[Any]], ...] = field(init=False)
    """The types of values that each column takes."""

    def __post_init__(self) -> None:
        columns = [table_of(self.model).columns[name] for name in self.columns]
        types = [
            _TYPES[type(column.type)] | None if column.nullable else _TYPES[type(column.type)] for column in columns
        ]
        self._row = tuple.__class_getitem__(tuple(types))
        none = {type(None)}
        self._plain = tuple(
            frozenset({_PLAIN[type(column.type)], *(none if column.nullable else ())}) for column in columns
        )

    def fit(self, rows: Sequence[tuple[Any, ...]]) -> bool:
        """Whether all `rows` can be stored as they are. A doubt is a no; `mended` has the last word."""
        return not self.missing and all(map(_fits, zip(*rows, strict=True), self._plain))

    def claims(self, row: tuple[Any, ...]) -> Claims:
        """What a row of a person's table says about its person."""
        assert self.claims_at is not None
        return tuple(None if at is None else row[at] for at in self.claims_at)

    def mended(self, row: tuple[Any, ...]) -> tuple[Any, ...] | Message:
        """The row without characters that no database takes, or why it cannot be stored at all."""
        row = tuple(clean(value) if isinstance(value, str) else value for value in row)
        if self.missing:
            return texts("value_missing", column=f"{self.model.__tablename__}.{self.missing}")
        try:
            msgspec.convert(row, self._row)
        except msgspec.ValidationError as error:
            said = str(error)  # "Expected `int` <= 9223372036854775807 - at `$[3]`"
            at = int(said.rpartition("$[")[2].partition("]")[0])
            key = "value_missing" if row[at] is None else "value_too_large" if "= " in said else "value_unfit"
            return texts(key, column=f"{self.model.__tablename__}.{self.columns[at]}")
        return row


@dataclass(slots=True)
class Normalised:
    """A page's rows, each with its form, and the records that could not be understood, with the reason."""

    rows: dict[str, list[tuple[Form, tuple[Any, ...]]]] = field(default_factory=dict)  # by record id
    by_form: dict[Form, list[tuple[Any, ...]]] = field(default_factory=dict)  # the same, form by form
    failed: dict[str, Message] = field(default_factory=dict)

    def group(self) -> None:
        """Put the rows together by form."""
        self.by_form = {}
        for form, row in chain.from_iterable(self.rows.values()):
            try:
                self.by_form[form].append(row)
            except KeyError:
                self.by_form[form] = [row]


class Normaliser:
    """Makes rows of one stream's records. `source_id` is what every row begins with."""

    def __init__(self, dialect: str, source_id: int, stream: Stream, normalise: Normalise) -> None:
        self._dialect = dialect
        self._source_id = source_id
        self._stream = stream
        self._normalise = normalise
        self._forms = _forms(dialect, stream.feeds)

    def __call__(self, records: Iterable[Record]) -> Normalised:
        """The rows of `records`. Raises `RowError` for a mistake of the adapter; what else fails is in the result."""
        result = Normalised()
        rows_of, made = self._rows_of, result.rows
        for record in records:
            try:
                made[record.id] = rows_of(record)
            except (RowError, MemoryError):
                raise
            except UnexpectedPayload as error:
                result.failed[record.id] = error.message
            except Exception as error:  # noqa: BLE001  (one odd record must not stop the rest)
                result.failed[record.id] = reason_of(error)
        result.group()
        if not all(form.fit(rows) for form, rows in result.by_form.items()):
            self._mend(result)
            result.group()
        return result

    def _rows_of(self, record: Record) -> list[tuple[Form, tuple[Any, ...]]]:
        forms, source_id, record_id = self._forms, self._source_id, record.id
        rows = []
        for model, row in self._normalise(self._stream, record):
            given = (model, tuple(row))
            form = forms.get(given)
            if form is None:
                form = forms[given] = _form(self._dialect, self._stream, model, given[1])
            values = (source_id, *row.values())
            if values[form.owner_at] != record_id and clean(str(values[form.owner_at])) != record_id:
                raise UnexpectedPayload(texts("wrong_owner", table=model.__tablename__))
            rows.append((form, values))
        return rows

    def _mend(self, result: Normalised) -> None:
        for record_id, rows in list(result.rows.items()):
            mended = [(form, form.mended(row)) for form, row in rows]
            wrong = next((row for _, row in mended if isinstance(row, Message)), None)
            if wrong is None:
                result.rows[record_id] = [(form, row) for form, row in mended if isinstance(row, tuple)]
            else:
                del result.rows[record_id]
                result.failed[record_id] = wrong


def _fits(values: tuple[Any, ...], plain: frozenset[type[Any]]) -> bool:
    """Whether a column takes all `values`: of its types, numbers of 64 bits, texts without NUL and lone surrogates."""
    if not plain.issuperset(map(type, values)):
        return False
    if str in plain:
        text = "".join(filter(None, values))
        return "\0" not in text and (text.isascii() or _encodable(text))
    if int in plain:
        numbers = [value for value in values if value is not None]
        return not numbers or (min(numbers) >= _LEAST and max(numbers) <= _MOST)
    return True


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=200)
def _forms(dialect: str, feeds: tuple[Feed, ...]) -> dict[tuple[Any, ...], Form]:
    """The forms met so far: by table and columns given."""
    return {}


def _form(dialect: str, stream: Stream, model: type[SQLModel], given: tuple[str, ...]) -> Form:
    owner = next((feed.owner for feed in stream.feeds if feed.table is model), None)
    if owner is None:
        raise RowError(f"{stream.name} does not say that it feeds {model.__tablename__}")
    allowed = set(table_of(model).columns.keys()) - {"source_id", *not_the_records(model)}
    if unknown := set(given) - allowed:
        raise RowError(f"{model.__tablename__} has no column {', '.join(sorted(unknown))} for an adapter")
    key = key_of(model)
    if absent := {owner, *key[1:]} - set(given):
        raise RowError(f"a row of {model.__tablename__} lacks {', '.join(sorted(absent))}")
    columns = ("source_id", *given)
    required = [
        column.name
        for column in table_of(model).columns
        if not column.nullable and default_of(model, column.name) is None
    ]
    claims = tuple(columns.index(name) if name in columns else None for name in CLAIMS)
    return Form(
        model=model,
        columns=columns,
        upsert=upsert(dialect, model, columns, not_the_records(model)),
        owner_at=columns.index(owner),
        key_at=tuple(columns.index(name) for name in key),
        claims_at=claims if model in PERSONAL else None,
        missing=next((name for name in required if name not in columns), None),
    )


@overload
def clean(text: str) -> str: ...
@overload
def clean(text: str | None) -> str | None: ...
def clean(text: str | None) -> str | None:
    """`text` without NUL and lone surrogates, which PostgreSQL and UTF-8 cannot hold; U+FFFD stands for them."""
    if text is None or (text.isascii() and "\0" not in text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", REPLACEMENT)


def reason_of(error: Exception) -> Message:
    """Why a record could not be understood, without the error's own text, which may quote the record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    if isinstance(error, msgspec.ValidationError) and " - at `" in str(error):
        # msgspec names the field by position and never quotes a key of the data here.
        return texts("not_understood_at", field=str(error).rpartition(" - at ")[2].strip("`"), place=place)
    return texts("not_understood", kind=type(error).__name__, place=place)
