"""What happens to people, goods and statuses, with the traces that WooCommerce leaves on orders.

An erased person and a deleted account move the stamps of their orders; a deleted product and a status whose plugin is
switched off do not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adapters.woocommerce.simulator.model import Address, Customer, Items, Meta, Order
from adapters.woocommerce.simulator.order_deeds import OrderDeeds, address_of
from connector.simulation.people import PretendPerson, cast

DELETED = "[deleted]"
ERASED_EMAIL = "deleted@site.invalid"  # the same on every erased order: no identity


class Deeds(OrderDeeds):
    """A shop in which things happen. Every deed returns what it is about; KeyError where there is no such thing."""

    # --- people -----------------------------------------------------------------------------------------------------

    def create_customer(
        self,
        person: PretendPerson | None = None,
        *,
        email: str | None = None,
        role: str = "customer",
        touched: bool = True,
    ) -> int:
        """An account. One that WooCommerce never touched (`touched=False`) has no date of change and no address."""
        with self.lock:
            owner = person or cast(1, 1)[0]
            key, at = self.new_user_id(), self.now()
            address = email or owner.email
            self._save_customer(
                Customer(
                    id=key,
                    created=at,
                    modified=at if touched else None,
                    email=address,
                    first_name=owner.first_name if touched else "",
                    last_name=owner.last_name if touched else "",
                    role=role,
                    username=f"{address.partition('@')[0]}{key}",
                    billing=address_of(owner, owner.country, address) if touched else Address(),
                )
            )
            return key

    def edit_customer(self, customer_id: int, **changes: Any) -> int:
        """Change fields of an account (names of `model.Customer`)."""
        with self.lock:
            self._save_customer(replace(self.customer(customer_id), **changes, modified=self.now()))
            return customer_id

    def delete_customer(self, customer_id: int) -> int:
        """Delete an account: its orders stay, belong to nobody, and count as changed."""
        with self.lock:
            self.customer(customer_id)
            for order in self._orders_of(customer_id):
                self._save(replace(order, customer_id=0, modified=self.now()))
            self.customers.save(customer_id, None, self.visible_at())
            return customer_id

    def erase_personal_data(self, email: str) -> list[int]:
        """Run the personal-data eraser for an address, whatever its letter case; returns the orders it went through."""
        with self.lock:
            wanted = email.lower()
            accounts = [row for row in self.customers.all_newest() if row.email.lower() == wanted]
            erased = []
            for row in self.orders.all_newest():
                order = self.order(row.id)
                if order.billing.email.lower() == wanted or order.customer_id in {one.id for one in accounts}:
                    self._save(self._without_person(order))
                    erased.append(order.id)
            for account in accounts:
                self._save_customer(replace(account, billing=Address(), shipping=Address(), modified=self.now()))
            return erased

    # --- goods and statuses -----------------------------------------------------------------------------------------

    def edit_product(self, product_id: int, **changes: Any) -> int:
        """Change fields of a product (names of `model.Product`)."""
        with self.lock:
            product = replace(self.product(product_id), **changes, modified=self.now())
            self.products.save(product_id, product, self.visible_at())
            return product_id

    def delete_product(self, product_id: int) -> int:
        """Delete a product for good: lines that sold it keep its name and lose its id and SKU; orders do not notice."""
        with self.lock:
            self.product(product_id)
            self.products.save(product_id, None, self.visible_at())
            for row in self.orders.all_newest():
                if product_id in row.product_ids:
                    order = self.order(row.id)
                    self._save(replace(order, items=_without_product(order.items, product_id)))
            for refund_row in self.refunds.all_newest():
                refund = self.refund_row(refund_row.id)
                if any(line.product_id == product_id for line in refund.items.lines):
                    kept = replace(refund, items=_without_product(refund.items, product_id))
                    self.refunds.save(refund.id, kept, self.visible_at())
            return product_id

    def register_status(self, slug: str, name: str) -> None:
        """A plugin brings an order status of its own."""
        with self.lock:
            self.statuses[slug] = name
            self.generation += 1

    def unregister_status(self, slug: str) -> None:
        """The plugin is switched off: orders in that status leave every list and can still be read by id."""
        with self.lock:
            del self.statuses[slug]
            self.generation += 1

    def _without_person(self, order: Order) -> Order:
        ip = f"{order.ip.rpartition('.')[0]}.0" if order.ip else ""
        return replace(
            order,
            customer_id=0,
            billing=_erased(order.billing),
            shipping=_erased(order.shipping),
            ip=ip,
            user_agent=DELETED if order.user_agent else "",
            transaction_id="0" if order.transaction_id else "",
            meta=(*order.meta, Meta(self.new_meta_id(), "_anonymized", "yes")),
            modified=self.now(),
        )


def _erased(address: Address) -> Address:
    """What the eraser leaves: texts become `[deleted]`, the country goes, digits of a phone number become zeros."""
    texts = ("first_name", "last_name", "company", "address_1", "address_2", "city", "postcode")
    return replace(
        address,
        **{name: DELETED for name in texts if getattr(address, name)},
        state="",
        country="",
        email=ERASED_EMAIL if address.email else "",
        phone="".join("0" if sign.isdigit() else sign for sign in address.phone),
    )


def _without_product(items: Items, product_id: int) -> Items:
    lines = tuple(
        replace(line, product_id=0, variation_id=0, sku=None) if line.product_id == product_id else line
        for line in items.lines
    )
    return replace(items, lines=lines)
