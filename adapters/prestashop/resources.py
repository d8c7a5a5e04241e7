"""The lists of the web service that are read: what is asked for, and how each shows its changes.

Sources of `follows` and of what moves no date: measured on a running 8.2.1 and compared with the classes of 1.6 to 9.1.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar

import msgspec

from adapters.prestashop import wire, wire_lookups, wire_service

API = "api/"
Kind = TypeVar("Kind", bound=wire.Wire)


@dataclass(frozen=True)
class Resource(Generic[Kind]):
    """One list of the web service.

    `follows` is how changes are found: by `date_upd`; by growing ids (`id`), where rows are only ever added; or not at
    all (None), then the list is read whole. `stamped` are the fields that the sweep lists, since they show a change or
    lead to what a record's context is made of. `dated`: rows have a `date_add`, so that old ones can be left out.
    """

    name: str
    kind: type[Kind]
    follows: Literal["date_upd", "id"] | None = None
    stamped: tuple[str, ...] = ()
    dated: bool = False

    @property
    def key(self) -> str:
        """The name its list has in an answer."""
        return "order_slips" if self.name == "order_slip" else self.name

    @cached_property
    def display(self) -> str:
        """The parameter that names every field of `kind`."""
        return _display(self.kind)

    @cached_property
    def decode(self) -> Callable[[bytes], list[Kind]]:
        """A whole answer at once; raises where it holds no rows, or one that does not fit."""
        answer = msgspec.defstruct("Rows", [(self.key, list.__class_getitem__(self.kind))], gc=False)
        decoder, rows = msgspec.json.Decoder(answer), attrgetter(self.key)
        return lambda text: rows(decoder.decode(text))

    @property
    def listed(self) -> str:
        """The parameter that names what the sweep needs."""
        return f"[{','.join(('id', *self.stamped))}]"

    @cached_property
    def stamp_fields(self) -> Callable[[Any], Any]:
        """Takes what the sweep lists out of a decoded row."""
        return attrgetter(*("associations" if "[" in name else name for name in self.stamped))


def _display(kind: type[wire.Wire]) -> str:
    names: list[str] = []
    for field in msgspec.structs.fields(kind):
        if field.name == "associations":
            for link in msgspec.structs.fields(field.type):
                (item,) = typing.get_args(link.type)
                names.append(f"{link.encode_name}{_display(item)}")
        elif field.name != "context":
            names.append(field.encode_name)
    return f"[{','.join(names)}]"


_STATE_OF_ORDER = ("current_state", "valid", "invoice_date", "total_paid_tax_incl", "total_paid_real")

ORDERS = Resource(
    "orders",
    wire.Order,
    follows="date_upd",
    stamped=("date_upd", *_STATE_OF_ORDER, "id_customer", "id_currency", "id_address_invoice"),
    dated=True,
)
SLIPS = Resource(
    "order_slip",
    wire.Slip,
    follows="date_upd",
    stamped=("date_upd", "total_products_tax_incl", "total_shipping_tax_incl"),
    dated=True,
)
HISTORIES = Resource(
    "order_histories", wire.History, follows="id", stamped=("id_order", "id_order_state", "id_employee"), dated=True
)
PAYMENTS = Resource("order_payments", wire.Payment, follows="id", stamped=("order_reference", "amount"), dated=True)
ORDER_CARRIERS = Resource("order_carriers", wire.OrderCarrier, follows="id", stamped=("id_carrier",), dated=True)
STATES = Resource("order_states", wire.OrderState)
CURRENCIES = Resource("currencies", wire.Currency)
EMPLOYEES = Resource("employees", wire_service.Employee)
CARTS = Resource(
    "carts",
    wire.Cart,
    follows="date_upd",
    stamped=("date_upd", "id_customer", "id_currency", "id_address_delivery"),
    dated=True,
)
CUSTOMERS = Resource(
    "customers",
    wire.Customer,
    follows="date_upd",
    stamped=("date_upd", "firstname", "lastname", "company", "email", "is_guest", "active", "deleted"),
)
ADDRESSES = Resource(
    "addresses", wire.Address, follows="date_upd", stamped=("date_upd", "id_customer", "id_country", "deleted")
)
PRODUCTS = Resource(
    "products", wire.Product, follows="date_upd", stamped=("date_upd", "reference", "price", "categories[id]")
)
THREADS = Resource(
    "customer_threads",
    wire_service.Thread,
    follows="date_upd",
    stamped=("date_upd", "status", "email", "id_customer", "id_order", "id_contact"),
    dated=True,
)
MESSAGES = Resource(
    "customer_messages",
    wire_service.Message,
    follows="date_upd",
    stamped=("date_upd", "id_customer_thread", "id_employee", "private"),
    dated=True,
)

# Lists that are read for what others need of them.
BUYERS = Resource("customers", wire_lookups.Buyer)
INVOICE_ADDRESSES = Resource("addresses", wire_lookups.InvoiceAddress)
COUNTRIES = Resource("countries", wire_lookups.Country)
CARRIERS = Resource("carriers", wire_lookups.Named)
CONTACTS = Resource("contacts", wire_lookups.Named)
CATEGORIES = Resource("categories", wire_lookups.Named)
ORDER_NUMBERS = Resource("orders", wire_lookups.OrderNumber)
