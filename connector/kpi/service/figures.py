"""The list of the service's figures (definitions, 5.1 to 5.4), and what must be read for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from connector.kpi.definition import Kpi
from connector.kpi.result import Unit

DIMENSIONS = ("source", "shop", "channel", "agent", "group", "tag", "priority", "weekday", "hour")
"""The dimensions of a conversation."""


@dataclass(frozen=True)
class Need:
    """What a figure needs only where an option has a certain value: columns, and further frames."""

    option: str
    value: str
    columns: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ServiceKpi(Kpi):
    """A figure of the service, and what must be read for it.

    `dated` is the column of the instant a conversation counts on with `service.attribution: event`; where `always`, by
    any attribution. `besides` names further frames: replies, spans, numbers, work, targets, ratings.
    """

    subject: ClassVar[str] = "service"

    dimensions: tuple[str, ...] = DIMENSIONS
    columns: frozenset[str] = frozenset()
    dated: str = "created_at"
    always: bool = False
    besides: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()


def _clocked(*names: str) -> frozenset[str]:
    return frozenset(f"{name}_{clock}" for name in names for clock in ("seconds", "business_seconds"))


_SOLVED = frozenset({"solved"})
_DUE = frozenset({"solved", "answered", "by_agent", "frt_from_at"})
_FROM = (
    Need("frt.start", "handoff", _clocked("frt")),
    Need("frt.start", "created", _clocked("frt_created")),
    Need("frt.start", "first_customer_message", _clocked("frt_message")),
    Need("frt.agent_started", "second_reply", _clocked("second_reply")),
    Need("service.attribution", "event", frozenset({"solved_at"})),
)
_CLOCK = ("service.clock",)
_DATED = ("service.attribution",)
_CHANNELS = ("chat", "messaging", "email", "form", "phone", "social", "marketplace", "other")
_TARGETS = tuple(f"sla.{channel}" for channel in _CHANNELS)
_ONCE = frozenset({"solved", "first_solved_at", "reopens", "thanks_reopens"})
_ABOUT = (
    Need("fcr.scope", "same_topic", frozenset({"tags"})),
    Need("fcr.scope", "same_order", frozenset({"order_source_id", "order_id"}), frozenset({"numbers"})),
    Need("fcr.method", "one_touch", frozenset({"replies"})),
    Need("fcr.method", "survey", besides=frozenset({"ratings"})),
)

_time = partial(ServiceKpi, family="service", unit=Unit.SECONDS, options=(*_CLOCK, *_DATED))
_share = partial(ServiceKpi, family="service", unit=Unit.RATE)
_mean = partial(ServiceKpi, family="service", unit=Unit.NUMBER, options=_DATED, dated="solved_at")
_count = partial(ServiceKpi, family="service", unit=Unit.COUNT)
_once = partial(
    _share,
    columns=_ONCE | {"replies"},
    dated="first_solved_at",
    options=("fcr.ignore_thanks", *_DATED),
)

SERVICE: tuple[ServiceKpi, ...] = (
    _count("contact_volume", function="service.volume:contact_volume"),
    _count(
        "solved_volume",
        function="service.volume:solved_volume",
        columns=_SOLVED | {"solved_at"},
        dated="solved_at",
        always=True,
    ),
    _count("net_flow", function="service.volume:net_flow", columns=_SOLVED | {"solved_at"}),
    _count(
        "backlog",
        function="service.backlog:backlog",
        columns=frozenset({"channel", "has_history"}),
        besides=frozenset({"spans"}),
        dimensions=tuple(name for name in DIMENSIONS if name not in ("weekday", "hour")),
    ),
    _time(
        "frt",
        function="service.replies:frt",
        columns=_DUE,
        needs=_FROM,
        dated="first_reply_at",
        options=("frt.start", "frt.agent_started", *_CLOCK, *_DATED),
    ),
    _time(
        "first_bot_response",
        function="service.replies:first_bot_response",
        columns=frozenset({"channel", "first_bot_reply_at", "first_customer_message_at"}),
        dated="first_bot_reply_at",
        options=_DATED,
    ),
    _share(
        "frt_sla",
        function="service.targets:frt_sla",
        columns=_DUE | {"channel", "group_name"},
        needs=_FROM,
        dated="first_reply_at",
        options=(*_TARGETS, "frt.start", "frt.agent_started", *_CLOCK, *_DATED),
        besides=frozenset({"targets"}),
    ),
    _time(
        "nrt",
        function="service.replies:nrt",
        besides=frozenset({"replies"}),
        dated="replied_at",
    ),
    _time(
        "reply_gap_total",
        function="service.replies:reply_gap_total",
        columns=_clocked("reply_gap"),
        dated="first_reply_at",
    ),
    _time(
        "aht",
        function="service.handling:aht",
        columns=frozenset({"channel", "handle_seconds", "replies"}),
        besides=frozenset({"work"}),
        options=("aht.concurrency", *_DATED),
        dated="solved_at",
    ),
    _time(
        "aht_estimated",
        function="service.handling:aht_estimated",
        columns=frozenset({"estimated_seconds"}),
        options=_DATED,
        dated="solved_at",
    ),
    _share(
        "fcr",
        function="service.resolved_once:fcr",
        columns=_ONCE | {"person_id", "by_agent"},
        needs=_ABOUT,
        dated="first_solved_at",
        options=("fcr.method", "fcr.days", "fcr.scope", "fcr.ignore_thanks", *_DATED),
    ),
    _once("one_touch_rate", function="service.resolved_once:one_touch_rate"),
    _once("not_reopened_rate", function="service.resolved_once:not_reopened_rate"),
    _time(
        "first_resolution_time",
        function="service.resolution:first_resolution_time",
        columns=_SOLVED | _clocked("first_resolution"),
        dated="first_solved_at",
    ),
    _time(
        "full_resolution_time",
        function="service.resolution:full_resolution_time",
        columns=_SOLVED | _clocked("resolution"),
        dated="solved_at",
    ),
    _time(
        "requester_wait_time",
        function="service.resolution:requester_wait_time",
        columns=_SOLVED | _clocked("requester_wait"),
        dated="solved_at",
    ),
    _time(
        "agent_wait_time",
        function="service.resolution:agent_wait_time",
        columns=_SOLVED | _clocked("agent_wait"),
        dated="solved_at",
    ),
    _share(
        "reopen_rate",
        function="service.resolution:reopen_rate",
        columns=_SOLVED | {"reopens"},
        dated="solved_at",
        options=_DATED,
    ),
    _mean("agents_involved", function="service.effort:agents_involved", columns=_SOLVED | {"agents"}),
    _mean("handoffs", function="service.effort:handoffs", columns=_SOLVED | {"agents"}),
    _mean("replies_per_resolution", function="service.effort:replies_per_resolution", columns=_SOLVED | {"replies"}),
    _share(
        "missed_chats",
        function="service.chats:missed_chats",
        columns=frozenset({"channel", "missed", "offline", "bot_only", "customer_messages"}),
        besides=frozenset({"ratings"}),
    ),
    _count("offline_chats", function="service.chats:offline_chats", columns=frozenset({"channel", "offline"})),
    _count(
        "bot_resolution",
        function="service.chats:bot_resolution",
        columns=frozenset({"channel", "bot_only"}),
        besides=frozenset({"ratings"}),
    ),
)
