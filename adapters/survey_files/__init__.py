"""Surveys whose answers come in files: what is dropped into a folder is read, and read again when it changes.

There is no server behind such a source. A row that is no longer in a file stays: exports often hold the newest answers
only, and a tidied folder is no loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import msgspec

from adapters.survey_files.folder import Position, matching
from adapters.survey_files.settings import SurveyFilesSettings
from connector.contract import Cursor, Page, Record, Row, SourceInfo, Stream, StreamAccess, Unreadable
from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts
from connector.surveys.responses import ANSWERS, UNIDENTIFIED, Reading, Rows, decoded
from connector.surveys.sheets import Sheet, open_sheet
from connector.transport import Transport

PRODUCT = "Survey files"
_PAGE = 1000


class SurveyFiles:
    """The files of one survey."""

    Settings: ClassVar[type[SurveyFilesSettings]] = SurveyFilesSettings
    streams: ClassVar[tuple[Stream, ...]] = (ANSWERS,)

    def __init__(self, settings: SurveyFilesSettings, transport: Transport) -> None:
        self._settings = settings
        self._transport = transport
        self._reading = Reading(settings.survey, settings, ZoneInfo(settings.timezone or "UTC"))

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Which files there are; what is wrong with them is a warning, since others may be right."""
        warnings: list[Message] = []
        files = matching(self._settings.patterns)
        if self._settings.patterns and not files:
            warnings.append(texts("no_files", patterns=", ".join(self._settings.patterns)))
        for file in files:
            try:
                with self._opened(Path(file)) as (sheet, _):
                    warnings += sheet.notices
            except UnexpectedPayload as error:
                warnings.append(texts("unusable_file", file=Path(file).name, reason=error.message))
        access = (StreamAccess(ANSWERS.name, readable=True),)
        return SourceInfo(PRODUCT, None, self._settings.url, self._settings.timezone, None, access, tuple(warnings))

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """The rows of every file that changed since the cursor; a file that cannot be read is met again next time."""
        before = Position.of(since)
        now = matching(self._settings.patterns)
        done = {file: state for file, state in now.items() if not before.wants(file, state)}
        for file, state in now.items():
            if file in done:
                continue
            try:
                yield from self._read(Path(file))
            except UnexpectedPayload as error:
                said = texts("unusable_file", file=Path(file).name, reason=error.message)
                name = unidentified(Path(file))
                yield Page([], None, unreadable=[Unreadable(said, name)], anew=name)
                continue
            done[file] = state
            yield Page([], Position(done).cursor())

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which every file changed since `instant` is read."""
        return Position(since=instant).cursor()

    def _read(self, file: Path) -> Iterator[Page]:
        anew: str | None = unidentified(file)
        read_at = self._transport.now()
        with self._opened(file) as (sheet, rows):
            records = rows.records(sheet.rows, read_at)
            while page := list(islice(records, self._settings.page_size or _PAGE)):
                yield Page(page, None, anew=anew)
                self._transport.keep_going()
                anew = None
        if anew is not None:
            yield Page([], None, anew=anew)

    @contextmanager
    def _opened(self, file: Path) -> Iterator[tuple[Sheet, Rows]]:
        said = self._settings
        with open_sheet(file, delimiter=said.delimiter, encoding=said.encoding, header_rows=said.header_rows) as sheet:
            yield sheet, Rows(self._reading, said, sheet.names, file=file.name, texts_kept=said.surroundings.texts_kept)

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the columns that the mapping names; rows that were just read have no others."""
        if record.content is not None:
            return record
        row = decoded(record)
        kept = set(map(str, self._settings.columns))
        if not self._settings.surroundings.texts_kept:
            row.comment = None
        row.cells = {name: text for name, text in row.cells.items() if name in kept}
        return Record(record.id, _encoder.encode(row), record.read_at, locator=record.locator)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The answers of a row."""
        if isinstance(record.content, UnexpectedPayload):
            raise record.content
        if record.content is not None:
            return record.content  # type: ignore[no-any-return]
        if record.id.startswith(UNIDENTIFIED):
            raise UnexpectedPayload(texts("read_again"))
        return self._reading.answers(decoded(record))


_encoder = msgspec.json.Encoder()


def unidentified(file: Path) -> str:
    """What the ids begin with of what is set aside of a file and has no number of its own."""
    return f"{UNIDENTIFIED}{file.name}/"
