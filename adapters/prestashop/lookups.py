"""Reads what records need from other lists: customers by id, states, currencies.

What is asked by id is asked anew for each page, many ids in one request. Short lists are read whole, once for each
walk. Nothing is remembered longer, so that a context is as fresh as the record it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.prestashop import wire_lookups
from adapters.prestashop.messages import texts
from adapters.prestashop.pages import Pages
from adapters.prestashop.records import Item, contents_of, items_of
from adapters.prestashop.refusals import PageTooLarge
from adapters.prestashop.resources import API, Kind, Resource
from connector import lenient
from connector.errors import AccessRefused, StreamNotOffered
from connector.transport import Answer, Request, TimedOut, Transport

CHUNK = 300  # ids in one request: more make the address longer than web servers take
WHOLE = 1000  # rows of a short list in one request: no shop has as many carriers or states
_ZONE = Resource("configurations", wire_lookups.Setting)
_ID = re.compile(r"0*[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Ask(Generic[Kind]):
    """Rows of a list whose `field` is one of `values`."""

    resource: Resource[Kind]
    field: str
    values: Sequence[str]

    def request(self, fixed: Sequence[tuple[str, str]]) -> Request:
        """The request for it."""
        wanted = (f"filter[{self.field}]", f"[{'|'.join(self.values)}]")
        params = [*fixed, ("display", self.resource.display), wanted]
        return Request(API + self.resource.name, params, patience=2, decode=self.resource.decode)

    def chunks(self) -> list[Ask[Kind]]:
        """The same in pieces that fit into an address."""
        starts = range(0, len(self.values), CHUNK)
        return [Ask(self.resource, self.field, self.values[start : start + CHUNK]) for start in starts]


def by_id(resource: Resource[Kind], ids: Iterable[str | None]) -> Ask[Kind]:
    """Rows by id; "0" is none."""
    return Ask(resource, "id", sorted({text for text in ids if text and _ID.fullmatch(text)}, key=int))


def by_reference(resource: Resource[Kind], references: Iterable[str | None]) -> Ask[Kind]:
    """Rows by order reference. What would be taken for a sign of the filter's own language is left out."""
    kept = {text for text in references if text and text.isascii() and text.replace("-", "").isalnum()}
    return Ask(resource, "reference", sorted(kept))


class Lookups:
    """What one walk needs from other lists. `fixed` are the parameters of every request."""

    def __init__(self, http: Transport, fixed: Sequence[tuple[str, str]]) -> None:
        self._http = http
        self._fixed = fixed
        self._whole: dict[str, dict[str, Any]] = {}

    def many(self, *asks: Ask[Any]) -> list[dict[str, Any]]:
        """For each ask its rows by id, all asked for side by side.

        Raises `StreamNotOffered`, naming the list, where the key may not read one.
        """
        chunks = [(number, chunk) for number, ask in enumerate(asks) for chunk in ask.chunks()]
        found: list[dict[str, Any]] = [{} for _ in asks]
        try:
            if len(chunks) == 1:
                answers: Iterable[Answer] = iter([self._http.fetch(chunks[0][1].request(self._fixed))])
            else:
                answers = self._http.fetch_in_order(chunk.request(self._fixed) for _, chunk in chunks)
            for (number, chunk), answer in zip(chunks, answers, strict=True):
                found[number].update(_rows(answer, chunk.resource))
        except (PageTooLarge, TimedOut):
            return [self._patiently(ask) for ask in asks]
        except StreamNotOffered as refusal:
            raise _needed(refusal) from refusal
        return found

    def whole(self, resource: Resource[Any], *, optional: bool = False) -> dict[str, Any]:
        """A short list by id. One that is `optional` is empty where the key may not read it."""
        if resource.name not in self._whole:
            rows: dict[str, Any] = {}
            try:
                for page in Pages(self._http, self._fixed, resource, resource.display).walk(WHOLE):
                    rows |= _by_id(page.items)
            except StreamNotOffered as refusal:
                if not optional:
                    raise _needed(refusal) from refusal
            self._whole[resource.name] = rows
        return self._whole[resource.name]

    def zone(self) -> ZoneInfo:
        """The shop's own zone, where the key may read its configuration. Raises `AccessRefused` where it may not."""
        params = [*self._fixed, ("display", _ZONE.display), ("filter[name]", "[PS_TIMEZONE]")]
        try:
            answer = self._http.fetch(Request(API + _ZONE.name, params))
            settings = [lenient.decode(payload, wire_lookups.Setting) for payload in answer.records(_ZONE.key)]
        except (StreamNotOffered, ValueError):
            raise AccessRefused(texts("no_zone"), texts("no_zone_advice")) from None
        name = next((setting.value for setting in settings if setting.value), None)
        if not name:
            raise AccessRefused(texts("no_zone"), texts("no_zone_advice"))
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise AccessRefused(texts("unknown_zone"), texts("no_zone_advice")) from None

    def _patiently(self, ask: Ask[Any]) -> dict[str, Any]:
        """The rows of an ask that the shop breaks down over: in halves, without a row that breaks it alone."""
        rows: dict[str, Any] = {}
        waiting = list(ask.chunks())
        while waiting:
            chunk = waiting.pop()
            try:
                rows.update(_rows(self._http.fetch(chunk.request(self._fixed)), chunk.resource))
            except (PageTooLarge, TimedOut):
                middle = len(chunk.values) // 2
                if middle:
                    parts = chunk.values[:middle], chunk.values[middle:]
                    waiting.extend(Ask(chunk.resource, chunk.field, part) for part in parts)
        return rows


def _needed(refusal: StreamNotOffered) -> StreamNotOffered:
    resource = refusal.message.values["resource"]
    return StreamNotOffered(texts("needs", resource=resource), texts("needs_advice", resource=resource))


def _rows(answer: Answer, resource: Resource[Any]) -> dict[str, Any]:
    return _by_id(items_of(answer, resource))


def _by_id(items: Sequence[Item]) -> dict[str, Any]:
    return {str(content.id): content for content in contents_of(items)}
