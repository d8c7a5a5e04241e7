"""The slips of PHP systems, put right or refused by path."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.lenient import decode, outline


class Inner(msgspec.Struct):
    email: str | None = None
    name: str = ""


class Outer(msgspec.Struct):
    id: int
    total: str
    inner: Inner = msgspec.field(default_factory=Inner)
    items: list[Inner] = []
    on: bool = False
    number: int = 0
    share: int | None = None
    price: str | None = None


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b'{"id": 1, "total": "2.50"}', Outer(1, "2.50")),
        (b'{"id": "1", "total": 2.50}', Outer(1, "2.50")),
        (b'{"id": 1.0, "total": 3}', Outer(1, "3")),
        (b'{"id": 1, "total": "2", "inner": false}', Outer(1, "2")),
        (b'{"id": 1, "total": "2", "inner": []}', Outer(1, "2")),
        (b'{"id": 1, "total": "2", "inner": null}', Outer(1, "2")),
        (b'{"id": 1, "total": "2", "inner": {"email": false, "name": 7}}', Outer(1, "2", Inner(None, "7"))),
        (b'{"id": 1, "total": "2", "items": {"3": {"name": "a"}}}', Outer(1, "2", items=[Inner(None, "a")])),
        (b'{"id": 1, "total": "2", "items": ""}', Outer(1, "2")),
        (b'{"id": 1, "total": "2", "on": "1", "number": ""}', Outer(1, "2", on=True)),
        (b'{"id": "1", "total": "2", "share": 0, "price": 0}', Outer(1, "2", share=0, price="0")),
        (b'{"id": "1", "total": "2", "share": false, "price": ""}', Outer(1, "2")),
        (b'{"id": 1, "total": "2", "inner": {"name": "a\tb"}}', Outer(1, "2", Inner(None, "a\tb"))),
        (rb'{"id": 1, "total": "2", "inner": {"name": "\ud83d"}}', Outer(1, "2", Inner(None, "\ufffd"))),
    ],
)
def test_slips_are_put_right(payload, expected):
    assert decode(payload, Outer) == expected


@pytest.mark.parametrize(
    "payload",
    [
        b"[]",
        b"{}",
        b'{"id": 1}',
        b'{"id": "one", "total": "2"}',
        b'{"id": 1, "total": {"a": 1}}',
        b'{"id": 1, "total": NaN}',
        b'{"id": 1, "total": "2", "inner": "ann@example.test"}',
        b'{"id": 1, "total": "2"',
        b'{"id": 1, "total": "2", "x": ' + b"[" * 100_000,
    ],
)
def test_what_is_wrong_beyond_that_is_refused_without_its_value(payload):
    with pytest.raises(ValueError, match=r".") as refusal:
        decode(payload, Outer)
    assert "ann@" not in str(refusal.value)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_bring_anything_but_a_value_error(payload):
    with contextlib.suppress(ValueError):
        decode(payload, Outer)
    outline(payload)


def test_an_outline_holds_names_and_types_and_no_value():
    kept = outline(b'{"id": 7, "email": "ann@example.test", "billing": {"city": "Ulm"}, "lines": []}')
    assert msgspec.json.decode(kept) == {"id": "int", "email": "str", "billing": "dict", "lines": "list"}
