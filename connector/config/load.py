"""config.yaml into a `Config`: everything that is wrong with it is said at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from connector.config import document, opening, references, service, store_address
from connector.config.files import config_path, readable_by_others
from connector.config.model import Config, General, identity_rules
from connector.config.problems import ConfigMistakesError, Problem, Steps, of_model, unknown, written
from connector.config.sources import read_sources, secret_keys
from connector.config.surveys import read_surveys
from connector.errors import SettingsError
from connector.kpi.options import KpiOptions
from connector.messages import LANGUAGES, Message
from connector.messages.config import texts
from connector.settings import SourceSettings, Surroundings
from connector.tokens import TokenVault

Block = TypeVar("Block", bound=BaseModel)


def load(named: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration in the file that is meant (`files.config_path`).

    Raises SettingsError where there is no readable YAML file, `ConfigMistakesError` with every mistake otherwise.
    """
    file = config_path(named)
    return interpret(document.read(file), file, environment)


def interpret(content: document.Document, file: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration that a document says; `file` is where it stands or will stand."""
    base = file.absolute().parent
    filled = references.fill(content.data, environment, base)
    data: dict[Any, Any] = filled.data
    problems = [*content.problems, *filled.problems]

    general_data = {key: document.plain(value) for key, value in data.items() if key in General.model_fields}
    if isinstance(general_data.get("sources"), Mapping):
        general_data["sources"] = {}  # each is read by its own adapter's Settings, below
    if isinstance(general_data.get("surveys"), Mapping):
        general_data["surveys"] = {}  # likewise
    option_data = {key: document.plain(value) for key, value in data.items() if key in KpiOptions.model_fields}
    problems += _foreign_keys(data)
    general = _validated(General, general_data, problems)
    options = _validated(KpiOptions, option_data, problems)
    problems += _general_problems(general_data)
    problems += _identity_problems(options, content.lines)
    sources = read_sources(data.get("sources"), base, problems)
    zone = general.timezone if general else "UTC"
    version = options.ces.version if options else None
    surveys = read_surveys(data.get("surveys"), base, zone, version, sources, problems)
    if general is not None:
        problems += service.problems(general.order_links, data.get("sources"))

    if problems:
        raise _report(file, problems, content, filled, _language(data))
    assert general is not None, "pydantic found something that was not reported"
    assert options is not None, "pydantic found something that was not reported"
    return Config(
        file=file,
        store=general.store,
        timezone=general.timezone,
        language=general.language,
        history_from=general.history_from,
        business_hours=general.business_hours,
        privacy=general.privacy,
        sources={
            name: _dated(settings, general).within(
                surroundings(general.store, file, name, texts_kept=general.privacy.message_text == "full")
            )
            for name, settings in {**sources, **surveys}.items()
        },
        options=options,
        order_links=tuple(general.order_links),
        warnings=tuple(_warnings(file, content.data, sources)),
    )


def _validated(model: type[Block], data: dict[str, Any], problems: list[Problem]) -> Block | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += of_model(model, data, error)
        return None


def _foreign_keys(data: Mapping[Any, Any]) -> Iterable[Problem]:
    known = [*General.model_fields, *KpiOptions.model_fields]
    for key in data:
        if not isinstance(key, str):
            yield Problem((str(key),), texts("key_not_text"))
        elif key not in known:
            yield unknown((key,), known)


def _general_problems(data: Mapping[str, Any]) -> Iterable[Problem]:
    store = data.get("store")
    if isinstance(store, str) and not store_address.possible(store):
        yield Problem(("store",), texts("store"))
    if isinstance(data.get("business_hours"), Mapping):
        yield from opening.problems(data["business_hours"], ("business_hours",))


def _identity_problems(options: KpiOptions | None, lines: Mapping[Steps, int]) -> Iterable[Problem]:
    if options is not None:
        try:
            identity_rules(options)
        except SettingsError as error:
            yield Problem((), error.message, lines.get(("identity",)))  # it names its path itself


def surroundings(store: str, file: Path, name: str, *, texts_kept: bool = False) -> Surroundings:
    """What the source called `name` is told besides its own entry.

    Tokens lie beside the store's file; for a database server beside the config file `file`.
    """
    beside = store_address.file(store, file.absolute().parent) or file.absolute()
    return Surroundings(texts_kept=texts_kept, tokens=TokenVault(beside.with_name(f"{beside.name}.tokens"), name))


def _dated(settings: SourceSettings, general: General) -> SourceSettings:
    if settings.history_from is not None:
        return settings
    return settings.model_copy(update={"history_from": general.history_from})


def _report(
    file: Path,
    problems: Iterable[Problem],
    content: document.Document,
    filled: references.Filled,
    language: str | None,
) -> ConfigMistakesError:
    shown: dict[tuple[Steps, str], Problem] = {}
    for problem in problems:
        # A value that could not be filled in is wrong for that reason alone.
        if problem.path in filled.unfilled and not references.is_about_reference(problem):
            continue
        line = problem.line or _line(problem.path, content.lines)
        message = _without(problem.message, filled.values)
        shown.setdefault((problem.path, message.key), replace(problem, line=line, message=message))
    ordered = sorted(shown.values(), key=lambda problem: (problem.line or 0, written(problem.path)))
    return ConfigMistakesError(file, ordered, language)


def _line(path: Steps, lines: Mapping[Steps, int]) -> int | None:
    """The line of a key, or of the nearest key around it that exists."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


def _without(message: Message, secrets: Iterable[str]) -> Message:
    """The message without any value that came from the environment or a file."""
    values = dict(message.values)
    for name, value in values.items():
        if isinstance(value, str):
            for secret in secrets:
                if len(secret) > 3:
                    values[name] = values[name].replace(secret, "…")
    return Message(message.catalogue, message.key, values)


def _language(data: Mapping[Any, Any]) -> str | None:
    return data.get("language") if data.get("language") in LANGUAGES else None


def _warnings(file: Path, raw: Mapping[str, Any], sources: Mapping[str, SourceSettings]) -> Iterable[Message]:
    plain = [
        f"sources.{name}.{key}"
        for name, settings in sources.items()
        for key in secret_keys(settings)
        if key in raw["sources"][name] and not references.has_reference(str(raw["sources"][name][key]))
    ]
    store = str(raw.get("store", ""))
    if store_address.password(store) and not references.has_reference(store):
        plain.insert(0, "store")
    if plain and file.exists() and readable_by_others(file):
        yield texts("exposed", file=file, paths=", ".join(plain))
