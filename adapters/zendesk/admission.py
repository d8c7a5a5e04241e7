"""What may be kept of a record: the fields that `wire` names, and texts only where the owner keeps them. Pure.

Of texts that are not kept their length stays, and the order numbers found in them.
"""

from __future__ import annotations

from adapters.zendesk import wire
from adapters.zendesk.records import plain
from adapters.zendesk.roles import STAFF
from connector.order_numbers import MOST, order_numbers


def admit(content: wire.Wire, *, texts_kept: bool, agents_only: bool) -> None:
    """Drop what may not be kept. What was admitted before stays as it is.

    `agents_only`: people are to be kept by number and name alone.
    """
    match content:
        case wire.Ticket():
            named = order_numbers(f"{content.subject or ''}\n{content.description or ''}")
            content.context.order_numbers = list(dict.fromkeys([*content.context.order_numbers, *named]))[:MOST]
            content.description = None  # it is the first message again
            content.custom_fields = None
            if not texts_kept:
                content.subject = None
        case wire.Child():
            text = content.plain_body if content.plain_body is not None else content.body
            content.length = content.length if text is None else len(text)
            content.plain_body = text if texts_kept else None
            content.body = None
            if isinstance(content.via, dict):  # it carries addresses and names of both sides
                content.via = {"channel": content.via.get("channel")}
        case wire.LogEvent():
            text = plain(content.content)
            content.length = content.length if text is None else len(text)
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
