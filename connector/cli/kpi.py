"""`connector kpi`: figures, on the screen, as JSON or as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector.cli.asking import Terms, terms, terms_options
from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import UsageError
from connector.messages.cli import texts
from connector.messages.screens import texts as screens

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.kpi.result import Evaluation
    from connector.store import Store

_WIDE = 140  # columns, where nobody looks at a screen


@named("kpi")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@terms_options
@option("--compare", type=click.Choice(["previous", "year"]))
@option("--by", metavar="DIMENSION")
@option("--explain", is_flag=True)
@option("--rows", metavar="FILE", type=click.Path(path_type=Path))
@option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@as_json
@click.pass_obj
def command(
    session: Session,
    /,
    ids: tuple[str, ...],
    compare: str | None,
    by: str | None,
    explain: bool,
    rows: Path | None,
    form: str,
    as_json: bool,
    **given: Any,
) -> None:
    """Compute the figures asked for and print them."""
    if rows is not None and len(ids) != 1:
        raise UsageError(texts("rows_of_one"), texts("rows_of_one_advice"))
    if as_json and form == "csv":
        raise UsageError(texts("exclude", one="--json", other="--format csv"), texts("exclude_advice"))
    config = session.config()
    asked = terms(session, config, given)

    from connector.cli.progress import settled
    from connector.export import figures
    from connector.kpi.evaluate import evaluate

    with session.store(config) as store:
        settled(session, config, store, options=asked.options)
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
        if rows is not None:
            _write_rows(session, store, config, asked, ids[0], rows)
    if as_json or form == "json":
        click.echo(figures.to_json(evaluation), nl=False)
    elif form == "csv":
        click.echo(figures.to_csv(evaluation), nl=False)
    else:
        show(evaluation, tiny=asked.options.samples.tiny)
    if explain:
        from connector.cli.explaining import explanations

        explanations(session, evaluation, asked.options, err=as_json or form != "table")


def _write_rows(session: Session, store: Store, config: Config, asked: Terms, name: str, file: Path) -> None:
    from connector.export.rows import write_rows
    from connector.kpi.rows import rows_behind

    frame = rows_behind(
        store,
        name,
        clock=session.clock,
        zone=config.zone,
        options=asked.options,
        asked=asked.asked,
        filters=asked.filters,
        history_from=config.history_from,
    )
    write_rows(file, frame, zone=config.zone, language=session.language)
    session.say(screens("exported", file=file))


def _ids() -> str:
    from connector.kpi.registry import KPIS

    return ", ".join(kpi.id for kpi in KPIS)


command.known = {"ids": _ids}


def show(evaluation: Evaluation, *, tiny: int = 5) -> None:
    """Print figures as a table that fits the screen; of groups smaller than `tiny` counts only."""
    from connector.cli.tables import draw
    from connector.export.figures import to_table

    draw(to_table(evaluation, tiny=tiny), wide=_WIDE)
