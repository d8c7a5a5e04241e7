"""`connector export PATH`: a workbook, or a directory of CSV or Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector.cli.asking import terms, terms_options
from connector.cli.parts import Command, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import UsageError
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.export.material import Exported, Request
    from connector.store import Store


class _Export(Command):
    """`--tables` takes several names, one after the other too: `--tables orders refunds`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give each table its own `--tables`, and leave the rest as it is."""
        from connector.export.material import TABLE_NAMES

        apart: list[str] = []
        naming = False
        for word in args:
            if naming and word in TABLE_NAMES and apart[-1] != "--tables":
                apart.append("--tables")
            elif word != "--tables" and not (naming and apart[-1] == "--tables"):
                naming = False
            naming = naming or word == "--tables"
            apart.append(word)
        return super().parse_args(ctx, apart)


@named("export", _Export)
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@option("--format", "form", type=click.Choice(["csv", "parquet"]))
@option("--tables", metavar="TABLE", multiple=True)
@option("--csv", "dialect", type=click.Choice(["excel-de", "plain"]))
@terms_options
@option("--compare", type=click.Choice(["previous", "year"]))
@click.pass_obj
def command(
    session: Session,
    /,
    path: Path,
    form: str | None,
    tables: tuple[str, ...],
    dialect: str | None,
    compare: str | None,
    **given: Any,
) -> None:
    """Write what is stored. The kind of file follows the path's ending unless --format says it."""
    kind = _kind(path, form, dialect)
    config = session.config()
    asked = terms(session, config, given)

    from connector.cli.progress import settled
    from connector.export.material import Request

    request = Request(
        zone=config.zone,
        language=session.language,
        options=asked.options,
        asked=asked.asked,
        filters=asked.filters,
        tables=_names(tables),
        compare=compare,
        history_from=config.history_from,
        texts_kept=config.privacy.message_text == "full",
    )
    with session.store(config) as store:
        settled(session, config, store, options=asked.options)
        done = _write(session, store, path, kind, dialect, request)
    for file in done.files:
        session.show(texts("exported", file=file))
    for table in done.left_out:
        session.say(texts("export_left_out", table=table))


def _kind(path: Path, form: str | None, dialect: str | None) -> str:
    """xlsx, csv or parquet. UsageError where path and options contradict each other."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        if form or dialect:
            raise UsageError(texts("export_contradiction", path=path), texts("export_contradiction_advice"))
        return "xlsx"
    if form is None and dialect is None and ending and not path.is_dir():
        raise UsageError(texts("export_ending", ending=ending), texts("export_ending_advice"))
    if form == "parquet" and dialect:
        raise UsageError(texts("export_parquet_dialect"), texts("export_contradiction_advice"))
    return form or "csv"


def _names(tables: tuple[str, ...]) -> list[str] | None:
    names = [name.strip() for listed in tables for name in listed.split(",") if name.strip()]
    return names or None


def _write(session: Session, store: Store, path: Path, kind: str, dialect: str | None, request: Request) -> Exported:
    from connector.cli.progress import telling_rows
    from connector.export.csv_files import Dialect
    from connector.export.exporting import export_csv, export_parquet, export_workbook

    with telling_rows(session) as progress:
        if kind == "xlsx":
            return export_workbook(store, path, request, clock=session.clock, progress=progress)
        if kind == "parquet":
            return export_parquet(store, path, request, clock=session.clock, progress=progress)
        chosen = Dialect(dialect) if dialect else None
        return export_csv(store, path, request, clock=session.clock, dialect=chosen, progress=progress)
