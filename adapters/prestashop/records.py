"""Elements of PrestaShop's lists -> records, with the stamp that shows a change worth reading again."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from adapters.prestashop import wire, wire_lookups
from adapters.prestashop.messages import texts
from adapters.prestashop.resources import Resource
from adapters.prestashop.times import instant
from connector import lenient
from connector.contract import Record, Unreadable
from connector.transport import Answer

_encode = msgspec.json.Encoder().encode


class Item(NamedTuple):
    """One element of a list. `id` is None where it has none; `content` is None where it cannot be understood."""

    id: int | None
    payload: bytes
    content: Any = None


def items_of(answer: Answer, resource: Resource[Any]) -> Sequence[Item]:
    """Every element of a list answer. Raises `UnexpectedPayload` where the answer holds no such list."""
    if answer.decoded is not None:
        return [Item(content.id, b"", content) for content in answer.decoded]
    return [_item(payload, resource.kind) for payload in answer.records(resource.key)]


def contents_of(items: Sequence[Item]) -> list[Any]:
    """What could be understood, decoded."""
    return [item.content for item in items if item.content is not None]


def record_of(item: Item, read_at: int, resource: Resource[Any], zone: ZoneInfo | None) -> Record | Unreadable:
    """The record of an element whose context is in place; `zone` is needed where the list has change dates."""
    if item.id is None:
        return Unreadable(texts("no_record"))
    if item.content is None:
        # `admit` will say what is wrong with it.
        return Record(record_id(resource, item.id), item.payload, read_at)
    return Record(
        id=record_id(resource, item.id),
        payload=item.payload,
        read_at=read_at,
        updated_at=_changed_at(item.content, zone) if resource.follows == "date_upd" else None,
        stamp=stamp_of(resource, item.content),
        content=item.content,
    )


def record_id(resource: Resource[Any], number: int | str) -> str:
    """The id under which a record is kept.

    Payments and histories become rows of one table, each under its record's id, and both count from 1.
    """
    return f"payment-{number}" if resource.kind is wire.Payment else str(number)


def number_of(record_id: str) -> str:
    """The API's own number in a record's id."""
    return record_id.removeprefix("payment-")


def stamp_of(resource: Resource[Any], content: Any) -> str | None:
    """A digest of what the sweep lists and of the context that is made of it; None where there is no such sweep."""
    if not resource.stamped:
        return None
    context = getattr(content, "context", None)
    parts: dict[str, Any] = {} if context is None else msgspec.structs.asdict(context)
    if context is not None:
        for name in context.unstamped:
            del parts[name]
    return blake2b(_encode((resource.stamp_fields(content), parts)), digest_size=8).hexdigest()


def _item(payload: bytes, kind: type[wire.Wire]) -> Item:
    try:
        content: Any = lenient.decode(payload, kind)
    except ValueError:
        try:
            return Item(lenient.decode(payload, wire_lookups.Head).id, payload)
        except ValueError:
            return Item(None, payload)
    return Item(content.id, payload, content)


def _changed_at(content: Any, zone: ZoneInfo | None) -> int | None:
    try:
        return instant(content.date_upd, zone) if zone else None
    except ValueError:
        return None
