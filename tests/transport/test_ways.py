"""The way there: certificates, proxies, and addresses where nobody answers."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import SettingsError, Unavailable
from connector.transport import BearerAuth, Request, Transport
from tests.transport.certificates import Certificates, make
from tests.transport.scripted_server import Line, ScriptedServer, answer, rows

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    if not shutil.which("openssl"):
        pytest.skip("the program openssl is not installed")
    return make(tmp_path_factory.mktemp("tls"))


def test_an_authority_of_ones_own(certificates: Certificates, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows({"id": 1}), tls=certificates.server("good"))
    transport = reach(server, ca_file=certificates.authority)
    assert transport.fetch(Request("x")).records() == [b'{"id": 1}']
    assert transport.fetch(Request("x")).url.startswith("https://")
    assert server.connections == 1


@pytest.mark.parametrize(
    ("certificate", "trusted", "words"),
    [
        ("good", False, "ca_file"),
        ("self_signed", False, "ca_file"),
        ("self_signed", True, "ca_file"),
        ("expired", True, "renewed"),
        ("early", True, "clock of this machine"),
        ("elsewhere", True, "with or without www"),
    ],
)
def test_nothing_is_sent_to_a_server_that_cannot_show_who_it_is(
    certificate: str, trusted: bool, words: str, certificates: Certificates, serve: Serve, reach: Reach
) -> None:
    server = serve(lambda _: rows(), tls=certificates.server(certificate))
    transport = reach(server, ca_file=certificates.authority if trusted else None)
    with pytest.raises(Unavailable) as raised:
        transport.configured(auth=BearerAuth("t")).fetch(Request("x"))
    assert words in str(raised.value.advice)
    assert "nothing was sent" in str(raised.value.message)
    assert not server.received
    assert transport.requests == 1, "asking again changes nothing"


def test_environment_variables_do_not_change_whom_we_trust(
    certificates: Certificates, serve: Serve, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(lambda _: rows(), tls=certificates.server("good"))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "/nowhere.pem")
    reach(server, ca_file=certificates.authority).fetch(Request("x"))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, certificates.authority)
    with pytest.raises(Unavailable):
        reach(server).fetch(Request("x"))


def test_a_certificate_file_that_is_no_use(tmp_path: Path, reach: Reach) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    for path, words in (("absent.pem", "no such file"), ("empty.pem", "no certificate"), (".", "")):
        with pytest.raises(SettingsError) as raised:
            reach("https://shop.example", ca_file=str(tmp_path / path))
        assert words in str(raised.value.message)
        assert raised.value.message.render("de") != str(raised.value.message)


def test_https_where_there_is_none(reach: Reach) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.recv(99999)

        threading.Thread(target=refuse, daemon=True).start()
        with pytest.raises(Unavailable) as raised:
            reach(f"https://127.0.0.1:{listener.getsockname()[1]}", retry_for=0).fetch(Request("x"))
    assert "https only if" in str(raised.value.advice)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_nobody_answers(reach: Reach) -> None:
    transport = reach(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unavailable) as raised:
        transport.fetch(Request("x"))
    assert "nobody answers" in str(raised.value.message)
    assert transport.requests > 3


def test_a_name_that_is_not_known(reach: Reach) -> None:
    with pytest.raises(Unavailable) as raised:
        reach("http://shop.invalid", retry_for=0).fetch(Request("x"))
    assert "not known" in str(raised.value.message)


def test_a_proxy_of_the_settings(serve: Serve, reach: Reach) -> None:
    proxy = serve(lambda _: rows({"id": 1}))
    found = reach("http://shop.example", proxy=f"http://me:pw@127.0.0.1:{proxy.port}").fetch(Request("x"))
    assert found.records() == [b'{"id": 1}']
    (received,) = proxy.received
    assert received.target == "http://shop.example/x"
    assert received.headers["proxy-authorization"].startswith("Basic ")


def test_a_proxy_of_the_environment(serve: Serve, reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, server, chosen = (serve(lambda _: rows()) for _ in range(3))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, proxy.address)
    reach("http://shop.example").fetch(Request("x"))
    assert [one.target for one in proxy.received] == ["http://shop.example/x"]
    reach("http://shop.example", proxy=chosen.address).fetch(Request("x"))
    assert len(chosen.received) == len(proxy.received) == 1
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    reach(server).fetch(Request("x"))
    assert len(server.received) == len(proxy.received) == 1


def test_a_proxy_that_fails(serve: Serve, reach: Reach) -> None:
    for proxy in (
        f"http://127.0.0.1:{free_port()}",
        serve(lambda _: [answer("", 407), Line.CLOSE]).address,
    ):
        with pytest.raises(Unavailable) as raised:
            reach("https://shop.example", proxy=proxy, retry_for=1).fetch(Request("x"))
        assert "proxy" in str(raised.value.message)
        assert "HTTPS_PROXY" in str(raised.value.advice)


def test_a_proxy_address_that_is_none(reach: Reach) -> None:
    for proxy in ("http://", "socks5://127.0.0.1:1", "gopher://127.0.0.1"):
        with pytest.raises(SettingsError) as raised:
            reach("http://shop.example", proxy=proxy)
        assert "proxy" in str(raised.value.message)
