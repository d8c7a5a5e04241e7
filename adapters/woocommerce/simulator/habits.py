"""How people buy tea: what goes into the cart, how it is sent and paid, where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.model import Product
from adapters.woocommerce.simulator.pricing import Pick
from connector.simulation.people import PretendPerson

FREE_SHIPPING_FROM = Decimal(60)
_PAYMENTS = {"stripe": 34, "paypal": 31, "bacs": 14, "ppcp-pay-upon-invoice": 13, "cod": 8}
_SOURCES = {"google-ads": 18, "organic": 26, "direct": 24, "newsletter": 16, "facebook": 8, "blog": 8}
_WAYS = {"checkout": 61, "store-api": 34, "admin": 3, "rest-api": 2}
_NOTES = (
    "Bitte klingeln 🛎️ – „Hinterhaus“",
    "Geschenk! Keine Rechnung beilegen.",
    "=1+1 bitte nicht ausrechnen",
    "Paket beim Nachbarn abgeben\nDanke!",
)


@dataclass(frozen=True, slots=True)
class Shopper:
    """Somebody who buys here: with an account, or as a guest (`account` 0)."""

    person: PretendPerson
    account: int = 0


def chosen(random: Random, weights: dict[str, int]) -> str:
    """One of the names, by weight."""
    return random.choices(tuple(weights), weights=tuple(weights.values()))[0]


def picks(random: Random, products: Sequence[Product], *, most: int = 4) -> list[Pick]:
    """A cart: one to `most` kinds of goods, mostly few pieces of each."""
    kinds = min(random.choices((1, 2, 3, 4), weights=(42, 32, 17, 9))[0], most, len(products))
    return [
        Pick(product, random.choices((1, 2, 3, 5), weights=(62, 24, 10, 4))[0], random.randrange(3))
        for product in random.sample(products, kinds)
    ]


def buy(
    shop: Deeds,
    random: Random,
    shopper: Shopper,
    *,
    products: Sequence[Product],
    gift_season: bool = False,
    **changes: Any,
) -> int:
    """An order as people make them; `changes` go to `create_order` over what chance would have it."""
    person = shopper.person
    cart = picks(random, products)
    worth = sum((_price(pick) * pick.quantity for pick in cart), Decimal(0))
    payment = chosen(random, _PAYMENTS)
    by_hand = chosen(random, _WAYS)
    coupons = [random.choice(("TEE10", "5euro", "gratisversand"))] if random.random() < 0.08 else []
    fees = ["Nachnahmegebühr"] if payment == "cod" else []
    if random.random() < (0.14 if gift_season else 0.04):
        fees.append("Geschenkverpackung 🎀")
    order: dict[str, Any] = {
        "person": person,
        "customer_id": shopper.account,
        "email": person.email if shopper.account else person.typed_email,
        "currency": "CHF" if person.country == "CH" and random.random() < 0.9 else "EUR",
        "payment": payment,
        "shipping": _shipping(random, person.country, worth),
        "coupons": coupons,
        "fees": fees,
        "created_via": by_hand,
        "note": random.choice(_NOTES) if random.random() < 0.07 else "",
        "source": "admin" if by_hand == "admin" else None if by_hand == "rest-api" else chosen(random, _SOURCES),
    }
    return shop.create_order(cart, **(order | changes))


def _price(pick: Pick) -> Decimal:
    product = pick.product
    return product.variations[pick.size].price if product.variations else product.price or Decimal(0)


def _shipping(random: Random, country: str, worth: Decimal) -> str:
    if country == "CH":
        return "PostPac Priority"
    if worth >= FREE_SHIPPING_FROM:
        return "Kostenloser Versand"
    return random.choices(("DHL Paket", "DHL Express", "Abholung im Laden"), weights=(90, 6, 4))[0]
