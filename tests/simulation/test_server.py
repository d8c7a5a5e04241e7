"""The loopback server: what it sends, what it counts, how it starts and stops, how it misbehaves."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from connector.simulation.clock import FakeClock
from connector.simulation.faults import Fault, Faults, asked_of
from connector.simulation.server import LoopbackServer
from tests.transport import certificates

BODY = json.dumps({"rows": list(range(400))}).encode()


class Echo:
    """Says what it was asked."""

    def __init__(self) -> None:
        self.clock = FakeClock(1_700_000_000_000_000)
        self.seen: list[dict[str, Any]] = []

    def server_time(self) -> int:
        return self.clock.now()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.seen.append(environ)
        if environ["PATH_INFO"] == "/boom":
            raise ZeroDivisionError("a fault of the simulator")
        said = {
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"],
            "query": environ["QUERY_STRING"],
            "body": environ["wsgi.input"].read().decode(),
        }
        body = BODY if environ["PATH_INFO"] == "/long" else json.dumps(said).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("X-Kept", "yes")])
        return [body]


@pytest.fixture
def app() -> Echo:
    return Echo()


@pytest.fixture
def server(app: Echo) -> Iterator[LoopbackServer]:
    with LoopbackServer(app) as running:
        yield running


def get(server: LoopbackServer, path: str = "/long", **options: Any) -> requests.Response:
    return requests.get(server.address + path, timeout=5, allow_redirects=False, **options)


def struck(server: LoopbackServer, *kinds: Fault, **options: Any) -> LoopbackServer:
    server.faults = Faults(Random(1), 1.0, kinds, in_a_row=10**6, **options)
    return server


# --- answers ---------------------------------------------------------------------------------------------------------


def test_requests_arrive_whole(server: LoopbackServer) -> None:
    answer = requests.post(f"{server.address}/a%20b?x=1&y=%C3%A4", data="größe".encode(), timeout=5)
    assert answer.json() == {"method": "POST", "path": "/a b", "query": "x=1&y=%C3%A4", "body": "größe"}
    assert server.requests == ["POST /a%20b?x=1&y=%C3%A4"]
    assert server.served == 1


def test_the_date_is_the_application_s(server: LoopbackServer) -> None:
    assert parsedate_to_datetime(get(server).headers["Date"]).timestamp() == 1_700_000_000


def test_one_connection_serves_many_requests(server: LoopbackServer) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc)
    connection.connect()
    held = connection.sock
    for number in range(5):
        connection.request("GET", f"/{number}")
        assert connection.getresponse().read()
    assert connection.sock is held
    connection.close()


def test_head_has_no_body(server: LoopbackServer) -> None:
    answer = requests.head(f"{server.address}/long", timeout=5)
    assert (answer.headers["Content-Length"], answer.content) == (str(len(BODY)), b"")


def test_small_answers_do_not_wait_for_acknowledgements(server: LoopbackServer) -> None:
    with requests.Session() as session:
        session.get(server.address, timeout=5)
        quickest = 1.0
        for _ in range(20):
            began = time.perf_counter()
            session.get(server.address, timeout=5)
            quickest = min(quickest, time.perf_counter() - began)
        assert quickest < 0.04  # what a delayed acknowledgement costs each of them, on a busy machine too


def test_many_clients_at_once(server: LoopbackServer) -> None:
    wrong: list[int] = []

    def client() -> None:
        with requests.Session() as session:
            wrong.extend(1 for _ in range(10) if session.get(f"{server.address}/long", timeout=5).content != BODY)

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (wrong, server.served) == ([], 80)


def test_compression_where_asked_for(app: Echo) -> None:
    with LoopbackServer(app, compress=True) as server:
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc)
        connection.request("GET", "/long", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == BODY
        connection.request("GET", "/long")
        assert connection.getresponse().read() == BODY
        connection.close()


def test_latency(app: Echo) -> None:
    with LoopbackServer(app, latency=0.03) as server:
        began = time.perf_counter()
        get(server)
        assert time.perf_counter() - began >= 0.03


def test_https(app: Echo, tmp_path: Path) -> None:
    try:
        issued = certificates.make(tmp_path)
    except OSError:
        pytest.skip("no openssl here")
    with LoopbackServer(app, tls=issued.server("good")) as server:
        assert server.address.startswith("https://")
        with pytest.raises(requests.exceptions.SSLError):
            get(server)  # nobody vouches for it
        assert get(server, verify=issued.authority).content == BODY
        assert app.seen[-1]["wsgi.url_scheme"] == "https"
        with pytest.raises(requests.exceptions.ConnectionError):
            get(struck(server, Fault.RESET), verify=issued.authority)


# --- start and stop --------------------------------------------------------------------------------------------------


def test_no_address_before_the_first_start(app: Echo) -> None:
    with pytest.raises(RuntimeError, match="no address"):
        _ = LoopbackServer(app).address


def test_a_restarted_server_is_back_at_its_address(app: Echo) -> None:
    server = LoopbackServer(app).start()
    address = server.address
    session = requests.Session()
    assert session.get(address, timeout=5).ok
    server.stop()  # while the client still holds its connection
    with pytest.raises(requests.ConnectionError):
        session.get(address, timeout=5)
    server.start()
    assert server.address == address
    assert session.get(address, timeout=5).ok
    session.close()
    server.stop()


def test_stopping_does_not_wait_for_idle_clients(server: LoopbackServer) -> None:
    host, port = urlsplit(server.address).netloc.split(":")
    with socket.create_connection((host, int(port))):
        began = time.perf_counter()
        server.stop()
        assert time.perf_counter() - began < 2


def test_what_the_application_raises_is_raised_by_stop(app: Echo) -> None:
    server = LoopbackServer(app).start()
    assert get(server, "/boom").status_code == 500
    with pytest.raises(ZeroDivisionError, match="a fault of the simulator"):
        server.stop()
    server.stop()  # once


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault(number) for number in ("500", "502", "503", "504", "520")])
def test_error_statuses(server: LoopbackServer, fault: Fault) -> None:
    answer = get(struck(server, fault))
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (int(fault), "text/html")


def test_limits(server: LoopbackServer) -> None:
    assert get(struck(server, Fault.LIMIT_SECONDS, retry_after=7)).headers["Retry-After"] == "7"
    date = get(struck(server, Fault.LIMIT_DATE, retry_after=7)).headers["Retry-After"]
    assert parsedate_to_datetime(date).timestamp() == 1_700_000_007
    assert get(struck(server, Fault.LIMIT_HOUR)).headers["Retry-After"] == "3600"
    bare = get(struck(server, Fault.LIMIT_BARE))
    assert (bare.status_code, "Retry-After" in bare.headers) == (429, False)


def test_reset_before_the_answer(server: LoopbackServer) -> None:
    host, port = urlsplit(struck(server, Fault.RESET).address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(100)


def test_reset_in_the_body(server: LoopbackServer) -> None:
    with pytest.raises(requests.exceptions.RequestException):
        _ = get(struck(server, Fault.RESET_IN_BODY)).content


def test_cut_body(server: LoopbackServer) -> None:
    connection = http.client.HTTPConnection(urlsplit(struck(server, Fault.CUT_BODY).address).netloc, timeout=5)
    connection.request("GET", "/long")
    answer = connection.getresponse()
    with pytest.raises(http.client.IncompleteRead) as caught:
        answer.read()
    assert 0 < len(caught.value.partial) < len(BODY) == int(answer.headers["Content-Length"])
    connection.close()


def test_broken_gzip(server: LoopbackServer) -> None:
    with pytest.raises(requests.exceptions.ContentDecodingError):
        _ = get(struck(server, Fault.BROKEN_GZIP)).content


def test_slow_body_arrives_whole(server: LoopbackServer) -> None:
    began = time.perf_counter()
    assert get(struck(server, Fault.SLOW_BODY, pause=0.01)).content == BODY
    assert time.perf_counter() - began >= 0.05


def test_text_before_the_json(server: LoopbackServer) -> None:
    warned = get(struck(server, Fault.PHP_WARNING))
    assert warned.content.startswith(b"<br />\n<b>Warning</b>:")
    assert warned.content.endswith(BODY)
    assert warned.headers["X-Kept"] == "yes"
    assert get(struck(server, Fault.BOM)).content == b"\xef\xbb\xbf" + BODY


def test_html_nothing_and_a_wrong_type(server: LoopbackServer) -> None:
    page = get(struck(server, Fault.HTML))
    assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
    nothing = get(struck(server, Fault.EMPTY_BODY))
    assert (nothing.status_code, nothing.content) == (200, b"")
    wrong = get(struck(server, Fault.WRONG_TYPE))
    assert (wrong.headers["Content-Type"][:9], wrong.content) == ("text/html", BODY)


def test_redirect_to_another_host_name(server: LoopbackServer) -> None:
    answer = get(struck(server, Fault.REDIRECT), "/long?a=1")
    port = urlsplit(server.address).port
    assert (answer.status_code, answer.headers["Location"]) == (301, f"http://localhost:{port}/moved/long?a=1")


def test_faults_that_need_the_application_reach_it(app: Echo) -> None:
    app.enacts = frozenset({Fault.ENDLESS_PAGES})  # type: ignore[attr-defined]
    with LoopbackServer(app, faults=Faults(Random(1), kinds=[Fault.ENDLESS_PAGES, Fault.BOM])) as server:
        assert get(server).content.startswith(b"\xef\xbb\xbf")
    assert asked_of(app.seen[0]) == {Fault.ENDLESS_PAGES}


def test_an_application_that_cannot_enact_a_fault_is_named(app: Echo) -> None:
    with pytest.raises(ValueError, match="Echo cannot enact paging-ignored"):
        LoopbackServer(app, faults=Faults(Random(1), kinds=[Fault.PAGING_IGNORED]))
