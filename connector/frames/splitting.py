"""A refund's tax and shipping where the source does not say them (convention C6). Exact integers."""

from __future__ import annotations


def split(
    total: int,
    tax: int | None,
    shipping: int | None,
    *,
    order_total: int,
    order_tax: int,
    order_shipping: int,
    estimate: bool = True,
) -> tuple[int, int]:
    """The tax and the shipping in a refund; what is left of `total` is goods. All in millionths.

    A part that the source says stays. A missing part is taken in the order's own proportions of what is not said
    (`estimate`), or as 0, so that all is goods. An order without an amount has no proportions: all is goods.
    """
    if tax is None:
        tax = (
            _share(total - (shipping or 0), order_tax, order_total - _said(shipping, order_shipping)) if estimate else 0
        )
    if shipping is None:
        shipping = _share(total - tax, order_shipping, order_total - order_tax) if estimate else 0
    return tax, shipping


def _said(part: int | None, of_order: int) -> int:
    return 0 if part is None else of_order


def _share(amount: int, part: int, whole: int) -> int:
    """`amount` x `part` / `whole`, rounded half away from zero; 0 where there is no whole."""
    if whole <= 0:
        return 0
    product = amount * part
    rounded = (2 * abs(product) + whole) // (2 * whole)
    return rounded if product >= 0 else -rounded
