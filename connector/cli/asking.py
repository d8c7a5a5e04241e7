"""What `kpi` and `export` have in common: a period, filters by every dimension, and options for one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connector.cli.parts import option
from connector.cli.session import Session
from connector.errors import UsageError
from connector.kpi.dimensions import DIMENSIONS
from connector.kpi.short_flags import SHORT_FLAGS, ShortFlag, with_short_flags
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.kpi.options import KpiOptions
    from connector.kpi.period import Asked


@dataclass(frozen=True)
class Terms:
    """A question's period, filters and options, as they were given."""

    asked: Asked | None
    filters: Mapping[str, Sequence[str]]
    options: KpiOptions


def terms_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the command line for `Terms`; they arrive as keyword arguments for `terms`."""
    declared = [
        option("--from", "start", metavar="DAY"),
        option("--to", "end", metavar="DAY"),
        option("--period", metavar="PERIOD"),
        *(option(f"--{name.replace('_', '-')}", f"by_{name}", multiple=True, metavar="VALUE") for name in DIMENSIONS),
        *(_short(flag) for flag in SHORT_FLAGS),
        option("--set", "overrides", multiple=True, metavar="KEY=VALUE"),
    ]
    for one in reversed(declared):
        function = one(function)
    return function


def _short(flag: ShortFlag) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    if flag.value is not None:
        return option(f"--{flag.name}", flag.key, is_flag=True)
    return option(f"--{flag.name}", flag.key, metavar="VALUE")


def terms(session: Session, config: Config, given: Mapping[str, Any]) -> Terms:
    """What was asked for. Raises UsageError."""
    from connector.kpi.period import asked

    options = with_short_flags(config.options, given)
    for override in given["overrides"]:
        options = options.with_override(override)
    if options.identity != config.options.identity:
        raise UsageError(texts("identity_for_one_call"), texts("identity_for_one_call_advice"))
    filters = {name: given[f"by_{name}"] for name in DIMENSIONS if given[f"by_{name}"]}
    period = asked(given["period"], given["start"], given["end"], config.zone, session.clock.now())
    return Terms(period, filters, options)
