"""Why one try brought no usable answer, and whether another one may."""

from __future__ import annotations

from dataclasses import dataclass, replace

from connector.errors import ConnectorError, Unavailable

_SLOW = frozenset({"read_timeout", "too_slow"})


class TimedOut(Unavailable):
    """The source was reached, but did not finish its answer in time: it may manage if it is asked for less."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failed try.

    `error` is what is raised if this was the last one. `reason` is a word or two for the log. `most_tries` limits how
    often the same reason is borne with, None = as long as the budget lasts. `wait` are the seconds that the source asks
    for, None = it does not say. `strained` means that the source has too much to do. `status` is that of the answer,
    None where there was none.
    """

    error: ConnectorError
    reason: str
    transient: bool = False
    most_tries: int | None = None
    wait: float | None = None
    strained: bool = False
    status: int | None = None


def impatient(trouble: Trouble, patience: int) -> Trouble:
    """The same trouble for a request that bears with only so many answers that come too slowly."""
    if trouble.error.message.key not in _SLOW:
        return trouble
    return replace(trouble, error=TimedOut(trouble.error.message, trouble.error.advice), most_tries=patience)
