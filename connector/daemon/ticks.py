"""When something is due, and the scheduler that sees to it. The only file that knows APScheduler."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from connector.config.schedules import Cron, Daily, Every, Schedule
from connector.instants import SECOND, from_datetime, to_datetime

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_HEARTBEAT = 60  # seconds
_QUIET_FROM, _QUIET_FOR = 3 * 60, 3 * 60  # minutes of the local day: after clock changes, before anybody is up


class Ticks:
    """Calls what is due, each in a thread of its own, until stopped."""

    def __init__(self, zone: ZoneInfo, *, at_once: int) -> None:
        """`zone` is where cron lines and nights are; `at_once` is how many calls may be under way."""
        self._zone = zone
        self._scheduler = BackgroundScheduler(
            timezone=zone,
            executors={"default": ThreadPoolExecutor(at_once)},
            job_defaults={
                "misfire_grace_time": None,  # however late a tick is, it is not skipped (the default skips after 1 s)
                "coalesce": True,  # after a sleep one tick stands for all that were missed
                "max_instances": 1,
            },
        )
        # The scheduler waits by a clock that stands still while a machine sleeps. Something that is due every minute
        # makes it look at the real time again soon after waking.
        self._scheduler.add_job(_nothing, IntervalTrigger(seconds=_HEARTBEAT, timezone=zone), id="heartbeat")

    def add(self, name: str, when: Schedule, call: Callable[[], None], *, now: bool = False) -> None:
        """Have `call` called whenever `when` says; `name` must be unique. With `now` also at once. None = never."""
        found = trigger(when, name, self._zone)
        if found is None:
            return
        first = {"next_run_time": datetime.now(self._zone)} if now else {}
        self._scheduler.add_job(call, found, id=name, **first)

    def start(self) -> None:
        """Begin to call."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing any more. Calls under way go on."""
        self._scheduler.shutdown(wait=False)


def next_time(when: Schedule, name: str, zone: ZoneInfo, *, now: int, last: int | None) -> int | None:
    """The instant at which something is due next; None = never. All instants in microseconds UTC.

    `last` is when it was last tried: an interval counts from there.
    """
    if isinstance(when, Every):
        return now if last is None else max(now, last + int(when.seconds * SECOND))
    found = trigger(when, name, zone)
    if found is None:
        return None
    moment = found.get_next_fire_time(None, to_datetime(now, zone))
    return None if moment is None else from_datetime(moment)


def trigger(when: Schedule, name: str, zone: ZoneInfo) -> BaseTrigger | None:
    """The scheduler's form of a schedule. `name` decides at which minute of the night `daily` is."""
    if when is None:
        return None
    if isinstance(when, Every):
        # Spread a little, so that many installations do not all ask at the same second.
        return IntervalTrigger(seconds=when.seconds, jitter=min(30, when.seconds / 10), timezone=zone)
    if isinstance(when, Daily):
        minute = _QUIET_FROM + quiet_minute(name)
        return CronTrigger(hour=minute // 60, minute=minute % 60, timezone=zone)
    if when.either and when.days is not None and when.weekdays is not None:
        return OrTrigger([_cron(when, zone, weekdays=False), _cron(when, zone, days=False)])
    return _cron(when, zone)


def quiet_minute(name: str) -> int:
    """A minute of the quiet hours that is always the same for a name and differs between names."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") % _QUIET_FOR


def _cron(when: Cron, zone: ZoneInfo, *, days: bool = True, weekdays: bool = True) -> CronTrigger:
    return CronTrigger(
        minute=_listed(when.minutes),
        hour=_listed(when.hours),
        day=_listed(when.days) if days and when.days is not None else "*",
        month=_listed(when.months),
        # By name, since the scheduler counts weekdays from Monday and cron counts from Sunday.
        day_of_week=",".join(_WEEKDAYS[day] for day in when.weekdays)
        if weekdays and when.weekdays is not None
        else "*",
        timezone=zone,
    )


def _listed(values: tuple[int, ...]) -> str:
    return ",".join(map(str, values))


def _nothing() -> None:
    """The heartbeat's work is to be due."""
