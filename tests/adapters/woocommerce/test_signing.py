"""Requests over plain http are signed so that a shop takes each of them, however many there are."""

from __future__ import annotations

import random
from urllib.parse import parse_qs, urlsplit

from requests import PreparedRequest

from adapters.woocommerce.signing import SignedAddress


def nonce() -> str:
    request = PreparedRequest()
    request.prepare("GET", "http://shop.example.test/wp-json/wc/v3/orders")
    SignedAddress("ck_1", "cs_1")(request)
    (sent,) = parse_qs(urlsplit(request.url or "").query)["oauth_nonce"]
    return sent


def test_nonces_are_not_drawn_from_a_few() -> None:
    """A shop refuses one that it saw in the last 15 minutes; eight digits meet again after some thousand requests."""
    random.seed(1)
    first = nonce()
    random.seed(1)
    assert nonce() != first
    assert len(first) >= 32
