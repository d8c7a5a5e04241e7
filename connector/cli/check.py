"""`connector check`: who answers at each source, and what the key may read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

import click

from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import EXIT_INCOMPLETE, ConnectorError
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.contract import SourceInfo
    from connector.settings import SourceSettings

_AT_ONCE = 8  # sources; each waits for its network
_PATIENCE = 20.0  # seconds in which one question is asked again


@named("check")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.pass_obj
def command(session: Session, sources: tuple[str, ...]) -> int:
    """Ask each source who it is; 3 where one refuses, does not answer, or lets nothing be read."""
    from connector.cli.addresses import chosen
    from connector.cli.stopping import patiently, stoppable

    config = session.config()
    names = list(chosen(config, sources))
    for name in names:
        session.say(texts("asking", url=config.sources[name].url))
    with stoppable(session) as told, ThreadPoolExecutor(min(_AT_ONCE, len(names))) as pool:
        pending = {name: pool.submit(ask, session, config.sources[name], told.is_set) for name in names}
        answers = {name: patiently(answer.result) for name, answer in pending.items()}
    return max([_show(session, name, answer) for name, answer in answers.items()])


def ask(session: Session, settings: SourceSettings, stop: Callable[[], bool]) -> SourceInfo | ConnectorError:
    """What a source says of itself, or why it does not. Somebody waits for it, so it is not tried for long."""
    from connector import catalog

    settings = settings.model_copy(update={"retry_for": min(settings.retry_for, _PATIENCE)})
    try:
        adapter, transport = catalog.build(settings.adapter, settings, clock=session.clock, random=Random(), stop=stop)
    except ConnectorError as error:
        return error
    try:
        return adapter.check()
    except ConnectorError as error:
        return error
    finally:
        transport.close()


def _show(session: Session, name: str, answer: SourceInfo | ConnectorError) -> int:
    if isinstance(answer, ConnectorError):
        session.complain(texts("check_failed", source=name, message=answer.message), answer.advice)
        return answer.exit_code
    for line in told(session, name, answer):
        click.echo(line)
    refused = bool(answer.streams) and not any(stream.readable for stream in answer.streams)
    return EXIT_INCOMPLETE if refused else 0


def told(session: Session, name: str, info: SourceInfo) -> list[str]:
    """The lines about one source."""
    key = "answers" if info.version else "answers_unversioned"
    zone = texts("zone", zone=info.timezone) if info.timezone else texts("zone_unknown")
    currency = texts("currency", currency=info.currency) if info.currency else texts("currency_unknown")
    lines = [
        session.text(texts(key, source=name, product=info.product, version=info.version, url=info.url)),
        f"  {session.text(zone)}, {session.text(currency)}",
    ]
    readable = [stream.stream for stream in info.streams if stream.readable]
    if readable:
        lines.append("  " + session.text(texts("may_read", streams=", ".join(readable))))
    for stream in info.streams:
        if not stream.readable:
            because = texts("may_not_read", stream=stream.stream, reason=stream.reason)
            said = because if stream.reason else texts("may_not_read_unsaid", stream=stream.stream)
            lines.append("  " + session.text(said))
    advice = dict.fromkeys(session.text(one.advice) for one in info.streams if one.advice and not one.readable)
    lines += [f"  {each}" for each in advice]
    return lines + ["  " + session.text(texts("note", message=warning)) for warning in info.warnings]
