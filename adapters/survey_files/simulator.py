"""A pretend survey tool: a folder into which it writes exports, each with the newest answers, as tools do.

It has no network side; requests to it are answered with 404.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import msgspec

from connector.clock import Clock
from connector.instants import DAY, HOUR, to_datetime
from connector.simulation.people import cast
from connector.surveys.responses import Cells

_HEADINGS = ("Response ID", "Submitted at", "E-Mail", "Bestellnummer", "NPS", "Zufriedenheit", "Kommentar")
_WORDS = ("Sehr unzufrieden", "Eher unzufrieden", "Teils/teils", "Zufrieden", "Sehr zufrieden")
_MAPPING = {
    "kind": "transactional",
    "id": "Response ID",
    "email": "E-Mail",
    "order": "Bestellnummer",
    "answered_at": {"column": "Submitted at"},
    "metrics": [
        {"kind": "nps", "column": "NPS"},
        {"kind": "csat", "column": "Zufriedenheit", "labels": {word: at for at, word in enumerate(_WORDS, start=1)}},
    ],
}


@dataclass
class Answer:
    """One filled-in form."""

    id: str
    at: int  # microseconds UTC
    email: str
    order: str
    nps: str
    words: str
    comment: str

    def cells(self) -> tuple[str, ...]:
        """As a row of an export."""
        stamp = to_datetime(self.at).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (self.id, stamp, self.email, self.order, self.nps, self.words, self.comment)


class SurveyFolder:
    """A folder with exports."""

    adapter: ClassVar[str] = "survey_files"
    clock_offset: float = 0.0
    on_request: Callable[[dict[str, Any]], None] | None = None

    def __init__(self, clock: Clock, answers: int, seed: int, *, files: int = 1) -> None:
        self._clock = clock
        self.folder = Path(tempfile.mkdtemp(prefix="surveys-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._people = cast(seed, 40)
        self._told: dict[str, Answer] = {}
        self._files: dict[str, dict[str, Answer]] = {}
        random = Random(seed)
        for number in range(files if answers else 0):
            size = len(range(number, answers, files))
            self._export([self._answer(random, age) for age in range(size)])

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> SurveyFolder:
        """Two years of answers, exported every month."""
        return cls(clock, 600, seed, files=24)

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> SurveyFolder:
        """A few dozen answers in three exports."""
        return cls(clock, 30, seed, files=3)

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> SurveyFolder:
        """One export of `size` answers."""
        return cls(clock, size, seed)

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> SurveyFolder:
        """A folder that somebody tidied."""
        return cls(clock, 0, seed)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Nothing is asked by HTTP here."""
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"There is no server here, only files."]

    def source_settings(self, address: str) -> dict[str, Any]:
        """The settings with which the real adapter reads the folder; `address` plays no part."""
        files = str(self.folder / "*.csv")
        return {**_MAPPING, "adapter": self.adapter, "url": self.folder.as_uri(), "survey": "pretend", "files": files}

    def change(self, random: Random) -> str:
        """New answers in a new export, a corrected one, or one that was exported again with nothing new."""
        deed = random.randrange(4)
        if deed == 0 or not self._files:
            self._export([self._answer(random, age) for age in range(random.randrange(1, 6))])
            return "new export"
        name = random.choice(sorted(self._files))
        if deed == 1:
            self._write(name)
            return "exported again"
        answer = random.choice(list(self._files[name].values()))
        if deed == 2:
            answer.nps = str(random.randrange(11))
        else:
            answer.words = random.choice(("", *_WORDS))
        # A tool knows an answer once: every export that holds it is written anew with it.
        for file, answers in self._files.items():
            if answer.id in answers:
                self._write(file)
        return "corrected"

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """Every answer there is, as the adapter would keep it."""
        return {"answers": {answer.id: _payload(answer) for answer in self._told.values()}}

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Every answer is in an export."""
        return {}

    def unstamped(self) -> Mapping[str, Set[str]]:
        """A file that changed is read whole."""
        return {}

    def _answer(self, random: Random, age: int) -> Answer:
        who = random.choice(self._people)
        return Answer(
            id=f"r{len(self._told) + age + 1:07d}",
            at=self._clock.now() - age * HOUR - random.randrange(DAY),
            email=who.email.upper() if random.random() < 0.1 else who.email,
            order=str(1000 + random.randrange(500)),
            nps=random.choice(("", *map(str, range(11)))),
            words=random.choice(("", *_WORDS)),
            comment=random.choice(("", "Danke; gerne wieder", "Zwei\nZeilen", "=1+1")),
        )

    def _export(self, answers: list[Answer]) -> None:
        name = f"export-{len(self._files):04d}.csv"
        self._files[name] = {answer.id: answer for answer in answers}
        self._told.update(self._files[name])
        self._write(name)

    def _write(self, name: str) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow(_HEADINGS)
        writer.writerows(answer.cells() for answer in self._files[name].values())
        file = self.folder / name
        file.write_bytes(out.getvalue().encode("utf-8-sig"))
        now = self._clock.now() * 1000 + len(self._told) % 1000
        os.utime(file, ns=(now, now))


def _payload(answer: Answer) -> bytes:
    given = {"Submitted at": answer.cells()[1], "Bestellnummer": answer.order}
    if answer.nps:
        given["NPS"] = answer.nps
    if answer.words:
        given["Zufriedenheit"] = answer.words
    return msgspec.json.encode(Cells(answer.id, {"Response ID": answer.id, **given}, answer.email))
