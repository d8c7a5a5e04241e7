"""What `_fields` leaves of a body.

Objects can be cut (`billing.email`); the items of a list cannot, and asking for `line_items.total` drops the whole
list. Names that do not exist are ignored. In a list the links go, on a single thing they stay.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Cut:
    """Cuts bodies down to the wanted fields, which keep the order they had. No fields = the whole body."""

    def __init__(self, fields: Iterable[str], *, keep_links: bool = False) -> None:
        wanted = list(fields)
        self._whole = {field for field in wanted if "." not in field}
        parts: dict[str, list[str]] = {}
        for field in wanted:
            name, _, inner = field.partition(".")
            if inner and name not in self._whole:
                parts.setdefault(name, []).append(inner)
        self._parts = {name: Cut(inner) for name, inner in parts.items()}
        self._all = not wanted
        if keep_links:
            self._whole.add("_links")

    def __call__(self, body: bytes) -> bytes:
        """The body cut."""
        if self._all:
            return body
        kept = []
        for name, raw in _DECODER.decode(body).items():
            if name in self._whole:
                kept.append(b'"%b":%b' % (name.encode(), raw))
            elif name in self._parts:
                value = bytes(raw)
                if not value.startswith(b"["):
                    value = self._parts[name](value) if value.startswith(b"{") else value
                    kept.append(b'"%b":%b' % (name.encode(), value))
        return b"{" + b",".join(kept) + b"}"
