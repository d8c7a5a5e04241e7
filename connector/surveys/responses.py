"""One row of a file as a record, and the answers it holds.

A record keeps the cells of the mapped columns as they were written, so that a mapping that is put right later can be
applied to what is stored. Its id is the tool's own number where a column holds one. Else it is made of who answered
what and when: reading a file again changes nothing, and a corrected score corrects.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from connector.contract import Feed, Personal, Record, Row, Stream, Sweep
from connector.emails import email_key
from connector.errors import UnexpectedPayload
from connector.instants import to_datetime
from connector.messages.surveys import texts
from connector.model import SurveyAnswer
from connector.surveys.headers import find
from connector.surveys.mapping import SurveyMapping
from connector.surveys.scores import Scorer
from connector.surveys.stamps import instant

ANSWERS = Stream(
    "answers",
    feeds=(Feed(SurveyAnswer, "response_id"),),
    sweep=Sweep.NONE,
    personal=Personal(emails=("email",), texts=("comment",)),
)

UNIDENTIFIED = "?"
"""What the id of a row begins with that can be told from no other: refused, and met anew when its file is read."""

_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)

UTC_ZONE = ZoneInfo("UTC")


class Cells(msgspec.Struct, omit_defaults=True):
    """What is kept of a row: the cells of mapped columns that are not blank, by the name the mapping has for them.

    What is personal has fields of its own, so that it can be found and erased.
    """

    id: str
    cells: dict[str, str] = {}
    email: str | None = None
    comment: str | None = None
    utc: bool = False  # the heading says that times are in UTC


class Reading:
    """A mapping at work. `survey` is the name that its answers go by; `zone` where times are that name none."""

    def __init__(self, survey: str, mapping: SurveyMapping, zone: ZoneInfo) -> None:
        self._survey = survey
        self._mapping = mapping
        self._zone = zone
        self._formats = mapping.answered_at.formats
        self._scorers = [Scorer(metric) for metric in mapping.metrics]

    def answers(self, row: Cells) -> list[Row]:
        """The rows of a record: one per question answered. `UnexpectedPayload` where a cell cannot be understood."""
        mapping, cells = self._mapping, row.cells
        given = []
        for metric, scorer in zip(mapping.metrics, self._scorers, strict=True):
            text = cells.get(str(metric.column))
            if text is not None and all(_same(cells.get(name), wanted) for name, wanted in metric.when.items()):
                given.append((metric, scorer(text)))
        if not given:
            return []
        answered_at = self.answered_at(row)
        email = row.email
        common = {
            "response_id": row.id,
            "survey": self._survey,
            "kind": mapping.kind,
            "answered_at": answered_at,
            "conversation_id": self._cell(row, mapping.conversation),
            "order_id": self._cell(row, mapping.order),
            "email": email,
            "email_key": email_key(email),
            "channel": self._cell(row, mapping.channel),
            "agent_id": self._cell(row, mapping.agent),
            "comment": row.comment,
        }
        rows: list[Row] = []
        count: Counter[str] = Counter()
        for metric, score in given:
            count[metric.kind] += 1
            number = "" if count[metric.kind] == 1 else f"-{count[metric.kind]}"
            own: dict[str, Any] = {
                "answer_id": f"{row.id}/{metric.kind}{number}",
                "metric": metric.kind,
                "scale": metric.scale_name,
                "score": score.whole,
                "score_rest_micros": score.rest_micros or None,
                "label": score.label,
            }
            rows.append((SurveyAnswer, {**own, **common}))
        return rows

    def answered_at(self, row: Cells) -> int:
        """When a row was answered, microseconds UTC. `UnexpectedPayload` where it does not say."""
        said = self._mapping.answered_at
        text = row.cells.get(str(said.column))
        if text is None and said.otherwise is not None:
            text = row.cells.get(str(said.otherwise))
        if text is None:
            raise UnexpectedPayload(texts("no_date", column=said.column))
        try:
            return instant(text, self._formats, UTC_ZONE if row.utc else self._zone)
        except ValueError:
            raise UnexpectedPayload(texts("bad_date", column=said.column)) from None

    def has_time(self, row: Cells) -> bool:
        """Whether a row says the time of day too, and not only the day."""
        moment = to_datetime(self.answered_at(row), UTC_ZONE if row.utc else self._zone)
        return moment.time() != time.min

    def _cell(self, row: Cells, column: str | int | None) -> str | None:
        return None if column is None else row.cells.get(str(column))


class Rows:
    """The rows of one file as records. Raises `UnexpectedPayload` at once where a mapped column is not there."""

    def __init__(
        self, reading: Reading, mapping: SurveyMapping, names: Sequence[str], *, file: str, texts_kept: bool = False
    ) -> None:
        self._reading = reading
        self._mapping = mapping
        self._places = {str(column): find(column, names) for column in mapping.columns}
        self._email, self._comment = self._places.get(str(mapping.email)), self._places.get(str(mapping.comment))
        self._texts_kept = texts_kept
        self._width = len(names)
        self._utc = "utc" in names[self._places[str(mapping.answered_at.column)]].lower()
        self._file = file
        self._seen: Counter[str] = Counter()

    def records(self, rows: Iterable[tuple[int, list[str]]], read_at: int) -> Iterator[Record]:
        """One record per row that answers anything. `read_at` in microseconds UTC.

        A row that cannot be understood comes too, so that it is set aside with its reason; its `locator` is its line.
        """
        encode = msgspec.json.Encoder().encode
        for line, cells in rows:
            row = self._kept(cells)
            problem: UnexpectedPayload | None = None
            answers: list[Row] = []
            row.id, known = self._identified(row)
            if len(cells) > self._width:
                problem = UnexpectedPayload(texts("too_wide", found=len(cells), columns=self._width))
            elif self._shortened(row):
                problem = UnexpectedPayload(texts("shortened_id", column=self._mapping.id))
            if problem is None:
                try:
                    answers = self._reading.answers(row)
                except UnexpectedPayload as refusal:
                    problem = refusal
            if problem is not None:
                said = UnexpectedPayload(texts("line", line=line, reason=problem.message))
                if not known:
                    row.id = f"{UNIDENTIFIED}{self._file}/{row.id}"
                yield Record(row.id, encode(row), read_at, locator=str(line), content=said)
            elif answers or known:
                yield Record(row.id, encode(row), read_at, content=answers)

    def _kept(self, cells: Sequence[str]) -> Cells:
        """A row without an id yet."""
        row = Cells("", utc=self._utc)
        for name, at in self._places.items():
            text = cells[at].strip()
            if not text:
                continue
            if at == self._email:
                row.email = text
            elif at != self._comment:
                row.cells[name] = text
            elif self._texts_kept:
                row.comment = text
        return row

    def _identified(self, row: Cells) -> tuple[str, bool]:
        """The id of a row, and whether it names one row among all files: so that it can be corrected later."""
        mapping, cells = self._mapping, row.cells
        shortened = self._shortened(row)
        if mapping.id is not None and not shortened and (own := cells.get(str(mapping.id))):
            # An id is no place for an address, and what begins with the sign of a row without id is none.
            return (_digest(["id", own]) if "@" in own or own.startswith(UNIDENTIFIED) else own), True
        stamp = cells.get(str(mapping.answered_at.column))
        who = [row.email or "", *(cells.get(str(column), "") for column in (mapping.order, mapping.conversation))]
        if stamp and any(who) and not shortened:
            kinds = [cells.get(name, "") for metric in mapping.metrics for name in metric.when]
            return _digest(["who", stamp, *map(str.casefold, who), *kinds]), True
        digest = _digest(["row", row.email or "", *(part for item in sorted(cells.items()) for part in item)])
        if not self._has_time(row):
            # Answers of one day without a name may well be equal; those of one second are one that was sent twice.
            self._seen[digest] += 1
            digest = _digest([digest, str(self._seen[digest])])
        return digest, False

    def _shortened(self, row: Cells) -> bool:
        """Whether a spreadsheet made the row's own number one that stands for many (`1.18E+11`)."""
        column = self._mapping.id
        return column is not None and _SHORTENED.fullmatch(row.cells.get(str(column), "")) is not None

    def _has_time(self, row: Cells) -> bool:
        try:
            return self._reading.has_time(row)
        except UnexpectedPayload:
            return False


def decoded(record: Record) -> Cells:
    """The cells of a stored record. `UnexpectedPayload` for what is none."""
    try:
        return msgspec.json.decode(record.payload, type=Cells)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UnexpectedPayload(texts("no_record")) from None


def _same(cell: str | None, wanted: str) -> bool:
    return cell is not None and cell.casefold() == wanted.casefold()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
