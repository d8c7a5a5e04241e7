"""`connector import`: answers of a survey out of a file. Proposes which column holds what, and remembers it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import click

from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import EXIT_INCOMPLETE, EXIT_USAGE, UnexpectedPayload, UsageError
from connector.messages.importing import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.settings import SourceSettings
    from connector.store import Store
    from connector.store.asides import Reason
    from connector.surveys.proposal import Proposal
    from connector.sync import RunResult

_SHOWN = 20  # refused lines on the screen
_LISTED = 10_000  # and in JSON


@named("import")
@click.argument("file", metavar="FILE")
@option("--as", "name", metavar="SURVEY", required=True)
@option("--ces", type=click.Choice(["1", "2"]))
@option("--yes", "assume_yes", is_flag=True)
@as_json
@click.pass_obj
def command(session: Session, file: str, name: str, ces: str | None, assume_yes: bool, as_json: bool) -> int:
    """Take the answers in; 3 where some rows were refused, 2 where the file cannot be used."""
    config = session.config()
    _possible(config, name)
    path = Path(file).expanduser().absolute()
    known = config.sources.get(name)
    if known is None:
        proposal = _proposed(config, path, name, None if ces is None else int(ces))
        _agree(session, config, name, proposal, assume_yes)
        config = _saved(session, config, name, proposal)
    else:
        _fitting(path, known, None if ces is None else int(ces))
    with session.store(config) as store:
        result, refused, count = _run(session, config, store, name, path)
    unusable = [one for one in refused if one.record_id == f"?{path.name}/"]
    if as_json:
        session.document(_document(name, path, config, known is None, result, refused, count))
    else:
        _show(session, name, result, refused, count)
    if unusable:
        return EXIT_USAGE
    return EXIT_INCOMPLETE if result.fails else 0


# --- the mapping -----------------------------------------------------------------------------------------------------


def _possible(config: Config, name: str) -> None:
    from connector.config.sources import NAME

    if not NAME.fullmatch(name):
        raise UsageError(texts("bad_name", name=name), texts("bad_name_advice"))
    known = config.sources.get(name)
    if known is not None and known.block != "surveys":
        raise UsageError(texts("name_of_source", name=name), texts("name_of_source_advice"))


def _proposed(config: Config, path: Path, name: str, ces: int | None) -> Proposal:
    from connector.surveys.proposal import propose, sampled
    from connector.surveys.sheets import open_sheet

    version = ces or config.options.ces.version
    try:
        with open_sheet(path) as sheet:
            samples = sampled(sheet.rows)
            if not samples:
                raise UnexpectedPayload(texts("no_rows", file=path.name), texts("no_rows_advice"))
            found = propose(sheet.names, samples, survey=name, zone=config.timezone, ces=version, file=config.file.name)
            found.notices[:0] = sheet.notices
            return found
    except UnexpectedPayload as error:
        raise _unusable(error) from None


def _fitting(path: Path, settings: SourceSettings, ces: int | None) -> None:
    """Raise UsageError where the file has not the columns of the mapping, or --ces says another thing than it."""
    from connector.surveys.headers import find
    from connector.surveys.mapping import CES_VERSIONS
    from connector.surveys.sheets import open_sheet

    said: Any = settings
    for metric in said.metrics:
        if ces is not None and metric.kind == "ces" and (metric.scale, metric.direction) != CES_VERSIONS[ces]:
            raise UsageError(texts("other_ces", name=said.survey), texts("other_ces_advice", name=said.survey))
    try:
        with open_sheet(path, delimiter=said.delimiter, encoding=said.encoding, header_rows=said.header_rows) as sheet:
            for column in said.columns:
                find(column, sheet.names)
            if next(sheet.rows, None) is None:
                raise UnexpectedPayload(texts("no_rows", file=path.name), texts("no_rows_advice"))
    except UnexpectedPayload as error:
        raise _unusable(error) from None


def _unusable(error: UnexpectedPayload) -> UsageError:
    return UsageError(error.message, error.advice)


def _agree(session: Session, config: Config, name: str, proposal: Proposal, assume_yes: bool) -> None:
    """Show the mapping and ask. UsageError where nobody can be asked, or the answer is no."""
    from connector.cli.questions import yes_or_no
    from connector.config import editing

    session.say(texts("proposed", name=name))
    if not session.quiet or not assume_yes:
        click.echo(editing.block_text("surveys", name, proposal.entry), err=True)
    for notice in proposal.notices:
        session.say(notice)
    for metric in proposal.entry["metrics"]:
        if metric["kind"] == "ces":
            session.say(texts(f"direction_{metric['direction']}", column=metric["column"]))
    if assume_yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(texts("nobody_asked"), texts("nobody_asked_advice", file=config.file.name))
    if not yes_or_no(session, texts("ask"), default=True):
        raise UsageError(texts("not_agreed"), texts("not_agreed_advice", file=config.file.name))


def _saved(session: Session, config: Config, name: str, proposal: Proposal) -> Config:
    """The configuration with the mapping in it, written down."""
    from connector.config import document, editing
    from connector.config.files import read_text
    from connector.config.load import interpret

    text = editing.with_entry(read_text(config.file), "surveys", name, proposal.entry)
    found = interpret(document.parse(text, config.file), config.file, os.environ)
    editing.put(config.file, text)
    session.say(texts("saved", name=name, file=config.file))
    return found


# --- the run ---------------------------------------------------------------------------------------------------------


def _run(session: Session, config: Config, store: Store, name: str, path: Path) -> tuple[RunResult, list[Reason], int]:
    from connector import catalog
    from connector.cli.progress import reporting, settled
    from connector.cli.stopping import patiently, stoppable
    from connector.store.asides import reasons_since
    from connector.store.state import ensure_source
    from connector.sync import SourceJob, sync_sources

    configured = config.sources[name]
    settings = configured.model_copy(update={"files": [str(path)]})
    began = session.clock.now()
    with stoppable(session) as told:
        job = SourceJob(
            name=name,
            adapter_name=configured.adapter,
            url=configured.url,
            build=lambda: catalog.build(
                settings.adapter, settings, clock=session.clock, random=Random(), stop=told.is_set
            ),
            mode="import",
        )
        with reporting(session) as progress:
            (result,) = patiently(
                lambda: sync_sources(store, [job], clock=session.clock, progress=progress, language=session.language)
            )
        patiently(lambda: settled(session, config, store))
    if result.stream is None:
        return result, [], 0
    source_id = ensure_source(store, name, adapter=configured.adapter, url=configured.url)
    return result, *reasons_since(store, source_id, result.stream, since=began, limit=_LISTED)


def _document(
    name: str, path: Path, config: Config, proposed: bool, result: RunResult, refused: list[Reason], count: int
) -> dict[str, Any]:
    said: Any = config.sources[name]
    mapping = said.model_dump(
        include={"kind", "id", "email", "order", "conversation", "answered_at", "timezone", "metrics"}, mode="json"
    )
    return {
        "survey": name,
        "file": str(path),
        "proposed": proposed,
        "mapping": mapping,
        "run": result.to_json(),
        "refused_count": count,
        "refused": [{"line": int(one.locator) if one.locator else None, "reason": one.reason} for one in refused],
    }


def _show(session: Session, name: str, result: RunResult, refused: list[Reason], count: int) -> None:
    session.show(
        texts("done", name=name, new=result.inserted, changed=result.updated, same=result.unchanged, refused=count)
    )
    for one in refused[:_SHOWN]:
        click.echo(f"  {one.reason}", err=True)
    if count > _SHOWN:
        session.warn(texts("and_more", count=count - min(count, _SHOWN)))
    if refused:
        session.say(texts("refused_advice"))
    elif result.error is not None:
        click.echo(f"{name}: {result.error.message}", err=True)
        if result.error.advice:
            click.echo(f"  {result.error.advice}", err=True)
