"""Two years of a tea shop in Munich: growth, weekly rhythm and Christmas, loyal customers and lost ones.

Everything happens in the order of time through the same deeds as later changes, so ids, stamps and refunds fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from adapters.woocommerce.simulator.catalogue import products
from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.habits import Shopper, buy
from adapters.woocommerce.simulator.pricing import Pick
from connector.instants import SECOND
from connector.simulation import plot
from connector.simulation.happenings import Diary
from connector.simulation.people import PretendPerson, cast, person

HOUR = 3600
DAY = 24 * HOUR
SPAN = 730 * DAY
PEOPLE = 640
# January to December; the last days of the year are quiet.
_MONTHS = (0.8, 0.85, 0.95, 0.9, 0.85, 0.75, 0.7, 0.75, 1.0, 1.15, 1.5, 2.0)
_WEEKDAYS = (1.1, 1.0, 0.95, 0.95, 0.9, 0.85, 1.25)
_HOURS = (1, 1, 0, 0, 0, 1, 2, 4, 6, 8, 9, 9, 10, 9, 8, 8, 9, 10, 12, 15, 17, 14, 8, 3)
_PEAK = 2.5
_REASONS = ("Retoure – gefällt nicht", "1 Stück beschädigt", "Kulanz", "", "Paket verloren")


@dataclass(frozen=True, slots=True)
class Habit:
    """How often somebody comes back: the mean gap in days (None: never), and after how many days they stop."""

    weight: int
    gap: float | None
    stops: tuple[int, int] | None = None


HABITS = (Habit(38, None), Habit(27, 140.0), Habit(18, 62.0), Habit(8, 30.0), Habit(9, 40.0, (90, 330)))


def fill_story(shop: Deeds, seed: int) -> None:
    """Fill an empty shop with its history."""
    now = shop.now()
    begin = now - SPAN
    open_shop(shop, begin - 30 * DAY)
    diary = Diary(shop.back_then)
    random = Random(f"story/{seed}")
    for one in cast(seed, PEOPLE):
        _Customer(shop, diary, one, Random(f"story/{seed}/{one.number}"), begin, now).plan()
    _planted(shop, diary, seed, now)
    diary.at(now - 200 * DAY, lambda: _touched_by_a_plugin(shop))
    diary.live(now - HOUR)
    _erasures(shop, random, now)
    _unfinished(shop, random, seed, now)


def open_shop(shop: Deeds, at: int) -> None:
    """The goods on the shelves and the people behind the counter."""
    with shop.back_then(at):
        stock = products(shop.next_post, at)
        for product in stock:
            shop.products.save(product.id, product)
        shop.next_post = stock[-1].id + 5
        staff = PretendPerson(0, "", "", "", "shop@example.test", "shop@example.test", None, "", "", "", "", "", "de")
        shop.create_customer(staff, role="administrator", touched=False)


def season(at: int, shop: Deeds) -> float:
    """How much is bought at a time, compared with an average hour of such a day."""
    local = datetime.fromtimestamp(at, shop.zone)
    quiet = local.month == 12 and local.day > 21
    return 0.6 if quiet else _MONTHS[local.month - 1] * _WEEKDAYS[local.weekday()]


class _Customer:
    """One person's years with the shop."""

    def __init__(self, shop: Deeds, diary: Diary, person: PretendPerson, random: Random, begin: int, now: int) -> None:
        self._shop, self._diary, self._person, self._random = shop, diary, person, random
        self._begin, self._now = begin, now
        self._registers = random.random() < 0.62
        self._account = 0

    def plan(self) -> None:
        """Note all orders that this person will make."""
        for at in self._visits():
            self._diary.at(at, lambda at=at: self._order(at))  # type: ignore[misc]

    def _visits(self) -> Iterator[int]:
        random = self._random
        habit = random.choices(HABITS, weights=[habit.weight for habit in HABITS])[0]
        at = self._finds_the_shop()
        yield self._time_of_day(at)
        if habit.gap is None:
            return
        stops = at + random.randint(*habit.stops) * DAY if habit.stops else self._now
        while True:
            at += random.expovariate(_PEAK / (habit.gap * DAY))
            if at > min(stops, self._now):
                return
            if random.random() < season(int(at), self._shop) / _PEAK:
                yield self._time_of_day(at)

    def _finds_the_shop(self) -> float:
        """A first crowd comes when the shop opens, then a few more every month, most of them before Christmas."""
        random = self._random
        if random.random() < 0.16:
            return self._begin + float(random.random() ** 2) * 150 * DAY
        while True:
            at = self._begin + float(random.random() ** 0.9) * SPAN
            if random.random() < season(int(at), self._shop) / _PEAK:
                return at

    def _time_of_day(self, at: float) -> int:
        local = datetime.fromtimestamp(at, self._shop.zone)
        hour = self._random.choices(range(24), weights=_HOURS)[0]
        moved = local.replace(hour=hour, minute=self._random.randrange(60), second=self._random.randrange(60))
        return int(moved.timestamp())

    def _order(self, at: int) -> None:
        random, shop = self._random, self._shop
        if self._registers and not self._account:
            address = self._person.second_email if random.random() < 0.5 else None
            self._account = shop.create_customer(self._person, email=address)
        as_guest = not self._account or random.random() < 0.08
        shopper = Shopper(self._person, 0 if as_guest else self._account)
        fate = random.random()
        changes: dict[str, object] = {"version": _version(at, self._now)}
        if fate < 0.035:
            changes |= {"status": "failed", "payment": random.choice(("stripe", "paypal"))}
        elif fate < 0.085:
            changes |= {"status": "pending"}
        if random.random() < 0.005:
            changes |= {"email": "", "created_via": "admin", "source": "admin"}
        gifts = datetime.fromtimestamp(at, shop.zone).month in (11, 12)
        order_id = buy(shop, random, shopper, products=shop.product_list(), gift_season=gifts, **changes)
        order = shop.order(order_id)
        if order.status == "processing" and order.payment_method == "bacs":
            shop.edit_order(order_id, status="on-hold", paid=None)
        if order.status == "pending":
            self._later(at, 1, 30, lambda: shop.set_status(order_id, "cancelled"))
        elif order.status == "processing":
            self._fulfil(at, order_id, waits=order.payment_method == "bacs")
        if random.random() < 0.006:
            self._later(at, 300, 900, lambda: shop.trash(order_id))

    def _fulfil(self, at: int, order_id: int, *, waits: bool) -> None:
        random, shop = self._random, self._shop
        if waits and random.random() < 0.12:
            self._later(at, 24 * 8, 24 * 12, lambda: shop.set_status(order_id, "cancelled"))
            return
        if waits:
            self._later(at, 20, 90, lambda: shop.set_status(order_id, "processing"))
        shipped = self._later(
            at, 100 if waits else 14, 150 if waits else 80, lambda: shop.set_status(order_id, "completed")
        )
        if random.random() < 0.055:
            self._later(shipped, 72, 500, lambda: self._give_back(order_id))
            if random.random() < 0.12:
                self._later(shipped, 510, 700, lambda: self._give_back(order_id))

    def _give_back(self, order_id: int) -> None:
        random, shop = self._random, self._shop
        order = shop.order(order_id)
        left = order.total - sum((shop.refund_row(key).amount for key in order.refund_ids), Decimal(0))
        way = random.random()
        if left <= 0 or order.status == "trash":
            return
        if way < 0.35:
            shop.refund(order_id, reason=_REASONS[0])
        elif way < 0.75:
            line = random.choice(order.items.lines)
            worth = round((line.total + line.total_tax) / line.quantity, 2)
            if 0 < worth <= left:
                shop.refund(order_id, worth, reason=random.choice(_REASONS))
        else:
            shop.refund(order_id, min(left, Decimal("2.50")), itemised=False, reason=_REASONS[2])

    def _later(self, at: int, least: int, most: int, deed: Callable[[], object]) -> int:
        """Note a deed for some hours later; returns when."""
        then = at + self._random.randint(least * HOUR, most * HOUR)
        self._diary.at(then, deed)
        return then


