"""The check: who answers at this address, and what may the token read."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.zendesk_chat.messages import texts
from adapters.zendesk_chat.pull import Walker
from adapters.zendesk_chat.settings import ZendeskChatSettings
from connector.contract import SourceInfo, StreamAccess
from connector.errors import StreamNotOffered
from connector.instants import SECOND
from connector.messages import Message
from connector.transport import Request, Transport

QUIET_DAYS = 30  # without a single chat, an account has probably moved


def visit(settings: ZendeskChatSettings, http: Transport, walker: Walker) -> SourceInfo:
    """One agent and one chat are asked for, and one of the last weeks. Raises `AccessRefused` for a wrong token."""
    agents, _ = _access(http, "agents", Request(f"{settings.prefix}agents", (("limit", "1"),), expect="list"), None)
    chats, empty = _access(http, "chats", walker.export(1, 0, None), "chats")
    since = http.clock.now() // SECOND - QUIET_DAYS * 86_400
    quiet = chats.readable and not empty and _access(http, "chats", walker.export(1, since, None), "chats")[1]
    return SourceInfo(
        product="Zendesk Chat",
        version=None,
        url=settings.url,
        timezone=settings.timezone,
        currency=None,
        streams=(agents, chats),
        warnings=tuple(_warnings(settings, empty=empty, quiet=quiet)),
    )


def _access(http: Transport, stream: str, request: Request, key: str | None) -> tuple[StreamAccess, bool]:
    """Whether a stream may be read, and whether it holds nothing."""
    try:
        return StreamAccess(stream, readable=True), not http.fetch(request).records(key)
    except StreamNotOffered as refusal:
        return StreamAccess(stream, readable=False, reason=refusal.message, advice=refusal.advice), False


def _warnings(settings: ZendeskChatSettings, *, empty: bool, quiet: bool) -> Iterator[Message]:
    if settings.url.startswith("http://"):
        yield texts("plain_http")
    if empty:
        yield texts("no_chats")
    if quiet:
        yield texts("quiet", days=QUIET_DAYS)
