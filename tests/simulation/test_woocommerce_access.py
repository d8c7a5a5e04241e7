"""Facts 26 to 30: who may ask, and in which words the others are refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from woocommerce import API
from woocommerce.oauth import OAuth

from adapters.woocommerce.simulator import WooCommerceShop
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from tests.simulation.asking import Answered, basic, raw, recorded, same_headers

ORDERS = "/wp-json/wc/v3/orders"


def refused(answer: Answered, name: str) -> None:
    example = recorded(f"errors/{name}.json")
    assert (answer.status, answer.json) == (example["status"], example["body"])
    same_headers(answer, f"errors/{name}.json")
    extra = {"Allow", "Cache-Control", "Expires", "Vary"} & answer.headers.keys()
    assert extra == {"Allow", "Cache-Control", "Expires", "Vary"} & example["headers"].keys()


def keys(shop: WooCommerceShop) -> dict[str, str]:
    return {"consumer_key": shop.key.consumer_key, "consumer_secret": shop.key.consumer_secret}


def signed(
    shop: WooCommerceShop, query: str = "", *, at: int | None = None, algorithm: str = "HMAC-SHA256",
    secret: str | None = None, nonce: str = "n1",
) -> str:  # fmt: skip
    """A target signed by hand, after RFC 5849 with WooCommerce's double escaping."""
    params = dict(parse_qsl(query)) | {
        "oauth_consumer_key": shop.key.consumer_key,
        "oauth_timestamp": str(shop.now() if at is None else at),
        "oauth_nonce": nonce,
        "oauth_signature_method": algorithm,
    }
    pairs = (f"{quote(name, safe='')}={quote(params[name], safe='')}" for name in sorted(params))
    text = "%26".join(quote(pair, safe="") for pair in pairs)
    base = f"GET&{quote(f'http://127.0.0.1:8000{ORDERS}', safe='')}&{text}"
    used = {"HMAC-SHA256": hashlib.sha256, "HMAC-SHA1": hashlib.sha1}.get(algorithm, hashlib.md5)
    digest = hmac.new(f"{secret or shop.key.consumer_secret}&".encode(), base.encode(), used).digest()
    return f"{ORDERS}?{urlencode(params | {'oauth_signature': base64.b64encode(digest).decode()})}"


# --- 26 --------------------------------------------------------------------------------------------------------------


def test_fact_26_https_takes_basic_and_keys_in_the_address(small: WooCommerceShop) -> None:
    assert raw(small, ORDERS, HTTP_AUTHORIZATION=basic(small.key)).status == 200
    assert raw(small, f"{ORDERS}?{urlencode(keys(small))}").status == 200


def test_fact_26_http_takes_neither(small: WooCommerceShop) -> None:
    refused(raw(small, ORDERS, scheme="http", HTTP_AUTHORIZATION=basic(small.key)), "401_basic_over_http")
    refused(raw(small, f"{ORDERS}?{urlencode(keys(small))}", scheme="http"), "401_no_credentials")
    forwarded = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_AUTHORIZATION": basic(small.key)}
    refused(raw(small, ORDERS, scheme="http", **forwarded), "401_basic_over_http")


def test_http_can_be_taken_for_https(small: WooCommerceShop) -> None:
    small.pretend_https = True
    assert raw(small, ORDERS, scheme="http", HTTP_AUTHORIZATION=basic(small.key)).status == 200


# --- 27 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["HMAC-SHA256", "HMAC-SHA1"])
def test_fact_27_signatures(small: WooCommerceShop, algorithm: str) -> None:
    query = "per_page=2&modified_after=2020-01-01T00:00:00Z&search=grüner tee~"
    answer = raw(small, signed(small, query, algorithm=algorithm), scheme="http")
    assert (answer.status, len(answer.json)) == (200, 2)


def test_fact_27_over_https_too(small: WooCommerceShop) -> None:
    url = f"https://127.0.0.1:8000{ORDERS}?per_page=1"
    target = OAuth(url, *keys(small).values(), version="wc/v3").get_oauth_url().removeprefix("https://127.0.0.1:8000")
    assert raw(small, target).status == 200


def test_fact_27_md5_is_refused(small: WooCommerceShop) -> None:
    answer = raw(small, signed(small, algorithm="HMAC-MD5"), scheme="http")
    assert answer.json["message"] == "Invalid signature - signature method is invalid."


def test_fact_27_wrong_secret_and_changed_query(small: WooCommerceShop) -> None:
    refused(raw(small, signed(small, secret="cs_wrong"), scheme="http"), "401_oauth_bad_signature")
    refused(raw(small, f"{signed(small)}&per_page=5", scheme="http"), "401_oauth_bad_signature")


def test_fact_27_unknown_key(small: WooCommerceShop) -> None:
    target = signed(small).replace(small.key.consumer_key, "ck_unknown")
    assert raw(small, target, scheme="http").json["message"] == "Consumer key is invalid."


