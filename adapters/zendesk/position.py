"""What a cursor of this adapter says."""

from __future__ import annotations

import msgspec

from connector.contract import Cursor

READ_WHOLE = "{}"
"""The cursor of a list without a change filter, once it was read."""


class Position(msgspec.Struct, omit_defaults=True):
    """Where a stream stands, by its way of listing."""

    cursor: str = ""  # the export's own
    start: int = 0  # seconds
    seen: list[int] = []  # events of the last seconds that were read
    mark: int = 0  # microseconds UTC by the server's clock, at the first answer of the last walk

    def text(self) -> Cursor:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()


def position_of(cursor: Cursor | None) -> Position | None:
    """The position in a cursor."""
    return None if cursor is None else msgspec.json.decode(cursor, type=Position)
