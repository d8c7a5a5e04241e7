"""SOURCE and SOURCE/STREAM on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from connector import catalog
from connector.cli.usage import like
from connector.config.model import Config
from connector.errors import SettingsError, UsageError
from connector.messages.cli import texts


def chosen(config: Config, addresses: Sequence[str]) -> dict[str, list[str] | None]:
    """The sources that are meant, in the order of the config, each with its streams (None = all).

    No address means every source that is switched on and has something to read. UsageError for a source or stream that
    does not exist, and for one that is switched off.
    """
    if not addresses:
        found = [name for name, one in config.sources.items() if one.enabled and one.reads_by_itself]
        if not found:
            raise UsageError(texts("all_switched_off", file=config.file), texts("all_switched_off_advice"))
        return dict.fromkeys(found)
    asked: dict[str, list[str] | None] = {}
    for address in addresses:
        source, slash, stream = address.partition("/")
        known_source(config, source)
        if not config.sources[source].enabled:
            raise UsageError(
                texts("switched_off", name=source), texts("switched_off_advice", name=source, file=config.file)
            )
        if not slash:
            asked[source] = None
            continue
        _known_stream(config, source, stream)
        streams = asked.setdefault(source, [])
        if streams is not None and stream not in streams:
            streams.append(stream)
    return {name: asked[name] for name in config.sources if name in asked}


def known_source(config: Config, name: str) -> None:
    """Raise UsageError for a source that is not configured, with the nearest one that is."""
    if name not in config.sources:
        known = list(config.sources)
        message = like("no_source", name, known, file=config.file)
        raise UsageError(message, texts("no_source_advice", names=", ".join(known)))


def _known_stream(config: Config, source: str, stream: str) -> None:
    try:
        streams = [one.name for one in catalog.adapter(config.sources[source].adapter).streams]
    except SettingsError:
        return  # an adapter that cannot be used is reported by the run itself
    if stream not in streams:
        message = like("no_stream", stream, streams, source=source)
        raise UsageError(message, texts("no_stream_advice", names=", ".join(streams)))
