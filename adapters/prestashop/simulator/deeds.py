"""What happens in the shop, with the traces that PrestaShop's core leaves: which dates move and which do not.

Source: measured with the core's own classes. A credit slip, a tracking number and a message move nobody's date but
their own; a status or a payment moves the order's; articles put into a cart move the cart's; deletes leave no trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from adapters.prestashop.simulator.people_deeds import PeopleDeeds
from adapters.prestashop.simulator.tables import Row

_TAX = Decimal("1.19")
_SHIPPING = Decimal("5.00")
_SIX = Decimal("0.000001")
_CENT = Decimal("0.01")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PAYMENTS = {
    "ps_wirepayment": "Überweisung",
    "stripe_official": "Kreditkarte",
    "paypal": "PayPal",
    "ps_cashondelivery": "Nachnahme",
}


class Deeds(PeopleDeeds):
    """A shop in which things happen. Every deed that makes something returns its id."""

    # --- carts and orders --------------------------------------------------------------------------------------------

    def create_cart(
        self, lines: Sequence[tuple[int, int]], *, customer: int = 0, currency: int = 1, with_address: bool = True
    ) -> int:
        """A cart with products and their quantities, of a customer or of a visitor without a name."""
        with self.lock:
            address = self.address_of(customer) if customer and with_address else "0"
            return self.insert(
                "carts",
                {
                    "id_address_delivery": address,
                    "id_address_invoice": address,
                    "id_currency": str(currency),
                    "id_customer": str(customer),
                    "id_guest": "0" if customer else str(self.random.randrange(1, 9999)),
                    "secure_key": f"{self.random.getrandbits(128):032x}",
                    "associations": {"cart_rows": [self._cart_row(product, many, address) for product, many in lines]}
                    if lines
                    else {},
                },
            )

    def put_into_cart(self, cart: int, product: int, quantity: int = 1) -> None:
        """An article is put into a cart, which moves its date."""
        with self.lock:
            row = self.row("carts", cart)
            rows = [*row["associations"].get("cart_rows", ()), self._cart_row(product, quantity, "0")]
            self.update("carts", cart, associations={"cart_rows": rows})

    def order(
        self,
        cart: int,
        *,
        customer: int = 0,
        payment: str = "stripe_official",
        state: int | None = None,
        carrier: int = 3,
        discount: Decimal = Decimal(0),
        wrapping: Decimal = Decimal(0),
        reference: str | None = None,
    ) -> int:
        """A cart becomes an order. `discount` and `wrapping` are in the main currency, without tax."""
        with self.lock:
            held = self.row("carts", cart)
            buyer = customer or int(held["id_customer"])
            currency = self.row("currencies", held["id_currency"])
            rate = Decimal(currency["conversion_rate"])
            rows = [self._order_row(row, rate) for row in held["associations"].get("cart_rows", ())]
            shipping = Decimal(0) if carrier == 1 else _SHIPPING
            address = self.address_of(buyer)
            number = self.insert(
                "orders",
                {
                    **_amounts(rows, shipping=shipping * rate, wrapping=wrapping * rate, discounts=discount * rate),
                    "id_address_delivery": address,
                    "id_address_invoice": address,
                    "id_cart": str(cart),
                    "id_currency": held["id_currency"],
                    "id_customer": str(buyer),
                    "id_carrier": str(carrier),
                    "module": payment,
                    "payment": PAYMENTS.get(payment, payment),
                    "secure_key": held["secure_key"],
                    "conversion_rate": _written(rate),
                    "reference": reference or self._reference(),
                    "associations": {"order_rows": rows},
                },
            )
            self.insert("order_carriers", {"id_order": str(number), "id_carrier": str(carrier)})
            first = state or {"ps_wirepayment": 10, "ps_cashondelivery": 13}.get(payment, 2)
            self.set_state(number, first)
            if first == 2:
                self.pay(number)
            return number

    def set_state(self, order: int, state: int, employee: int = 0) -> None:
        """An order reaches a state: a history row, `valid` by its flag, the invoice when it first asks for one."""
        with self.lock:
            row, flags = self.row("orders", order), self.row("order_states", state)
            changes: dict[str, str] = {"current_state": str(state), "valid": flags["logable"]}
            if flags["invoice"] == "1" and row["invoice_number"] == "0":
                changes |= {"invoice_number": str(self._next_number("invoice_number")), "invoice_date": self.now()}
            if flags["delivery"] == "1" and row["delivery_number"] == "0":
                changes |= {"delivery_number": str(self._next_number("delivery_number")), "delivery_date": self.now()}
            self.update("orders", order, **changes)
            self.insert(
                "order_histories",
                {"id_employee": str(employee), "id_order_state": str(state), "id_order": str(order)},
            )

    def pay(self, order: int) -> int:
        """Money comes in for an order's reference."""
        with self.lock:
            row = self.row("orders", order)
            self.update("orders", order, total_paid_real=row["total_paid"])
            return self.insert(
                "order_payments",
                {
                    "order_reference": row["reference"],
                    "id_currency": row["id_currency"],
                    "amount": row["total_paid"],
                    "payment_method": row["payment"],
                    "conversion_rate": row["conversion_rate"],
                    "transaction_id": f"TX{self.random.getrandbits(32)}",
                },
            )

    def refund(self, order: int, quantities: Mapping[str, int] | None = None, *, shipping: bool = False) -> int:
        """A credit slip over some pieces of some rows (row id -> pieces), or over everything. No date moves."""
        with self.lock:
            row = self.row("orders", order)
            lines = []
            for entry in row["associations"].get("order_rows", ()):
                pieces = (quantities or {}).get(entry["id"], 0) if quantities else int(entry["product_quantity"])
                if pieces:
                    lines.append(
                        {
                            "id_order_detail": entry["id"],
                            "product_quantity": str(pieces),
                            "amount_tax_excl": _written(Decimal(entry["unit_price_tax_excl"]) * pieces),
                            "amount_tax_incl": _written(Decimal(entry["unit_price_tax_incl"]) * pieces),
                        }
                    )
            net = sum((Decimal(line["amount_tax_excl"]) for line in lines), Decimal(0))
            gross = sum((Decimal(line["amount_tax_incl"]) for line in lines), Decimal(0))
            number = self.insert(
                "order_slip",
                {
                    "id_customer": row["id_customer"],
                    "id_order": str(order),
                    "conversion_rate": row["conversion_rate"],
                    "total_products_tax_excl": _written(net),
                    "total_products_tax_incl": _written(gross),
                    "total_shipping_tax_excl": row["total_shipping_tax_excl"] if shipping else "0.000000",
                    "total_shipping_tax_incl": row["total_shipping_tax_incl"] if shipping else "0.000000",
                    # Net or gross, by the group the customer is in: not to be relied on.
                    "amount": _written(net if int(row["id_customer"]) % 2 else gross),
                    "shipping_cost": "1" if shipping else "0",
                    "partial": "0" if quantities is None else "1",
                },
            )
            for line in lines:
                line["id"] = str(number)
            self.row("order_slip", number)["associations"] = {"order_slip_details": lines}
            return number

    # --- parts -------------------------------------------------------------------------------------------------------

    def _cart_row(self, product: int, quantity: int, address: str) -> dict[str, str]:
        return {
            "id_product": str(product),
            "id_product_attribute": "0",
            "id_address_delivery": address,
            "id_customization": "0",
            "quantity": str(quantity),
        }

    def _order_row(self, row: Mapping[str, str], rate: Decimal) -> Row:
        product = self.row("products", row["id_product"])
        price = (Decimal(product["price"]) * rate).quantize(_SIX, ROUND_HALF_UP)
        return {
            "id": str(self._next_number("order_detail")),
            "product_id": row["id_product"],
            "product_attribute_id": row["id_product_attribute"],
            "product_quantity": row["quantity"],
            "product_name": product["name"]["1"],
            "product_reference": product["reference"],
            "product_ean13": None,
            "product_isbn": None,
            "product_upc": None,
            "product_price": _written(price),
            "id_customization": "0",
            "unit_price_tax_incl": _written(price * _TAX),
            "unit_price_tax_excl": _written(price),
        }

    def _reference(self) -> str:
        return "".join(self.random.choice(_LETTERS) for _ in range(9))


def _amounts(rows: Sequence[Row], **extra: Decimal) -> dict[str, str]:
    """The totals of an order with these rows; `extra` is without tax. Only what is to be paid is rounded to cents."""
    goods, goods_with_tax = (
        sum((Decimal(row[column]) * int(row["product_quantity"]) for row in rows), Decimal(0))
        for column in ("unit_price_tax_excl", "unit_price_tax_incl")
    )
    added = extra["shipping"] + extra["wrapping"] - extra["discounts"]
    total = (goods_with_tax + added * _TAX).quantize(_CENT, ROUND_HALF_UP)
    amounts = {"paid": total, "paid_tax_incl": total, "paid_tax_excl": goods + added}
    amounts |= {"products": goods, "products_wt": goods_with_tax}
    for name, value in extra.items():
        amounts |= {name: value * _TAX, f"{name}_tax_incl": value * _TAX, f"{name}_tax_excl": value}
    return {f"total_{name}": _written(amount) for name, amount in amounts.items()}


def _written(amount: Decimal) -> str:
    return f"{amount.quantize(_SIX, ROUND_HALF_UP):f}"
