"""`connector status`: where each source and stream stands. Asks no source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from connector.cli.parts import as_json
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import SettingsError
from connector.instants import SECOND, to_zone_text
from connector.messages.cli import texts as common
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.store.state import StreamStanding


@dataclass(frozen=True)
class _Standing:
    """One source: its streams in the order in which they are synced."""

    name: str
    adapter: str
    streams: Sequence[StreamStanding]
    configured: bool


@named("status")
@as_json
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Show where everything stands."""
    config = session.config()
    standings = _standings(session, config)
    if as_json:
        session.document({"sources": [_document(session, config, one) for one in standings]})
    else:
        _show(session, config, standings)


def _standings(session: Session, config: Config) -> list[_Standing]:
    from connector.store.state import StreamStanding, all_standings, list_sources

    stored, found = [], []
    if config.store_exists:
        with session.store(config) as store:
            stored, found = list_sources(store), all_standings(store)
    numbers = {source.name: source.id for source in stored}
    of_source: dict[int, list[StreamStanding]] = {}
    for one in found:
        of_source.setdefault(one.source_id, []).append(one)
    standings = []
    for name, settings in config.sources.items():
        order = {stream: place for place, stream in enumerate(_streams(settings.adapter))}
        held = {stream: StreamStanding(numbers.get(name, 0), stream) for stream in order}
        held |= {one.stream: one for one in of_source.get(numbers.get(name, 0), ())}
        streams = sorted(held.values(), key=lambda one: (order.get(one.stream, len(order)), one.stream))
        standings.append(_Standing(name, settings.adapter, streams, configured=True))
    for source in stored:
        if source.name not in config.sources:
            standings.append(_Standing(source.name, source.adapter, of_source.get(source.id, ()), configured=False))
    return standings


def _streams(adapter: str) -> list[str]:
    from connector import catalog

    try:
        return [stream.name for stream in catalog.adapter(adapter).streams]
    except SettingsError:
        return []


def _document(session: Session, config: Config, standing: _Standing) -> dict[str, Any]:
    now = session.clock.now()
    streams = []
    for one in standing.streams:
        last = one.last_success_at
        trouble = one.trouble
        streams.append(
            {
                "name": one.stream,
                "rows": one.rows,
                "last_success": None if last is None else to_zone_text(last, config.zone),
                "cursor_age_seconds": None if last is None else max(0, (now - last) // SECOND),
                "set_aside": one.set_aside,
                "last_error": None
                if trouble is None
                else {"class": trouble.error_class, "message": trouble.message, "advice": trouble.advice},
            }
        )
    return {"name": standing.name, "adapter": standing.adapter, "streams": streams}


def _show(session: Session, config: Config, standings: Sequence[_Standing]) -> None:
    from connector.cli import tables
    from connector.export.formatting import instant, number

    language = session.language
    if not config.store_exists:
        session.say(texts("no_store"))
    rows = []
    for standing in standings:
        due = _next(session, config, standing)
        for place, one in enumerate(standing.streams):
            last = one.last_success_at
            rows.append(
                (
                    f"{standing.name}/{one.stream}",
                    number(one.rows, language),
                    session.text(common("never")) if last is None else instant(last, config.zone, language),
                    str(one.set_aside) if one.set_aside else "",
                    "" if place else due,
                )
            )
    columns = ("stream", "rows", "last", "set_aside", "next")
    tables.show([session.text(texts(f"column_{name}")) for name in columns], rows, right=(1, 3))
    for standing in standings:
        for one in standing.streams:
            if one.trouble is None:
                continue
            address = f"{standing.name}/{one.stream}"
            since = instant(one.failing_since, config.zone, language) if one.failing_since is not None else None
            said = texts(
                "failing" if since else "last_problem", address=address, since=since, message=one.trouble.message
            )
            session.show(said)
            if one.trouble.advice:
                session.show(texts("advice", advice=one.trouble.advice))
    session.say(texts("daemon_hint"))


def _next(session: Session, config: Config, standing: _Standing) -> str:
    from connector.config.schedules import schedule
    from connector.daemon.ticks import next_time
    from connector.export.formatting import instant

    if not standing.configured:
        return session.text(texts("no_longer", file=config.file))
    settings = config.sources[standing.name]
    if not settings.enabled:
        return session.text(texts("off"))
    when = schedule(settings.schedule)
    tried = [one.last_attempt_at for one in standing.streams if one.last_attempt_at is not None]
    now = session.clock.now()
    due = next_time(when, standing.name, config.zone, now=now, last=max(tried, default=None))
    if due is None:
        return session.text(texts("on_demand"))
    return session.text(texts("due")) if due <= now else instant(due, config.zone, session.language)
