"""Which opening hours hold for a conversation, as they were when conversations were last told.

A group's own, else the source's own (both from config.yaml), else the desk's default schedule, else the top level's.
They are kept in the store as they were used, so that whoever reads figures later measures by the same clock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from connector.conversations.business_clock import BusinessClock
from connector.conversations.opening import OpeningHours
from connector.conversations.rules import DeskHours, ServiceRules


@dataclass(frozen=True)
class HoursInForce:
    """The opening hours of all sources, by the source's number."""

    default: OpeningHours | None = None
    sources: Mapping[int, DeskHours] = field(default_factory=dict)
    _clocks: dict[OpeningHours, BusinessClock] = field(default_factory=dict, compare=False, repr=False)

    def of(self, source_id: int, group: str | None = None) -> OpeningHours | None:
        """The hours of a source's group; None where nobody said any."""
        desk = self.sources.get(source_id)
        if desk is None:
            return self.default
        if group is not None and group in desk.groups:
            return desk.groups[group]
        return desk.hours if desk.hours is not None else self.default

    def clock(self, source_id: int, group: str | None = None) -> BusinessClock | None:
        """The clock of a source's group; the same object for the same hours."""
        hours = self.of(source_id, group)
        if hours is None:
            return None
        if hours not in self._clocks:
            self._clocks[hours] = BusinessClock(hours)
        return self._clocks[hours]

    def to_json(self) -> dict[str, Any]:
        """As it is kept: the same for the same hours."""
        return {
            "default": _text(self.default),
            "sources": {
                str(source): {
                    "hours": _text(desk.hours),
                    "groups": {name: _text(hours) for name, hours in sorted(desk.groups.items())},
                }
                for source, desk in sorted(self.sources.items())
            },
        }

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> HoursInForce:
        """The hours that `to_json` gave."""
        return cls(
            _hours(said["default"]),
            {
                int(source): DeskHours(
                    _hours(desk["hours"]),
                    {name: OpeningHours.of_text(hours) for name, hours in desk["groups"].items()},
                )
                for source, desk in said["sources"].items()
            },
        )


def now_in_force(connection: Connection, rules: ServiceRules) -> HoursInForce:
    """The hours by the present rules and the desks' own schedules."""
    schedules = _schedules(connection, rules.zone)
    found = {}
    for source_id, name in connection.execute(text("SELECT id, name FROM sources ORDER BY id")):
        desk = rules.desks.get(name, DeskHours())
        hours = desk.hours if desk.hours is not None else schedules.get(source_id)
        if hours is not None or desk.groups:
            found[source_id] = DeskHours(hours, desk.groups)
    return HoursInForce(rules.hours, found)


def _schedules(connection: Connection, fallback: str) -> dict[int, OpeningHours]:
    """The default schedule of each desk that has one; where its zone is not known, in the zone `fallback`."""
    rows = connection.execute(
        text(
            "SELECT source_id, timezone, intervals, holidays FROM business_schedules WHERE gone_at IS NULL "
            "ORDER BY source_id, position, schedule_id"
        )
    )
    found: dict[int, OpeningHours] = {}
    for source_id, zone, intervals, holidays in rows:
        weekly = tuple((int(begin), int(end)) for begin, end in json.loads(intervals))
        if source_id not in found and weekly:
            closed = tuple((str(first), str(last)) for first, last in json.loads(holidays))
            found[source_id] = OpeningHours(zone or fallback, weekly, closed=closed)
    return found


def _text(hours: OpeningHours | None) -> str | None:
    return None if hours is None else hours.text()


def _hours(said: str | None) -> OpeningHours | None:
    return None if said is None else OpeningHours.of_text(said)
