"""Wire shape -> rows: the shop's own customer service. Pure.

The web service keeps no history of a thread's status; its change date moves with the status and not with messages, so
for a closed thread it says when it was closed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from adapters.prestashop import wire_service
from adapters.prestashop.normalise import id_or_none
from adapters.prestashop.times import instant
from connector.contract import Row
from connector.emails import email_key
from connector.model import Agent, Conversation, Message
from connector.order_numbers import LONGEST, MOST, order_numbers

_THREAD_PAGE = "/index.php?controller=AdminCustomerThreads&viewcustomer_thread=&id_customer_thread="
CLOSED = "closed"  # beside open, pending1, pending2
_LINE_END = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_REFERENCE = re.compile(r"\b[A-Z]{9}\b")


def thread_rows(thread: wire_service.Thread, zone: ZoneInfo, admin_url: str | None) -> Iterator[Row]:
    """A conversation, begun by the contact form, the order page or an employee."""
    context = thread.context
    anonymous = context.guest or context.nobody
    closed = thread.status == CLOSED
    number = str(thread.id)
    yield (
        Conversation,
        {
            "conversation_id": number,
            "shop": id_or_none(thread.id_shop),
            "channel": "form",
            "channel_raw": context.contact or ("contact form" if id_or_none(thread.id_contact) else "order page"),
            "status": thread.status or "",
            "state": CLOSED if closed else "open",
            "account_id": None if anonymous else id_or_none(thread.id_customer),
            "email": thread.email or None,
            "email_key": email_key(thread.email),
            "name": context.name,
            "group_name": context.contact,
            "order_numbers": _json([context.reference] if context.reference else []),
            "created_at": instant(thread.date_add, zone),
            "updated_at": instant(thread.date_upd, zone),
            "closed_at": instant(thread.date_upd, zone) if closed else None,
            "url": f"{admin_url}{_THREAD_PAGE}{number}" if admin_url else None,
        },
    )


def message_rows(message: wire_service.Message, zone: ZoneInfo, *, texts_kept: bool) -> Iterator[Row]:
    """One message; notes among employees are not public."""
    employee = id_or_none(message.id_employee)
    yield (
        Message,
        {
            "message_id": str(message.id),
            "conversation_id": message.id_customer_thread,
            "created_at": instant(message.date_add, zone),
            "author_role": "agent" if employee else "customer",
            "agent_id": employee,
            "public": message.private != "1",
            "length": message.context.length,
            "order_numbers": _json(message.context.order_numbers),
            "body": plain(message.message) if texts_kept and message.message is not None else None,
        },
    )


def plain(text: str) -> str:
    """A message as people read it; PrestaShop keeps markup and entities in it."""
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", text))).strip()


def orders_named(text: str) -> list[str]:
    """The orders that a text names, by number or by the nine letters that PrestaShop calls an order by."""
    return list(dict.fromkeys([*_REFERENCE.findall(text[:LONGEST]), *order_numbers(text)]))[:MOST]


def employee_rows(employee: wire_service.Employee) -> Iterator[Row]:
    """Somebody who answers."""
    yield (
        Agent,
        {
            "agent_id": str(employee.id),
            "name": f"{employee.firstname or ''} {employee.lastname or ''}".strip() or None,
            "role": "agent",
        },
    )


def _json(texts: list[str]) -> str | None:
    return msgspec.json.encode(texts).decode() if texts else None
