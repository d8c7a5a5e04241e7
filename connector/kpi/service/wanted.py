"""What must be read of conversations to answer a question about the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from connector.frames.conversations import CONVERSATION_COLUMNS
from connector.kpi.question import Question
from connector.kpi.service.figures import Need, ServiceKpi


@dataclass(frozen=True)
class Held:
    """Where the frames hold a dimension: in which column, and what must be read for it."""

    column: str
    needs: frozenset[str] = frozenset()


HELD: Mapping[str, Held] = {
    "source": Held("source_id"),
    "shop": Held("shop", frozenset({"shop"})),
    "channel": Held("channel", frozenset({"channel"})),
    "agent": Held("agent", frozenset({"agent_id"})),
    "group": Held("group", frozenset({"group_name"})),
    "tag": Held("tags", frozenset({"tags"})),
    "priority": Held("priority", frozenset({"priority"})),
    "weekday": Held("weekday"),
    "hour": Held("hour"),
}
"""The dimensions of a conversation. The weekday and the hour are those of its creation, in the reporting zone."""

COLUMNS: Mapping[str, str] = {name: held.column for name, held in HELD.items()}

SHOWN = frozenset(
    {"conversation_id", "channel", "status", "shop", "priority", "agent_id", "group_name", "person_id", "email", "name"}
    | {"first_reply_at", "frt_seconds", "frt_business_seconds", "solved_at", "resolution_seconds", "replies", "reopens"}
    | {"order_source_id", "order_id", "url"}
)
"""Further columns where the conversations themselves are shown."""


def kpis_of(question: Question) -> tuple[ServiceKpi, ...]:
    """The figures asked for, all of the service."""
    return cast(tuple[ServiceKpi, ...], question.kpis)


def calendar(question: Question) -> bool:
    """Whether the weekday or the hour of a conversation is asked for."""
    return bool({"weekday", "hour"} & _used(question))


def columns(question: Question, *, rows: bool) -> frozenset[str]:
    """The columns of all figures, filters and options; those that are shown, too, where `rows` are."""
    wanted = set().union(*(HELD[name].needs for name in _used(question)))
    for kpi in kpis_of(question):
        wanted |= kpi.columns.union(*(need.columns for need in _needs(question, kpi)))
        if question.options.service.attribution == "event" and kpi.dated in CONVERSATION_COLUMNS:
            wanted.add(kpi.dated)
    if question.options.service.exclude_tags:
        wanted.add("tags")
    if besides(question):
        wanted.add("conversation_id")
    return frozenset(wanted | SHOWN if rows else wanted)


def besides(question: Question) -> frozenset[str]:
    """The further frames of all figures."""
    return frozenset().union(
        *(kpi.besides.union(*(need.besides for need in _needs(question, kpi))) for kpi in kpis_of(question))
    )


def _needs(question: Question, kpi: ServiceKpi) -> list[Need]:
    """What a figure needs under the options in force."""
    return [need for need in kpi.needs if question.options.value(need.option) == need.value]


def _used(question: Question) -> set[str]:
    return {*question.filters, *([question.by.name] if question.by else [])}
