"""docs/kpis.md: every figure with its question, its formula and what changes it, from the definition records."""

from __future__ import annotations

from collections.abc import Iterator

from connector.kpi.definition import Kpi
from connector.kpi.dimensions import DIMENSIONS
from connector.kpi.options import KpiOptions
from connector.kpi.registry import KPIS, headline
from connector.kpi.shop.figures import OF_CUSTOMERS, OF_ORDERS
from connector.messages import help_terms
from connector.messages.export import texts

_SHARED = {OF_ORDERS: "those of orders", OF_CUSTOMERS: "those of customers"}
_ABOUT_FILTERS = """\
Each may be given several times (any of the values will do); an order must pass all filters. `--by` breaks down by one.
An order belongs to each of its products, categories, coupons and tags, so such rows add up to more than the total. A
product filter selects whole orders; with `--line-level` money of goods is that of the selected lines alone. Where
customers came from (attribution, device) is told by their first order in figures that follow customers.
"""
_ABOUT = """\
# Figures

What `connector kpi` prints, and exports hold, under each id. The same words come from `connector kpi ID --explain`,
in German too, together with the options in force, the counts that went in and what was left out.

- A *customer* is a person: accounts and guests that share an e-mail address are one.
- An order *counts* unless its status says that nothing was bought (pending, failed, cancelled, draft, trash).
- Days and months are cut in the configured `timezone`; a period includes its first instant and not its last.
- Amounts in different currencies are never added, unless `currency.report` names one to convert them to: by the
  order's own rate, a table of yours, or the European Central Bank's (`currency.rates`).
- Shares carry a Wilson interval, means a t interval, medians an order-statistic interval, all of 95 %.
- Below 5 cases only counts are shown, below 30 the value is marked as a small sample.
- A *conversation* is a ticket, chat, thread or call. Deleted ones, spam and tests do not count; one that was merged
  into another, or came by two sources, counts once. Only public messages of people are replies.
- Times of conversations are measured by opening hours where there are any (`service.clock`), with the time around the
  clock beside it. They count on the day the conversation began, or with `--by-event` on the day of the reply or
  solution itself; `weekday` and `hour` are always those of the beginning.
- `--by agent` shows who the conversation is assigned to. The same name in two desks is one person.
- `kpi` without an id prints the headline figures: {headline}.
"""


def figures() -> Iterator[str]:
    """The lines of docs/kpis.md."""
    yield "<!-- Written by `python -m connector.cli.reference`; do not edit. -->"
    yield ""
    first = ", ".join(f"`{kpi.id}`" for kpi in headline(KpiOptions()))
    yield from _ABOUT.format(headline=first).splitlines()
    yield ""
    yield from _filters()
    for family in dict.fromkeys(kpi.family for kpi in KPIS):
        yield ""
        yield f"## {texts.en.get(f'family.{family}', family.capitalize())}"
        for kpi in KPIS:
            if kpi.family == family:
                yield ""
                yield from _figure(kpi)


def _figure(kpi: Kpi) -> Iterator[str]:
    yield f"### `{kpi.id}`: {kpi.label.render('en')}"
    yield ""
    yield f"{kpi.question.render('en')} *({kpi.label.render('de')}: {kpi.question.render('de')})*"
    yield ""
    yield f"    {kpi.formula.render('en')}"
    yield ""
    if kpi.example is not None:
        yield f"Example: {kpi.example.render('en')}"
        yield ""
    yield f"Unit: {kpi.unit}. Filters and `--by`: {_fitting(kpi.dimensions)}."
    if kpi.options:
        yield f"Options that change it: {_names(kpi.options)}."
    if kpi.companions:
        yield f"Always shown with {_names(kpi.companions)}."
    if kpi.twelve_months:
        yield "Without a period it takes the last twelve whole months."


def _fitting(dimensions: tuple[str, ...]) -> str:
    """The dimensions by name, those that many figures share by what they are called in "Filters"."""
    return _SHARED.get(dimensions) or _names(dimensions) or "none"


def _filters() -> Iterator[str]:
    yield "## Filters"
    yield ""
    yield from _ABOUT_FILTERS.splitlines()
    yield ""
    yield "| flag | what it selects |"
    yield "|---|---|"
    for name in DIMENSIONS:
        yield f"| `--{name.replace('_', '-')}` | {help_terms.EN[f'any.by_{name}']} |"
    yield ""
    for dimensions, name in _SHARED.items():
        yield f"- *{name}*: {_names(dimensions)}"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
