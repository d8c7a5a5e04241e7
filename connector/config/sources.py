"""The `sources` block: each entry is read by the Settings of its own adapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from connector import catalog
from connector.config import opening, schedules
from connector.config.document import WrittenFloat, WrittenInt, plain
from connector.config.files import reason
from connector.config.problems import Problem, Steps, of_model
from connector.errors import SettingsError
from connector.messages.config import texts
from connector.settings import SourceSettings, Unfit, kinds

NAME = re.compile(r"[^\W_][\w.-]{0,59}")


def read_sources(block: Any, base: Path, problems: list[Problem]) -> dict[str, SourceSettings]:
    """The settings of every source that is right; what is wrong is added to `problems`. Paths start from `base`."""
    if not isinstance(block, Mapping):
        return {}  # said where the top level is checked
    if not block:
        problems.append(Problem(("sources",), texts("no_sources")))
    found: dict[str, SourceSettings] = {}
    spelled: dict[str, str] = {}
    for name, entry in block.items():
        at: Steps = ("sources", str(name))
        if not isinstance(name, str):
            problems.append(Problem(at, texts("key_not_text")))
            continue
        if not NAME.fullmatch(name):
            problems.append(Problem(at, texts("source_name")))
        other = spelled.setdefault(name.casefold(), name)
        if other != name:  # a lock is a file, and file names often ignore case
            problems.append(Problem(at, texts("source_name_twice", other=other)))
        if not isinstance(entry, Mapping):
            problems.append(Problem(at, texts("want_block")))
            continue
        settings = _read(dict(entry), at, base, problems)
        if settings is not None:
            found[name] = settings
    return found


def secret_keys(settings: SourceSettings) -> list[str]:
    """The keys whose values are secrets and are set."""
    return [key for key, value in settings.__dict__.items() if isinstance(value, SecretStr)]


def _read(entry: dict[str, Any], at: Steps, base: Path, problems: list[Problem]) -> SourceSettings | None:
    model = _model(entry, at, problems)
    if model is None:  # what every source understands can be checked all the same
        model = SourceSettings
        entry = {key: value for key, value in entry.items() if key in SourceSettings.model_fields}
    entry = {key: as_text(model, key, value) for key, value in entry.items()}
    problems += _own_rules(entry, at, base)
    try:
        settings = model.model_validate(entry)
    except ValidationError as error:
        problems += of_model(model, entry, error, at)
        return None
    if settings.ca_file:
        return settings.model_copy(update={"ca_file": str(base / Path(settings.ca_file).expanduser())})
    return settings


def _model(entry: Mapping[str, Any], at: Steps, problems: list[Problem]) -> type[SourceSettings] | None:
    name = entry.get("adapter")
    if not isinstance(name, str):
        return None  # missing, or no text: the model says so
    try:
        found = catalog.adapter(name).Settings
    except SettingsError as error:
        problems.append(Problem((*at, "adapter"), error.message))
        return None
    if found.block != at[0]:
        problems.append(Problem((*at, "adapter"), texts("other_block", block=found.block)))
        return None
    return found


def as_text(model: type[BaseModel], key: str, value: Any) -> Any:
    """A bare number where a text belongs is the text that was written: `schedule: 0`, `key: 0047`."""
    if isinstance(value, WrittenInt | WrittenFloat) and key in model.model_fields:
        wanted = kinds(model.model_fields[key])
        if (str in wanted or SecretStr in wanted) and int not in wanted and float not in wanted:
            return value.text
    return plain(value)


def _own_rules(entry: Mapping[str, Any], at: Steps, base: Path) -> Iterator[Problem]:
    for key, read in (("schedule", schedules.schedule), ("sweep", schedules.sweep)):
        if isinstance(entry.get(key), str):
            try:
                read(entry[key])
            except Unfit as unfit:
                yield Problem((*at, key), unfit.message)
    if isinstance(entry.get("business_hours"), Mapping):
        yield from opening.problems(entry["business_hours"], (*at, "business_hours"))
    if isinstance(entry.get("ca_file"), str) and entry["ca_file"]:
        try:
            (base / Path(entry["ca_file"]).expanduser()).read_bytes()
        except (OSError, ValueError) as error:
            yield Problem((*at, "ca_file"), texts("ca_file", name=entry["ca_file"], reason=reason(error)))
