"""What an order costs: discounts, taxes and totals, computed as WooCommerce does for prices entered with tax.

- A price is entered with the shop's own country's tax; what is without it stays the same for other countries.
- A percentage takes its part of each line, an amount for the cart is spread over all pieces to the cent.
- Shipping is taxed like the dearest taxed class of goods in the cart.
- Totals and taxes of lines keep six digits and are rounded before they are added up.

The recorded orders are the examples: 64 (an amount for the cart and a fee), 356 (a percentage), 351 (another country).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from adapters.woocommerce.simulator.catalogue import (
    BASE_COUNTRY,
    COUPON_IDS,
    COUPONS,
    FEES,
    SHIPPING,
    tax_rate,
)
from adapters.woocommerce.simulator.model import (
    ZERO,
    Charge,
    CouponLine,
    FeeLine,
    Items,
    Line,
    Meta,
    Product,
    ShippingLine,
    Tax,
    TaxLine,
    TaxRate,
)

CENT = Decimal("0.01")
_SIX = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Pick:
    """Something put into the cart: a product, how many, and of a variable one which size (place in the list)."""

    product: Product
    quantity: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class Priced:
    """A cart with its prices."""

    items: Items
    discount_total: Decimal
    discount_tax: Decimal
    shipping_total: Decimal
    shipping_tax: Decimal
    cart_tax: Decimal
    total: Decimal

    @property
    def total_tax(self) -> Decimal:
        """Tax on everything."""
        return self.cart_tax + self.shipping_tax


def cents(amount: Decimal) -> Decimal:
    """Rounded half-up to two digits."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def price_cart(
    picks: Sequence[Pick],
    *,
    country: str,
    item_id: Callable[[], int],
    meta_id: Callable[[], int],
    shipping: str | None = None,
    coupons: Sequence[str] = (),
    fees: Sequence[str] = (),
) -> Priced:
    """A cart sent to `country`. `shipping` is a title of the catalogue, `coupons` and `fees` are its names."""
    gross = [_unit_price(pick) * pick.quantity for pick in picks]
    discounts: list[list[Decimal]] = [_spread(COUPONS[code], picks, gross) for code in coupons]
    lines = []
    for place, pick in enumerate(picks):
        off = sum((discount[place] for discount in discounts), ZERO)
        lines.append(_line(pick, gross[place], gross[place] - off, country, item_id, meta_id))
    classes = {line.tax_class for line in lines}
    free = any(COUPONS[code].free_shipping for code in coupons)
    shipping_lines = (_shipping_line(shipping, free, classes, country, item_id),) if shipping else ()
    fee_lines = tuple(_fee_line(name, country, item_id) for name in fees)
    tax_lines = _tax_lines(lines, shipping_lines, fee_lines, country, item_id)
    coupon_lines = tuple(
        _coupon_line(code, discount, picks, country, item_id, meta_id)
        for code, discount in zip(coupons, discounts, strict=True)
    )
    cart_tax = sum((tax.tax_total for tax in tax_lines), ZERO)
    shipping_tax = sum((tax.shipping_tax_total for tax in tax_lines), ZERO)
    shipping_total = sum((line.total for line in shipping_lines), ZERO)
    charged: tuple[Charge, ...] = (*lines, *fee_lines)
    goods = sum((cents(item.total) for item in charged), ZERO)
    return Priced(
        items=Items(tuple(lines), tax_lines, shipping_lines, fee_lines, coupon_lines),
        discount_total=sum((line.subtotal - line.total for line in lines), ZERO),
        discount_tax=sum((line.subtotal_tax - line.total_tax for line in lines), ZERO),
        shipping_total=shipping_total,
        shipping_tax=shipping_tax,
        cart_tax=cart_tax,
        total=goods + shipping_total + cart_tax + shipping_tax,
    )


def _unit_price(pick: Pick) -> Decimal:
    if pick.product.variations:
        return pick.product.variations[pick.size].price
    return pick.product.price or ZERO


def _without_tax(gross: Decimal, tax_class: str) -> Decimal:
    return (gross / (1 + _share(tax_rate(BASE_COUNTRY, tax_class)))).quantize(_SIX, rounding=ROUND_HALF_UP)


def _share(rate: TaxRate | None) -> Decimal:
    return rate.percent / 100 if rate else ZERO


def _tax(net: Decimal, rate: TaxRate | None) -> Decimal:
    return (net * _share(rate)).quantize(_SIX, rounding=ROUND_HALF_UP)


