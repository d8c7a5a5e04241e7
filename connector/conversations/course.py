"""What the changes of status say: solved, reopened, waiting for whom (definitions 5.3 and 5.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from connector.conversations.family import Family, Happened, Member, in_order
from connector.instants import DAY, SECOND

OPEN, PENDING, SOLVED, CLOSED, DELETED = "open", "pending", "solved", "closed", "deleted"

_WORDS = {
    **dict.fromkeys(("pending", "pending1", "pending2", "waiting_on_customer"), PENDING),
    **dict.fromkeys(("solved", "resolved"), SOLVED),
    "closed": CLOSED,
    **dict.fromkeys(("deleted", "spam", "trash"), DELETED),
}
_ENDED = frozenset({SOLVED, CLOSED, DELETED})

THANKS = DAY
"""A reopening without a human reply that is solved again within so long was a thank-you."""

Seconds = Callable[[int, int], int]
"""Seconds between two instants by some clock."""


def phase(word: str | None) -> str:
    """What a desk's raw word comes to. New, open, on hold, and words nobody knows: somebody has to do something."""
    return _WORDS.get((word or "").lower(), OPEN)


class Reopening(NamedTuple):
    """A conversation was taken up again at an instant, and solved again or not yet."""

    at: int
    solved_at: int | None


class Stay(NamedTuple):
    """A time in one phase; `until_at` None = still."""

    phase: str
    from_at: int
    until_at: int | None


@dataclass(slots=True)
class Course:
    """The way of a conversation through its phases. Instants in microseconds UTC."""

    stays: list[Stay] = field(default_factory=list)  # without gaps, neighbours of different phases
    known: bool = False  # from a history of status, not from what the source says of now

    @property
    def solves(self) -> list[int]:
        """When it was solved; or closed, without having been solved."""
        return [
            stay.from_at
            for before, stay in zip([None, *self.stays], self.stays, strict=False)
            if stay.phase in (SOLVED, CLOSED) and (before is None or before.phase not in (SOLVED, CLOSED))
        ]

    @property
    def closed_at(self) -> int | None:
        """When it was closed for good, if it is."""
        last = self.stays[-1] if self.stays else None
        return last.from_at if last is not None and last.phase == CLOSED else None

    @property
    def reopenings(self) -> list[Reopening]:
        """Each time it was taken up again after having been solved or closed."""
        found = []
        solves = self.solves
        for before, stay in zip(self.stays, self.stays[1:], strict=False):
            if before.phase in (SOLVED, CLOSED) and stay.phase in (OPEN, PENDING):
                at = bisect_left(solves, stay.from_at)
                found.append(Reopening(stay.from_at, solves[at] if at < len(solves) else None))
        return found

    @property
    def open_spans(self) -> list[tuple[int, int | None]]:
        """When it was neither solved nor closed nor deleted; what touches made one."""
        spans: list[tuple[int, int | None]] = []
        for stay in self.stays:
            if stay.phase in _ENDED or stay.from_at == stay.until_at:
                continue
            if spans and spans[-1][1] == stay.from_at:
                spans[-1] = spans[-1][0], stay.until_at
            else:
                spans.append((stay.from_at, stay.until_at))
        return spans

    def waited(self, wanted: str, seconds: Seconds) -> int:
        """How long it was in a phase, by the given clock; what is not over does not count yet."""
        return sum(
            seconds(stay.from_at, stay.until_at)
            for stay in self.stays
            if stay.phase == wanted and stay.until_at is not None
        )


def thanks(reopenings: Sequence[Reopening], replies: Sequence[int]) -> int:
    """How many reopenings were thank-yous: no human reply (instants, ordered), and solved again within a day."""
    count = 0
    for one in reopenings:
        if one.solved_at is None or one.solved_at - one.at > THANKS:
            continue
        at = bisect_left(replies, one.at)
        count += at == len(replies) or replies[at] > one.solved_at
    return count


def read(family: Family) -> Course:
    """The course that the head's status events tell; without any, what the source says of begin and end."""
    head = family.head
    events = [
        event
        for event in family.events
        if event.kind == "status" and (event.source_id, event.conversation_id) == head.key
    ]
    if events:
        return _finished(Course(_stays(head, events), known=True), head)
    if head.created_at is None:
        return Course()
    return _finished(Course([Stay(OPEN, head.created_at, None)]), head)


def _stays(head: Member, events: list[Happened]) -> list[Stay]:
    events.sort(key=lambda event: (event.at, in_order(event.event_id)))
    begin = events[0].at if head.created_at is None else min(head.created_at, events[0].at)
    # The status before the first known change was never "solved": conversations begin open.
    phases = [(begin, OPEN)] if begin < events[0].at else []
    phases += [(event.at, phase(event.value)) for event in events]
    stays: list[Stay] = []
    for at, now in phases:
        if stays and stays[-1].phase == now:
            continue
        if stays:
            stays[-1] = stays[-1]._replace(until_at=at)
        stays.append(Stay(now, at, None))
    return stays


def _finished(course: Course, head: Member) -> Course:
    """End what the source says has ended, where the history does not know it yet (or there is none)."""
    now = head.state if head.state in _ENDED else DELETED if head.state in ("spam", "merged") else None
    last = course.stays[-1]
    if now is None or last.phase in _ENDED:
        return course
    known = {SOLVED: (head.solved_at, head.closed_at), CLOSED: (head.solved_at, head.closed_at)}.get(now, ())
    at = next((at for at in (*known, head.updated_at) if at is not None and at >= last.from_at), None)
    if at is None:
        at = last.from_at
    course.stays[-1] = last._replace(until_at=at)
    course.stays.append(Stay(now, at, None))
    return course


def calendar(begin: int, end: int) -> int:
    """Whole seconds between two instants; 0 where the end is not after the begin."""
    return max(0, (end - begin) // SECOND)
