"""The list of all figures: command line, exports and docs read this and nothing else. Imports without Polars."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from connector.errors import UsageError
from connector.kpi.abandonment.figures import ABANDONMENT
from connector.kpi.across.figures import ACROSS
from connector.kpi.definition import Kpi
from connector.kpi.options import KpiOptions
from connector.kpi.service.figures import SERVICE
from connector.kpi.shop.customer_figures import CUSTOMERS, cohorts
from connector.kpi.shop.figures import SHOP, repeat_within, repeat_within_km
from connector.kpi.surveys.figures import SURVEYS
from connector.messages.kpi import KPI

KPIS: tuple[Kpi, ...] = (*SHOP, *CUSTOMERS, *ABANDONMENT, *SERVICE, *SURVEYS, *ACROSS)
"""Every figure, with the default windows of `repeat_within_N`."""

_HEADLINE = (
    "orders",
    "net_revenue",
    "aov",
    "customers",
    "new_customers",
    "returning_customers",
    "crr",
    "crr_textbook",
    "repeat_rate",
    "repeat_within_{headline}",
    "refund_rate_orders",
    "contact_volume",
    "frt",
    "full_resolution_time",
    "fcr",
    "csat",
)

_WINDOW = re.compile(r"repeat_within_(\d{1,4})(_km)?")


def available(options: KpiOptions) -> tuple[Kpi, ...]:
    """Every figure under these options: `repeat_within_N` for the configured windows, `cohorts` as it is read."""
    windows = sorted({*options.repeat.windows, options.repeat.headline})
    waiting = {None: repeat_within, "_km": repeat_within_km}
    listed: list[Kpi] = []
    for kpi in KPIS:
        match = _WINDOW.fullmatch(kpi.id)
        if kpi.id == "cohorts":
            listed.append(cohorts(options.cohorts))
        elif match is None:
            listed.append(kpi)
        elif make := waiting.pop(match[2], None):  # all of them where the first default one stands
            listed += [make(days) for days in windows]
    return tuple(listed)


def headline(options: KpiOptions) -> tuple[Kpi, ...]:
    """The figures shown when none is named."""
    known = {kpi.id: kpi for kpi in available(options)}
    return tuple(known[name.format(headline=options.repeat.headline)] for name in _HEADLINE)


def chosen(ids: Sequence[str], options: KpiOptions) -> tuple[Kpi, ...]:
    """The figures of these ids, each once, each followed by those always shown with it. Raises UsageError."""
    known = {kpi.id: kpi for kpi in available(options)}
    wanted: dict[str, Kpi] = {}
    for name in ids:
        name = name.strip().lower().replace("-", "_")
        if name not in known:
            raise _unknown(name, list(known), options)
        wanted[name] = known[name]
        for companion in known[name].companions:
            wanted.setdefault(companion, known[companion])
    return tuple(wanted.values())


def _unknown(name: str, known: list[str], options: KpiOptions) -> UsageError:
    if match := _WINDOW.fullmatch(name):
        days = int(match[1])
        windows = ", ".join(map(str, options.repeat.windows))
        return UsageError(
            KPI("window_not_configured", id=name, days=days, windows=windows),
            KPI("window_not_configured.advice", days=days),
        )
    close = difflib.get_close_matches(name, known, n=3)
    advice = (
        KPI("unknown_kpi.near", near=", ".join(close)) if close else KPI("unknown_kpi.advice", known=", ".join(known))
    )
    return UsageError(KPI("unknown_kpi", id=name), advice)
