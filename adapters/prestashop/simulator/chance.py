"""What happens to a shop by itself: one random deed at a time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from adapters.prestashop.simulator.deeds import PAYMENTS, Deeds
from connector.simulation.people import person

PEOPLE = 60  # who come to a shop by chance
_Deed = Callable[[Deeds, Random], bool]


def _any(shop: Deeds, random: Random, table: str) -> int:
    """A row of a table; 0 where it is empty."""
    ids = sorted(shop.rows(table))
    return random.choice(ids) if ids else 0


def _lines(shop: Deeds, random: Random) -> list[tuple[int, int]]:
    goods = sorted(shop.rows("products"))
    return [(random.choice(goods), random.randrange(1, 4)) for _ in range(random.randrange(1, 4))]


def _guest_order(shop: Deeds, random: Random) -> bool:
    guest = shop.create_customer(person(1, random.randint(1, PEOPLE)), guest=True)
    cart = shop.create_cart(_lines(shop, random), customer=guest, currency=random.choice((1, 1, 2)))
    return bool(shop.order(cart, payment=random.choice(tuple(PAYMENTS))))


def _account_order(shop: Deeds, random: Random) -> bool:
    customer = _any(shop, random, "customers")
    if not customer:
        return False
    cart = shop.create_cart(_lines(shop, random), customer=customer)
    discount = Decimal(random.choice(("0", "0", "3.361345")))
    return bool(shop.order(cart, payment=random.choice(tuple(PAYMENTS)), discount=discount))


def _state(shop: Deeds, random: Random) -> bool:
    order = _any(shop, random, "orders")
    if order:
        shop.set_state(order, _any(shop, random, "order_states"), employee=random.choice((0, 1, 2)))
    return bool(order)


def _payment(shop: Deeds, random: Random) -> bool:
    order = _any(shop, random, "orders")
    return bool(order and shop.pay(order))


def _refund(shop: Deeds, random: Random) -> bool:
    order = _any(shop, random, "orders")
    rows = shop.row("orders", order)["associations"].get("order_rows") if order else None
    if not rows:
        return False
    part = None if random.random() < 0.4 else {random.choice(rows)["id"]: 1}
    return bool(shop.refund(order, part, shipping=random.random() < 0.5))


def _deletes(table: str) -> _Deed:
    def delete(shop: Deeds, random: Random) -> bool:
        number = _any(shop, random, table)
        if number:
            shop.delete(table, number)
        return bool(number)

    return delete


def _silent_sql(shop: Deeds, random: Random) -> bool:
    """A module writes into the table; the date stays."""
    order = _any(shop, random, "orders")
    if order:
        value = random.choice(("0", "1"))
        shop.overwrite("orders", order, valid=value, total_paid_real=f"{random.randrange(100)}.000000")
    return bool(order)


def _cart(shop: Deeds, random: Random) -> bool:
    customer = _any(shop, random, "customers") if random.random() < 0.5 else 0
    return bool(shop.create_cart(_lines(shop, random), customer=customer))


def _into_cart(shop: Deeds, random: Random) -> bool:
    cart, product = _any(shop, random, "carts"), _any(shop, random, "products")
    if cart and product:
        shop.put_into_cart(cart, product)
    return bool(cart and product)


def _cart_becomes_order(shop: Deeds, random: Random) -> bool:
    ordered = {row["id_cart"] for row in shop.rows("orders").values()}
    open_carts = [key for key in sorted(shop.rows("carts")) if str(key) not in ordered]
    return bool(open_carts and shop.order(random.choice(open_carts)))


def _new_account(shop: Deeds, random: Random) -> bool:
    return bool(shop.create_customer(person(1, random.randint(1, PEOPLE))))


def _new_email(shop: Deeds, random: Random) -> bool:
    customer = _any(shop, random, "customers")
    if customer:
        shop.update("customers", customer, email=f"neu{random.randrange(1000)}@example.org")
    return bool(customer)


def _converted(shop: Deeds, random: Random) -> bool:
    guests = [key for key, row in sorted(shop.rows("customers").items()) if row["is_guest"] == "1"]
    if guests:
        shop.convert_guest(random.choice(guests))
    return bool(guests)


def _hidden(shop: Deeds, random: Random) -> bool:
    customer = _any(shop, random, "customers")
    if customer:
        shop.hide_customer(customer)
    return bool(customer)


def _moved(shop: Deeds, random: Random) -> bool:
    """An address is edited in the back office; orders with it keep their date."""
    address = _any(shop, random, "addresses")
    if address:
        shop.update("addresses", address, id_country=str(_any(shop, random, "countries")), lastname="Neu")
    return bool(address)


def _renamed_state(shop: Deeds, random: Random) -> bool:
    state = _any(shop, random, "order_states")
    if state:
        name = f"Umbenannt {random.randrange(100)}"
        shop.update("order_states", state, name={"1": name, "2": name}, paid=random.choice(("0", "1")))
    return bool(state)


def _renamed_category(shop: Deeds, random: Random) -> bool:
    category = _any(shop, random, "categories")
    if category:
        name = f"Kategorie {random.randrange(100)}"
        shop.update("categories", category, name={"1": name, "2": name})
    return bool(category)


def _price(shop: Deeds, random: Random) -> bool:
    product = _any(shop, random, "products")
    if product:
        shop.update("products", product, price=f"{random.randrange(1, 99)}.123456")
    return bool(product)


def _thread(shop: Deeds, random: Random) -> bool:
    order = _any(shop, random, "orders")
    customer = int(shop.row("orders", order)["id_customer"]) if order else 0
    row = shop.rows("customers").get(customer)
    email = row["email"] if row else f"frage{random.randrange(100)}@example.org"
    thread = shop.open_thread(email=email, customer=customer, order=order, contact=random.choice((0, 1, 2)))
    return bool(shop.write(thread, "Eine Frage – mit „Zeichen“ & <b>mehr</b>"))


def _message(shop: Deeds, random: Random) -> bool:
    thread = _any(shop, random, "customer_threads")
    if not thread:
        return False
    employee = random.choice((0, 1, 2))
    text = f"Antwort {random.randrange(1000)}"
    return bool(shop.write(thread, text, employee=employee, private=bool(employee) and random.random() < 0.3))


def _thread_status(shop: Deeds, random: Random) -> bool:
    thread = _any(shop, random, "customer_threads")
    if thread:
        shop.set_thread(thread, random.choice(("open", "closed", "pending1", "pending2")))
    return bool(thread)


def _read_message(shop: Deeds, random: Random) -> bool:
    """Somebody reads a message: nothing of it shows in any date."""
    message = _any(shop, random, "customer_messages")
    if message:
        shop.overwrite("customer_messages", message, read="1")
    return bool(message)


def _employee(shop: Deeds, random: Random) -> bool:
    return bool(shop.insert("employees", {"firstname": "Neu", "lastname": f"Kraft {random.randrange(100)}"}))


def _jump(shop: Deeds, random: Random) -> bool:
    shop.skip_ids(random.choice(("orders", "order_payments", "order_histories", "customers")), random.randrange(300))
    return True


DEEDS: dict[str, tuple[int, _Deed]] = {
    "guest order": (6, _guest_order),
    "account order": (6, _account_order),
    "state": (8, _state),
    "payment": (3, _payment),
    "refund": (4, _refund),
    "order deleted": (1, _deletes("orders")),
    "refund deleted": (1, _deletes("order_slip")),
    "customer deleted": (1, _deletes("customers")),
    "thread deleted": (1, _deletes("customer_threads")),
    "message deleted": (1, _deletes("customer_messages")),
    "silent SQL": (3, _silent_sql),
    "cart": (3, _cart),
    "into cart": (3, _into_cart),
    "cart ordered": (2, _cart_becomes_order),
    "account": (2, _new_account),
    "e-mail changed": (2, _new_email),
    "guest converted": (1, _converted),
    "customer hidden": (1, _hidden),
    "address edited": (1, _moved),
    "state renamed": (1, _renamed_state),
    "category renamed": (1, _renamed_category),
    "price": (2, _price),
    "thread": (3, _thread),
    "message": (4, _message),
    "thread status": (2, _thread_status),
    "message read": (1, _read_message),
    "employee": (1, _employee),
    "ids jump": (1, _jump),
}
"""What may happen: how often, and how."""
