"""What `_fields` leaves of a body.

Objects can be cut (`billing.email`); the items of a list cannot, and asking for `line_items.total` drops the whole
list. Names that do not exist are ignored. In a list the links go, on a single thing they stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from adapters.woocommerce.simulator.params import words

_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


def wanted_fields(params: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in `_fields`; empty = all."""
    return tuple(words(params.get("_fields", "")))


def cut(body: bytes, fields: Sequence[str], *, single: bool) -> bytes:
    """The body with the wanted fields only, in the order they had."""
    if not fields:
        return body
    keep = {*fields, "_links"} if single else set(fields)
    parts = {name: bytes(raw) for name, raw in _DECODER.decode(body).items()}
    kept: dict[str, bytes] = {}
    for name, raw in parts.items():
        inner = [field.partition(".")[2] for field in keep if field.startswith(f"{name}.")]
        if name in keep:
            kept[name] = raw
        elif inner and raw[:1] == b"{":
            kept[name] = cut(raw, inner, single=False)
        elif inner and raw[:1] != b"[":
            kept[name] = raw
    return b"{" + b",".join(b'"%b":%b' % (name.encode(), raw) for name, raw in kept.items()) + b"}"
