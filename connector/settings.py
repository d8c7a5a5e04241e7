"""What config.yaml may say about any source, whatever its adapter. An adapter's Settings add its own keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, SecretStr
from pydantic.fields import FieldInfo

from connector.messages import Message
from connector.messages.settings import texts
from connector.tokens import TokenVault

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "mo": 30 * 86_400, "y": 365 * 86_400}
_LONGEST = 100 * _UNITS["y"]  # what clocks, timers and databases can still add to the present
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|mo|m|h|d|w|y)")


class Unfit(ValueError):
    """A value that cannot be, said in every language. Validators of settings raise it; it never holds the value."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def seconds(value: Any) -> Any:
    """Seconds of a duration as people write it: 90s, 15m, 24h, 7d, 36mo. A bare 0 is 0. `Unfit` above 100 years."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == 0:
        return 0.0
    match = _DURATION.fullmatch(str(value).strip())
    if not match:
        raise Unfit(texts("duration"))
    span = float(match[1]) * _UNITS[match[2]]
    if span > _LONGEST:
        raise Unfit(texts("duration_too_long"))
    return span


def _zone(value: Any) -> Any:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit(texts("zone")) from None
    return str(value)


def _http_address(value: Any) -> Any:
    text = str(value).strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise Unfit(texts("address"))
    return text


Duration = Annotated[float, BeforeValidator(seconds)]
"""Seconds, written 90s, 15m, 24h, 7d, 36mo."""
Zone = Annotated[str, BeforeValidator(_zone)]
"""An IANA time zone name."""
Address = Annotated[str, BeforeValidator(_http_address)]
"""An http(s) base address without a trailing slash."""


def kinds(key: FieldInfo) -> tuple[Any, ...]:
    """The types that a key's value may have: its annotation, and the members where that is a union."""
    return (key.annotation, *getattr(key.annotation, "__args__", ()))


class Strict(BaseModel):
    """A settings block: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Timeouts(Strict):
    """How long one try of a request may take."""

    connect: Duration = Field(default=10.0, gt=0, description="seconds to reach the server")
    read: Duration = Field(default=60.0, gt=0, description="seconds between two pieces of an answer")


class BusinessHours(Strict):
    """Weekly opening hours and holidays: `{mon-fri: "09:00-18:00", sat: "10:00-14:00", holidays: DE-BY}`.

    The days stand in `model_extra`.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    holidays: str | list[date] | None = None
    groups: dict[str, dict[str, Any]] | None = None
    """Hours of groups that keep their own, each written like the whole, by the group's name."""


@dataclass(frozen=True)
class Surroundings:
    """What the program tells a source besides what its entry in config.yaml says."""

    texts_kept: bool = False
    """`privacy.message_text: full`: `admit` may keep what people wrote. Else no text reaches the disk."""
    tokens: TokenVault | None = None
    """Where tokens may be kept that the system changes by itself; None = nowhere, so such a login cannot be used."""


class SourceSettings(Strict):
    """The keys every source understands."""

    block: ClassVar[str] = "sources"
    """The key of the top level under which such sources stand."""

    adapter: str = Field(description="the kind of system; `connector adapters` lists them")
    url: Address = Field(description="its base address")
    enabled: bool = Field(default=True, description="false leaves the source out of every run")
    schedule: str = Field(
        default="15m", description='how often the daemon syncs: "15m", a cron line, or 0 = on demand only'
    )
    sweep: str = Field(default="daily", description="how often ids are compared: daily, a cron line, or 0 = never")
    timezone: Zone | None = Field(default=None, description="the source's own zone, where its API does not say it")
    page_size: int | None = Field(default=None, ge=1, le=1000, description="records asked for in one request")
    in_flight: int | None = Field(
        default=None, ge=1, le=16, description="requests under way at once; 1 = one at a time"
    )
    requests_per_minute: float | None = Field(default=None, gt=0, description="a pace that is not exceeded")
    timeouts: Timeouts = Field(default=Timeouts(), description="how long one try of a request may take")
    retry_for: Duration = Field(default=300.0, description="whole budget of one request with all its tries")
    ca_file: str | None = Field(default=None, description="PEM file of a certificate authority of your own")
    proxy: str | None = Field(default=None, description="address of a proxy for this source")
    auth: Literal["header", "query"] = Field(default="header", description="query sends the key in the address")
    shop: str | None = Field(default=None, description="the shop inside a multishop installation")
    business_hours: BusinessHours | None = Field(
        default=None, description="opening hours of this desk, where they are not those of the top level"
    )
    history_from: date | None = Field(
        default=None, description="nothing older is fetched; set once for all at the top level"
    )

    _surroundings: Surroundings = PrivateAttr(default=Surroundings())

    @property
    def surroundings(self) -> Surroundings:
        """What the program tells this source."""
        return self._surroundings

    def within(self, surroundings: Surroundings) -> Self:
        """The same settings in other surroundings."""
        copied = self.model_copy()
        copied._surroundings = surroundings
        return copied

    @property
    def reads_by_itself(self) -> bool:
        """Whether there is anything to read unless somebody hands it over."""
        return True

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value, so that it can be kept out of whatever is shown."""
        return tuple(value.get_secret_value() for value in self.__dict__.values() if isinstance(value, SecretStr))
