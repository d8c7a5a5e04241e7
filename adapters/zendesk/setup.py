"""How the desk is set up: teams, opening hours, service level policies; wire shape -> rows. Pure.

Minutes of a schedule count from Sunday 00:00, ours from Monday (reference, "Schedules"). Policy targets are minutes
(reference, "SLA Policies").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from adapters.zendesk import wire
from adapters.zendesk.channels import channel_of
from adapters.zendesk.zones import iana_name
from connector.contract import Row
from connector.model import AgentGroup, BusinessSchedule, SlaTarget

_DAY = 24 * 60  # minutes
_WEEK = 7 * _DAY


def group_rows(group: wire.Group) -> Iterator[Row]:
    """A team."""
    yield AgentGroup, {"group_id": str(group.id), "name": group.name or None}


def schedule_rows(schedule: wire.Schedule) -> Iterator[Row]:
    """Opening hours. ValueError where a holiday is no day or hours are longer than a week."""
    yield (
        BusinessSchedule,
        {
            "schedule_id": str(schedule.id),
            "position": schedule.position,
            "name": schedule.name,
            "timezone": iana_name(schedule.time_zone),
            "intervals": _json(_from_monday(schedule.intervals)),
            "holidays": _json([_days(holiday) for holiday in schedule.holidays if holiday.start_date]),
        },
    )


def _from_monday(intervals: list[wire.Interval]) -> list[list[int]]:
    """Sunday's hours move to the end of the week; hours that touch or overlap become one."""
    if any(one.end_time - one.start_time > _WEEK for one in intervals):
        raise ValueError("opening hours longer than a week")
    shifted = sorted(
        [(one.start_time - _DAY) % _WEEK, (one.start_time - _DAY) % _WEEK + one.end_time - one.start_time]
        for one in intervals
        if one.end_time > one.start_time
    )
    merged: list[list[int]] = []
    for begin, end in shifted:
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    return merged


def _days(holiday: wire.Holiday) -> list[str]:
    try:
        begin = date.fromisoformat(str(holiday.start_date)[:10])
        end = date.fromisoformat(str(holiday.end_date or holiday.start_date)[:10])
    except ValueError:
        raise ValueError("not a date") from None  # a reason quotes nothing
    return [begin.isoformat(), max(begin, end).isoformat()]


def policy_rows(policy: wire.Policy) -> Iterator[Row]:
    """Each target of a policy. A policy for several channels has each of its targets for each of them."""
    for channel in _channels(policy.filter) or [None]:
        for place, metric in enumerate(policy.policy_metrics):
            seconds = target_seconds(metric)
            if seconds is None:
                continue
            yield (
                SlaTarget,
                {
                    "target_id": f"{policy.id}/{channel or 'any'}/{place}",
                    "policy_id": str(policy.id),
                    "position": policy.position or 0,
                    "name": policy.title,
                    "metric": metric.metric,
                    "priority": metric.priority,
                    "channel": channel,
                    "target_seconds": seconds,
                    "business": metric.business_hours,
                },
            )


def target_seconds(promise: wire.PolicyMetric | wire.SlaStatus) -> int | None:
    """A target, exactly where the desk gives it so: its minutes are rounded."""
    if promise.target_in_seconds is not None or promise.target is None:
        return promise.target_in_seconds
    return promise.target * 60


def _channels(wanted: wire.Filter | None) -> list[str | None]:
    """The common words of the channels a policy is for; none where it is for all."""
    conditions = [*wanted.all, *wanted.any] if wanted else []
    named = [
        channel_of(value)
        for condition in conditions
        if condition.field in ("current_via_id", "via_id", "via_type", "channel") and condition.operator == "is"
        for value in (condition.value if isinstance(condition.value, list) else [condition.value])
    ]
    return list(dict.fromkeys(named))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
