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
from connector.errors import SourceError

_TOTAL = "total time spent (sec)"
_ORDER = re.compile(r"\b(?:order|bestell|auftrag|commande)", re.IGNORECASE)
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
            title = self._titles.get(field.get("id"))
            value = str(field["value"]).strip()
            if title == _TOTAL:
                ticket.context.handle_seconds = int(value) if value.isdecimal() else None
            elif title is not None and (match := _NUMBER.fullmatch(value)):
                ticket.context.order_numbers.append(match[1])

    @cached_property
    def _titles(self) -> dict[object, str]:
        """Numbers of the fields that matter, with their titles; none where the login may not know them."""
        try:
            return dict(_chosen(self._lists.all_of("ticket_fields.json", "ticket_fields")))
        except SourceError:
            return {}


def _chosen(payloads: Iterable[bytes]) -> Iterable[tuple[int, str]]:
    for payload in payloads:
        try:
            field = lenient.decode(payload, wire.TicketField)
        except ValueError:
            continue
        title = field.title.strip().casefold()
        if title == _TOTAL or _ORDER.search(title):
            yield field.id, title
