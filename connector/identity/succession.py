"""Which group of a new partition carries on which earlier person: ids stay through merges and splits. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from connector.identity.partition import Group, Node, node_order
from connector.identity.reading import Use


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows that were an earlier person's, and the node that decides whose they are now."""

    person_id: int
    node: Node
    use: Use
    earliest: int | None  # of orders: when the first was created, microseconds UTC


FirstOrder = Callable[[Sequence[Trace]], Trace]
"""Of traces whose earliest orders were created at one instant: the one with the first order by number."""


@dataclass(slots=True)
class Succession:
    """Ids for groups, by their place in the list of groups; None where a new person begins."""

    ids: list[int | None]
    merged: dict[int, int] = field(default_factory=dict)  # person taken over -> person that stays
    split: list[tuple[int, int]] = field(default_factory=list)  # (person, place of a group that left it)


def succeed(
    groups: Sequence[Group], aliases: Mapping[Node, int], traces: Iterable[Trace], first_order: FirstOrder
) -> Succession:
    """Decide which group carries on which earlier person.

    A person that stayed whole goes where its nodes are; one whose nodes all vanished goes where its rows went. One
    whose nodes are in several groups is carried on by the group with its earliest order; without dated orders by the
    one with its lowest account, else with its lowest e-mail. Of several persons in one group the lowest id stays.
    """
    place_of = {node: place for place, group in enumerate(groups) for node in group.nodes}
    held: dict[int, set[Node]] = {}
    for node, person in aliases.items():
        if node in place_of:
            held.setdefault(person, set()).add(node)
    traced: dict[int, list[Trace]] = {}
    for trace in traces:
        traced.setdefault(trace.person_id, []).append(trace)

    heirs: dict[int, int] = {}
    for person in held.keys() | traced.keys():
        rows = traced.get(person, [])
        nodes = held.get(person) or {trace.node for trace in rows}
        heirs[person] = _heir(nodes, rows, place_of, first_order)

    succession = Succession([None] * len(groups))
    for person in sorted(heirs):
        stays = succession.ids[heirs[person]]
        if stays is None:
            succession.ids[heirs[person]] = person
        else:
            succession.merged[person] = stays
    for person in sorted(held):
        left = {place_of[node] for node in held[person]} - {heirs[person]}
        succession.split.extend((person, place) for place in sorted(left))
    return succession


def _heir(nodes: Iterable[Node], rows: Sequence[Trace], place_of: Mapping[Node, int], first_order: FirstOrder) -> int:
    places = {place_of[node] for node in nodes}
    if len(places) == 1:
        return places.pop()
    dated = [row for row in rows if row.earliest is not None and place_of[row.node] in places]
    if not dated:
        return place_of[min(nodes, key=node_order)]
    earliest = min(row.earliest for row in dated if row.earliest is not None)
    tied = [row for row in dated if row.earliest == earliest]
    if len({place_of[row.node] for row in tied}) == 1:
        return place_of[tied[0].node]
    return place_of[first_order(tied).node]
