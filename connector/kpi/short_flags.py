"""Short forms of `--set` on the command line: `--grain week` for `--set cohorts.grain=week`.

A figure's own flag is one more entry here and its help in `messages.help_terms`; the option it sets is declared in
`options`. Flags without an entry do not exist, and click ends with 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connector.errors import UsageError

if TYPE_CHECKING:
    from connector.kpi.options import KpiOptions


@dataclass(frozen=True)
class ShortFlag:
    """One flag: the option it sets, and to what. `value` None: the flag takes the value.

    Where several options share a flag (`--method`), the first one that takes the value is set.
    """

    name: str  # with hyphens, as it is written
    options: tuple[str, ...]
    value: str | None = None

    @property
    def key(self) -> str:
        """Its name where it is given to a function."""
        return f"short_{self.name.replace('-', '_')}"

    def applied(self, options: KpiOptions, given: str | None) -> KpiOptions:
        """The options with what this flag sets. Raises UsageError for a value that none of its options takes."""
        written = given if self.value is None else self.value
        refused: list[UsageError] = []
        for option in self.options:
            try:
                return options.with_override(f"{option}={written}")
            except UsageError as problem:
                refused.append(problem)
        first, *others = refused
        raise UsageError(first.message, others[0].message) if others else first


SHORT_FLAGS: tuple[ShortFlag, ...] = (
    ShortFlag("grain", ("cohorts.grain",)),
    ShortFlag("base", ("cohorts.base",)),
    ShortFlag("measure", ("cohorts.measure",)),
    ShortFlag("cumulative", ("cohorts.cumulative",), "true"),
    ShortFlag("rolling", ("cohorts.rolling",), "true"),
    ShortFlag("cohort-by", ("cohorts.by",)),
    ShortFlag("method", ("repeat.method", "fcr.method")),
    ShortFlag("line-level", ("orders.line_level",), "true"),
    ShortFlag("active-days", ("retention.active_days",)),
    ShortFlag("by-event", ("service.attribution",), "event"),
    ShortFlag("index", ("cross.index",)),
    ShortFlag("no-landmark", ("cross.landmark",), "false"),
    ShortFlag("returning", ("cross.returning",), "true"),
    ShortFlag("waiting", ("cross.waiting",), "true"),
)


def with_short_flags(
    options: KpiOptions, given: Mapping[str, Any], flags: Sequence[ShortFlag] = SHORT_FLAGS
) -> KpiOptions:
    """The options with all flags of a call, which stand in `given` under their keys. Raises UsageError."""
    for flag, value in _used(given, flags):
        options = flag.applied(options, value)
    return options


def _used(given: Mapping[str, Any], flags: Sequence[ShortFlag]) -> Iterator[tuple[ShortFlag, str | None]]:
    for flag in flags:
        value = given.get(flag.key)
        if value not in (None, False):
            yield flag, value if isinstance(value, str) else None
