"""A source that `init` is about to add: its keys, asked for or given, and the try whether they open the door."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr, TypeAdapter, ValidationError

from connector import catalog
from connector.cli.questions import Questions
from connector.cli.session import Session
from connector.config.sources import NAME, read_sources
from connector.errors import AccessRefused, UsageError
from connector.messages import Message
from connector.messages.config import texts as config_texts
from connector.messages.init import texts
from connector.messages.screens import texts as screens
from connector.settings import Address, SourceSettings, Unfit, Zone, kinds

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from connector.config.problems import Problem
    from connector.contract import SourceInfo

_OWN_OPTIONS = ("adapter", "url", "name")


def assigned(assignments: Sequence[str]) -> dict[str, str]:
    """What `--set KEY=VALUE` says. UsageError."""
    found = {}
    for text in assignments:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError(texts("bad_assignment"), texts("bad_assignment_advice"))
        if key.strip() in _OWN_OPTIONS:
            raise UsageError(
                texts("assigned_elsewhere", key=key.strip()), texts("assigned_elsewhere_advice", key=key.strip())
            )
        found[key.strip()] = value.strip()
    return found


@dataclass
class Candidate:
    """One source in the making. `entry` is what will stand in the file."""

    session: Session
    questions: Questions
    given: dict[str, str]
    taken: Sequence[str]
    store: str  # the store's address: tokens that the system changes are kept beside it from the first try on
    name: str = ""
    entry: dict[str, Any] = field(default_factory=dict)
    pretended: dict[str, str] = field(default_factory=dict)
    """Values of environment variables that are not set here, typed in for the check."""
    variables: list[str] = field(default_factory=list)

    def ask(self, adapter: str | None, name: str | None, url: str | None) -> None:
        """Fill `entry`: what no option gave is asked for; asked again, former answers are proposed."""
        names = [
            one.name
            for one in catalog.installed()
            if one.adapter is not None and one.adapter.Settings.block == "sources"
        ]
        only = names[0] if len(names) == 1 else None
        kind = (
            adapter
            or only
            or self.questions.text(
                texts("ask_adapter", names=", ".join(names)),
                option="--adapter",
                default=self.entry.get("adapter"),
                choices=names,
            )
        )
        model = catalog.adapter(kind).Settings
        address = url or self.questions.text(
            texts("ask_url"), option="--url", default=self.entry.get("url"), check=_address_problem
        )
        if name is not None and (problem := self._name_problem(name)):
            raise UsageError(problem, texts("name_taken_advice"))
        self.name = name or self.questions.text(
            texts("ask_name"),
            option="--name",
            default=self.name or self._proposed_name(kind, address),
            check=self._name_problem,
        )
        basis = {"adapter": kind, "url": address.strip().rstrip("/")}
        self.entry = {**basis, **self._fields(model, basis)}

    def try_out(self) -> SourceInfo:
        """What the system says of itself. Raises the first reason why it cannot be used: SettingsError, SourceError."""
        from connector.cli.check import ask
        from connector.cli.stopping import patiently, stoppable

        settings = self._settings()
        self.session.secrets = settings.secrets
        self.session.say(screens("asking", url=settings.url))
        with stoppable(self.session) as told:
            info = patiently(lambda: ask(self.session, settings, told.is_set))
        if isinstance(info, Exception):
            raise info
        if info.streams and not any(stream.readable for stream in info.streams):
            raise AccessRefused(texts("nothing_readable"), texts("nothing_readable_advice"))
        return info

    def ask_zone(self, proposed: str | None) -> None:
        """The source's own zone, where the system does not say it."""
        self.entry["timezone"] = self.questions.text(
            texts("ask_source_zone"),
            option="--set timezone=",
            default=proposed or this_machines_zone(),
            check=zone_problem,
        )

    def _settings(self) -> SourceSettings:
        from connector.config import references
        from connector.config.load import surroundings
        from connector.config.problems import ConfigMistakesError

        environment = {**os.environ, **self.pretended}
        filled = references.fill({"sources": {self.name: self.entry}}, environment, self.session.file.absolute().parent)
        problems: list[Problem] = list(filled.problems)
        found = read_sources(filled.data["sources"], self.session.file.absolute().parent, problems)
        if problems:
            # A value that could not be filled in is wrong for that reason alone.
            said = [one for one in problems if one.path not in filled.unfilled or references.is_about_reference(one)]
            raise ConfigMistakesError(None, said, self.session.language)
        return found[self.name].within(surroundings(self.store, self.session.file, self.name))

    def _fields(self, model: type[SourceSettings], basis: Mapping[str, Any]) -> dict[str, Any]:
        """The keys that this adapter adds to every source's, and those that `--set` gave.

        One that may be left out is asked for only while the entry is not complete without it: there may be several
        ways to log in.
        """
        given = {key: _typed(model, key, value) for key, value in self.given.items()}
        found: dict[str, Any] = {}
        self.variables = []
        own = {key: about for key, about in model.model_fields.items() if key not in SourceSettings.model_fields}
        elsewhere: bool | None = None
        for key, about in own.items():
            secret = SecretStr in kinds(about)
            required = about.is_required()
            if key in self.given or (not required and _complete(model, {**basis, **given, **found})):
                continue
            said = self._described(about)
            question = texts("ask_field" if said else "ask_field_bare", key=key, description=said)
            if not secret:
                former = self.entry.get(key)
                if required or former:
                    found[key] = self.questions.text(question, option=f"--set {key}=", default=former)
                elif value := self.questions.optional(question, secret=False):
                    found[key] = _typed(model, key, value)
                continue
            if elsewhere is None:
                elsewhere = self._keys_elsewhere()
            value = self._secret(key, question, required=required, elsewhere=elsewhere)
            if value is not None:
                found[key] = value
        return {**given, **found}

    def _described(self, about: FieldInfo) -> str | None:
        """What a key is, in the owner's language where its adapter says it in that."""
        extra = about.json_schema_extra
        translated = extra.get(self.session.language) if isinstance(extra, dict) else None
        return translated if isinstance(translated, str) else about.description

    def _keys_elsewhere(self) -> bool:
        """Whether keys are to be taken from environment variables rather than kept in the file."""
        in_file, in_environment = self.session.text(texts("in_file")), self.session.text(texts("in_environment"))
        answer = self.questions.text(
            texts("ask_keep", file=in_file, environment=in_environment),
            option="--set",
            default=in_file,
            choices=(in_file, in_environment),
        )
        return answer == in_environment

    def _secret(self, key: str, question: Message, *, required: bool, elsewhere: bool) -> str | None:
        if not elsewhere:
            if required:
                return self.questions.secret(question, option=f"--set {key}=")
            return self.questions.optional(question, secret=True)
        variable = re.sub(r"\W+", "_", f"{self.name}_{key}").upper()
        if not variable[0].isalpha():
            variable = f"SHOP_{variable}"
        if not os.environ.get(variable):
            asked = texts("ask_value_now", variable=variable)
            value = (
                self.questions.secret(asked, option=f"--set {key}=")
                if required
                else self.questions.optional(asked, secret=True)
            )
            if value is None:
                return None
            self.pretended[variable] = value
        self.variables.append(variable)
        return f"${{{variable}}}"

    def _name_problem(self, name: str) -> Message | None:
        if not NAME.fullmatch(name):
            return config_texts("source_name")
        if name.casefold() in (taken.casefold() for taken in self.taken):
            return texts("name_taken", name=name, file=self.session.file)
        return None

    def _proposed_name(self, kind: str, address: str) -> str:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        label = host.split(".")[0] if "." in host and not host.replace(".", "").isdecimal() else kind
        plain = re.sub(r"[^\w-]+", "-", label.replace("_", "-")).strip("-")[:50] or kind
        others = {taken.casefold() for taken in self.taken}
        numbered = [plain, *(f"{plain}-{number}" for number in range(2, 1000))]
        return next(name for name in numbered if name.casefold() not in others)


def zone_problem(text: str) -> Message | None:
    """Why a text is no time zone; None where it is one."""
    return _problem(TypeAdapter(Zone), text)


def this_machines_zone() -> str:
    """The IANA name of this machine's zone; UTC where it cannot be told."""
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"


def _address_problem(text: str) -> Message | None:
    return _problem(TypeAdapter(Address), text)


def _problem(kind: TypeAdapter[Any], text: str) -> Message | None:
    try:
        kind.validate_python(text)
    except ValidationError as error:
        raised = error.errors(include_input=False)[0].get("ctx", {}).get("error")
        return raised.message if isinstance(raised, Unfit) else config_texts("want_other")
    return None


def _complete(model: type[SourceSettings], entry: Mapping[str, Any]) -> bool:
    """Whether an entry could stand in the file as it is."""
    try:
        model.model_validate(entry)
    except ValidationError:
        return False
    return True


def _typed(model: type[SourceSettings], key: str, value: str) -> Any:
    """A number as a number where the key wants one, so that it stands unquoted in the file."""
    about = model.model_fields.get(key)
    wanted = kinds(about) if about else ()
    numeric = (int in wanted or float in wanted) and str not in wanted
    return int(value) if value.isdecimal() and numeric else value
