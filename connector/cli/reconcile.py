"""`connector reconcile SOURCE`: the shop's own report beside our figures, and what explains each difference."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import click

from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.messages.kpi_definitions import DEFINITIONS
from connector.messages.reconcile import texts

if TYPE_CHECKING:
    from connector.reconcile import Reconciliation
    from connector.reconcile.result import ComparedMonth


@named("reconcile")
@click.argument("source", metavar="SOURCE")
@option("--from", "start", metavar="DAY")
@option("--to", "end", metavar="DAY")
@as_json
@click.pass_obj
def command(session: Session, source: str, start: str | None, end: str | None, as_json: bool) -> None:
    """Compare a source with its own report; 0 where it could be compared, whatever came out."""
    from connector import catalog
    from connector.cli.addresses import known_source
    from connector.cli.progress import settled
    from connector.cli.stopping import patiently, stoppable
    from connector.kpi.period import asked
    from connector.reconcile import reconcile

    config = session.config()
    known_source(config, source)
    settings = config.sources[source]
    period = asked(None, start, end, config.zone, session.clock.now())
    with session.store(config) as store, stoppable(session) as told:
        settled(session, config, store)
        session.say(texts("comparing", url=settings.url))
        adapter, transport = catalog.build(
            settings.adapter, settings, clock=session.clock, random=Random(), stop=told.is_set
        )
        try:
            found = patiently(
                lambda: reconcile(
                    store,
                    source,
                    adapter,
                    options=config.options,
                    zone=config.zone,
                    asked=period,
                    history_from=config.history_from,
                )
            )
        finally:
            transport.close()
    for note in found.notes:
        session.warn(note)
    if as_json:
        session.document(found.to_json())
    else:
        _show(session, source, found)


def _show(session: Session, source: str, found: Reconciliation) -> None:
    """The figures that differ, and what the steps mean that explain them."""
    from connector.cli import tables

    first, last = found.months[0].month, found.months[-1].month
    heading = {"source": source, "report": found.report, "first": first, "last": last}
    session.show(texts("heading", **heading, currency=found.currency or "?"))
    rows = [row for month in found.months for row in _rows(session, month)]
    every = sum(len(month.theirs) for month in found.months)
    if rows:
        tables.show(
            [session.text(texts(f"column_{name}")) for name in _COLUMNS],
            rows,
            right=(2, 3, _COLUMNS.index("remainder")),
        )
    remaining = sum(1 for month in found.months for value in month.remainder.values() if value)
    if remaining:
        session.show(texts("something_remains", differing=len(rows), all=every, open=remaining, source=source))
    elif rows:
        session.show(texts("all_explained", differing=len(rows), all=every))
    else:
        session.show(texts("nothing_differs"))
    _explain_steps(session, found)


_COLUMNS = ("month", "figure", "theirs", "ours", "why", "remainder")


def _rows(session: Session, month: ComparedMonth) -> list[tuple[str, ...]]:
    from connector.reconcile.result import plain

    rows = []
    for figure in month.theirs:
        reasons = [
            f"{one.option} {'+' if one.amount > 0 else ''}{plain(one.amount)}"
            for one in month.explained
            if one.figure == figure
        ]
        remainder = month.remainder[figure]
        if reasons or remainder:
            rows.append(
                (
                    month.month,
                    session.text(DEFINITIONS(f"{figure}.label")),
                    *(
                        "" if value is None else str(plain(value))
                        for value in (month.theirs[figure], month.ours[figure])
                    ),
                    ", ".join(reasons),
                    str(plain(remainder)) if remainder else "",
                )
            )
    return rows


def _explain_steps(session: Session, found: Reconciliation) -> None:
    from connector.reconcile.ways import STEPS

    used = {one.option for month in found.months for one in month.explained}
    if used:
        session.show(texts("what_it_means"))
    for name, _ in STEPS:
        if name in used:
            session.show(texts("step", option=name, words=texts(f"step.{name}")))
