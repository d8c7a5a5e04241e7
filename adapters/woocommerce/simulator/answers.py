"""Answers and refusals in WordPress's words and headers, as recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

from adapters.woocommerce.simulator.shapes import encoded
from adapters.woocommerce.simulator.world import HOME

Headers = list[tuple[str, str]]

_ROOT = f'<{HOME}/wp-json/>; rel="https://api.w.org/"'
_ALWAYS: Headers = [
    ("X-Robots-Tag", "noindex"),
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link"),
    ("Access-Control-Allow-Headers", "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type"),
]
_UNCACHED: Headers = [
    ("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private"),
    ("Expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
]
JSON_TYPE = "application/json; charset=UTF-8"
HTML_TYPE = "text/html; charset=UTF-8"

_CRITICAL = (
    "<p>There has been a critical error on this website.</p>"
    '<p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">'
    "Learn more about troubleshooting WordPress.</a></p>"
)


@dataclass(slots=True)
class Answer:
    """What goes back. `allow` are the methods of the route, `link` what replaces the link to the API's root."""

    body: bytes
    status: int = 200
    allow: Sequence[str] = ()
    link: str = ""
    totals: tuple[int, int] | None = None  # rows and pages
    content_type: str = JSON_TYPE


@dataclass(eq=False)
class Refusal(Exception):
    """An error in WordPress's own shape."""

    status: int
    code: str
    message: str
    allow: Sequence[str] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> Answer:
        """As it goes back."""
        data = {"status": self.status} | self.more
        body = {"code": self.code, "message": self.message, "data": data}
        return Answer(encoded(body), self.status, self.allow)


def cannot_list(status: int) -> Refusal:
    """Said alike to nobody (401), to keys unknown or sent in the clear (401), and to users without rights (403)."""
    return Refusal(status, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")


def cannot_view(status: int) -> Refusal:
    """The same for a single thing."""
    return Refusal(status, "woocommerce_rest_cannot_view", "Sorry, you cannot view this resource.")


def not_authentic(message: str) -> Refusal:
    """A key that is known but not proven, or not good for this."""
    return Refusal(401, "woocommerce_rest_authentication_error", message)


def no_route() -> Refusal:
    """Also what a shop without WooCommerce says."""
    return Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")


def invalid_params(problems: dict[str, tuple[str, str, Any]], allow: Sequence[str]) -> Refusal:
    """Parameters that do not fit. For each: code, message, data."""
    return Refusal(
        400,
        "rest_invalid_param",
        f"Invalid parameter(s): {', '.join(problems)}",
        allow,
        {
            "params": {name: message for name, (_, message, _) in problems.items()},
            "details": {
                name: {"code": code, "message": message, "data": data}
                for name, (code, message, data) in problems.items()
            },
        },
    )


def fatal_error(accept: str) -> Answer:
    """A PHP fatal error: JSON for who accepts it, else a page for people."""
    if "application/json" in accept:
        body = {
            "code": "internal_server_error",
            "message": _CRITICAL,
            "data": {"status": 500},
            "additional_errors": [],
        }
        return Answer(encoded(body), 500)
    head = '<!DOCTYPE html>\n<html lang="en-US">\n<head><title>WordPress &rsaquo; Error</title></head>\n'
    page = f"{head}<body>{_CRITICAL}</body></html>\n"
    return Answer(page.encode(), 500, content_type=HTML_TYPE)


def headers_of(answer: Answer, *, logged_in: bool, now: float) -> Headers:
    """The headers as recorded; `now` in seconds since 1970 by the shop's clock."""
    headers: Headers = [("Content-Type", answer.content_type)]
    if answer.totals is not None:
        headers += [("X-WP-Total", str(answer.totals[0])), ("X-WP-TotalPages", str(answer.totals[1]))]
    fatal = answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
    if not fatal:
        headers.append(("Link", answer.link or _ROOT))
    if answer.allow:
        headers.append(("Allow", ", ".join(answer.allow)))
    headers += _UNCACHED if logged_in or fatal else [("Vary", "Origin")]
    headers += [("Date", formatdate(now, usegmt=True)), ("Server", "nginx/1.22.1")]
    return headers if fatal else headers + _ALWAYS
