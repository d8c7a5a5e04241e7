"""Which conversations count with which: a chat with its ticket, a ticket with the one it was merged into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from connector.conversations.family import Key, Member
from connector.conversations.reading import Rows


@dataclass(slots=True)
class Families:
    """Conversations that have to be looked at together: none outside counts with one of these, or did."""

    members: dict[Key, Member] = field(default_factory=dict)
    absent: set[Key] = field(default_factory=set)  # told before or only named, and not stored
    merged: dict[Key, str] = field(default_factory=dict)  # into which id of its source, stored or not
    told: dict[Key, Key | None] = field(default_factory=dict)  # told before, and as part of what
    names: dict[str, Key] = field(default_factory=dict)  # self_ref -> conversation

    @property
    def keys(self) -> set[Key]:
        """Every key that was looked at."""
        return self.members.keys() | self.absent

    def heads(self) -> dict[Key, Key]:
        """For each stored conversation the one it counts with: itself, unless it is part of another."""
        above = {key: self._above(member) for key, member in self.members.items()}
        return {key: _top(key, above) for key in self.members}

    def _above(self, member: Member) -> Key | None:
        """A merge within the source says more than two sources' seeing the same."""
        merged = self.merged.get(member.key)
        if merged is not None:
            target = (member.source_id, merged)
            if target in self.members and target != member.key:
                return target
        same = self.names.get(member.same_as) if member.same_as is not None else None
        return same if same != member.key else None


def gather(rows: Rows, start: Iterable[Key]) -> Families:
    """Everything that counts with these conversations now, or did when they were last told."""
    found = Families()
    frontier = set(start)
    while frontier:
        members = rows.members(frontier)
        found.members.update(members)
        found.absent |= frontier - members.keys()
        told = rows.told(frontier)
        found.told.update(told)
        merged = {key: member.merged_into for key, member in members.items() if member.merged_into is not None}
        merged = {**rows.merges(frontier), **merged}
        found.merged.update((key, target) for key, target in merged.items() if key in members)
        names = {member.same_as for member in members.values() if member.same_as is not None}
        known = rows.known_as(names - found.names.keys())
        found.names.update(known)

        reached = {before for before in told.values() if before is not None}
        reached.update((key[0], target) for key, target in merged.items())
        reached.update(known.values())
        reached |= rows.same_as({member.self_ref for member in members.values() if member.self_ref is not None})
        reached |= rows.parts_before(frontier)
        reached |= rows.merged_before(frontier)
        frontier = reached - found.members.keys() - found.absent
    return found


def _top(key: Key, above: Mapping[Key, Key | None]) -> Key:
    """The end of the chain; of a ring, in which each counts with another, its lowest key."""
    seen: list[Key] = []
    at: Key = key
    while at not in seen:
        seen.append(at)
        following = above.get(at)
        if following is None:
            return at
        at = following
    return min(seen[seen.index(at) :])
