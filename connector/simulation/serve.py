"""A pretend server as a process of its own: `python -m connector.simulation.serve woocommerce --bulk 100000`.

One line of JSON on standard output is the entry of config.yaml with which the adapter reads it; talk goes to standard
error. It serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
import threading
from collections.abc import Sequence
from importlib.metadata import entry_points
from random import Random
from typing import Any, cast
from wsgiref.types import WSGIApplication

from connector.clock import SystemClock
from connector.errors import EXIT_STOPPED, EXIT_USAGE, UsageError
from connector.messages import LANGUAGES
from connector.messages.simulation import texts
from connector.simulation.faults import Fault, Faults
from connector.simulation.server import LoopbackServer

GROUP = "connector.simulators"
_LATENCY = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns the exit code: 2 for a call that cannot be carried out."""
    options = _parser(_language(arguments)).parse_args(arguments)
    try:
        server = _server(options)
    except UsageError as error:
        print(error.message.render(options.language), file=sys.stderr)
        return EXIT_USAGE
    try:
        server.start()
    except OSError:
        print(texts("port_taken", port=options.port).render(options.language), file=sys.stderr)
        return EXIT_USAGE
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    print(json.dumps(cast("Any", server.app).source_settings(server.address)), flush=True)
    ready = texts("ready", name=options.name, address=server.address)
    print(ready.render(options.language), file=sys.stderr, flush=True)
    while not stopped.wait(0.2):  # a wait without an end would not notice Ctrl-C on Windows
        continue
    server.stop()
    return EXIT_STOPPED


def _server(options: argparse.Namespace) -> LoopbackServer:
    """The server asked for, not yet started. Raises `UsageError`."""
    faults = _faults(options.faults, options.seed)
    latency = _latency(options.latency)
    app = _simulator(options)
    try:
        return LoopbackServer(app, faults=faults, port=options.port, latency=latency, keep_requests=False)
    except ValueError as error:
        raise UsageError(texts("not_enacted", name=options.name, reason=error)) from error


def _simulator(options: argparse.Namespace) -> WSGIApplication:
    found = [entry for entry in entry_points(group=GROUP) if entry.name == options.name]
    if not found:
        raise UsageError(texts("unknown", name=options.name, names=_names()))
    kind, clock = found[0].load(), SystemClock()
    if options.bulk is not None:
        simulator = kind.bulk(clock=clock, size=options.bulk, seed=options.seed)
    elif options.small:
        simulator = kind.small(clock=clock, seed=options.seed)
    else:
        simulator = kind.story(clock=clock, seed=options.seed)
    return cast("WSGIApplication", simulator)


def _faults(asked: Sequence[str], seed: int) -> Faults | None:
    rates: dict[str, float] = {}
    for text in asked:
        kind, _, rate = text.partition(":")
        try:
            rates[Fault(kind)] = float(rate or 1)
            Faults(Random(seed), kinds=rates)
        except ValueError as error:
            raise UsageError(texts("bad_faults", text=text, kinds=", ".join(Fault))) from error
    return Faults(Random(seed), kinds=rates) if rates else None


def _latency(text: str) -> float:
    """Seconds."""
    match = _LATENCY.fullmatch(text)
    if not match:
        raise UsageError(texts("bad_latency", text=text))
    return float(match[1]) / (1000 if match[2] == "ms" else 1)


def _names() -> str:
    return ", ".join(sorted({entry.name for entry in entry_points(group=GROUP)}))


def _language(arguments: Sequence[str] | None) -> str:
    """The language has to be known before the help is written."""
    early = argparse.ArgumentParser(add_help=False)
    early.add_argument("--language", choices=LANGUAGES, default="en")
    language: str = early.parse_known_args(arguments)[0].language
    return language


def _parser(language: str) -> argparse.ArgumentParser:
    def said(key: str, **values: Any) -> str:
        return texts(key, **values).render(language).replace("%", "%%")

    parser = argparse.ArgumentParser(prog="python -m connector.simulation.serve", description=said("help"))
    parser.add_argument("name", help=said("help_name", names=_names()))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--story", action="store_true", help=said("help_story"))
    which.add_argument("--small", action="store_true", help=said("help_small"))
    which.add_argument("--bulk", type=int, metavar="SIZE", help=said("help_bulk"))
    parser.add_argument("--port", type=int, default=0, help=said("help_port"))
    parser.add_argument("--seed", type=int, default=1, help=said("help_seed"))
    parser.add_argument("--latency", default="0ms", help=said("help_latency"))
    parser.add_argument(
        "--faults", action="append", default=[], metavar="KIND:RATE", help=said("help_faults", kinds=", ".join(Fault))
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help=said("help_language"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
