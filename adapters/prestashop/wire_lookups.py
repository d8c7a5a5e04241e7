"""The shapes of what other records' contexts are made of, and of what a walk needs; none of it is kept as a record."""

from __future__ import annotations

from adapters.prestashop.wire import Text, Wire


class Buyer(Wire):
    """A customer, as the contexts of orders, carts and conversations need it."""

    id: int
    firstname: str | None = ""
    lastname: str | None = ""
    company: str | None = ""
    email: str | None = ""
    is_guest: str = "0"


class InvoiceAddress(Wire):
    """Who pays, as an order's context needs it; not kept as a record."""

    id: int
    id_country: str = "0"
    firstname: str | None = ""
    lastname: str | None = ""
    company: str | None = ""
    phone: str | None = ""
    phone_mobile: str | None = ""


class Country(Wire):
    """A country."""

    id: int
    iso_code: str = ""


class Named(Wire):
    """A carrier, a contact or a category: id and name."""

    id: int
    name: Text = ""


class OrderNumber(Wire):
    """An order's id and reference."""

    id: int
    reference: str | None = ""


class Setting(Wire):
    """An entry of the shop's configuration."""

    name: str = ""
    value: str | None = ""


class Head(Wire):
    """What every listed thing carries: enough to walk by."""

    id: int
