"""The check: who answers at this address, and what may the token read."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.zendesk_chat.messages import texts
from adapters.zendesk_chat.pull import Walker
from adapters.zendesk_chat.settings import ZendeskChatSettings
from connector.contract import SourceInfo, StreamAccess
from connector.errors import StreamNotOffered
from connector.messages import Message
from connector.transport import Request, Transport


def visit(settings: ZendeskChatSettings, http: Transport, walker: Walker) -> SourceInfo:
    """One agent and one chat are asked for. Raises `AccessRefused` for a wrong token or address."""
    agents, _ = _access(http, "agents", Request(f"{settings.prefix}agents", (("limit", "1"),), expect="list"), None)
    chats, empty = _access(http, "chats", walker.export(1, 0, None), "chats")
    return SourceInfo(
        product="Zendesk Chat",
        version=None,
        url=settings.url,
        timezone=settings.timezone,
        currency=None,
        streams=(agents, chats),
        warnings=tuple(_warnings(settings, empty)),
    )


def _access(http: Transport, stream: str, request: Request, key: str | None) -> tuple[StreamAccess, bool]:
    """Whether a stream may be read, and whether it holds nothing."""
    try:
        return StreamAccess(stream, readable=True), not http.fetch(request).records(key)
    except StreamNotOffered as refusal:
        return StreamAccess(stream, readable=False, reason=refusal.message), False


def _warnings(settings: ZendeskChatSettings, empty: bool) -> Iterator[Message]:
    if settings.url.startswith("http://"):
        yield texts("plain_http")
    if empty:
        yield texts("no_chats")
