"""What a run reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from connector.errors import EXIT_INCOMPLETE, ConnectorError
from connector.store.runs import Trouble


@dataclass(frozen=True)
class Progress:
    """How far a stream has come; `total` only where the API says it."""

    source: str
    stream: str
    records: int
    total: int | None


@dataclass(frozen=True)
class RunError:
    """Why a run failed, was incomplete or was skipped: sentences in the owner's language."""

    class_: str
    message: str
    advice: str | None

    @classmethod
    def of(cls, error: ConnectorError, language: str) -> RunError:
        """The error as the owner reads it."""
        advice = error.advice.render(language) if error.advice else None
        return cls(type(error).__name__, error.message.render(language), advice)

    def as_stored(self) -> Trouble:
        """As the store keeps it."""
        return Trouble(self.class_, self.message, self.advice)

    def to_json(self) -> dict[str, Any]:
        """As it stands in JSON output."""
        return {"class": self.class_, "message": self.message, "advice": self.advice}


@dataclass(frozen=True)
class RunResult:
    """One run of one stream, or of a source that failed before any stream (`stream` is None)."""

    source: str
    stream: str | None
    status: str  # ok | partial | failed | skipped
    requests: int = 0
    records: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    set_aside: int = 0
    bytes: int = 0
    seconds: float = 0.0
    error: RunError | None = None
    fails: bool = False  # whether the whole command ends with "incomplete" because of it

    def to_json(self) -> dict[str, Any]:
        """As it stands in JSON output."""
        content = asdict(replace(self, error=None))
        del content["fails"]
        content["seconds"] = round(self.seconds, 3)
        content["error"] = self.error.to_json() if self.error else None
        return content


def exit_code(results: Sequence[RunResult]) -> int:
    """0 where all is well; 3 where a source failed or was incomplete."""
    return EXIT_INCOMPLETE if any(result.fails for result in results) else 0
