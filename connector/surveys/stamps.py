"""Instants as survey tools and spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from connector.instants import SECOND, from_datetime

EPOCH = "epoch"
"""The format of seconds (or, with 13 digits, milliseconds) since 1970."""

_MONTH_FIRST = (
    "%Y/%m/%d %I:%M:%S %p %z",
    "%Y/%m/%d %I:%M:%S %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%y %H:%M",
    "%d.%m.%y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    EPOCH,
)
_DAY_FIRST = tuple(form.replace("%m/%d/%Y", "%d/%m/%Y") for form in _MONTH_FIRST)
_OFFSET = re.compile(r"\s*(?:GMT|UTC)\s*(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$")
_GAP = re.compile(r"\s+([+-]\d{4})$")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")


def instant(text: str, formats: Sequence[str], zone: ZoneInfo) -> int:
    """Microseconds UTC of a stamp. ValueError where it is none.

    `formats` are tried in turn, then ISO 8601, which nothing else can be mistaken for. A stamp with an offset says
    itself where it is; any other is in `zone`, of an hour that came twice the first.
    """
    text = _with_offset(text.strip())
    for form in formats:
        if form == EPOCH:
            if _EPOCH.fullmatch(text):
                return _since_1970(text)
            continue
        try:
            return _placed(datetime.strptime(text, form), zone)  # noqa: DTZ007 - placed in its zone at once
        except (ValueError, OverflowError):
            continue
    try:
        return _placed(datetime.fromisoformat(_GAP.sub(r"\1", text)), zone)
    except (ValueError, OverflowError):
        raise ValueError("not a date") from None


def formats_of(samples: Sequence[str]) -> tuple[list[str], bool]:
    """The formats in which most of the samples are written ([] = ISO 8601), and whether day and month are in doubt.

    03/04/2026 is the third of April or the fourth of March: where no sample shows which, the month is taken first, as
    the tools do that write slashes.
    """
    month, month_missed = _used(samples, _MONTH_FIRST)
    day, day_missed = _used(samples, _DAY_FIRST)
    if day_missed < month_missed:
        return day, False
    return month, month != day and month_missed == day_missed


def readable(text: str) -> bool:
    """Whether a cell is a stamp in any known format."""
    return _form_of(text, _MONTH_FIRST) is not None or _form_of(text, _DAY_FIRST) is not None


def _used(samples: Sequence[str], formats: Sequence[str]) -> tuple[list[str], int]:
    found: dict[str, None] = {}
    missed = 0
    for text in samples:
        form = _form_of(text, formats)
        if form is None:
            missed += 1
        elif form:
            found[form] = None
    return [form for form in formats if form in found], missed


def _form_of(text: str, formats: Sequence[str]) -> str | None:
    """The format that fits, "" for ISO 8601, None for no stamp."""
    try:
        instant(text, (), ZoneInfo("UTC"))
        return ""
    except ValueError:
        pass
    for form in formats:
        try:
            instant(text, (form,), ZoneInfo("UTC"))
            return form
        except ValueError:
            continue
    return None


def _with_offset(text: str) -> str:
    """`GMT+2` as `+0200`, which the library can read."""
    match = _OFFSET.search(text)
    if match is None:
        return text
    sign, hours, minutes = match[1] or "+", int(match[2] or 0), match[3] or "00"
    return f"{text[: match.start()]} {sign}{hours:02d}{minutes}" if hours < 24 else text


def _since_1970(text: str) -> int:
    return int(text) * 1000 if len(text) == 13 else round(float(text)) * SECOND


def _placed(moment: datetime, zone: ZoneInfo) -> int:
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=zone).astimezone(UTC))
