"""Which of the orders at hand a conversation is about. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connector.conversations.family import in_order
from connector.conversations.numbers import comparable
from connector.conversations.rules import ServiceRules
from connector.instants import DAY

Link = tuple[int | None, str | None, str | None]
"""Source and id of the order, and why: number, recent, rule. All None: about no order that we know."""

NONE: Link = (None, None, None)


class Bought(NamedTuple):
    """An order that is not gone."""

    source_id: int
    order_id: str
    number: str | None
    person_id: int | None
    created_at: int | None
    countable: bool

    @property
    def shown(self) -> str:
        """The number that the customer sees, in comparable form."""
        return comparable(self.number or self.order_id)


class Asked(NamedTuple):
    """A conversation, and what it is linked with so far."""

    source_id: int
    conversation_id: str
    person_id: int | None
    created_at: int | None
    updated_at: int | None
    is_part: bool
    link: Link
    numbers: Sequence[str]  # in comparable form, the first one named first


class Choice:
    """The rules at hand. `sources`: the number of each source by name."""

    def __init__(self, rules: ServiceRules, sources: Mapping[str, int]) -> None:
        self._sources = sources
        self._window = rules.attribution_days * DAY
        self._said = {(sources[link.source], link.conversation): link for link in rules.links if link.source in sources}

    def numbers(self, asked: Asked) -> Sequence[str]:
        """The numbers of orders that have to be at hand to answer."""
        rule = self._said.get((asked.source_id, asked.conversation_id))
        if rule is not None:
            return () if rule.order is None else (comparable(rule.order),)
        return asked.numbers

    def link(self, asked: Asked, named: Mapping[str, Sequence[Bought]], bought: Mapping[int, Sequence[Bought]]) -> Link:
        """The order a conversation is about. `named`: orders by number; `bought`: orders by person.

        What counts with another conversation is about nothing of its own.
        """
        if asked.is_part:
            return NONE
        rule = self._said.get((asked.source_id, asked.conversation_id))
        if rule is not None:
            return self._by_rule(rule.order_source, rule.order, named)
        return self._by_number(asked, named) or self._recent(asked, bought) or NONE

    def _by_rule(self, source: str | None, order: str | None, named: Mapping[str, Sequence[Bought]]) -> Link:
        shop = self._sources.get(source) if source is not None else None
        if shop is None or order is None:
            return None, None, "rule"
        found = [one for one in named.get(comparable(order), ()) if one.source_id == shop]
        exact = [one.order_id for one in found if one.order_id == order]
        ids = exact or sorted((one.order_id for one in found), key=in_order)
        return (shop, ids[0], "rule") if ids else (shop, order, "rule")

    def _by_number(self, asked: Asked, named: Mapping[str, Sequence[Bought]]) -> Link | None:
        if asked.person_id is not None:
            own = [
                one
                for number in asked.numbers
                for one in named.get(number, ())
                if one.person_id == asked.person_id and one.shown == number
            ]
            if own:
                # Of several that it names, the last one bought before; else the first one after.
                before = [one for one in own if _at(one) <= (asked.created_at or 0)]
                one = max(before, key=_place) if before else min(own, key=_place)
                return one.source_id, one.order_id, "number"
        for number in asked.numbers:
            found = [one for one in named.get(number, ()) if one.shown == number]
            if len(found) == 1 and _there(found[0], asked):
                return found[0].source_id, found[0].order_id, "number"
        return None

    def _recent(self, asked: Asked, bought: Mapping[int, Sequence[Bought]]) -> Link | None:
        if asked.person_id is None or asked.created_at is None:
            return None
        recent = [
            one
            for one in bought.get(asked.person_id, ())
            if one.countable and one.created_at is not None and 0 <= asked.created_at - one.created_at <= self._window
        ]
        if not recent:
            return None
        one = max(recent, key=_place)
        return one.source_id, one.order_id, "recent"


def _there(order: Bought, asked: Asked) -> bool:
    """Whether an order was there before the conversation ended: else the number stood for something else."""
    if order.created_at is None or asked.updated_at is None:
        return True
    return order.created_at <= max(asked.updated_at, asked.created_at or 0)


def _at(order: Bought) -> int:
    return order.created_at if order.created_at is not None else 0


def _place(order: Bought) -> tuple[int, int, tuple[int, str]]:
    return _at(order), -order.source_id, in_order(order.order_id)
