"""The shapes of the shop's own customer service; what holds for all shapes stands in `wire`."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from adapters.prestashop.wire import Context, Wire


class ThreadContext(Context):
    """What a conversation needs from others."""

    guest: bool = False
    nobody: bool = False
    name: str | None = None
    reference: str | None = None  # of the order it is about
    contact: str | None = None  # the department it was written to


class Thread(Wire):
    """A conversation with the shop's customer service."""

    id: int
    id_shop: str = "0"
    id_customer: str = "0"
    id_order: str = "0"
    id_contact: str = "0"
    email: str | None = ""
    status: str | None = ""
    date_add: str | None = ""
    date_upd: str | None = ""
    context: ThreadContext = msgspec.field(name="_context", default_factory=ThreadContext)


class MessageContext(Context):
    """What is kept of a message's text: its length in characters and the orders it names. The sweep lists no texts."""

    unstamped: ClassVar[tuple[str, ...]] = ("zone", "length", "order_numbers")
    length: int | None = None
    order_numbers: list[str] = msgspec.field(default_factory=list)


class Message(Wire):
    """One message. The text is measured, and dropped unless the owner keeps texts."""

    id: int
    id_customer_thread: str = "0"
    id_employee: str | None = "0"
    message: str | None = None
    private: str = "0"
    date_add: str | None = ""
    date_upd: str | None = ""
    context: MessageContext = msgspec.field(name="_context", default_factory=MessageContext)


class Employee(Wire):
    """Somebody who works in the shop: id and name only."""

    id: int
    firstname: str | None = ""
    lastname: str | None = ""
