"""`connector init`: asks for a source, checks it against the live system, and only then writes config.yaml."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from connector.cli.parts import command as named
from connector.cli.parts import option
from connector.cli.session import Session
from connector.errors import EXIT_INCOMPLETE, ConnectorError, SettingsError, SourceError, UsageError
from connector.messages.init import texts

_STORE = "sqlite:///connector.db"


@named("init")
@option("--adapter", metavar="ADAPTER")
@option("--name", metavar="NAME")
@option("--url", metavar="URL")
@option("--set", "assignments", metavar="KEY=VALUE", multiple=True)
@option("--timezone", metavar="ZONE")
@option("--language", type=click.Choice(["de", "en"]))
@option("--store", metavar="URL")
@option("--yes", "assume_yes", is_flag=True)
@click.pass_obj
def command(
    session: Session,
    adapter: str | None,
    name: str | None,
    url: str | None,
    assignments: tuple[str, ...],
    timezone: str | None,
    language: str | None,
    store: str | None,
    assume_yes: bool,
) -> int:
    """Set up one source. 3 where the system does not let us in: then nothing is written."""
    from connector.cli.candidate import Candidate, assigned
    from connector.cli.check import told
    from connector.cli.questions import Questions
    from connector.config import editing

    questions = Questions(session, silent=assume_yes)
    present = _present(session)
    if language and present is None:
        session.language = language
    session.say(texts("welcome_new" if present is None else "welcome_more", file=session.file))
    kept = store or (_data(present).get("store") if present else None) or _STORE
    candidate = Candidate(session, questions, assigned(assignments), taken=_names(present), store=str(kept))
    while True:
        candidate.ask(adapter, name, url)
        try:
            info = candidate.try_out()
        except (SourceError, SettingsError) as error:
            if assume_yes or not _again(session, questions, error):
                session.say(texts("not_saved"))
                if assume_yes:
                    raise
                return EXIT_INCOMPLETE
            continue
        break
    for line in told(session, candidate.name, info):
        click.echo(line, err=True)
    if present is None:
        present = editing.new_text(
            _general(session, questions, info.timezone, timezone, language, store), session.language
        )
    if info.timezone is None and "timezone" not in candidate.entry:
        candidate.ask_zone(_zone_of(present))
    text = editing.with_source(present, candidate.name, candidate.entry)
    _must_be_right(text, session.file, candidate.pretended)
    editing.put(session.file, text)
    session.show(texts("saved", name=candidate.name, file=session.file))
    missing = [variable for variable in candidate.variables if variable not in os.environ]
    if missing:
        session.show(texts("variables", names=", ".join(missing)))
    session.show(texts("next"))
    return 0


def _again(session: Session, questions: Any, error: ConnectorError) -> bool:
    session.complain_of(error)
    return bool(questions.agreed(texts("ask_again")))


def _present(session: Session) -> str | None:
    """The text of the file as it is, None where there is none. It must be right but for references."""
    from connector.config.editing import unwritable
    from connector.config.files import read_text

    if not session.file.absolute().parent.is_dir():
        raise unwritable(session.file, FileNotFoundError())  # before anything is asked
    if not session.file.exists():
        return None
    text = read_text(session.file)
    if text.strip():
        _must_be_right(text, session.file, {}, empty=True)
        data = _data(text)
        if data.get("language") in ("de", "en"):
            session.language = data["language"]
        return text
    return None


def _must_be_right(text: str, file: Path, pretended: dict[str, str], *, empty: bool = False) -> None:
    """Raise what is wrong with a file. References are not: other sources' keys may be set only where they are used."""
    from connector.config import document, load, references
    from connector.config.problems import ConfigMistakesError

    try:
        load.interpret(document.parse(text, file), file, {**os.environ, **pretended})
    except ConfigMistakesError as error:
        left = [
            problem
            for problem in error.problems
            if not references.is_about_reference(problem)
            and not (empty and problem.path == ("sources",) and problem.message.key in ("no_sources", "missing"))
        ]
        if left:
            raise ConfigMistakesError(file, left, error.language) from None


def _data(text: str) -> dict[str, Any]:
    from connector.config import document

    return document.plain(document.parse(text, Path("config.yaml")).data)  # type: ignore[no-any-return]


def _names(text: str | None) -> list[str]:
    sources = _data(text).get("sources") if text else None
    return [str(name) for name in sources] if isinstance(sources, dict) else []


def _zone_of(text: str) -> str | None:
    zone = _data(text).get("timezone")
    return zone if isinstance(zone, str) else None


def _general(
    session: Session,
    questions: Any,
    proposed: str | None,
    timezone: str | None,
    language: str | None,
    store: str | None,
) -> dict[str, Any]:
    """The keys of the top level of a new file."""
    from connector.cli.candidate import this_machines_zone, zone_problem

    if timezone and (problem := zone_problem(timezone)):
        raise UsageError(problem, texts("zone_advice"))
    zone = timezone or questions.text(
        texts("ask_zone"), option="--timezone", default=proposed or this_machines_zone(), check=zone_problem
    )
    if language is None:
        language = questions.text(
            texts("ask_language"), option="--language", default=session.language, choices=("de", "en")
        )
        session.language = language
    return {"store": store or _STORE, "timezone": zone, "language": language}
