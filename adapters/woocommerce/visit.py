"""The check: who answers at this address, and what may the key read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.woocommerce import wire
from adapters.woocommerce.messages import texts
from adapters.woocommerce.pull import API
from adapters.woocommerce.refusals import NoRoute
from adapters.woocommerce.settings import WooCommerceSettings
from connector import lenient
from connector.contract import SourceInfo, StreamAccess
from connector.errors import AccessRefused, NotFound, SourceError, StreamNotOffered, Unavailable
from connector.messages import Message
from connector.transport import Request, Transport

_FAILED = frozenset({500, 502, 503, 504})


def visit(settings: WooCommerceSettings, http: Transport, streams: Sequence[str]) -> SourceInfo:
    """First without the key (is this WooCommerce, in which zone?), then with it, stream by stream."""
    index = _index(http)
    warnings: list[Message] = []
    if settings.url.startswith("http://"):
        warnings.append(texts("plain_http"))
    zone = settings.timezone or _zone(index.timezone_string)
    if zone is None:
        warnings.append(texts("no_zone", offset=str(index.gmt_offset)[:6]))
    access = tuple(_access(http, stream) for stream in streams)
    return SourceInfo(
        product="WooCommerce",
        version=_value(http, "system_status", "environment", "version"),
        url=settings.url,
        timezone=zone,
        currency=_value(http, "data/currencies/current", "code"),
        streams=access,
        warnings=tuple(warnings),
    )


def _index(http: Transport) -> wire.Index:
    try:
        answer = http.fetch(Request("wp-json/", expect="object", anonymous=True))
        index = lenient.decode(answer.raw_object(), wire.Index)
    except (NotFound, ValueError) as error:
        raise AccessRefused(texts("no_wordpress"), texts("no_wordpress_advice")) from error
    except Unavailable as trouble:
        if not _is_page(trouble.message):
            raise
        # With plain permalinks many web servers give the start page for every address.
        raise Unavailable(trouble.message, texts("page_advice")) from trouble
    if "wc/v3" not in index.namespaces:
        raise NoRoute(texts("no_woocommerce"), texts("no_woocommerce_advice"))
    return index


def _is_page(message: Message) -> bool:
    """Whether the transport says that a web page came, at once or after several tries."""
    what = message.values.get("what")
    return message.key == "page" or (isinstance(what, Message) and _is_page(what))


def _access(http: Transport, stream: str) -> StreamAccess:
    """One row is asked for. A wrong key ends the visit; a stream that is not offered is only noted."""
    try:
        http.fetch(Request(API + stream, (("per_page", "1"), ("_fields", "id")), expect="list"))
    except StreamNotOffered as refusal:
        return StreamAccess(stream, readable=False, reason=refusal.message, advice=refusal.advice)
    except NoRoute as refusal:
        # Before WooCommerce 9.0 there is no list of all refunds; they are asked for order by order.
        return StreamAccess(stream, readable=stream == "refunds", reason=refusal.message, advice=refusal.advice)
    return StreamAccess(stream, readable=True)


def _value(http: Transport, path: str, *keys: str) -> str | None:
    """One value that is good to know. Hosts that refuse it, fail at it or are slow do not hold up the check."""
    request = Request(API + path, expect="object", accept=_FAILED, patience=1)
    try:
        value: Any = http.fetch(request).json()
    except SourceError:
        return None
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def _zone(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
