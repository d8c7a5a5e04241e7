"""Two years of an outlet that sells what the tea shop has left over; some of its customers buy in both.

Everything happens in the order of time through the same deeds as later changes, so numbers, dates and refunds fit.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from adapters.prestashop.simulator.deeds import Deeds
from adapters.prestashop.simulator.stock import furnish
from connector.instants import DAY, HOUR
from connector.simulation.happenings import Diary
from connector.simulation.people import PretendPerson, person

SPAN = 730 * DAY
# The tea shop's cast has 640 people: the last 140 of them come here too, and 210 more who know only the outlet.
PEOPLE = range(501, 851)
_HABITS = ((46, None), (30, 190), (16, 80), (8, 38))  # weight, mean days between orders
_TEXTS = (
    "Wann wird meine Bestellung verschickt?",
    "Die Tasse kam zerbrochen an 😕",
    "Bitte Rechnung an die Firmenadresse – danke!",
    "Ist der Sencha noch lieferbar?",
)


def fill_story(shop: Deeds, seed: int) -> None:
    """Fill an empty shop with its history."""
    now = shop.server_time()
    begin = now - SPAN
    with shop.back_then(begin - 20 * DAY):
        furnish(shop)
        shop.create_nobody()
    diary = Diary(shop.back_then)
    for number in PEOPLE:
        _Customer(shop, diary, person(seed, number), Random(f"outlet/{seed}/{number}"), begin, now).plan()
    diary.live(now - HOUR)


class _Customer:
    """One person's years with the outlet."""

    def __init__(self, shop: Deeds, diary: Diary, who: PretendPerson, random: Random, begin: int, now: int) -> None:
        self._shop, self._diary, self._person, self._random = shop, diary, who, random
        self._begin, self._now = begin, now
        self._registers = random.random() < 0.55
        self._account = 0

    def plan(self) -> None:
        """Note all visits of this person."""
        random = self._random
        (gap,) = random.choices([gap for _, gap in _HABITS], weights=[weight for weight, _ in _HABITS])
        at = self._begin + int(random.random() ** 0.85 * SPAN)
        while at < self._now:
            self._diary.at(self._daytime(at), self._visit)
            if gap is None:
                return
            at += int(random.expovariate(1 / gap) * DAY) + HOUR

    def _daytime(self, at: int) -> int:
        """Most people shop by day and in the evening."""
        hour = self._random.choices(range(24), weights=(1, 1, 0, 0, 0, 1, 2, 4) + (8,) * 10 + (14,) * 4 + (6, 2))[0]
        return at - at % DAY + hour * HOUR + self._random.randrange(HOUR)

    def _visit(self) -> None:
        random, shop = self._random, self._shop
        lines = [(random.randrange(1, 11), random.choices((1, 2, 3), weights=(7, 2, 1))[0]) for _ in range(3)]
        lines = list(dict(lines[: random.choices((1, 2, 3), weights=(5, 3, 2))[0]]).items())
        if random.random() < 0.3:
            # Left behind, by a visitor or by somebody who is known.
            shop.create_cart(lines if random.random() < 0.85 else [], customer=self._account)
            return
        customer = self._buyer()
        cart = shop.create_cart(lines, customer=customer, currency=2 if self._person.country == "CH" else 1)
        payment = random.choices(
            ("stripe_official", "paypal", "ps_wirepayment", "ps_cashondelivery"), weights=(5, 4, 2, 1)
        )[0]
        failed = random.random() < 0.04
        order = shop.order(
            cart,
            payment=payment,
            state=8 if failed else None,
            discount=Decimal("2.52") if random.random() < 0.1 else Decimal(0),
            wrapping=Decimal("1.68") if random.random() < 0.08 else Decimal(0),
            carrier=random.choices((1, 3), weights=(1, 9))[0],
        )
        if not failed:
            self._fulfil(order, payment)
        if random.random() < 0.2:
            self._later(2, 240, lambda: self._ask(customer, order))

    def _buyer(self) -> int:
        shop = self._shop
        if not self._registers:
            return shop.create_customer(self._person, guest=True)
        if not self._account:
            self._account = shop.create_customer(self._person)
        return self._account

    def _fulfil(self, order: int, payment: str) -> None:
        random, shop = self._random, self._shop
        if payment == "ps_wirepayment":
            if random.random() < 0.1:
                self._later(200, 300, lambda: shop.set_state(order, 6, employee=1))
                return
            self._later(12, 60, lambda: shop.set_state(order, 2))
            self._later(12, 60, lambda: shop.pay(order))
        self._later(62, 90, lambda: shop.set_state(order, 3, employee=random.choice((1, 2))))
        self._later(92, 120, lambda: shop.set_state(order, 4, employee=random.choice((1, 2))))
        self._later(130, 220, lambda: shop.set_state(order, 5))
        if random.random() < 0.07:
            self._later(240, 700, lambda: self._give_back(order))

    def _give_back(self, order: int) -> None:
        rows = self._shop.row("orders", order)["associations"]["order_rows"]
        if self._random.random() < 0.5:
            self._shop.refund(order, shipping=True)
            self._shop.set_state(order, 7, employee=1)
        else:
            self._shop.refund(order, {self._random.choice(rows)["id"]: 1})

    def _ask(self, customer: int, order: int) -> None:
        random, shop = self._random, self._shop
        email = shop.row("customers", customer)["email"]
        about = order if random.random() < 0.7 else 0
        thread = shop.open_thread(email=email, customer=customer, order=about, contact=0 if about else 2)
        shop.write(thread, random.choice(_TEXTS))
        if random.random() < 0.25:
            self._later(1, 3, lambda: shop.write(thread, "[intern] bitte prüfen", employee=2, private=True))
        if random.random() < 0.93:
            self._later(3, 50, lambda: shop.write(thread, "Wir kümmern uns darum.", employee=random.choice((1, 2))))
            self._later(51, 160, lambda: shop.set_thread(thread, "closed"))
        else:
            shop.set_thread(thread, "pending1")

    def _later(self, least: int, most: int, deed: Callable[[], object]) -> None:
        """Note a deed for some hours after what happens now."""
        present = self._shop.present()
        self._diary.at(present + self._random.randint(least * HOUR, most * HOUR), deed)
