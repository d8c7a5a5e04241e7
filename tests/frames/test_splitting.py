"""A refund's parts: what is said stays, what is missing follows the order, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.frames.splitting import split

ORDER = {"order_total": 119_000_000, "order_tax": 24_000_000, "order_shipping": 5_000_000}
amounts = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("total", "tax", "shipping", "expected"),
    [
        (11_900_000, None, None, (2_400_000, 500_000)),
        (11_900_000, 1_900_000, 0, (1_900_000, 0)),
        (11_900_000, 0, None, (0, 626_316)),  # 11.9 x 5 / 95: of what is not tax
        (11_400_000, None, 0, (2_400_000, 0)),  # 11.4 x 24 / 114: of what is not shipping
        (119_000_000, None, None, (24_000_000, 5_000_000)),
    ],
)
def test_by_hand(total: int, tax: int | None, shipping: int | None, expected: tuple[int, int]) -> None:
    assert split(total, tax, shipping, **ORDER) == expected


def test_all_goods_where_nothing_is_estimated_or_known() -> None:
    assert split(11_900_000, None, None, **ORDER, estimate=False) == (0, 0)
    assert split(11_900_000, 1_000_000, None, **ORDER, estimate=False) == (1_000_000, 0)
    assert split(5_000_000, None, None, order_total=0, order_tax=0, order_shipping=0) == (0, 0)


@given(amounts, amounts, amounts)
def test_a_whole_refund_gives_the_orders_own_parts(net: int, tax: int, shipping: int) -> None:
    total = net + tax + shipping
    parts = split(total, None, None, order_total=total, order_tax=tax, order_shipping=shipping)
    assert parts == (tax, shipping)


@given(amounts, amounts, amounts, st.data())
def test_the_parts_never_exceed_the_refund(net: int, tax: int, shipping: int, data: st.DataObject) -> None:
    total = net + tax + shipping
    refund = data.draw(st.integers(0, total))
    its_tax, its_shipping = split(refund, None, None, order_total=total, order_tax=tax, order_shipping=shipping)
    assert its_tax >= 0
    assert its_shipping >= 0
    assert its_tax + its_shipping <= refund + 1  # each is rounded once
