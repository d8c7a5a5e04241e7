"""The `surveys` block: each survey whose answers come in files is a source, named as the survey is.

It stands apart from `sources`, since there is no address and no key to it, and since `import` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from connector import catalog
from connector.config import schedules
from connector.config.problems import Problem, Steps, of_model
from connector.config.sources import NAME, as_text
from connector.errors import SettingsError
from connector.messages.config import texts
from connector.messages.surveys import texts as said
from connector.settings import SourceSettings, Unfit
from connector.surveys.mapping import SurveyMapping

ADAPTER = "survey_files"
"""The adapter that reads them, found as any other is."""


class SurveyEntry(SurveyMapping):
    """What may stand under the name of a survey."""

    enabled: bool = Field(default=True, description="false leaves the survey out of every run")
    schedule: str = Field(
        default="15m", description='how often the files are looked for: "15m", a cron line, or 0 = on demand only'
    )


def read_surveys(
    block: Any, base: Path, zone: str, ces_version: int | None, taken: Mapping[str, Any], problems: list[Problem]
) -> dict[str, SourceSettings]:
    """The sources that the surveys are; what is wrong is added to `problems`.

    Patterns of files start from `base`. `zone` is the reporting zone, `ces_version` the option; `taken` are the names
    of other sources.
    """
    if not isinstance(block, Mapping):
        return {}  # said where the top level is checked
    found: dict[str, SourceSettings] = {}
    spelled = {name.casefold(): name for name in taken}
    for name, entry in block.items():
        at: Steps = ("surveys", str(name))
        if not isinstance(name, str):
            problems.append(Problem(at, texts("key_not_text")))
            continue
        if not NAME.fullmatch(name):
            problems.append(Problem(at, texts("source_name")))
        other = spelled.setdefault(name.casefold(), name)
        if other != name:
            problems.append(Problem(at, texts("source_name_twice", other=other)))
        elif name in taken:
            problems.append(Problem(at, said("name_of_source")))
        if not isinstance(entry, Mapping):
            problems.append(Problem(at, texts("want_block")))
            continue
        written = {key: as_text(SurveyEntry, key, value) for key, value in entry.items()}
        survey = _entry(written, at, ces_version, problems)
        if survey is not None:
            try:
                found[name] = settings_of(name, survey, base, zone)
            except SettingsError as error:
                problems.append(Problem(at, error.message))
    return found


def settings_of(name: str, survey: SurveyEntry, base: Path, zone: str) -> SourceSettings:
    """A survey as the settings of its adapter. SettingsError where that is not installed."""
    content = survey.model_dump()
    files = [str(base / Path(pattern).expanduser()) for pattern in survey.patterns]
    address = (Path(files[0]).parent if files else base).as_uri()
    return catalog.adapter(ADAPTER).Settings.model_validate(
        {
            **content,
            "adapter": ADAPTER,
            "url": address,
            "survey": name,
            "files": files or None,
            "timezone": survey.timezone or zone,
            "schedule": survey.schedule if files else "0",
        }
    )


def _entry(entry: dict[str, Any], at: Steps, ces_version: int | None, problems: list[Problem]) -> SurveyEntry | None:
    problems += _own_rules(entry, at)
    try:
        survey = SurveyEntry.model_validate(entry)
    except ValidationError as error:
        problems += of_model(SurveyEntry, entry, error, at)
        return None
    if ces_version is not None:
        survey = stated(survey, ces_version)
    for place, metric in enumerate(survey.metrics):
        if not metric.stated:
            problems.append(Problem((*at, "metrics", place), said("ces_unstated")))
    return survey


def stated(survey: SurveyEntry, version: int) -> SurveyEntry:
    """The survey with the scale and direction of a version, where an effort question says neither."""
    metrics = [one if one.stated else one.of_version(version) for one in survey.metrics]
    return survey.model_copy(update={"metrics": metrics})


def _own_rules(entry: Mapping[str, Any], at: Steps) -> Iterator[Problem]:
    if isinstance(entry.get("schedule"), str):
        try:
            schedules.schedule(entry["schedule"])
        except Unfit as unfit:
            yield Problem((*at, "schedule"), unfit.message)
