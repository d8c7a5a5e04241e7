"""How the server enacts a fault: what is answered in place of the application, and how an answer is spoiled."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

from connector.simulation.faults import Fault, Faults

BOM = b"\xef\xbb\xbf"
# As PHP prints it with display_errors on; the place is invented.
PHP_WARNING = (
    b'<br />\n<b>Warning</b>:  Undefined array key "foo" in '
    b"<b>/var/www/html/wp-content/plugins/some-plugin/some-plugin.php</b> on line <b>12</b><br />\n"
)
HTML_TYPE = "text/html; charset=UTF-8"
_PAGE = (
    "<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n"
    "<body><h1>{title}</h1><p>{text}</p></body>\n</html>\n"
)

_REASONS = {
    Fault.SERVER_ERROR: (500, "Internal Server Error", "The server met an error it could not handle."),
    Fault.BAD_GATEWAY: (502, "Bad Gateway", "The upstream server sent an invalid answer."),
    Fault.UNAVAILABLE: (503, "Service Unavailable", "Briefly unavailable for scheduled maintenance."),
    Fault.GATEWAY_TIMEOUT: (504, "Gateway Timeout", "The upstream server did not answer in time."),
    Fault.UNKNOWN_ERROR: (520, "Web server is returning an unknown error", "The origin sent something unexpected."),
}
_LIMITS = (Fault.LIMIT_SECONDS, Fault.LIMIT_DATE, Fault.LIMIT_HOUR, Fault.LIMIT_BARE)
HOUR = 3600


@dataclass(slots=True)
class Reply:
    """An HTTP answer: status line without the version ("200 OK"), headers, body."""

    status: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def with_header(self, name: str, value: str) -> Reply:
        """The same answer with this header in place of any of its name."""
        kept = [(key, text) for key, text in self.headers if key.lower() != name.lower()]
        return Reply(self.status, [*kept, (name, value)], self.body)


def instead(struck: Collection[Fault], faults: Faults, now: float, elsewhere: str) -> Reply | None:
    """What is answered without asking the application, or None.

    `now` is the server's time in seconds since 1970; `elsewhere` is where a redirect leads.
    """
    for fault in struck:
        if fault in _LIMITS:
            return _limited(fault, faults.retry_after, now)
        if fault in _REASONS:
            number, title, text = _REASONS[fault]
            return _page(f"{number} {title}", title, text)
        if fault is Fault.REDIRECT:
            reply = _page("301 Moved Permanently", "Moved Permanently", "The page has moved.")
            return reply.with_header("Location", elsewhere)
    return None


def spoiled(reply: Reply, struck: Collection[Fault]) -> Reply:
    """The answer with another body or another type."""
    if Fault.HTML in struck:
        page = _page("200 OK", "One moment, please", "We are checking that you are not a robot.")
        return Reply("200 OK", page.headers, page.body)
    if Fault.EMPTY_BODY in struck:
        return Reply("200 OK", reply.headers, b"")
    if Fault.PHP_WARNING in struck:
        reply = Reply(reply.status, reply.headers, PHP_WARNING + reply.body)
    if Fault.BOM in struck:
        reply = Reply(reply.status, reply.headers, BOM + reply.body)
    if Fault.WRONG_TYPE in struck:
        reply = reply.with_header("Content-Type", HTML_TYPE)
    if Fault.BROKEN_GZIP in struck:
        packed = gzip.compress(reply.body, 1)
        half = len(packed) // 2
        broken = packed[:half] + bytes(byte ^ 0x5A for byte in packed[half:])
        reply = Reply(reply.status, reply.headers, broken).with_header("Content-Encoding", "gzip")
    return reply


def packed(reply: Reply, request_headers: Mapping[str, str]) -> Reply:
    """The answer compressed, where the client takes gzip and it is worth it."""
    takes = "gzip" in request_headers.get("HTTP_ACCEPT_ENCODING", "")
    if not takes or len(reply.body) < 1000 or any(name.lower() == "content-encoding" for name, _ in reply.headers):
        return reply
    smaller = Reply(reply.status, reply.headers, gzip.compress(reply.body, 1))
    return smaller.with_header("Content-Encoding", "gzip")


def _limited(fault: Fault, seconds: int, now: float) -> Reply:
    reply = _page("429 Too Many Requests", "Too Many Requests", "Please slow down.")
    if fault is Fault.LIMIT_SECONDS:
        return reply.with_header("Retry-After", str(seconds))
    if fault is Fault.LIMIT_DATE:
        return reply.with_header("Retry-After", formatdate(int(now) + seconds, usegmt=True))
    if fault is Fault.LIMIT_HOUR:
        return reply.with_header("Retry-After", str(HOUR))
    return reply


def _page(status: str, title: str, text: str) -> Reply:
    return Reply(status, [("Content-Type", HTML_TYPE)], _PAGE.format(title=title, text=text).encode())