@pytest.mark.parametrize(("minutes", "status"), [(-16, 401), (-14, 200), (14, 200), (16, 401)])
def test_fact_27_time_window(small: WooCommerceShop, minutes: int, status: int) -> None:
    small.gate.machine_time_ok = False
    answer = raw(small, signed(small, at=small.now() + 60 * minutes), scheme="http")
    assert answer.status == status
    if status == 401:
        refused(answer, "401_oauth_old_timestamp")


def test_fact_27_a_nonce_is_good_once(small: WooCommerceShop) -> None:
    target = signed(small)
    assert raw(small, target, scheme="http").status == 200
    refused(raw(small, target, scheme="http"), "401_oauth_nonce_reused")


def test_fact_27_half_a_signature(small: WooCommerceShop) -> None:
    answer = raw(small, f"{ORDERS}?oauth_nonce=1", scheme="http")
    assert (answer.status, answer.json["code"]) == (401, "woocommerce_rest_authentication_missing_parameter")


# --- 28 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "password", "name"),
    [
        ("{key}", "cs_wrong", "401_wrong_secret"),
        ("ck_unknown", "{secret}", "401_unknown_key"),
        ("{secret}", "{key}", "401_unknown_key"),
        ("{key}", "", "401_no_credentials"),
        ("admin", "wordpress", "401_unknown_key"),
    ],
)
def test_fact_28_wrong_pairs(small: WooCommerceShop, user: str, password: str, name: str) -> None:
    values = {"key": small.key.consumer_key, "secret": small.key.consumer_secret}
    pair = f"{user}:{password}".format(**values)
    refused(raw(small, ORDERS, HTTP_AUTHORIZATION=f"Basic {base64.b64encode(pair.encode()).decode()}"), name)


def test_fact_28_nobody(small: WooCommerceShop) -> None:
    refused(raw(small, ORDERS), "401_no_credentials")
    assert raw(small, f"{ORDERS}/1").json["message"] == "Sorry, you cannot view this resource."


def test_fact_28_a_space_after_the_key_is_forgiven(small: WooCommerceShop) -> None:
    pair = f"{small.key.consumer_key} :{small.key.consumer_secret}"
    assert raw(small, ORDERS, HTTP_AUTHORIZATION=f"Basic {base64.b64encode(pair.encode()).decode()}").status == 200


def test_fact_28_what_a_key_is_for(small: WooCommerceShop) -> None:
    refused(raw(small, f"{ORDERS}/29", method="PUT", HTTP_AUTHORIZATION=basic(small.key)), "401_read_key_writes")
    write = small.add_key(permissions="write")
    refused(raw(small, ORDERS, HTTP_AUTHORIZATION=basic(write)), "401_write_key_reads")
    plain = small.add_key(may_view=False)
    refused(raw(small, ORDERS, HTTP_AUTHORIZATION=basic(plain)), "403_key_of_plain_customer")
    assert raw(small, ORDERS, HTTP_AUTHORIZATION=basic(small.add_key(permissions="read_write"))).status == 200


# --- 29, 30 ----------------------------------------------------------------------------------------------------------


def test_fact_29_plain_permalinks_never_authenticate(small: WooCommerceShop) -> None:
    answer = raw(small, "/?rest_route=/wc/v3/orders", HTTP_AUTHORIZATION=basic(small.key))
    assert (answer.status, answer.json["code"]) == (401, "woocommerce_rest_cannot_view")


@pytest.mark.parametrize("path", ["/wp-json/wc/v3/orderz", "/wp-json/shop/v1/orders", "/wp-json/wc/v3/orders/abc"])
def test_fact_29_no_route(small: WooCommerceShop, path: str) -> None:
    refused(raw(small, path, HTTP_AUTHORIZATION=basic(small.key)), "404_no_route")


def test_fact_29_the_index_needs_no_key(small: WooCommerceShop, clock: FakeClock) -> None:
    answer = raw(small, "/wp-json/", scheme="http")
    assert answer.json == recorded("shop/wp_json_index_trimmed.json")
    clock.set(1_783_000_000_000_000)  # a day in July
    assert raw(small, "/wp-json/").json["gmt_offset"] == 2


def test_fact_29_the_second_version_takes_the_same_key(small: WooCommerceShop) -> None:
    assert raw(small, "/wp-json/wc/v2/orders", HTTP_AUTHORIZATION=basic(small.key)).status == 200


def test_fact_30_the_published_client(small: WooCommerceShop) -> None:
    """It signs the parameters and then sends them twice; lists it signs wrongly."""
    with LoopbackServer(small) as server:
        client = API(url=server.address, version="wc/v3", timeout=10, **keys(small))
        answer = client.get("orders", params={"per_page": 3, "modified_after": "2020-01-01T00:00:00Z"})
        assert (answer.status_code, len(answer.json())) == (200, 3)
        assert server.requests[0].count("per_page=3") == 2
        wrong: Any = client.get("orders", params={"status": ["completed", "trash"]})
        assert wrong.status_code == 401
        assert wrong.json()["message"] == "Invalid signature - provided signature does not match."
