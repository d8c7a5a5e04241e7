"""Which adapters and pretend servers are installed: the one list for config, commands and docs.

Both are found by entry point (`connector.adapters`, `connector.simulators`), the built-in ones through the same door
as a third party's. Listing names imports nothing. A plugin that cannot be imported is reported; the rest go on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from random import Random
from typing import TYPE_CHECKING, Any, cast

from connector.clock import Clock
from connector.errors import SettingsError
from connector.messages import Message
from connector.messages.catalog import texts

if TYPE_CHECKING:
    from connector.contract import Adapter
    from connector.settings import SourceSettings
    from connector.simulation import Simulator
    from connector.transport import Transport

ADAPTERS = "connector.adapters"
SIMULATORS = "connector.simulators"

_ADAPTER_PARTS = ("Settings", "streams", "check", "pull", "cursor_at", "admit", "normalise")
_SIMULATOR_PARTS = ("story", "source_settings")


@dataclass(frozen=True)
class Installed:
    """One installed adapter: where it comes from, and either the adapter itself or why it cannot be used."""

    name: str
    package: str
    version: str
    adapter: type[Adapter] | None
    problem: Message | None = None


def names(group: str = ADAPTERS) -> tuple[str, ...]:
    """The names on offer, in alphabetical order. Imports no plugin."""
    return tuple(sorted({entry.name for entry in entry_points(group=group)}))


def adapter(name: str) -> type[Adapter]:
    """The adapter class of this name. SettingsError where there is none, more than one, or one that is broken."""
    return cast("type[Adapter]", _load(ADAPTERS, name, _ADAPTER_PARTS))


def installed() -> list[Installed]:
    """Every adapter on offer, the broken ones with their reason, by name."""
    found = []
    for name in names():
        for entry in _entries(ADAPTERS, name):
            package, version = _origin(entry)
            try:
                found.append(Installed(name, package, version, adapter(name)))
            except SettingsError as error:
                found.append(Installed(name, package, version, None, error.message))
    return found


def simulators() -> dict[str, type[Simulator]]:
    """The pretend servers that can be started, by the name of their adapter; broken ones are left out."""
    found: dict[str, type[Simulator]] = {}
    for name in names(SIMULATORS):
        try:
            found[name] = cast("type[Simulator]", _load(SIMULATORS, name, _SIMULATOR_PARTS))
        except SettingsError:
            continue
    return found


def build(
    name: str,
    settings: SourceSettings,
    *,
    clock: Clock,
    random: Random,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Adapter, Transport]:
    """The adapter of one source, ready to read, and the transport it reads through (to be closed by the caller).

    `random` spreads the waits between tries; `stop` ends them early. SettingsError as from `adapter`.
    """
    from connector.transport import Transport

    kind = adapter(name)
    transport = Transport(
        settings.url,
        clock=clock,
        random=random,
        timeouts=settings.timeouts,
        retry_for=settings.retry_for,
        in_flight=settings.in_flight,
        requests_per_minute=settings.requests_per_minute,
        ca_file=settings.ca_file,
        proxy=settings.proxy,
        secrets=settings.secrets,
        stop=stop,
    )
    return kind(settings, transport), transport


def _entries(group: str, name: str) -> list[EntryPoint]:
    found = {entry.value: entry for entry in entry_points(group=group) if entry.name == name}
    return list(found.values())


def _origin(entry: EntryPoint) -> tuple[str, str]:
    return (entry.dist.name, entry.dist.version) if entry.dist else (entry.value, "?")


def _load(group: str, name: str, parts: tuple[str, ...]) -> Any:
    entries = _entries(group, name)
    if not entries:
        raise _absent(group, name)
    if len(entries) > 1:
        packages = ", ".join(sorted(_origin(entry)[0] for entry in entries))
        raise SettingsError(texts("twice", name=name, packages=packages), texts("twice_advice"))
    entry = entries[0]
    try:
        found = entry.load()
    except Exception as error:
        raise _broken(entry, texts("fails", kind=type(error).__name__, reason=_one_line(error))) from error
    lacking = [part for part in parts if not hasattr(found, part)]
    if lacking:
        raise _broken(entry, texts("lacks", names=", ".join(lacking)))
    return found


def _absent(group: str, name: str) -> SettingsError:
    offered = names(group)
    shown = ", ".join(offered) or texts("none")
    close = difflib.get_close_matches(name, offered, n=1)
    if close:
        return SettingsError(texts("absent_like", name=name, like=close[0], names=shown), texts("absent_advice"))
    return SettingsError(texts("absent", name=name, names=shown), texts("absent_advice"))


def _broken(entry: EntryPoint, reason: Message) -> SettingsError:
    problem = texts("broken", name=entry.name, package=_origin(entry)[0], reason=reason)
    return SettingsError(problem, texts("broken_advice"))


def _one_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [""]
    return lines[0].rstrip(".")[:200]
