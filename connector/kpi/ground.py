"""What a question stands on: its subjects, read in one transaction, and the period of each figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from connector.frames.reading import Reads
from connector.frames.unheard import refuse_unheard
from connector.instants import local_day
from connector.kpi.definition import Kpi
from connector.kpi.period import Period, twelve_months
from connector.kpi.question import Question
from connector.kpi.subject import Subject, reader


class Ground:
    """The subjects of one question. `now` in microseconds UTC; `begins` is when all history begins at the latest."""

    def __init__(
        self, question: Question, subjects: Mapping[str, Subject], now: int, begins: int | None = None
    ) -> None:
        self.question = question
        self.now = now
        self._begins = begins
        self._subjects = subjects

    def subject(self, kpi: Kpi) -> Subject:
        """What a figure stands on."""
        return self._subjects[kpi.subject]

    @cached_property
    def period(self) -> Period:
        """The period asked for. Without one, all history: from the first day of which any subject has anything."""
        zone = self.question.zone
        asked = self.question.asked
        after = asked.after if asked else local_day(self.now, zone) + timedelta(days=1)
        if asked and asked.first:
            return Period(asked.first, after, zone)
        instants = [self._begins, *(subject.earliest() for subject in self._subjects.values())]
        first = min((instant for instant in instants if instant is not None), default=None)
        last = after - timedelta(days=1)
        if first is None:
            return Period(last, after, zone)
        beginning = local_day(max(first, 0), zone)  # a day before 1970 is that of a wrong clock
        return Period(min(beginning, last), after, zone)

    def period_of(self, kpi: Kpi) -> Period:
        """The period of one figure: some have one of their own where none is asked for."""
        if kpi.twelve_months and self.question.asked is None:
            return twelve_months(self.question.zone, self.now)
        return self.period


def stand(store: Reads, question: Question, now: int, *, rows: bool = False, begins: int | None = None) -> Ground:
    """The ground of a question: reads the store once. `rows`: the rows themselves are to be shown.

    Raises UsageError for a filter's value that nothing stored has.
    """
    with store.read() as connection:
        refuse_unheard(connection, question.filters)
        subjects = {name: reader(name)(connection, question.about(name), now, rows=rows) for name in question.subjects}
    return Ground(question, subjects, now, begins)