def _spread(coupon: CouponLine, picks: Sequence[Pick], gross: Sequence[Decimal]) -> list[Decimal]:
    """What a coupon takes off each line, with tax."""
    if coupon.discount_type == "percent":
        return [cents(price * coupon.nominal_amount / 100) for price in gross]
    pieces = sum(pick.quantity for pick in picks)
    each = (min(coupon.nominal_amount, sum(gross, ZERO)) / max(pieces, 1)).quantize(CENT, rounding=ROUND_DOWN)
    taken = [min(each * pick.quantity, price) for pick, price in zip(picks, gross, strict=True)]
    rest = min(coupon.nominal_amount, sum(gross, ZERO)) - sum(taken, ZERO)
    for place, price in enumerate(gross):
        more = min(rest, price - taken[place])
        taken[place] += more
        rest -= more
    return taken


def _line(
    pick: Pick,
    gross: Decimal,
    discounted: Decimal,
    country: str,
    item_id: Callable[[], int],
    meta_id: Callable[[], int],
) -> Line:
    product = pick.product
    size = product.variations[pick.size] if product.variations else None
    rate = tax_rate(country, product.tax_class)
    subtotal, total = _without_tax(gross, product.tax_class), _without_tax(discounted, product.tax_class)
    subtotal_tax, total_tax = _tax(subtotal, rate), _tax(total, rate)
    return Line(
        id=item_id(),
        name=f"{product.name} - {size.option}" if size else product.name,
        product_id=product.id,
        variation_id=size.id if size else 0,
        quantity=pick.quantity,
        tax_class=product.tax_class,
        subtotal=subtotal,
        subtotal_tax=subtotal_tax,
        total=total,
        total_tax=total_tax,
        taxes=(Tax(rate.id, total_tax, subtotal_tax),) if rate else (),
        meta=(Meta(meta_id(), "grose", size.option, "Größe"),) if size else (),
        sku=size.sku if size else product.sku,
        parent_name=product.name if size else None,
    )


def _shipping_line(title: str, free: bool, classes: set[str], country: str, item_id: Callable[[], int]) -> ShippingLine:
    method, instance, price = SHIPPING[title]
    total = ZERO if free else price
    taxed_as = next((name for name in ("", "reduced-rate") if name in classes), None)
    rate = None if taxed_as is None else tax_rate(country, taxed_as)
    tax = _tax(total, rate)
    taxes = (Tax(rate.id, tax),) if rate and total else ()
    return ShippingLine(item_id(), title, method, instance, total, tax, taxes)


def _fee_line(name: str, country: str, item_id: Callable[[], int]) -> FeeLine:
    rate = tax_rate(country, "")
    total = _without_tax(FEES[name], "")
    tax = _tax(total, rate)
    return FeeLine(item_id(), name, "", total, tax, (Tax(rate.id, tax),) if rate else ())


def _tax_lines(
    lines: Sequence[Line],
    shipping: Sequence[ShippingLine],
    fees: Sequence[FeeLine],
    country: str,
    item_id: Callable[[], int],
) -> tuple[TaxLine, ...]:
    on_goods: dict[int, Decimal] = {}
    charged: tuple[Charge, ...] = (*lines, *fees)
    for item in charged:
        for tax in item.taxes:
            on_goods[tax.rate_id] = on_goods.get(tax.rate_id, ZERO) + cents(tax.total)
    on_shipping = {tax.rate_id: cents(tax.total) for line in shipping for tax in line.taxes}
    rates = {rate.id: rate for rate in (tax_rate(country, name) for name in ("", "reduced-rate")) if rate}
    return tuple(
        TaxLine(item_id(), rates[rate_id], on_goods.get(rate_id, ZERO), on_shipping.get(rate_id, ZERO))
        for rate_id in dict.fromkeys((*on_goods, *on_shipping))
    )


def _coupon_line(
    code: str,
    discount: Sequence[Decimal],
    picks: Sequence[Pick],
    country: str,
    item_id: Callable[[], int],
    meta_id: Callable[[], int],
) -> CouponLine:
    coupon = COUPONS[code]
    net = [_without_tax(amount, pick.product.tax_class) for amount, pick in zip(discount, picks, strict=True)]
    tax = [_tax(amount, tax_rate(country, pick.product.tax_class)) for amount, pick in zip(net, picks, strict=True)]
    kind = '"percent"' if coupon.discount_type == "percent" else "null"
    info = f'[{COUPON_IDS[code]},"{code}",{kind},{coupon.nominal_amount}]'
    return replace(
        coupon,
        id=item_id(),
        discount=sum(net, ZERO),
        discount_tax=sum(tax, ZERO),
        meta=(Meta(meta_id(), "coupon_info", info),),
    )
