"""The check: who answers at this address, and what may the key read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.prestashop import wire, wire_lookups
from adapters.prestashop.messages import texts
from adapters.prestashop.refusals import VERSION_HEADER
from adapters.prestashop.resources import API, CURRENCIES
from adapters.prestashop.settings import PrestaShopSettings
from connector import lenient
from connector.contract import SourceInfo, StreamAccess
from connector.errors import AccessRefused, SourceError
from connector.instants import DAY, to_datetime
from connector.messages import Message
from connector.transport import Answer, Request, Transport

# As JSON this answer is an error since PrestaShop 8; as XML it names exactly what the key may do.
_RIGHTS = re.compile(rb'<(\w+) [^<>]*?get="(true|false)" put="(true|false)" post="(true|false)"([^<>]*)>')
_NOT_LISTS = frozenset({"description", "schema"})
_WRITING = re.compile(rb'(?:patch|delete)="true"')

NEEDED = {
    "orders": ("customers", "addresses", "countries", "currencies", "order_states"),
    "order_histories": ("order_states",),
    "order_payments": ("orders",),
    "carts": ("customers", "addresses", "countries", "currencies"),
    "customer_threads": ("customers", "orders"),
}
"""What a stream cannot be understood without."""


def visit(settings: PrestaShopSettings, http: Transport, streams: Sequence[str]) -> SourceInfo:
    """One request tells the version and what the key may read; a few more the zone and the currency."""
    shop = [("id_shop", settings.shop)] if settings.shop else []
    answer = http.fetch(Request(API, shop, expect="any"))
    if not _RIGHTS.search(answer.body):
        raise AccessRefused(texts("no_service"), texts("no_service_advice"))
    rights = dict(_rights(answer))
    if not rights:
        raise AccessRefused(texts("key_without_rights"), texts("key_without_rights_advice"))
    said = _settings(http, shop) if "configurations" in rights else {}
    theirs = said.get("PS_TIMEZONE")
    return SourceInfo(
        product="PrestaShop",
        version=_version(answer),
        url=settings.url,
        timezone=settings.timezone or (theirs if _zone(theirs) else None),
        currency=_currency(http, shop, said.get("PS_CURRENCY_DEFAULT")) if "currencies" in rights else None,
        streams=tuple(_access(stream, rights) for stream in streams),
        warnings=tuple(_warnings(settings, rights, theirs, answer.read_at)),
    )


def _rights(answer: Answer) -> Iterator[tuple[str, bool]]:
    """Each list the key may read, and whether it may also write there."""
    for match in _RIGHTS.finditer(answer.body):
        name = match[1].decode()
        if match[2] == b"true" and name not in _NOT_LISTS:
            yield name, b"true" in (match[3], match[4]) or _WRITING.search(match[5]) is not None


def _version(answer: Answer) -> str | None:
    version = answer.headers.get(VERSION_HEADER, "")
    return version if re.fullmatch(r"\d+(\.\d+){1,3}", version) else None


def _access(stream: str, rights: Mapping[str, bool]) -> StreamAccess:
    if stream not in rights:
        return StreamAccess(stream, False, texts("not_allowed", resource=stream), texts("not_allowed_advice"))
    missing = next((name for name in NEEDED.get(stream, ()) if name not in rights), None)
    if missing:
        return StreamAccess(stream, False, texts("needs", resource=missing), texts("needs_advice", resource=missing))
    return StreamAccess(stream, readable=True)


def _settings(http: Transport, shop: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    params = [
        ("output_format", "JSON"),
        *shop,
        ("display", "[name,value]"),
        ("filter[name]", "[PS_TIMEZONE|PS_CURRENCY_DEFAULT]"),
    ]
    try:
        answer = http.fetch(Request(f"{API}configurations", params))
        entries = [lenient.decode(payload, wire_lookups.Setting) for payload in answer.records("configurations")]
    except (SourceError, ValueError):
        return {}
    return {entry.name: entry.value for entry in entries if entry.value}


def _currency(http: Transport, shop: Sequence[tuple[str, str]], main: str | None) -> str | None:
    """The main currency: the one the shop names, else the one that every rate refers to."""
    params = [("output_format", "JSON"), *shop, ("display", CURRENCIES.display)]
    try:
        answer = http.fetch(Request(f"{API}currencies", params))
        rows = [lenient.decode(payload, wire.Currency) for payload in answer.records("currencies")]
    except (SourceError, ValueError):
        return None
    named = (row for row in rows if str(row.id) == main)
    at_one = (row for row in rows if row.deleted != "1" and row.conversion_rate.rstrip("0").rstrip(".") == "1")
    row = next(named, None) or next(at_one, None)
    return row.iso_code.upper() if row else None


def _warnings(
    settings: PrestaShopSettings, rights: Mapping[str, bool], theirs: str | None, now: int
) -> Iterator[Message]:
    if settings.url.startswith("http://"):
        yield texts("plain_http")
    if writable := sorted(name for name, writes in rights.items() if writes):
        yield texts("writes", resources=", ".join(writable))
    if "configurations" in rights:
        yield texts("sees_settings", zone=theirs or settings.timezone or "Europe/Berlin")
    if settings.timezone is None and not _zone(theirs):
        yield texts("no_zone")
    if settings.timezone and theirs and _differ(settings.timezone, theirs, now):
        yield texts("zone_differs", ours=settings.timezone, theirs=theirs)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _differ(ours: str, theirs: str, now: int) -> bool:
    """Whether two zones show another time, in summer or in winter."""
    other = _zone(theirs)
    if other is None:
        return False
    moments = (now, now + 182 * DAY)
    return any(
        to_datetime(moment, ZoneInfo(ours)).utcoffset() != to_datetime(moment, other).utcoffset() for moment in moments
    )
