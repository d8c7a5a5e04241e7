"""Everything at once without any key: pretend shops on loopback, the real adapters, figures, a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from connector import catalog
from connector.clock import Clock
from connector.config import editing
from connector.config.files import reason
from connector.config.jobs import source_job
from connector.config.load import load
from connector.config.model import Config
from connector.config.settling import settle
from connector.errors import SourceError, UsageError
from connector.export.exporting import export_workbook
from connector.export.material import Request
from connector.kpi.evaluate import evaluate
from connector.kpi.result import Evaluation
from connector.messages import Message
from connector.messages.demo import texts
from connector.simulation.server import LoopbackServer
from connector.store import Store, open_store
from connector.sync import Progress, sync_sources

ZONE = "Europe/Berlin"
SEED = 1

_LEFT_BY_A_DEMO = ("connector.db*", "report.xlsx")


@dataclass(frozen=True)
class Demo:
    """What a demo made: files in `folder`, and the figures of the headline set."""

    folder: Path
    config: Config
    workbook: Path
    figures: Evaluation


@contextmanager
def pretend_shops(clock: Clock) -> Iterator[dict[str, dict[str, object]]]:
    """Start every installed pretend server with its story; the entries of config.yaml that read them, by name.

    UsageError where none is installed.
    """
    simulators = catalog.simulators()
    if not simulators:
        raise UsageError(texts("no_simulators"), texts("no_simulators_advice"))
    with ExitStack() as running:
        entries = {}
        for name, simulator in simulators.items():
            shop = simulator.story(clock=clock, seed=SEED)
            server = running.enter_context(LoopbackServer(shop))
            entries[name.replace("_", "-")] = shop.source_settings(server.address)
        yield entries


def prepare(folder: Path, entries: dict[str, dict[str, object]], language: str) -> Config:
    """An empty demo in `folder`: what an earlier one left is removed, and config.yaml written.

    UsageError where the folder holds a configuration that no demo wrote, or cannot be written.
    """
    file = folder / "config.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and "connector demo" not in file.read_text(encoding="utf-8", errors="replace").split("\n")[0]:
            raise UsageError(texts("foreign", file=file), texts("foreign_advice"))
        if not file.exists() and any(folder.glob("connector.db")):
            raise UsageError(texts("foreign", file=folder / "connector.db"), texts("foreign_advice"))
        for pattern in _LEFT_BY_A_DEMO:
            for left in folder.glob(pattern):
                left.unlink()
    except OSError as error:
        raise UsageError(
            texts("unwritable", folder=folder, reason=reason(error)), texts("unwritable_advice")
        ) from error
    general = {"store": "sqlite:///connector.db", "timezone": ZONE, "language": language}
    text = f"# {texts.text(language, 'comment')}\n" + editing.new_text(general, language)
    for name, entry in entries.items():
        text = editing.with_source(text, name, entry)
    editing.put(file, text)
    return load(file)


def run(
    config: Config,
    *,
    clock: Clock,
    stop: Callable[[], bool],
    say: Callable[[Message], None] = lambda message: None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Demo:
    """Read everything, put persons together, compute, and write the workbook.

    Raises SourceError where a pretend shop could not be read completely; StoreError; `Stopped` when told to.
    """
    with open_store(config.store, clock=clock, base=config.base) as store:
        say(texts("reading"))
        _read(config, store, clock, stop, progress)
        figures = evaluate(store, clock=clock, zone=config.zone, options=config.options, language=config.language)
        say(texts("writing"))
        workbook = config.base / "report.xlsx"
        request = Request(zone=config.zone, language=config.language, options=config.options)
        export_workbook(store, workbook, request, clock=clock)
    return Demo(config.base, config, workbook, figures)


def _read(
    config: Config,
    store: Store,
    clock: Clock,
    stop: Callable[[], bool],
    progress: Callable[[Progress], None],
) -> None:
    jobs = [source_job(config, name, clock=clock, stop=stop) for name in config.sources]
    results = sync_sources(store, jobs, clock=clock, progress=progress, language=config.language)
    for result in results:
        if result.fails and result.error is not None:
            raise SourceError(texts("incomplete", message=result.error.message))
    settle(config, store, clock=clock)
