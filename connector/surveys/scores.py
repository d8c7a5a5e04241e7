"""A cell as a score on its scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts
from connector.surveys.headers import folded
from connector.surveys.mapping import MetricColumn

MICRO = 1_000_000

_NUMBER = re.compile(r"'?([+-]?\d{1,6}(?:[.,]\d{1,6})?)(?:\s*(?:[-–—:=(]\s*\D.*|\s\D.*))?", re.DOTALL)
"""`9`, `4,5`, `10 - Extremely likely`, `5 (sehr gut)`."""


class Score(NamedTuple):
    """A score: its whole part, what is above it in millionths, and the words it was given in."""

    whole: int
    rest_micros: int
    label: str | None


def number_of(text: str) -> Decimal | None:
    """The number that a cell holds or begins with; None where it holds none."""
    match = _NUMBER.fullmatch(text.strip())
    return Decimal(match[1].replace(",", ".")) if match else None


class Scorer:
    """Reads the cells of one metric."""

    def __init__(self, metric: MetricColumn) -> None:
        self._metric = metric
        self._low, self._high = metric.bounds
        self._labels: Mapping[str, int] = {folded(label): score for label, score in metric.labels.items()}
        self._known: dict[str, Score] = {}

    def __call__(self, text: str) -> Score:
        """The score in a cell that is not blank. `UnexpectedPayload` for what is none, or lies outside the scale."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            if len(self._known) < 1000:
                self._known[text] = found
        return found

    def _read(self, text: str) -> Score:
        by_label = self._labels.get(folded(text))
        if by_label is not None:
            return Score(by_label, 0, text.strip())
        number = number_of(text)
        if number is None:
            # Not quoted: where columns have slipped, anything may stand here, an address too.
            raise UnexpectedPayload(texts("no_score", column=self._metric.column))
        if not self._low <= number <= self._high:
            raise UnexpectedPayload(self._said("outside", number))
        whole = int(number)
        rest = int((number - whole) * MICRO)
        if rest and self._metric.kind != "csat":
            raise UnexpectedPayload(self._said("not_whole", number))
        return Score(whole, rest, None if _is_bare(text) else text.strip())

    def _said(self, key: str, number: Decimal) -> Message:
        return texts(key, value=f"{number:f}", column=self._metric.column, low=self._low, high=self._high)


def _is_bare(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)
