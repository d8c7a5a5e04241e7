"""What happens to orders and refunds, with the traces that WooCommerce leaves.

The point is which deeds move an order's `date_modified`. They do: a new status (the same one too), an edit, a refund
made, trash and restore. They do not: a refund deleted, SQL by hand, and in the legacy tables a change of meta data
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from adapters.woocommerce.simulator.attribution import USER_AGENTS, attribution
from adapters.woocommerce.simulator.catalogue import PAYMENTS
from adapters.woocommerce.simulator.model import ZERO, Address, Customer, Meta, Order, Product, Refund
from adapters.woocommerce.simulator.prepared import PreparedOrder, PreparedRefund
from adapters.woocommerce.simulator.pricing import Pick, price_cart
from adapters.woocommerce.simulator.refunding import refunded_items
from adapters.woocommerce.simulator.world import World
from connector.simulation.people import PretendPerson, cast

ATTRIBUTION_SINCE = (8, 5)
SOLD = ("processing", "completed", "on-hold")


class OrderDeeds(World):
    """A shop in which things happen. Every deed returns the id it is about; KeyError where there is no such thing."""

    # --- orders -----------------------------------------------------------------------------------------------------

    def create_order(
        self,
        picks: Sequence[Pick] = (),
        *,
        person: PretendPerson | None = None,
        customer_id: int = 0,
        email: str | None = None,
        status: str = "processing",
        currency: str = "EUR",
        country: str | None = None,
        payment: str = "stripe",
        shipping: str | None = "DHL Paket",
        coupons: Sequence[str] = (),
        fees: Sequence[str] = (),
        created_via: str = "checkout",
        note: str = "",
        source: str | None = None,
        number: str = "",
        version: str | None = None,
        meta: Sequence[tuple[str, Any]] = (),
    ) -> int:
        """An order by `person` (default: the first of the cast), as a guest unless `customer_id` is given.

        `email` is what was typed (default: the person's address; "" leaves it empty, and an account's own address is
        then filled in). A `checkout-draft` knows nobody yet.
        """
        with self.lock:
            buyer = person or cast(1, 1)[0]
            to = country or buyer.country
            picks = picks or (Pick(self.product_list()[0]),)
            priced = price_cart(
                picks,
                country=to,
                item_id=self.new_item_id,
                meta_id=self.new_item_meta_id,
                shipping=shipping,
                coupons=[code.lower() for code in coupons],
                fees=fees,
            )
            key, at = self.new_post_id(), self.now()
            draft = status == "checkout-draft"
            account = self.customers.newest(customer_id) if customer_id else None
            typed = buyer.email if email is None else email
            if account and not typed:
                typed = account.email
            billing = Address() if draft else address_of(buyer, to, typed)
            device = self.random.choice(tuple(USER_AGENTS))
            order = Order(
                id=key,
                status=status,
                created=at,
                modified=at,
                currency=currency,
                version=version or self.version,
                prices_include_tax=not draft,
                customer_id=customer_id,
                order_key=f"wc_order_{self.random.getrandbits(64):013x}"[:22],
                billing=billing,
                shipping=replace(billing, email="", company=""),
                payment_method="" if draft else payment,
                payment_method_title="" if draft else PAYMENTS[payment],
                transaction_id=f"TX{self.random.getrandbits(128):032x}" if status in SOLD and payment != "cod" else "",
                ip="" if draft else f"192.0.2.{self.random.randint(1, 254)}",
                user_agent="" if draft else USER_AGENTS[device],
                created_via=created_via,
                customer_note=note,
                cart_hash="" if draft else f"{self.random.getrandbits(128):032x}",
                number=number,
                meta=tuple(Meta(self.new_meta_id(), name, value) for name, value in meta),
                items=priced.items,
                discount_total=priced.discount_total,
                discount_tax=priced.discount_tax,
                shipping_total=priced.shipping_total,
                shipping_tax=priced.shipping_tax,
                cart_tax=priced.cart_tax,
                total=priced.total,
                total_tax=priced.total_tax,
            )
            if source and not draft and self.version_number() >= ATTRIBUTION_SINCE:
                order = replace(order, meta=order.meta + self._came_from(order, source, device))
            if status in SOLD:
                self._sell(picks)
            self._save(self._in_status(order, status))
            return key

    def edit_order(self, order_id: int, **changes: Any) -> int:
        """Change fields of an order (names of `model.Order`), by the back office or the API."""
        with self.lock:
            order = replace(self.order(order_id), **changes)
            silent = not self.hpos and set(changes) <= {"meta"}
            self._save(order if silent else replace(order, modified=self.now()))
            return order_id

    def add_meta(self, order_id: int, key: str, value: Any) -> int:
        """Put an entry into an order's meta data; the legacy tables do not call that a change."""
        with self.lock:
            return self.edit_order(order_id, meta=(*self.order(order_id).meta, Meta(self.new_meta_id(), key, value)))

    def set_status(self, order_id: int, status: str) -> int:
        """Give an order a status; the same one again is a change too."""
        with self.lock:
            order = self.order(order_id)
            self._save(replace(self._in_status(order, status), modified=self.now()))
            return order_id

    def trash(self, order_id: int) -> int:
        """Throw an order into the trash; it keeps being readable by its id."""
        with self.lock:
            order, at = self.order(order_id), self.now()
            marks = (
                Meta(self.new_meta_id(), "_wp_trash_meta_status", f"wc-{order.status}"),
                Meta(self.new_meta_id(), "_wp_trash_meta_time", str(at)),
            )
            self._save(replace(order, status="trash", meta=order.meta + marks, modified=at))
            return order_id

    def restore(self, order_id: int) -> int:
        """Take an order out of the trash, back to the status it had."""
        with self.lock:
            order = self.order(order_id)
            was = next((entry.value for entry in order.meta if entry.key == "_wp_trash_meta_status"), "wc-pending")
            meta = tuple(entry for entry in order.meta if not entry.key.startswith("_wp_trash_meta_"))
            self._save(replace(order, status=was.removeprefix("wc-"), meta=meta, modified=self.now()))
            return order_id

    def force_delete(self, order_id: int) -> int:
        """Delete an order and its refunds for good; nothing tells of it."""
        with self.lock:
            for refund_id in self.order(order_id).refund_ids:
                self.refunds.save(refund_id, None, self.visible_at())
            self.orders.save(order_id, None, self.visible_at())
            return order_id

    def bulk_sql_update(self, order_ids: Iterable[int], **changes: Any) -> None:
        """Change orders behind WooCommerce's back: no stamp moves."""
        with self.lock:
            for order_id in order_ids:
                self._save(replace(self.order(order_id), **changes))

    # --- refunds ----------------------------------------------------------------------------------------------------

    def refund(
        self, order_id: int, amount: Decimal | str | None = None, *, itemised: bool = True, reason: str = ""
    ) -> int:
        """Give money back: all that is left, or `amount`; with lines, shipping and taxes, or as an amount only.

        ValueError where nothing is left to give back, or less than `amount`.
        """
        with self.lock:
            order = self.order(order_id)
            given = sum((self.refund_row(key).amount for key in order.refund_ids), ZERO)
            left = order.total - given
            back = left if amount is None else Decimal(amount)
            if not 0 < back <= left:
                raise ValueError(f"order {order_id} has {left} left to refund, not {back}")
            items = refunded_items(order, back, self.new_item_id, self.new_item_meta_id) if itemised else None
            key, at = self.new_post_id(), self.now()
            refund = Refund(key, order_id, at, back, reason)
            self.refunds.save(key, replace(refund, items=items) if items else refund, self.visible_at())
            order = replace(order, refund_ids=(key, *order.refund_ids), modified=at)
            self._save(replace(order, status="refunded") if back == left else order)
            return key

    def delete_refund(self, refund_id: int) -> int:
        """Delete a refund: the order's stamp does not move."""
        with self.lock:
            order = self.order(self.refund_row(refund_id).order_id)
            self.refunds.save(refund_id, None, self.visible_at())
            self._save(replace(order, refund_ids=tuple(key for key in order.refund_ids if key != refund_id)))
            return refund_id

    # --- looking up -------------------------------------------------------------------------------------------------

    def order(self, order_id: int) -> Order:
        """The order as last saved."""
        row = self.orders.newest(order_id)
        if row is None:
            raise KeyError(f"the shop has no order {order_id}")
        return row.order() if isinstance(row, PreparedOrder) else row

    def refund_row(self, refund_id: int) -> Refund:
        """The refund as last saved."""
        row = self.refunds.newest(refund_id)
        if row is None:
            raise KeyError(f"the shop has no refund {refund_id}")
        return row.refund() if isinstance(row, PreparedRefund) else row

    def customer(self, customer_id: int) -> Customer:
        """The account as last saved."""
        row = self.customers.newest(customer_id)
        if row is None:
            raise KeyError(f"the shop has no account {customer_id}")
        return row

    def product(self, product_id: int) -> Product:
        """The product as last saved."""
        row = self.products.newest(product_id)
        if row is None:
            raise KeyError(f"the shop has no product {product_id}")
        return row

    def product_list(self) -> list[Product]:
        """What can be bought, by id."""
        return [row for _, row in sorted(self.products.rows.items()) if row.status == "publish"]

    def version_number(self) -> tuple[int, ...]:
        """The shop's WooCommerce version, comparable."""
        return tuple(int(part) for part in self.version.split(".") if part.isdigit())

    # --- traces -----------------------------------------------------------------------------------------------------

    def _save(self, order: Order) -> None:
        self.orders.save(order.id, order, self.visible_at())

    def _save_customer(self, customer: Customer) -> None:
        self.customers.save(customer.id, customer, self.visible_at())

    def _orders_of(self, customer_id: int) -> list[Order]:
        return [self.order(row.id) for row in self.orders.all_newest() if row.customer_id == customer_id]

    def _in_status(self, order: Order, status: str) -> Order:
        """The order in a status, with the times that come with it. Cash on delivery is paid when it arrives."""
        at = self.now()
        order = replace(order, status=status)
        pays = status == "completed" or (status == "processing" and order.payment_method != "cod")
        if pays and order.paid is None:
            order = replace(order, paid=at)
            account = self.customers.newest(order.customer_id) if order.customer_id else None
            if account and not account.paying:
                self._save_customer(replace(account, paying=True, modified=at))
        if status == "completed":
            order = replace(order, completed=at)
        return order

    def _came_from(self, order: Order, source: str, device: str) -> tuple[Meta, ...]:
        return attribution(
            source,
            at=order.created,
            device=device,
            pages=self.random.randint(1, 12),
            sessions=self.random.randint(1, 5),
            blocks=order.created_via == "store-api",
            meta_id=self.new_meta_id,
        )

    def _sell(self, picks: Iterable[Pick]) -> None:
        for pick in picks:
            product = self.product(pick.product.id)
            left = None if product.stock is None else product.stock - pick.quantity
            sold = product.total_sales + pick.quantity
            moved = product.modified if left is None else self.now()
            self.products.save(
                product.id, replace(product, stock=left, total_sales=sold, modified=moved), self.visible_at()
            )


def address_of(person: PretendPerson, country: str, email: str) -> Address:
    """Where a person lives, with the e-mail address that was typed."""
    return Address(
        first_name=person.first_name,
        last_name=person.last_name,
        company=person.company,
        address_1=person.street,
        city=person.city,
        postcode=person.postcode,
        country=country,
        email=email,
        phone=person.phone,
    )