def _planted(shop: Deeds, diary: Diary, seed: int, now: int) -> None:
    """Customers whose shopping goes with how they were served (`connector.simulation.plot`)."""
    instant = now * SECOND

    def order(who: int, at: int, refunded: int | None = None, *, finished: bool = True) -> None:
        random = Random(f"planted/{seed}/{who}/{at - instant}")

        def happens() -> None:
            shopper = Shopper(person(seed, who))
            number = buy(shop, random, shopper, products=shop.product_list(), payment="stripe", status="processing")
            if finished:
                diary.at(at // SECOND + DAY, lambda: shop.set_status(number, "completed"))
            if refunded is not None:
                diary.at(refunded // SECOND, lambda: shop.refund(number, reason=_REASONS[1]))

        diary.at(at // SECOND, happens)

    for one in plot.episodes(instant):
        order(one.person, one.ordered, one.refunded)
        if one.again is not None:
            order(one.person, one.again)
    for chat in plot.first_chats(instant):
        if chat.ordered is not None:
            order(chat.person, chat.ordered)
    for one in plot.waiting(instant):
        order(one.person, one.ordered, finished=False)


def _version(at: int, now: int) -> str:
    """Shops are updated now and then."""
    age = (now - at) // DAY
    return "10.0.2" if age < 100 else "9.8.5" if age < 330 else "9.3.3"


def _touched_by_a_plugin(shop: Deeds) -> None:
    """A plugin's update writes thirty orders in one second."""
    orders = [row.id for row in shop.orders.rows.values() if row.status == "completed"][-30:]
    shop.bulk_sql_update(orders, modified=shop.now())


def _unfinished(shop: Deeds, random: Random, seed: int, now: int) -> None:
    """The last day: checkouts begun, payments that did not come yet."""
    for minutes in (1900, 700, 130, 20):
        with shop.back_then(now - 60 * minutes):
            shop.create_order(
                [Pick(random.choice(shop.product_list()))],
                status="checkout-draft",
                shipping=None,
                created_via="store-api",
            )
    for number, (minutes, status) in enumerate(
        ((1100, "pending"), (300, "pending"), (900, "on-hold"), (40, "on-hold"))
    ):
        with shop.back_then(now - 60 * minutes):
            payment = "bacs" if status == "on-hold" else "stripe"
            shopper = Shopper(person(seed, PEOPLE + number + 1))
            buy(shop, random, shopper, products=shop.product_list(), status=status, payment=payment)


def _erasures(shop: Deeds, random: Random, now: int) -> None:
    """Two people had themselves erased, one account was deleted."""
    accounts = [row for _, row in sorted(shop.customers.rows.items()) if row.role == "customer"]
    first, second, third = random.sample(accounts[: len(accounts) // 2], 3)
    with shop.back_then(now - 40 * DAY):
        shop.erase_personal_data(first.email)
        shop.erase_personal_data(second.email)
    with shop.back_then(now - 25 * DAY):
        shop.delete_customer(third.id)
