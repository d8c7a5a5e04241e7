"""A small shop with every oddity, for tests that change it at random."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from adapters.prestashop.simulator.deeds import Deeds
from adapters.prestashop.simulator.stock import furnish
from connector.instants import DAY, HOUR
from connector.simulation.people import PretendPerson, cast

ORDERS = 24


def fill_small(shop: Deeds, seed: int) -> None:
    """Fill an empty shop: guests with one address twice, split orders, refunds, gone customers, threads, odd texts."""
    random = Random(f"small/{seed}")
    now = shop.server_time()
    people = cast(seed, 14)
    with shop.back_then(now - 400 * DAY):
        furnish(shop)
        shop.create_nobody()
        accounts = [shop.create_customer(person) for person in people[:7]]
    for number in range(ORDERS):
        with shop.back_then(now - (390 - number * 15) * DAY + random.randrange(24) * HOUR):
            lines = [(random.randrange(1, 11), random.randrange(1, 4)) for _ in range(random.randrange(1, 4))]
            person = people[random.randrange(7, 14)]
            buyer = random.choice(accounts) if number % 3 else shop.create_customer(person, guest=True)
            cart = shop.create_cart(lines, customer=buyer, currency=2 if number % 5 == 0 else 1)
            shop.order(
                cart,
                payment=random.choice(("ps_wirepayment", "stripe_official", "paypal", "ps_cashondelivery")),
                discount=Decimal("2.50") if number % 4 == 0 else Decimal(0),
                wrapping=Decimal("1.68") if number % 6 == 0 else Decimal(0),
            )
    with shop.back_then(now - 30 * DAY):
        _oddities(shop, random, people[7:9], accounts)


def _oddities(shop: Deeds, random: Random, people: Sequence[PretendPerson], accounts: Sequence[int]) -> None:
    # One address in two guest rows, as each guest order makes a new one.
    twice = [shop.create_customer(people[0], guest=True, email="gast.doppelt@example.org") for _ in range(2)]
    for guest in twice:
        shop.order(shop.create_cart([(1, 1)], customer=guest))
    # An order that was split shares its reference.
    first = shop.order(shop.create_cart([(2, 1), (3, 2)], customer=accounts[0]))
    reference = shop.row("orders", first)["reference"]
    shop.order(int(shop.row("orders", first)["id_cart"]), customer=accounts[0], reference=reference)
    # Everything and a part given back.
    shop.refund(first, shipping=True)
    other = shop.order(shop.create_cart([(4, 3)], customer=accounts[1]))
    shop.refund(other, {shop.row("orders", other)["associations"]["order_rows"][0]["id"]: 1})
    shop.set_state(other, 4, employee=1)
    shop.set_state(other, 5, employee=2)
    # Customers that are gone, hidden or nobody, each with an order.
    for fate in ("deleted", "hidden", "nobody"):
        buyer = shop.create_customer(people[1], email=f"{fate}@example.org")
        order = shop.order(shop.create_cart([(5, 1)], customer=buyer))
        if fate == "deleted":
            shop.delete_customer(buyer)
        elif fate == "hidden":
            shop.hide_customer(buyer)
        else:
            shop.update("orders", order, id_customer="1")
    # Carts: empty, of a visitor, left behind.
    shop.create_cart([])
    shop.create_cart([(1, 1)], currency=2)
    shop.create_cart([(6, 2), (7, 1)], customer=accounts[2])
    shop.skip_ids("carts", 500)
    shop.create_cart([(8, 1)], customer=accounts[3], with_address=False)
    # Conversations.
    thread = shop.open_thread(email="jemand@example.org", contact=2)
    shop.write(thread, "Wann kommt die Kanne wieder?\nGr&uuml;&szlig;e 🍵")
    shop.write(thread, "[intern] Lieferant fragen", employee=2, private=True)
    shop.write(thread, "Nächste Woche.", employee=1)
    shop.set_thread(thread, "closed")
    mail = shop.row("customers", accounts[0])["email"]
    thread = shop.open_thread(email=mail, customer=accounts[0], order=first)
    shop.write(thread, "Wo bleibt mein Paket?")
    shop.set_thread(thread, "pending1")
    guest_mail = shop.row("customers", twice[0])["email"]
    shop.open_thread(email=guest_mail, customer=twice[0])
    shop.write(thread, "=2+3", employee=random.choice((1, 2)))
