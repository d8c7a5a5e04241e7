"""A hundred thousand orders in seconds: a few hundred real ones are turned into forms, and the forms are filled in.

A form is an order's JSON in which numbers, times and names have become places (`%(id)d`); one bytes formatting makes a
body of it, which reads and renders back to the very same bytes. About one order in twenty-two has a refund.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from random import Random
from typing import Any

from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.habits import Shopper, buy
from adapters.woocommerce.simulator.prepared import PreparedOrder, PreparedRefund
from adapters.woocommerce.simulator.shapes import Shapes, encoded, gmt
from adapters.woocommerce.simulator.story import DAY, HOUR, open_shop
from connector.simulation.people import PretendPerson, cast

FORMS = 220
REFUNDED_FORMS = 10  # of them
YEARS = 3
ORDERS_PER_PERSON = 8

Places = dict[bytes, Any]
_NUMBER = re.compile(r'"@@#(\w+)@@(\d*)"')
_TEXT = re.compile(r"@@(\w+)@@")


@dataclass(frozen=True, slots=True)
class Form:
    """An order's body and its refund's, with places to fill in."""

    order: bytes
    refund: bytes | None
    status: str
    account: bool


def fill_bulk(shop: Deeds, size: int, seed: int) -> None:
    """Fill an empty shop with `size` orders over three years, the last of them an hour ago."""
    now = shop.now()
    begin = now - YEARS * 365 * DAY
    open_shop(shop, begin - 30 * DAY)
    random = Random(f"bulk/{seed}")
    people = cast(seed, max(10, size // ORDERS_PER_PERSON))
    accounts = []
    with shop.back_then(begin - DAY):
        accounts = [shop.create_customer(person) for person in people]
    names = [_names(person) for person in people]
    forms = _forms(shop, random, people[:60])
    step = (now - HOUR - begin) / max(size, 1)
    key = shop.next_post
    for place in range(size):
        form = random.choice(forms)
        who = random.randrange(len(people))
        created = begin + int(place * step)
        modified = min(created + random.randint(HOUR, 4 * DAY), now - HOUR)
        places = names[who] | _numbers(random, place + 1, key, shop.shapes(), created, modified)
        places[b"customer"] = accounts[who]
        places[b"customer_text"] = b"%d" % accounts[who]
        owner = accounts[who] if form.account else 0
        body = form.order % places
        shop.orders.rows[key] = PreparedOrder(key, form.status, created, modified, owner, body)
        if form.refund is not None:
            shop.refunds.rows[key + 1] = PreparedRefund(key + 1, key, modified, form.refund % places)
            key += 1
        key += 1
    shop.next_post = key
    # Ids that the forms gave out are "place of the order" and two or three more digits.
    shop.next_item = shop.next_meta = shop.next_item_meta = (size + 2) * 1000
    shop.generation += 1


def _forms(shop: Deeds, random: Random, people: list[PretendPerson]) -> list[Form]:
    """Real orders made in a shop of their own, turned into forms."""
    scratch = Deeds(shop.clock, random.randrange(1 << 30))
    open_shop(scratch, scratch.now() - 10 * DAY)
    account = scratch.create_customer(people[0])
    forms = []
    for number in range(FORMS):
        own = account if random.random() < 0.65 else 0
        status = random.choices(("completed", "processing", "cancelled", "failed"), weights=(86, 8, 4, 2))[0]
        refunded = number < REFUNDED_FORMS
        order_id = buy(
            scratch,
            random,
            Shopper(random.choice(people), own),
            products=scratch.product_list()[:11],
            status="completed" if refunded else status,
            created_via=random.choice(("checkout", "checkout", "store-api")),
            source=random.choice(("google-ads", "organic", "newsletter", "direct")),
        )
        if refunded:
            scratch.refund(order_id, None if number % 3 == 0 else "1.00", itemised=number % 3 != 2, reason="Retoure")
        forms.append(_form(scratch, order_id))
    return forms


def _form(scratch: Deeds, order_id: int) -> Form:
    order = scratch.order(order_id)
    refunds = [scratch.refund_row(key) for key in order.refund_ids]
    body = scratch.shapes().order(order, refunds)
    items = _number_items(body, {})
    for name, value in (
        ("created", order.created),
        ("modified", order.modified),
        ("paid", order.paid),
        ("completed", order.completed),
    ):
        if value is not None:
            body[f"date_{name}"], body[f"date_{name}_gmt"] = f"@@{name}@@", f"@@{name}_gmt@@"
    body |= {"id": "@@#id@@", "number": "@@id_text@@", "order_key": "wc_order_@@key@@"}
    body["cart_hash"] = "@@cart@@"
    body["transaction_id"] = "TX@@transaction@@" if order.transaction_id else ""
    body["customer_ip_address"] = "192.0.2.@@ip@@"
    for side in ("billing", "shipping"):
        body[side] |= {
            "first_name": "@@first@@",
            "last_name": "@@last@@",
            "address_1": "@@street@@",
            "phone": "@@phone@@",
        }
    body["billing"]["email"] = "@@email@@"
    for place, entry in enumerate(body["meta_data"]):
        entry["id"] = f"@@#n@@{place:02d}"
        if entry["key"].endswith("_session_start_time"):
            entry["value"] = "@@session@@"
    if order.customer_id:
        body["customer_id"] = "@@#customer@@"
        body["_links"]["customer"][0]["href"] = scratch.shapes().home + "/wp-json/wc/v3/customers/@@customer_text@@"
    for refund in body["refunds"]:
        refund["id"] = "@@#refund@@"
    text = (
        json.dumps(body)
        .replace(f"orders/{order_id}", "orders/@@id_text@@")
        .replace(f"order-pay/{order_id}/", "order-pay/@@id_text@@/")
    )
    text = text.replace(order.order_key, "wc_order_@@key@@")
    refund_form = None
    if refunds:
        refund_body = scratch.shapes().refund(refunds[0], with_parent=True)
        _number_items(refund_body, items)
        refund_body |= {"id": "@@#refund@@", "parent_id": "@@#id@@"}
        refund_body |= {"date_created": "@@modified@@", "date_created_gmt": "@@modified_gmt@@"}
        refund_text = json.dumps(refund_body).replace(f"orders/{order_id}", "orders/@@id_text@@")
        refund_form = _with_places(refund_text.replace(f"refunds/{refunds[0].id}", "refunds/@@refund_text@@"))
    return Form(_with_places(text), refund_form, order.status, bool(order.customer_id))


def _number_items(body: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """Give every line and every line's meta entry a place for its id; returns the new text of each line's old id.

    `known` are those of the order that a refund refers to; its own lines come after them.
    """
    given = dict(known)
    count = len(known)
    metas = 500 if known else 0
    for name in ("line_items", "shipping_lines", "fee_lines", "tax_lines", "coupon_lines"):
        for item in body.get(name, ()):
            given[str(item["id"])] = f"@@n_text@@{count:02d}"
            item["id"] = f"@@#n@@{count:02d}"
            count += 1
            for entry in item["meta_data"]:
                entry["id"] = f"@@#n@@{metas:03d}"
                metas += 1
                if entry["key"] == "_refunded_item_id":
                    entry["value"] = entry["display_value"] = known[entry["value"]]
    return given


def _with_places(text: str) -> bytes:
    """JSON text as a form: what it says literally is kept, places become `%(name)d` and `%(name)b`."""
    compact = encoded(json.loads(text)).decode().replace("%", "%%")
    return _TEXT.sub(r"%(\1)b", _NUMBER.sub(r"%(\1)d\2", compact)).encode()


def _names(person: PretendPerson) -> Places:
    values = {
        "first": person.first_name,
        "last": person.last_name,
        "street": person.street,
        "phone": person.phone,
        "email": person.email,
    }
    return {name.encode(): encoded(value)[1:-1] for name, value in values.items()}


def _numbers(random: Random, place: int, key: int, shapes: Shapes, created: int, modified: int) -> Places:
    bits = f"{random.getrandbits(256):064x}".encode()
    paid = min(created + 95, modified)
    times: dict[bytes, str | None] = {
        b"created": shapes.local(created),
        b"created_gmt": gmt(created),
        b"modified": shapes.local(modified),
        b"modified_gmt": gmt(modified),
        b"paid": shapes.local(paid),
        b"paid_gmt": gmt(paid),
        b"session": (gmt(created - 900) or "").replace("T", " "),
    }
    values: Places = {name: (text or "").encode() for name, text in times.items()}
    values[b"completed"], values[b"completed_gmt"] = values[b"modified"], values[b"modified_gmt"]
    values |= {b"id": key, b"n": place, b"refund": key + 1}
    values |= {b"id_text": b"%d" % key, b"n_text": b"%d" % place, b"refund_text": b"%d" % (key + 1)}
    values |= {b"key": bits[:13], b"cart": bits[:32], b"transaction": bits[32:], b"ip": b"%d" % (1 + key % 250)}
    return values
