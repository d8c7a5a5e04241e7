"""The check: who answers at this address, and what may the login read."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.zendesk.messages import texts
from adapters.zendesk.pull import API
from adapters.zendesk.settings import ZendeskSettings
from connector.contract import SourceInfo, StreamAccess
from connector.errors import StreamNotOffered
from connector.messages import Message
from connector.transport import Request, Transport

_PROBES = {
    "agents": ("users.json", ("page[size]", "1")),
    "users": ("incremental/users/cursor.json", ("start_time", "0")),
    "tickets": ("incremental/tickets/cursor.json", ("start_time", "0")),
    "ticket_events": ("incremental/ticket_events.json", ("start_time", "0")),
    "satisfaction_ratings": ("satisfaction_ratings.json", ("page[size]", "1")),
    "engagements": ("engagements", ("page_size", "1")),
}


def visit(settings: ZendeskSettings, http: Transport) -> SourceInfo:
    """One row of each stream is asked for. Raises `AccessRefused` for a wrong login or address."""
    return SourceInfo(
        product="Zendesk Support",
        version=None,
        url=settings.url,
        timezone=settings.timezone,
        currency=None,
        streams=tuple(_access(http, stream) for stream in _PROBES),
        warnings=tuple(_warnings(settings)),
    )


def _access(http: Transport, stream: str) -> StreamAccess:
    path, param = _PROBES[stream]
    params = (param, ("per_page", "1")) if path.startswith("incremental/") else (param,)
    try:
        http.fetch(Request(API + path, params, expect="object"))
    except StreamNotOffered as refusal:
        return StreamAccess(stream, readable=False, reason=refusal.message)
    return StreamAccess(stream, readable=True)


def _warnings(settings: ZendeskSettings) -> Iterator[Message]:
    if settings.url.startswith("http://"):
        yield texts("plain_http")
    if not settings.access_token and not settings.client_id:
        yield texts("api_token_ends")
