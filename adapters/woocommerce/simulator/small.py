"""A shop of a few dozen orders in which every oddity happens once: for tests that change it at random."""

from __future__ import annotations

from random import Random

from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.habits import Shopper, buy
from adapters.woocommerce.simulator.model import Address
from adapters.woocommerce.simulator.pricing import Pick
from adapters.woocommerce.simulator.story import DAY, HOUR, open_shop
from connector.simulation.people import cast

PEOPLE = 18
HOSTILE = 41  # the place in the cast of somebody whose name looks like a formula


def fill_small(shop: Deeds, seed: int) -> None:
    """Fill an empty shop. All of it happened before the last hour."""
    now = shop.now()
    random = Random(f"small/{seed}")
    open_shop(shop, now - 90 * DAY)
    people = cast(seed, HOSTILE)
    accounts: list[int] = []
    with shop.back_then(now - 80 * DAY):
        shop.register_status("in-production", "In production")
        for person in people[:8]:
            accounts.append(shop.create_customer(person, email=person.second_email))
        shop.create_customer(people[8], role="subscriber", touched=False)
        shop.create_customer(people[9], role="shop_manager")
    made: list[int] = []
    for place in range(26):
        person = people[place % PEOPLE]
        account = accounts[place % PEOPLE] if place % PEOPLE < 6 else 0
        with shop.back_then(now - (75 - 2 * place) * DAY + random.randrange(DAY)):
            made.append(buy(shop, random, Shopper(person, account), products=shop.product_list()))
    with shop.back_then(now - 22 * DAY):
        for order_id in made[:15]:
            shop.set_status(order_id, "completed")  # all in one second: nothing tells their order
    _refunds(shop, made, now)
    _odd_orders(shop, people[0].second_email or people[0].email, accounts, now)
    _odd_ends(shop, made, accounts, now)
    hostile = people[HOSTILE - 1]
    with shop.back_then(now - 6 * DAY):
        odd = shop.create_order([Pick(shop.product_list()[8], 2)], person=hostile, note="-2+3", number="=2026-1")
        shop.add_meta(odd, "_some_plugin", {"nested": ["ä", None, 1.5]})
    with shop.back_then(now - 2 * HOUR):
        shop.create_order(status="checkout-draft", shipping=None, created_via="store-api")


def _refunds(shop: Deeds, made: list[int], now: int) -> None:
    with shop.back_then(now - 20 * DAY):
        shop.refund(made[0], reason="Retoure – gefällt nicht")
        shop.refund(made[1], "1.00", reason="1 Stück beschädigt")
    with shop.back_then(now - 19 * DAY):
        shop.refund(made[1], "0.50", itemised=False, reason="Zweite Teilerstattung")
        shop.refund(made[2], "2.00", itemised=False, reason="Kulanz")
        gone = shop.refund(made[3], "1.00", reason="Irrtum")
    with shop.back_then(now - 18 * DAY):
        shop.delete_refund(gone)


def _odd_orders(shop: Deeds, second_email: str, accounts: list[int], now: int) -> None:
    goods = shop.product_list()
    with shop.back_then(now - 17 * DAY):
        shop.create_order(email=second_email.upper())  # a guest with an account holder's address, shouted
        shop.create_order(email="")  # a guest without an address
        shop.create_order(email="", customer_id=accounts[0])  # the account's address is filled in
        shop.create_order(status="on-hold", payment="bacs")
        shop.create_order(status="failed", payment="paypal", country="FR")
        shop.create_order(status="pending", country="AT")
    with shop.back_then(now - 16 * DAY):
        shop.create_order([Pick(goods[11])], shipping=None, payment="bacs")  # costs nothing
        shop.create_order([Pick(goods[10], 3)], shipping=None, status="completed")  # vouchers: no tax
        shop.create_order([Pick(goods[4])], currency="CHF", country="CH", shipping="PostPac Priority")
        shop.create_order(fees=["Treuerabatt"], coupons=["TEE10", "5euro"], status="completed")
        shop.create_order(status="processing", payment="cod", fees=["Nachnahmegebühr"])
        shop.create_order(number="R-2026-0001", created_via="german-invoices", version="9.8.5")
        shop.create_order(status="in-production")


def _odd_ends(shop: Deeds, made: list[int], accounts: list[int], now: int) -> None:
    with shop.back_then(now - 12 * DAY):
        shop.trash(made[16])
        shop.trash(made[17])
        shop.force_delete(made[18])
        shop.delete_customer(accounts[5])
        shop.erase_personal_data(shop.order(made[7]).billing.email)
    with shop.back_then(now - 11 * DAY):
        shop.restore(made[17])
        hidden = shop.create_order(status="in-production", note="Handgeschöpfte Verpackung")
        shop.edit_order(hidden, billing=Address(first_name="Ohne", last_name="Adresse", email="ohne@example.org"))
    shop.unregister_status("in-production")
    with shop.back_then(now - 10 * DAY):
        shop.delete_product(shop.product_list()[2].id)
