"""The check: who answers at this address, and what may the login read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.zendesk import streams
from adapters.zendesk.exports import EXPORTS
from adapters.zendesk.lists import API
from adapters.zendesk.messages import texts
from adapters.zendesk.settings import ZendeskSettings
from connector.contract import SourceInfo, Stream, StreamAccess
from connector.errors import StreamNotOffered
from connector.messages import Message
from connector.transport import Request, Transport

_EXPORT = (("start_time", "0"), ("per_page", "1"))
_LIST = (("page[size]", "1"),)
_PROBES: Mapping[Stream, tuple[str, tuple[tuple[str, str], ...]]] = {
    streams.TICKETS: ("incremental/tickets/cursor.json", _EXPORT),
    streams.EVENTS: ("incremental/ticket_events.json", _EXPORT),
    streams.METRIC_EVENTS: ("incremental/ticket_metric_events.json", _EXPORT),
    streams.USERS: ("incremental/users/cursor.json", _EXPORT),
    streams.AGENTS: ("users.json", _LIST),
    streams.GROUPS: ("groups.json", _LIST),
    streams.RATINGS: ("satisfaction_ratings.json", _LIST),
    streams.SURVEYS: ("guide/survey_responses", _LIST),
    streams.ENGAGEMENTS: ("engagements", (("page_size", "1"),)),
    streams.SCHEDULES: ("business_hours/schedules.json", ()),
    streams.POLICIES: ("slas/policies.json", ()),
}
_CORE = frozenset({streams.TICKETS, streams.USERS, streams.EVENTS})


def visit(settings: ZendeskSettings, http: Transport) -> SourceInfo:
    """One row of each stream is asked for. Raises `AccessRefused` for a wrong login or address."""
    access = {stream: _access(http, stream) for stream in _PROBES}
    # Logs are asked for by ticket; there is none to try before the tickets are known.
    tickets = access[streams.TICKETS]
    access[streams.LOGS] = StreamAccess(streams.LOGS.name, tickets.readable, tickets.reason, tickets.advice)
    return SourceInfo(
        product="Zendesk Support",
        version=None,
        url=settings.url,
        timezone=settings.timezone,
        currency=None,
        streams=tuple(access[stream] for stream in streams.KINDS),
        warnings=tuple(_warnings(settings)),
    )


def _access(http: Transport, stream: Stream) -> StreamAccess:
    path, params = _PROBES[stream]
    accept = frozenset() if stream in _CORE else frozenset({404})
    try:
        budget = EXPORTS if params is _EXPORT else None
        answer = http.fetch(Request(API + path, params, expect="object", accept=accept, budget=budget))
    except StreamNotOffered as refusal:
        return StreamAccess(stream.name, readable=False, reason=refusal.message, advice=refusal.advice)
    if answer.status == 404:
        return StreamAccess(stream.name, readable=False, reason=texts("not_there"), advice=texts("not_there_advice"))
    return StreamAccess(stream.name, readable=True)


def _warnings(settings: ZendeskSettings) -> Iterator[Message]:
    if settings.url.startswith("http://"):
        yield texts("plain_http")
    if settings.uses_api_token:
        yield texts("api_token_ends")
