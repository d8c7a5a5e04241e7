"""What config.yaml says, once it has been read and found right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from connector.conversations.rules import ServiceRules
from connector.identity.rules import IdentityRules
from connector.instants import DAY, SECOND
from connector.kpi.options import KpiOptions
from connector.messages import Message
from connector.messages.config import texts
from connector.settings import BusinessHours, Duration, SourceSettings, Strict, Unfit, Zone


def _a_day_at_least(span: float) -> float:
    """What is erased cannot be had back: 0 or 36m, meant as months, must not erase everybody in the first night."""
    if span * SECOND < DAY:
        raise Unfit(texts("keep_too_short"))
    return span


class Privacy(Strict):
    """What may be kept of what people wrote, and for how long personal data stays."""

    message_text: Literal["none", "full"] = Field(
        default="none",
        description="none: of messages only length, author and order numbers are kept; full: their texts, subjects and "
        "rating comments too. After a change run `connector sync --full`, so that older messages follow it",
    )
    keep: Annotated[Duration, AfterValidator(_a_day_at_least)] | None = Field(
        default=None,
        description="how long names and addresses are kept after a person's last sign of life, e.g. 36mo; the daemon "
        "erases them at night, orders and amounts stay; null = for good",
        examples=["36mo"],
    )


class OrderLinkEntry(Strict):
    """A correction: which order a conversation is about."""

    conversation: str = Field(description="the conversation: SOURCE/ID")
    order: str | None = Field(description="the order: SOURCE/NUMBER or SOURCE/ID; null = about none")


class General(Strict):
    """The keys of the top level that concern the whole program."""

    store: str = Field(
        default="sqlite:///connector.db",
        description="where everything is kept: an SQLite file beside this one, or a PostgreSQL address "
        "postgresql+psycopg://user:${PGPASSWORD}@host/database",
    )
    timezone: Zone = Field(description="the reporting zone: days and months are cut here, e.g. Europe/Berlin")
    language: Literal["de", "en"] = Field(default="en", description="de | en: labels, advice, spreadsheets")
    history_from: date | None = Field(
        default=None, description="nothing older is fetched; null = everything", examples=["2022-01-01"]
    )
    business_hours: BusinessHours | None = Field(
        default=None,
        description="opening hours for service figures, and holidays: a region or a list of dates",
        examples=[
            '{mon-fri: "09:00-18:00", sat: "10:00-14:00", holidays: DE-BY}',
            '{mon-fri: "09:00-18:00", groups: {Telefon: {mon-fri: "08:00-20:00"}}}',
        ],
    )
    privacy: Privacy = Field(default=Privacy(), description="what may be kept of people")
    order_links: list[OrderLinkEntry] = Field(
        default=[],
        description="which order a conversation is about, where the program takes it for another one",
        examples=["[{conversation: helpdesk/4711, order: main-shop/1234}, {conversation: chat/88, order: null}]"],
    )
    sources: dict[str, Any] = Field(description="the shops and help desks, each under a name of your choice")
    surveys: dict[str, Any] = Field(
        default={}, description="surveys whose answers come in files, each under its name; `connector import` adds them"
    )


@dataclass(frozen=True)
class Config:
    """A whole config.yaml. Holds secrets: it is never printed."""

    file: Path
    store: str = field(repr=False)  # the address, with its password; relative to `base`
    timezone: str
    language: str
    history_from: date | None
    business_hours: BusinessHours | None
    privacy: Privacy
    sources: Mapping[str, SourceSettings] = field(repr=False)  # in the order of the file, then the surveys
    options: KpiOptions
    order_links: tuple[OrderLinkEntry, ...] = ()
    warnings: tuple[Message, ...] = ()

    @property
    def base(self) -> Path:
        """The directory that relative paths start from: the file's own."""
        return self.file.absolute().parent

    @property
    def store_file(self) -> Path | None:
        """The database file; None for a database server."""
        from connector.config import store_address

        return store_address.file(self.store, self.base)

    @property
    def store_exists(self) -> bool:
        """Whether there is a database file yet. A server is taken to be there."""
        return self.store_file is None or self.store_file.exists()

    @property
    def store_name(self) -> str:
        """What the store is called on a screen: its file, or host and database; never a password."""
        if self.store_file is not None:
            return str(self.store_file)
        place = self.store.rsplit("@")[-1].partition("?")[0]
        return f"localhost{place}" if place.startswith("/") else place

    @property
    def identity_rules(self) -> IdentityRules:
        """Who is the same person, as the option block `identity` says."""
        return identity_rules(self.options)

    @property
    def service_rules(self) -> ServiceRules:
        """How conversations are measured, and which order one is about where the owner says it."""
        from connector.config.service import service_rules

        return service_rules(self)

    @property
    def zone(self) -> ZoneInfo:
        """The reporting zone."""
        return ZoneInfo(self.timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value in it, so that it can be kept out of whatever is shown."""
        from connector.config.store_address import password

        found = set(password(self.store))
        for settings in self.sources.values():
            found.update(settings.secrets, password(settings.proxy or ""))
        return tuple(sorted(secret for secret in found if secret))


def identity_rules(options: KpiOptions) -> IdentityRules:
    """The rules of an option block `identity`. SettingsError where a value cannot be carried out."""
    said = options.identity
    return IdentityRules(
        plus_tags=said.plus_tags,
        phone=said.phone,
        ignore=tuple(said.ignore),
        relay_domains=tuple(said.relay_domains),
        shared_names=said.shared_names,
    )
