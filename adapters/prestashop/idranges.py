"""Sets of ids as short text: `1-57,59-100`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def ranges_of(ids: Iterable[int]) -> str:
    """The ids as ranges, in ascending order."""
    ranges: list[list[int]] = []
    for number in sorted(set(ids)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def ids_of(ranges: str) -> Iterator[int]:
    """The ids in ranges."""
    for part in filter(None, ranges.split(",")):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
