"""What was lost and what came back: each said once, not at every tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connector.messages import Message
from connector.messages.daemon import texts
from connector.sync import RunError, RunResult

BUSY = "SourceBusy"
REFUSED = "AccessRefused"
UNAVAILABLE = "Unavailable"


@dataclass
class Watch:
    """What is known to be wrong with one source: which of its streams fail or are incomplete, and since when."""

    source: str
    failing: dict[str, int] = field(default_factory=dict)  # stream ("" = all of it) -> microseconds UTC
    said: set[tuple[str, str]] = field(default_factory=set)  # (stream, sentence) of what is incomplete or skipped
    busy: bool = False

    @classmethod
    def remembering(cls, source: str, failing_since: Mapping[str, int]) -> Watch:
        """A watch that goes on from what the store remembers, so that a restart does not say it again."""
        return cls(source, dict(failing_since))

    def look(self, results: Sequence[RunResult], now: int) -> tuple[list[Message], list[Message]]:
        """What is to be said after a run: (warnings, news). `now` in microseconds UTC."""
        if any(result.error is not None and result.error.class_ == BUSY for result in results):
            warned = [] if self.busy else [self._problem(one.stream, one.error) for one in results if one.error]
            self.busy = True
            return [], warned
        self.busy = False
        warnings = self._lost(results, now) + self._incomplete(results)
        return warnings, self._back(results, now) + self._changed(results)

    def _lost(self, results: Sequence[RunResult], now: int) -> list[Message]:
        lost: dict[str, Message] = {}
        for result in results:
            if result.status == "failed" and result.error and (result.stream or "") not in self.failing:
                self.failing[result.stream or ""] = now
                lost.setdefault(result.error.message, self._problem(result.stream, result.error))
        return list(lost.values())

    def _back(self, results: Sequence[RunResult], now: int) -> list[Message]:
        well = {result.stream for result in results if result.status in ("ok", "partial")}
        back = {stream: since for stream, since in self.failing.items() if stream in well or (well and not stream)}
        if not back:
            return []
        for stream in back:
            del self.failing[stream]
        if self.failing:
            return [texts("back", address=self._address(stream), span=span(now - back[stream])) for stream in back]
        return [texts("back", address=self.source, span=span(now - min(back.values())))]

    def _incomplete(self, results: Sequence[RunResult]) -> list[Message]:
        found = []
        for result in results:
            if result.status not in ("partial", "skipped") or result.error is None:
                continue
            key = (result.stream or "", result.error.message)
            if key not in self.said:
                self.said.add(key)
                found.append(self._problem(result.stream, result.error))
        well = {result.stream or "" for result in results if result.status == "ok"}
        self.said = {key for key in self.said if key[0] not in well}
        return found

    def _changed(self, results: Sequence[RunResult]) -> list[Message]:
        return [
            texts(
                "changed",
                address=self._address(result.stream),
                new=result.inserted,
                changed=result.updated,
                gone=result.gone,
            )
            for result in results
            if result.inserted or result.updated or result.gone
        ]

    def _problem(self, stream: str | None, error: RunError) -> Message:
        address = self._address(stream)
        if error.advice is None:
            return texts("problem", address=address, message=error.message)
        return texts("problem_advised", address=address, message=error.message, advice=error.advice)

    def _address(self, stream: str | None) -> str:
        return f"{self.source}/{stream}" if stream else self.source


def span(microseconds: int) -> Message:
    """A span in the largest unit that fits: 40 seconds, 12 minutes, 3 hours, 2 days."""
    seconds = microseconds // 1_000_000
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return texts(unit, count=round(seconds / length))
    return texts("seconds", count=seconds)
