"""What happens to a shop by itself: one random deed at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.habits import Shopper, buy
from adapters.woocommerce.simulator.model import Order
from connector.simulation.people import person

PEOPLE = 60  # who come to a shop by chance
STATUSES = ("pending", "processing", "on-hold", "completed", "cancelled", "failed")
_Deed = Callable[[Deeds, Random], bool]


def _any_order(shop: Deeds, random: Random, *but: str) -> Order | None:
    """An order in any status but these."""
    ids = [row.id for row in shop.orders.all_newest() if row.status not in but]
    return shop.order(random.choice(sorted(ids))) if ids else None


def _any_account(shop: Deeds, random: Random) -> int:
    ids = sorted(row.id for row in shop.customers.all_newest() if row.role == "customer")
    return random.choice(ids) if ids else 0


def _guest_order(shop: Deeds, random: Random) -> bool:
    buyer = person(1, random.randint(1, PEOPLE))
    buy(shop, random, Shopper(buyer), products=shop.product_list())
    return True


def _account_order(shop: Deeds, random: Random) -> bool:
    account = _any_account(shop, random)
    buyer = person(1, random.randint(1, PEOPLE))
    email = shop.customer(account).email if account else buyer.email
    buy(shop, random, Shopper(buyer, account), products=shop.product_list(), email=email)
    return True


def _draft(shop: Deeds, random: Random) -> bool:
    shop.create_order(status="checkout-draft", shipping=None, created_via="store-api")
    return True


def _note(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash")
    return bool(order and shop.edit_order(order.id, customer_note=f"Notiz {random.randrange(1000)} 🍵"))


def _address(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash", "checkout-draft")
    someone = person(1, random.randint(1, PEOPLE))
    if order:
        shop.edit_order(order.id, billing=replace(order.billing, email=someone.typed_email))
    return order is not None


def _new_status(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash", "refunded")
    return bool(order and shop.set_status(order.id, random.choice(STATUSES)))


def _same_status(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash")
    return bool(order and shop.set_status(order.id, order.status))


def _refund(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash", "pending", "failed", "cancelled", "checkout-draft", "refunded")
    if order is None:
        return False
    left = order.total - sum((shop.refund_row(key).amount for key in order.refund_ids), Decimal(0))
    if left <= 0:
        return False
    share = Decimal(random.choice((1, 25, 50, 100))) / 100
    amount = max((left * share).quantize(Decimal("0.01")), min(left, Decimal("0.01")))
    shop.refund(order.id, amount, itemised=random.random() < 0.6, reason="Zufall")
    return True


def _delete_refund(shop: Deeds, random: Random) -> bool:
    ids = sorted(row.id for row in shop.refunds.all_newest())
    return bool(ids and shop.delete_refund(random.choice(ids)))


def _trash(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "trash")
    return bool(order and shop.trash(order.id))


def _restore(shop: Deeds, random: Random) -> bool:
    ids = sorted(row.id for row in shop.orders.all_newest() if row.status == "trash")
    return bool(ids and shop.restore(random.choice(ids)))


def _force_delete(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random)
    return bool(order and shop.force_delete(order.id))


def _erase(shop: Deeds, random: Random) -> bool:
    order = _any_order(shop, random, "checkout-draft")
    email = order.billing.email if order else ""
    return bool(email and not email.endswith(".invalid") and shop.erase_personal_data(email))


def _new_account(shop: Deeds, random: Random) -> bool:
    owner = person(1, random.randint(1, PEOPLE))
    shop.create_customer(owner, email=f"konto{shop.next_user}@example.org", touched=random.random() < 0.8)
    return True


def _edit_account(shop: Deeds, random: Random) -> bool:
    account = _any_account(shop, random)
    return bool(account and shop.edit_customer(account, first_name=person(1, random.randint(1, PEOPLE)).first_name))


def _delete_account(shop: Deeds, random: Random) -> bool:
    account = _any_account(shop, random)
    return bool(account and shop.delete_customer(account))


def _price(shop: Deeds, random: Random) -> bool:
    product = random.choice(shop.product_list())
    if product.variable:
        return False
    shop.edit_product(product.id, price=Decimal(random.randint(100, 9000)) / 100)
    return True


def _new_product(shop: Deeds, random: Random) -> bool:
    key, at = shop.new_post_id(), shop.now()
    model = random.choice(shop.product_list())
    shop.products.save(
        key, replace(model, id=key, name=f"Neu {key}", sku=f"NEU-{key}", created=at, modified=at, variations=())
    )
    return True


def _delete_product(shop: Deeds, random: Random) -> bool:
    goods = shop.product_list()
    return len(goods) > 4 and bool(shop.delete_product(random.choice(goods).id))


def _plugin_status(shop: Deeds, random: Random) -> bool:
    """A status of a plugin comes or goes, with whatever is in it."""
    if "in-production" in shop.statuses:
        shop.unregister_status("in-production")
        return True
    shop.register_status("in-production", "In production")
    order = _any_order(shop, random, "trash")
    return bool(order and shop.set_status(order.id, "in-production")) or True


def _sql(shop: Deeds, random: Random) -> bool:
    orders = [order for _ in range(3) if (order := _any_order(shop, random, "trash"))]
    shop.bulk_sql_update([order.id for order in orders], status=random.choice(STATUSES))
    return bool(orders)


DEEDS: dict[str, tuple[int, _Deed]] = {
    "a guest ordered": (10, _guest_order),
    "an account holder ordered": (10, _account_order),
    "a checkout was begun": (3, _draft),
    "an order got a note": (5, _note),
    "an order got another e-mail": (4, _address),
    "an order got another status": (12, _new_status),
    "an order got its own status again": (2, _same_status),
    "an order was refunded": (9, _refund),
    "a refund was deleted": (3, _delete_refund),
    "an order was trashed": (4, _trash),
    "an order was restored": (3, _restore),
    "an order was deleted for good": (3, _force_delete),
    "a person was erased": (1, _erase),
    "an account was opened": (3, _new_account),
    "an account was edited": (3, _edit_account),
    "an account was deleted": (1, _delete_account),
    "a price changed": (3, _price),
    "a product was added": (2, _new_product),
    "a product was deleted": (1, _delete_product),
    "a plugin's status came or went": (1, _plugin_status),
    "SQL changed orders by hand": (3, _sql),
}
