"""What the web service answers, refusals included, with the headers that go with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

JSON_TYPE = "application/json"
XML_TYPE = "text/xml;charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"

NO_KEY = b"401 Unauthorized"
_REALM = (
    'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key as the login. '
    'No password required."'
)
_FILE = "/var/www/html/classes/webservice/WebserviceRequest.php"
# What newer PHP versions add when the web service looks up the status of an error it does not expect (lines 1333-1336).
_FOLLOW_UP = [
    (3, f"[PHP Warning #2] Trying to access array offset on value of type bool ({_FILE}, line {line})")
    for line in range(1333, 1337)
]
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n'


@dataclass(frozen=True)
class Answer:
    """One answer. `service` is False where the web service itself was never reached, or died."""

    status: int = 200
    body: bytes = b""
    type: str = JSON_TYPE
    service: bool = True
    logged_in: bool = True
    challenge: bool = False
    location: str | None = None

    def headers(self, version: str, now: int) -> list[tuple[str, str]]:
        """The headers at `now`, whole seconds since 1970."""
        headers = [("Content-Type", self.type)] if self.body or self.status != 404 else []
        if self.challenge:
            headers.append(("WWW-Authenticate", _REALM))
        if self.location:
            headers.append(("Location", self.location))
        if self.service:
            headers += [
                ("Access-Time", str(now)),
                ("X-Powered-By", "PrestaShop Webservice"),
                ("PSWS-Version", version if self.logged_in else "0"),
                ("Execution-Time", "0.005"),
            ]
            if self.status == 200:
                headers.append(("Content-Sha1", sha1(self.body, usedforsecurity=False).hexdigest()))
        headers.append(("Set-Cookie", "PrestaShop-5f3c=abc; path=/; HttpOnly; SameSite=Lax"))
        return headers


class Refusal(Exception):
    """The web service says no: status and errors, shown as JSON or XML."""

    def __init__(
        self,
        status: int,
        *errors: tuple[int, str],
        logged_in: bool = True,
        challenge: bool = False,
    ) -> None:
        super().__init__(errors)
        self.status = status
        self.errors = errors
        self.logged_in = logged_in
        self.challenge = challenge

    def answer(self, *, as_json: bool) -> Answer:
        """The refusal in the language the request asked for."""
        if as_json:
            body = encoded({"errors": [{"code": code, "message": message} for code, message in self.errors]})
        else:
            lines = "".join(
                f"<error>\n<code><![CDATA[{code}]]></code>\n<message><![CDATA[{message}]]></message>\n</error>\n"
                for code, message in self.errors
            )
            body = f"{XML_HEAD}<errors>\n{lines}</errors>\n</prestashop>\n".encode()
        return Answer(
            self.status,
            body,
            JSON_TYPE if as_json else XML_TYPE,
            logged_in=self.logged_in,
            challenge=self.challenge,
        )


class Died(Exception):
    """PHP died: status 500 with nothing in it."""

    @staticmethod
    def answer() -> Answer:
        """The empty answer."""
        return Answer(500, b"", HTML_TYPE, service=False)


def bad_query(code: int, message: str) -> Refusal:
    """A query the web service does not understand: meant as 400, answered with 500 and more errors behind the first."""
    return Refusal(500, (code, message), *_FOLLOW_UP)


def php_warning(where: str) -> Refusal:
    """A module raised a warning while the page was built: the whole page is lost, the message shows server paths."""
    warning = (11, f"[PHP User warning #512] something in a module ({where}, line 284)")
    return Refusal(500, warning, warning, warning)


def no_key() -> Answer:
    """No key came, or the web server dropped it."""
    return Answer(401, NO_KEY, HTML_TYPE, service=False, challenge=True)


def to_the_front(domain: str, query: str) -> Answer:
    """The request is not for this shop: off to the start page, without an error."""
    return Answer(302, b"", HTML_TYPE, service=False, location=f"http://{domain}/?{query}")


def encoded(content: Any) -> bytes:
    """JSON as PHP writes it: umlauts as they are, slashes escaped."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/").encode()


def listed(names: Iterable[str]) -> str:
    """Names as error messages list them."""
    return ", ".join(f'"{name}"' for name in names)
