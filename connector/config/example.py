"""config.example.yaml: every key with its meaning and default, written from the models that read it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from connector.config.model import General
from connector.config.surveys import SurveyEntry
from connector.contract import Adapter
from connector.kpi.options import KpiOptions
from connector.settings import SourceSettings, kinds, seconds
from connector.surveys.mapping import AnsweredAt, MetricColumn

_WIDTH = 116
_POINTER = re.compile(
    r" \((?:section )?[A-Z0-9][0-9.]*(?:, [A-Z0-9][0-9.]*)*\)(?=\.?$)"
)  # "(C6)": into the specification
_PLACE = "https://shop.example"
_HEAD = """\
What config.yaml may say: every key with its meaning and, unless it names a place or a key of yours, its default.
`connector init` writes a short one; take from here what you want to change.

A value ${NAME} is taken from the environment, ${file:/run/secrets/x} from a file; $${ stands for a plain ${.
Durations are written 90s, 15m, 24h, 7d or 36mo. Paths are relative to the file."""


def example(adapters: Mapping[str, type[Adapter]]) -> str:
    """The text of config.example.yaml with a source for each of `adapters`, the first with every key there is."""
    lines = [*_comment(_HEAD, ""), ""]
    for key, field in General.model_fields.items():
        if key == "sources":
            lines += _sources(field, {name: one for name, one in adapters.items() if one.Settings.block == key})
        elif key == "surveys":
            lines += _surveys(field)
        else:
            lines += _field(key, field, "", {"timezone": "Europe/Berlin"})
        lines.append("")
    for key, field in KpiOptions.model_fields.items():
        lines += [*_field(key, field, "", {}), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sources(field: FieldInfo, adapters: Mapping[str, type[Adapter]]) -> Iterator[str]:
    yield from _comment(str(field.description), "")
    yield "sources:"
    common = set(SourceSettings.model_fields) - {"adapter", "url"}
    for number, (name, adapter) in enumerate(adapters.items()):
        settings = adapter.Settings
        own = [key for key in settings.model_fields if key not in common]
        yield f"  {name.replace('_', '-')}:"
        for key in own:
            yield from _field(key, settings.model_fields[key], "    ", {"adapter": name, "url": _PLACE}, source=name)
        if number == 0:
            yield from _comment("every source may further say:", "    ")
            for key, about in SourceSettings.model_fields.items():
                if key in common:
                    yield from _field(key, about, "    ", {})


def _surveys(field: FieldInfo) -> Iterator[str]:
    yield from _comment(str(field.description), "")
    yield "surveys:"
    yield "  after-purchase:"
    for key, about in SurveyEntry.model_fields.items():
        if key == "answered_at":
            yield from _comment(str(about.description), "    ")
            yield f"    {key}:"
            yield from _block(AnsweredAt, "      ", "      ")
        elif key == "metrics":
            yield from _comment(str(about.description), "    ")
            yield f"    {key}:"
            yield from _block(MetricColumn, "      - ", "        ")
        else:
            yield from _field(key, about, "    ", _SURVEY)


_SURVEY = {"kind": "transactional", "files": "inbox/after-purchase-*.csv", "email": "E-Mail", "column": "Datum"}
_METRIC = {"kind": "csat", "column": "Wie zufrieden waren Sie?", "labels": "{Sehr zufrieden: 5, Sehr unzufrieden: 1}"}


def _block(model: type[BaseModel], first: str, rest: str) -> Iterator[str]:
    """The keys of a block in a survey; of an entry of a list the first key carries the dash."""
    instead = _METRIC if model is MetricColumn else _SURVEY
    for number, (key, field) in enumerate(model.model_fields.items()):
        *comment, line = _field(key, field, rest, instead)
        yield from comment
        yield line if number else first + line.removeprefix(rest)


def _field(key: str, field: FieldInfo, indent: str, instead: Mapping[str, str], *, source: str = "") -> Iterator[str]:
    block = field.default if isinstance(field.default, BaseModel) else None
    about = field.description or (type(block).__doc__ if block is not None else "") or ""
    yield from _comment(_POINTER.sub("", " ".join(about.split())), indent)
    for one in field.examples or ():
        yield f"{indent}# e.g. {one}"
    if block is not None:
        yield f"{indent}{key}:"
        for inner, inner_field in type(block).model_fields.items():
            yield from _field(inner, inner_field, indent + "  ", {})
    elif SecretStr in kinds(field):
        yield f"{indent}{key}: ${{{source.upper()}_{key.upper()}}}"
    else:
        yield f"{indent}{key}: {instead.get(key) or value_of(field)}"


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in textwrap.wrap(line, _WIDTH - len(indent)) or [""]:
            yield f"{indent}# {part}".rstrip()


def value_of(field: FieldInfo) -> str:
    """A key's default as YAML writes it on one line."""
    if field.default is PydanticUndefined:
        raise ValueError("a key without a default needs an example of its own")
    if isinstance(field.default, BaseModel):
        inner = type(field.default).model_fields
        return "{" + ", ".join(f"{key}: {value_of(about)}" for key, about in inner.items()) + "}"
    if any(getattr(one, "func", None) is seconds for one in field.metadata):
        return duration(float(field.default))
    return written(field.default)


def duration(span: float) -> str:
    """A span in seconds as people write it: 90s, 5m, 24h."""
    for unit, length in (("h", 3600), ("m", 60)):
        if span >= 2 * length and span % length == 0:
            return f"{span / length:g}{unit}"
    return f"{span:g}s"


def written(value: Any) -> str:
    """A value as YAML writes it on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(one)}" for key, one in value.items()) + "}"
    return str(value)
