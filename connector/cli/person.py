"""`connector person EMAIL`: what is stored of one person; their data as a file; erasing them for good."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import UsageError
from connector.messages.person import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.privacy.forgetting import Forgotten
    from connector.privacy.history import PersonHistory
    from connector.store import Store


@named("person")
@click.argument("email", metavar="EMAIL")
@option("--export", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@option("--forget", is_flag=True)
@option("--yes", "assume_yes", is_flag=True)
@as_json
@click.pass_obj
def command(session: Session, email: str, file: Path | None, forget: bool, assume_yes: bool, as_json: bool) -> None:
    """Show one person's history, write it to a file, or erase the person."""
    if file is not None and forget:
        raise UsageError(texts("exclusive"), texts("exclusive_advice"))
    config = session.config()
    from connector.cli.progress import settled

    with session.store(config, create=False) as store:
        settled(session, config, store)
        person_id = _found(store, email)
        if forget:
            _forget(session, config, store, person_id, assume_yes=assume_yes, as_json=as_json)
            return
        if file is not None:
            _export(session, config, store, person_id, file)
        if file is None or as_json:
            _show(session, config, _history(store, person_id), as_json=as_json)


def _found(store: Store, email: str) -> int:
    """The person an address belongs to, also after an erasure. Raises UsageError where it is nobody's."""
    from connector.identity import person_of_email
    from connector.privacy.forgetting import stand_in

    person_id = person_of_email(store, email)
    if person_id is None and (address := stand_in(store, email)) is not None:
        person_id = person_of_email(store, address)
    if person_id is None:
        raise UsageError(texts("unknown", email=email), texts("unknown_advice"))
    return person_id


def _history(store: Store, person_id: int) -> PersonHistory:
    from connector.privacy.history import history_of

    with store.read() as connection:
        return history_of(connection, person_id)


def _export(session: Session, config: Config, store: Store, person_id: int, file: Path) -> None:
    from connector.export.placing import placed
    from connector.privacy.history import everything_of

    with store.read() as connection:
        document = everything_of(connection, person_id, config.zone, session.language)
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=str)
    with placed(file) as draft:
        draft.write_text(text + "\n", encoding="utf-8")
    session.say(texts("exported", file=file))


def _forget(session: Session, config: Config, store: Store, person_id: int, *, assume_yes: bool, as_json: bool) -> None:
    from connector.cli.questions import yes_or_no
    from connector.config.understanding import understanding
    from connector.privacy.forgetting import forget
    from connector.privacy.holdings import Whose, holdings_of
    from connector.store.state import list_sources

    with store.read() as connection:
        rows = holdings_of(connection, Whose((person_id,))).rows
    if not assume_yes:
        if not sys.stdin.isatty():
            raise UsageError(texts("needs_yes"), texts("needs_yes_advice"))
        if not yes_or_no(session, texts("confirm", rows=rows), default=False):
            session.say(texts("kept"))
            return
    known = understanding(config, list_sources(store), clock=session.clock)
    session.say(texts("searching"))
    done = forget(store, Whose((person_id,)), known, rules=config.identity_rules, clock=session.clock)
    if as_json:
        session.document(_erasure(person_id, done))
        return
    session.show(texts("forgotten", records=done.records))
    if done.remnants.copies:
        session.show(texts("copies", count=len(done.remnants.copies)))
    for backup in done.remnants.backups:
        session.show(texts("backup", file=backup))
    session.show(texts("backups_unknown"))
    if done.remnants.log_left:
        session.show(texts("log_left"))


def _erasure(person_id: int, done: Forgotten) -> dict[str, Any]:
    return {
        "person": {"person_id": person_id, "erased": True},
        "records": done.records,
        "copies_deleted": [str(path) for path in done.remnants.copies],
        "backups": [str(path) for path in done.remnants.backups],
        "log_left": done.remnants.log_left,
    }


def _show(session: Session, config: Config, person: PersonHistory, *, as_json: bool) -> None:
    if as_json:
        session.document(person.to_json(config.zone, session.language))
        return
    names = ", ".join(person.names) or session.text(texts("nameless"))
    session.show(texts("heading", person_id=person.person_id, names=names))
    if person.erased:
        session.show(texts("erased_already"))
    for key, values in (("emails", person.emails), ("phones", person.phones)):
        if values:
            session.show(texts(key, **{key: ", ".join(values)}))
    if person.other_ids:
        session.show(texts("other_ids", ids=", ".join(map(str, person.other_ids))))
    if person.accounts:
        click.echo()
        session.show(texts("accounts"))
    for account in person.accounts:
        why = "; ".join(session.text(reason) for reason in account.why)
        key = "account" if why else "account_alone"
        click.echo("  " + session.text(texts(key, source=account.source, account_id=account.account_id, why=why)))
    click.echo()
    if not person.timeline:
        session.show(texts("nothing"))
        return
    _timeline(session, config, person)


def _timeline(session: Session, config: Config, person: PersonHistory) -> None:
    from connector.cli.tables import show
    from connector.export.formatting import instant, money
    from connector.money import rounded

    columns = [session.text(texts(f"column_{name}")) for name in ("at", "kind", "source", "id", "detail", "amount")]
    rows = []
    for one in person.timeline:
        more = [one.detail or "", session.text(texts("gone")) if one.gone else ""]
        rows.append(
            (
                "" if one.at is None else instant(one.at, config.zone, session.language),
                session.text(texts(f"kind_{one.kind}")),
                one.source,
                one.id,
                ", ".join(part for part in more if part),
                "" if one.amount is None else money(rounded(one.amount, one.currency), one.currency, session.language),
            )
        )
    show(columns, rows, right=(5,))
