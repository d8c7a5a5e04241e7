"""What may be kept of a record: the fields that `wire` names, and texts only where the owner keeps them. Pure.

Of texts that are not kept their length stays, and the order numbers found in them.
"""

from __future__ import annotations

from adapters.zendesk import wire
from adapters.zendesk.channels import by_rule, merging
from adapters.zendesk.records import plain
from adapters.zendesk.roles import STAFF
from connector.order_numbers import MOST, order_numbers


def admit(content: wire.Wire, *, texts_kept: bool, agents_only: bool) -> None:
    """Drop what may not be kept. What was admitted before stays as it is.

    `agents_only`: people are to be kept by number and name alone.
    """
    match content:
        case wire.Ticket():
            named = _orders(f"{content.subject or ''}\n{content.description or ''}", content.id)
            content.context.order_numbers = list(dict.fromkeys([*content.context.order_numbers, *named]))[:MOST]
            content.description = None  # it is the first message again
            content.custom_fields = None
            if not texts_kept:
                content.subject = None
        case wire.Child():
            text = content.plain_body if content.plain_body is not None else content.body
            content.length = content.length if text is None else len(text)
            if text is not None and content.role != "system" and not by_rule(content.via) and not merging(content.via):
                content.order_numbers = _orders(text, content.ticket_id)
            content.plain_body = text if texts_kept else None
            content.body = content.custom_ticket_fields = content.previous_value = None
            if isinstance(content.via, dict):  # it carries addresses and names of both sides
                rel = {"source": {"rel": "merge"}} if merging(content.via) else {}
                content.via = {"channel": content.via.get("channel"), **rel}
        case wire.LogEvent():
            text = plain(content.content)
            if text is not None:
                content.length, content.order_numbers = len(text), _orders(text, content.ticket_id)
            content.content = wire.LogContent(text=text) if texts_kept and text is not None else None
        case wire.User() if agents_only or content.role in STAFF:
            content.email = content.phone = None
        case wire.Rating() if not texts_kept:
            content.comment = None
        case wire.SurveyResponse() if not texts_kept:
            for reply in content.answers or ():
                reply.value = None
        case wire.Policy():
            conditions = [*content.filter.all, *content.filter.any] if content.filter else []
            for condition in conditions:
                if "via" not in condition.field and condition.field != "channel":
                    condition.value = None  # names of customers and organisations may stand there


def _orders(text: str, ticket: int | None) -> list[str]:
    """The order numbers in a text. A ticket's own number, which desks write into mails, is none."""
    return [number for number in order_numbers(text) if number != str(ticket)]
