"""Puts into records what they need from other lists to be understood later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.prestashop import wire, wire_lookups, wire_service
from adapters.prestashop.lookups import Lookups, by_id, by_reference
from adapters.prestashop.resources import (
    BUYERS,
    CARRIERS,
    CATEGORIES,
    CONTACTS,
    COUNTRIES,
    CURRENCIES,
    INVOICE_ADDRESSES,
    ORDER_NUMBERS,
    STATES,
    Resource,
)
from connector.errors import StreamNotOffered

ERASED_CUSTOMER = "anonymous@psgdpr.com"
"""The account that PrestaShop's own GDPR module hands the orders of erased customers to: everybody's and nobody's."""


def attach(resource: Resource[Any], contents: Sequence[Any], lookups: Lookups, zone: str | None) -> None:
    """Fill in the contexts of a page's records. `zone` is the shop's, where the owner did not name it."""
    builder = _BUILDERS.get(resource.kind)
    if builder is not None and contents:
        builder(contents, lookups)
    if zone is not None:
        for content in contents:
            if hasattr(content, "context"):
                content.context.zone = zone


def is_nobody(email: str | None) -> bool:
    """Whether this is the address of the account that stands for everybody erased."""
    return (email or "").strip().lower() == ERASED_CUSTOMER


def text_of(text: wire.Text) -> str:
    """A text in the shop's first language."""
    if isinstance(text, list):
        known = [one for one in text if one.value]
        return min(known, key=lambda one: (len(one.id), one.id)).value or "" if known else ""
    return text or ""


def _orders(orders: Sequence[wire.Order], lookups: Lookups) -> None:
    buyers, addresses = lookups.many(
        by_id(BUYERS, (order.id_customer for order in orders)),
        by_id(INVOICE_ADDRESSES, (order.id_address_invoice for order in orders)),
    )
    states = _states(lookups)
    currencies, countries = lookups.whole(CURRENCIES), lookups.whole(COUNTRIES)
    carriers = lookups.whole(CARRIERS, optional=True)
    for order in orders:
        context = order.context
        buyer, address = buyers.get(order.id_customer), addresses.get(order.id_address_invoice)
        context.state = states.get(order.current_state)
        context.currency = _code(currencies.get(order.id_currency))
        context.carrier = text_of(carriers[order.id_carrier].name) if order.id_carrier in carriers else None
        _person(context, buyer)
        if context.nobody:
            continue
        context.email = buyer.email or None if buyer else None
        context.name = _name(address) or _name(buyer)
        if address:
            context.phone = address.phone or address.phone_mobile or None
            context.country = _code(countries.get(address.id_country))


def _histories(histories: Sequence[wire.History], lookups: Lookups) -> None:
    states = _states(lookups)
    for history in histories:
        history.context.state = states.get(history.id_order_state)


def _payments(payments: Sequence[wire.Payment], lookups: Lookups) -> None:
    (numbers,) = lookups.many(by_reference(ORDER_NUMBERS, (payment.order_reference for payment in payments)))
    orders: dict[str, list[int]] = {}
    for number in numbers.values():
        orders.setdefault(number.reference or "", []).append(number.id)
    for payment in payments:
        payment.context.orders = [str(number) for number in sorted(orders.get(payment.order_reference or "", ()))]


def _carts(carts: Sequence[wire.Cart], lookups: Lookups) -> None:
    buyers, addresses = lookups.many(
        by_id(BUYERS, (cart.id_customer for cart in carts)),
        by_id(INVOICE_ADDRESSES, (cart.id_address_delivery for cart in carts)),
    )
    currencies, countries = lookups.whole(CURRENCIES), lookups.whole(COUNTRIES)
    for cart in carts:
        buyer, address = buyers.get(cart.id_customer), addresses.get(cart.id_address_delivery)
        cart.context.currency = _code(currencies.get(cart.id_currency))
        cart.context.country = _code(countries.get(address.id_country)) if address else None
        _person(cart.context, buyer)
        cart.context.email = buyer.email or None if buyer and not cart.context.nobody else None


def _products(products: Sequence[wire.Product], lookups: Lookups) -> None:
    wanted = (category.id for product in products for category in product.associations.categories)
    try:
        (categories,) = lookups.many(by_id(CATEGORIES, wanted))
    except StreamNotOffered:
        return
    for product in products:
        known = (categories.get(category.id) for category in product.associations.categories)
        product.context.categories = [name for category in known if category and (name := text_of(category.name))]


def _threads(threads: Sequence[wire_service.Thread], lookups: Lookups) -> None:
    buyers, orders = lookups.many(
        by_id(BUYERS, (thread.id_customer for thread in threads)),
        by_id(ORDER_NUMBERS, (thread.id_order for thread in threads)),
    )
    contacts = lookups.whole(CONTACTS, optional=True)
    for thread in threads:
        context = thread.context
        buyer, order, contact = (
            buyers.get(thread.id_customer),
            orders.get(thread.id_order),
            contacts.get(thread.id_contact),
        )
        _person(context, buyer)
        context.name = None if context.nobody else _name(buyer)
        context.reference = order.reference or None if order else None
        context.contact = text_of(contact.name) or None if contact else None


_BUILDERS: Mapping[type[wire.Wire], Callable[[Any, Lookups], None]] = {
    wire.Order: _orders,
    wire.History: _histories,
    wire.Payment: _payments,
    wire.Cart: _carts,
    wire.Product: _products,
    wire_service.Thread: _threads,
}


def _person(
    context: wire.OrderContext | wire.CartContext | wire_service.ThreadContext, buyer: wire_lookups.Buyer | None
) -> None:
    if buyer:
        context.guest = buyer.is_guest == "1"
        context.nobody = is_nobody(buyer.email)


def _states(lookups: Lookups) -> dict[str, wire.State]:
    return {
        number: wire.State(text_of(state.name), state.paid, state.shipped, state.logable, text_of(state.template))
        for number, state in lookups.whole(STATES).items()
    }


def _code(row: wire.Currency | wire_lookups.Country | None) -> str | None:
    return row.iso_code.upper() or None if row else None


def _name(who: wire_lookups.Buyer | wire_lookups.InvoiceAddress | None) -> str | None:
    if who is None:
        return None
    return f"{who.firstname or ''} {who.lastname or ''}".strip() or who.company or None
