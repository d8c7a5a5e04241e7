"""A mapping from what the columns of a file look like, for the owner to look at before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts
from connector.surveys import vocabulary as words
from connector.surveys.headers import folded
from connector.surveys.mapping import CES_VERSIONS, HIGH, Metric, Scale
from connector.surveys.scores import number_of
from connector.surveys.stamps import formats_of, readable

SAMPLES = 1000
"""Rows looked at."""

_FEW_WORDS = 7
"""So many different texts in many rows are answers to choose from, and no comments."""


@dataclass
class Proposal:
    """A mapping as config.yaml writes it, and what the owner should look at in it."""

    entry: dict[str, Any]
    notices: list[Message] = field(default_factory=list)


def propose(
    names: Sequence[str], samples: Sequence[Sequence[str]], *, survey: str, zone: str, ces: int | None, file: str
) -> Proposal:
    """A mapping for a file with these columns and beginning.

    `survey` is its name (which may say what is measured), `zone` the reporting zone, `ces` the version of the effort
    question if it was stated, `file` the config that errors point to. `UnexpectedPayload` with advice where the
    columns do not say enough; nothing is guessed that would change a figure unseen.
    """
    return _Columns(names, samples, survey, ces, file).proposal(zone)


class _Columns:
    def __init__(
        self, names: Sequence[str], samples: Sequence[Sequence[str]], survey: str, ces: int | None, file: str
    ) -> None:
        self._names = names
        self._values = {
            name: [text for row in samples if at < len(row) and (text := row[at].strip())]
            for at, name in enumerate(names)
        }
        self._rows = [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in samples]
        self._survey = survey
        self._ces = ces
        self._file = file
        self._used: set[str] = set()
        self._notices: list[Message] = []

    def proposal(self, zone: str) -> Proposal:
        entry: dict[str, Any] = {"kind": "relational"}
        for key, known, fits in (
            ("id", words.ID, self._is_id),
            ("email", words.EMAIL, self._is_email),
            ("order", words.ORDER, None),
            ("conversation", words.CONVERSATION, None),
            ("channel", words.CHANNEL, None),
            ("agent", words.AGENT, None),
        ):
            name = self._known(known, fits)
            if name is not None:
                entry[key] = name
                self._used.add(name)
        answered = self._answered()
        entry["answered_at"] = answered
        if "utc" not in answered["column"].lower():
            entry["timezone"] = zone
        entry["metrics"] = metrics = self._long_form() or self._questions() or self._only_score()
        if not metrics:
            raise self._lacking("no_score_column")
        if {"order", "conversation"} & entry.keys() or any(one["kind"] != "nps" for one in metrics):
            entry["kind"] = "transactional"
        unused = [name for name in self._names if name and name not in self._used]
        if unused:
            self._notices.append(texts("unused", columns=", ".join(f"`{name}`" for name in unused)))
        return Proposal(entry, self._notices)

    # --- columns by their heading --------------------------------------------------------------------------------

    def _known(self, known: Sequence[str], fits: Callable[[str], bool] | None = None) -> str | None:
        by_name = {folded(name): name for name in reversed(self._names)}
        for word in known:
            name = by_name.get(word)
            if name is not None and name not in self._used and (fits is None or fits(name)):
                return name
        return None

    def _is_id(self, name: str) -> bool:
        """Numbers that are no row numbers of a sheet: those begin anew in every file."""
        values = self._values[name]
        if name == "#" and any(len(value) < 8 for value in values):
            return False
        return bool(values) and len(set(values)) == len(values)

    def _is_email(self, name: str) -> bool:
        values = self._values[name]
        return not values or any("@" in value for value in values)

    def _answered(self) -> dict[str, Any]:
        dated = [
            name
            for name in self._names
            if any(part in folded(name) for part in ("date", "datum", "zeit", "time")) and name not in self._used
        ]
        others = [name for name in self._names if name not in self._used and not self._is_numeric(name)]
        name = self._known(words.ANSWERED, self._is_date) or next(filter(self._is_date, [*dated, *others]), None)
        if name is None:
            raise self._lacking("no_date_column")
        self._used.add(name)
        answered: dict[str, Any] = {"column": name}
        begun = self._known(words.BEGUN.get(folded(name), ()), self._is_date)
        blank = len(self._values[name]) < len(self._rows)
        stamps = list(self._values[name])
        if begun is not None and (blank or "utc" not in folded(name)):
            answered["otherwise"] = begun
            self._used.add(begun)
            stamps += self._values[begun]
        formats, doubtful = formats_of(stamps)
        if formats:
            answered["format"] = formats[0] if len(formats) == 1 else formats
        if doubtful:
            self._notices.append(texts("doubtful_dates", column=name, format=", ".join(formats)))
        return answered

    def _is_date(self, name: str) -> bool:
        values = self._values[name]
        return bool(values) and sum(map(readable, values)) * 2 >= len(values)

    def _is_numeric(self, name: str) -> bool:
        return any(value.isdigit() for value in self._values[name])

    # --- what is measured ----------------------------------------------------------------------------------------

    def _long_form(self) -> list[dict[str, Any]]:
        """One row per answer, with a column that says what is measured."""
        metric, score = self._known(words.METRIC), self._known(words.SCORE)
        if metric is None or score is None:
            return []
        most = self._known(words.SCALE_MAX)
        found = []
        for kind in ("nps", "csat", "ces"):
            rows = [row for row in self._rows if row.get(metric, "").casefold() == kind]
            if not rows:
                continue
            values = [row[score] for row in rows if row.get(score)]
            tops = {number for row in rows if most and (number := number_of(row.get(most, ""))) is not None}
            top = int(max(tops)) if tops else None
            bounds = None if top is None else (0, top) if kind == "nps" else (1, top)
            written = next(row[metric] for row in rows)
            found.append({**self._metric(kind, score, values, bounds), "when": {metric: written}})
        if found:
            self._used |= {metric, score} | ({most} if most else set())
        return found

    def _questions(self) -> list[dict[str, Any]]:
        """One column per question. Of several questions about the same the first is taken."""
        found: dict[Metric, dict[str, Any]] = {}
        for name in self._names:
            kind = self._asked(name)
            if kind is None or kind in found or name in self._used:
                continue
            if not self._holds_scores(name, kind):
                continue
            found[kind] = self._metric(kind, name, self._values[name], _in_words(name))
            self._used.add(name)
        return list(found.values())

    def _only_score(self) -> list[dict[str, Any]]:
        """A bare score, where the survey's own name says what it is."""
        kind, score = self._asked(self._survey), self._known(words.SCORE)
        if kind is None or score is None:
            return []
        self._used.add(score)
        return [self._metric(kind, score, self._values[score], None)]

    def _asked(self, name: str) -> Metric | None:
        text = folded(name).replace("_", " ").replace("-", " ")
        return next((kind for kind, pattern in words.QUESTIONS if pattern.search(text)), None)

    def _holds_scores(self, name: str, kind: Metric) -> bool:
        """Whether a column holds scores and no comments; raises where it holds answers in words nobody knows."""
        values = self._values[name]
        if not values:
            return folded(name) == kind
        if sum(number_of(value) is not None for value in values) * 2 >= len(values):
            return True
        given = {folded(value) for value in values}
        if any(words.labels_for(known, scale, given) for known, scale in words.ANSWERS if known == kind):
            return True
        if len(given) <= _FEW_WORDS and len(values) >= 2 * len(given):
            shown = ", ".join(sorted(given))
            raise UnexpectedPayload(
                texts("unknown_words", column=name, words=shown), texts("unknown_words_advice", file=self._file)
            )
        return False

    def _metric(self, kind: Metric, name: str, values: Sequence[str], bounds: Scale | None) -> dict[str, Any]:
        said: dict[str, Any] = {"kind": kind, "column": name}
        numbers = [number for value in values if (number := number_of(value)) is not None]
        if kind == "nps":
            if bounds is not None and bounds != (0, 10):
                raise _refused("nps_from_one", name, bounds)
            return {**said, "scale": [0, 10], "direction": HIGH}
        if kind == "ces":
            if self._ces is None:
                raise UnexpectedPayload(texts("ces_ask", column=name), texts("ces_ask_advice", file=self._file))
            scale, direction = CES_VERSIONS[self._ces]
            if bounds is not None and bounds != scale:
                raise _refused("ces_other_scale", name, bounds)
        else:
            scale, direction = self._csat_scale(name, values, numbers, bounds), HIGH
        said |= {"scale": list(scale), "direction": direction}
        in_words = {folded(value) for value in values if number_of(value) is None}
        labels = words.labels_for(kind, scale, in_words) if in_words else None
        return {**said, "labels": labels} if labels else said

    def _csat_scale(self, name: str, values: Sequence[str], numbers: Sequence[Decimal], bounds: Scale | None) -> Scale:
        if bounds is None and len(numbers) * 2 < len(values):
            given = {folded(value) for value in values if number_of(value) is None}
            fitting = [
                scale for kind, scale in words.ANSWERS if kind == "csat" and words.labels_for(kind, scale, given)
            ]
            if fitting:
                return fitting[0]
        if bounds is None:
            most = max(numbers, default=5)
            bounds = (0, 1) if most <= 1 else (1, 5) if most <= 5 else (1, 10)
        if bounds not in ((0, 1), (1, 3), (1, 5), (1, 10)):
            raise _refused("csat_no_rule", name, bounds)
        return bounds

    def _lacking(self, key: str) -> UnexpectedPayload:
        columns = ", ".join(f"`{name}`" for name in self._names[:40])
        return UnexpectedPayload(texts(key), texts("no_column_advice", columns=columns, file=self._file))


def _in_words(name: str) -> Scale | None:
    """The scale that a question names: `von 1 bis 10`."""
    match = words.SCALE_IN_WORDS.search(name.lower())
    if match is None or int(match[1]) > 1 or not 2 < int(match[2]) <= 100:
        return None
    return int(match[1]), int(match[2])


def _refused(key: str, name: str, bounds: Scale) -> UnexpectedPayload:
    return UnexpectedPayload(
        texts(key, column=name, low=bounds[0], high=bounds[1]), texts(f"{key}_advice", column=name)
    )


def sampled(rows: Iterable[tuple[int, list[str]]]) -> list[list[str]]:
    """The beginning of a sheet, as `propose` looks at it."""
    return [cells for _, (_, cells) in zip(range(SAMPLES), rows, strict=False)]
