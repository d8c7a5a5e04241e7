"""Ticket fields that matter to figures: the Time Tracking app's total, and fields for order numbers.

Custom fields are known by their titles alone; which numbers they have in this desk is asked for when the first tickets
come. Sources: help article "Time Tracking app metrics"; titles of order fields are the owner's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from adapters.zendesk import wire
from adapters.zendesk.lists import Lists
from connector import lenient
from connector.errors import StreamNotOffered

_TOTAL = "total time spent (sec)"
_ORDER = re.compile(r"\b(?:order|bestell|auftrag|commande)", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"\b(?:total|value|amount|sum|count|date|number of)\b|wert|betrag|summe|anzahl|datum|montant", re.IGNORECASE
)
_SECONDS = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"#?\s*([A-Z]{0,4}-?\d{2,12})", re.IGNORECASE)


class TicketFields:
    """What a ticket's custom fields say."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def read(self, ticket: wire.Ticket) -> None:
        """Put what the fields say into the ticket's context, and drop them: anything may stand in the others."""
        listed = ticket.custom_fields
        ticket.custom_fields = None
        for field in listed if isinstance(listed, list) else ():
            if not isinstance(field, dict) or field.get("value") in (None, ""):
                continue
            title = self._titles.get(str(field.get("id")))
            value = str(field["value"]).strip()
            if title == _TOTAL:
                ticket.context.handle_seconds = _seconds(value)
            elif title is not None and (match := _NUMBER.fullmatch(value)):
                ticket.context.order_numbers.append(match[1])

    def worked(self, child: wire.Child) -> int | None:
        """Seconds that somebody's time at a ticket was counted by with a change of the Time Tracking app's total.

        The other field of the app, "time spent last update", says nothing when two stretches are equally long.
        """
        changed = child.custom_ticket_fields
        child.custom_ticket_fields = None
        for key, value in changed.items() if isinstance(changed, dict) else ():
            if self._titles.get(str(key)) == _TOTAL and (total := _seconds(value)) is not None:
                return max(0, total - (_seconds(child.previous_value) or 0)) or None
        return None

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Numbers of the fields that matter, with their titles; none where the login may not know them."""
        try:
            return dict(_chosen(self._lists.all_of("ticket_fields.json", "ticket_fields")))
        except StreamNotOffered:
            return {}


def _seconds(value: object) -> int | None:
    return int(str(value)) if _SECONDS.fullmatch(str(value)) else None


def _chosen(payloads: Iterable[bytes]) -> Iterable[tuple[str, str]]:
    for payload in payloads:
        try:
            field = lenient.decode(payload, wire.TicketField)
        except ValueError:
            continue
        title = field.title.strip().casefold()
        if title == _TOTAL or (_ORDER.search(title) and not _SOMETHING_ELSE.search(title)):
            yield str(field.id), title
