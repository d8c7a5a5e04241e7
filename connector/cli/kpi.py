"""`connector kpi`: figures, on the screen, as JSON or as CSV."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from connector.cli.asking import terms, terms_options
from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session

if TYPE_CHECKING:
    from connector.kpi.result import Evaluation

_WIDE = 140  # columns, where nobody looks at a screen


@named("kpi")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@terms_options
@option("--compare", type=click.Choice(["previous", "year"]))
@option("--by", metavar="DIMENSION")
@option("--grain", type=click.Choice(["week", "month", "quarter"]))
@option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@as_json
@click.pass_obj
def command(
    session: Session,
    /,
    ids: tuple[str, ...],
    compare: str | None,
    by: str | None,
    grain: str | None,
    form: str,
    as_json: bool,
    **given: Any,
) -> None:
    """Compute the figures asked for and print them."""
    if grain:
        given["overrides"] = (*given["overrides"], f"cohorts.grain={grain}")
    config = session.config()
    asked = terms(session, config, given)

    from connector.export import figures
    from connector.identity import resolve
    from connector.kpi.evaluate import evaluate

    with session.store(config) as store:
        resolve(store, rules=config.identity_rules, clock=session.clock)
        evaluation = evaluate(
            store,
            ids,
            clock=session.clock,
            zone=config.zone,
            options=asked.options,
            asked=asked.asked,
            filters=asked.filters,
            by=by,
            compare=compare,
            language=session.language,
            history_from=config.history_from,
        )
    if as_json or form == "json":
        click.echo(figures.to_json(evaluation), nl=False)
    elif form == "csv":
        click.echo(figures.to_csv(evaluation), nl=False)
    else:
        show(evaluation)


def show(evaluation: Evaluation) -> None:
    """Print figures as a table that fits the screen."""
    from rich.console import Console

    from connector.export.figures import to_table

    wide = None if sys.stdout.isatty() else _WIDE
    Console(file=sys.stdout, width=wide, highlight=False, markup=False, emoji=False).print(to_table(evaluation))
