"""Weekly opening hours as config.yaml writes them: `{mon-fri: "09:00-18:00", sat: "10:00-14:00", holidays: DE-BY}`.

Groups that keep other hours stand below: `groups: {Telefon: {mon-fri: "08:00-20:00"}}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from connector.config.problems import Problem, Steps
from connector.conversations.opening import OpeningHours
from connector.messages.config import texts
from connector.settings import BusinessHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


def problems(hours: Mapping[str, Any], at: Steps) -> Iterator[Problem]:
    """What is wrong with an opening-hours block that stands at `at`."""
    named: set[str] = set()
    for key, value in hours.items():
        if key == "holidays":
            if not _holidays(value):
                yield Problem((*at, key), texts("holidays"))
            elif isinstance(value, str) and not region_known(value):
                yield Problem((*at, key), texts("holidays_unknown", region=value))
            continue
        if key == "groups":
            for group, own in value.items() if isinstance(value, Mapping) else ():
                if isinstance(own, Mapping):
                    yield from problems(own, (*at, key, str(group)))
            continue
        days = days_of(str(key))
        if not days:
            yield Problem((*at, key), texts("opening_key"))
            continue
        for day in days:
            if day in named:
                yield Problem((*at, key), texts("opening_twice", day=day))
                break
        named.update(days)
        minutes = spans(value)
        if minutes is None:
            yield Problem((*at, key), texts("opening_hours"))
        elif any(end <= begin for begin, end in minutes) or _overlap(minutes):
            yield Problem((*at, key), texts("opening_order"))


def days_of(key: str) -> tuple[str, ...]:
    """The days a key such as `mon` or `mon-fri` names; none where it names nothing. `sat-mon` runs over Sunday."""
    first, dash, last = key.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        return ()
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return tuple(DAYS[day % 7] for day in range(begin, end + 1 if end >= begin else end + 8))


def spans(value: Any) -> list[tuple[int, int]] | None:
    """Minutes of the day from and to, e.g. [(540, 1080)] of "09:00-18:00"; None where the text says no such thing."""
    found = []
    for part in str(value).split(","):
        match = _SPAN.fullmatch(part.strip())
        if not match:
            return None
        begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        if end > 24 * 60 or begin >= 24 * 60:
            return None
        found.append((begin, end))
    return found


def region_known(region: str) -> bool:
    """Whether the library `holidays` knows a region such as DE-BY, AT or US-NY."""
    from holidays import list_supported_countries

    country, _, part = region.partition("-")
    parts = list_supported_countries().get(country)
    return parts is not None and (not part or part in parts)


def weekly(hours: BusinessHours | None, zone: str) -> OpeningHours | None:
    """A block without mistakes as hours in a zone; None where it names no day."""
    if hours is None:
        return None
    return _weekly(hours.model_extra or {}, hours.holidays, zone)


def groups(hours: BusinessHours | None, zone: str) -> dict[str, OpeningHours]:
    """The hours of the groups of a block that keep their own. Where they name no holidays, the block's hold."""
    if hours is None:
        return {}
    found = {}
    for name, own in (hours.groups or {}).items():
        block = BusinessHours.model_validate({"holidays": hours.holidays, **own})
        read = weekly(block, zone)
        if read is not None:
            found[name] = read
    return found


def _weekly(days: Mapping[str, Any], closed: str | list[date] | None, zone: str) -> OpeningHours | None:
    intervals = [
        (DAYS.index(day) * 24 * 60 + begin, DAYS.index(day) * 24 * 60 + end)
        for key, value in days.items()
        for day in days_of(key)
        for begin, end in spans(value) or ()
    ]
    if not intervals:
        return None
    region = closed if isinstance(closed, str) else None
    listed = tuple((day.isoformat(), day.isoformat()) for day in closed) if isinstance(closed, list) else ()
    return OpeningHours(zone, tuple(sorted(intervals)), region, listed)


def _overlap(minutes: list[tuple[int, int]]) -> bool:
    ordered = sorted(minutes)
    return any(later[0] < earlier[1] for earlier, later in pairwise(ordered))


def _holidays(value: Any) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return bool(_REGION.fullmatch(value))
    if not isinstance(value, list):
        return False
    try:
        for day in value:
            date.fromisoformat(str(day))
    except ValueError:
        return False
    return True
