"""A request and the answer to it.

Neither shows parameters, headers or bodies when printed: keys and personal data are in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Literal

import msgspec

from connector.errors import UnexpectedPayload
from connector.instants import SECOND, from_datetime
from connector.messages.transport import texts
from connector.transport.body import Content, Decode, Kind, list_at, read
from connector.transport.redaction import Redactor

Expect = Literal["list", "object", "json", "any"]

_DIGITS = re.compile(r"[0-9]{1,9}")
_EXACT = msgspec.json.Decoder(float_hook=Decimal)


@dataclass(frozen=True, repr=False)
class Request:
    """One question to a source.

    `path` goes behind the source's base address; it may be a full address of the same origin (a link to the next page).
    `expect` is what a good answer must hold: a JSON `list`, a JSON `object`, any `json`, or `any` body at all; an
    answer with a good status that holds something else counts as a failed try. `json` is sent as the body.
    `anonymous` leaves the key out. `budget` names a limit of its own (`Transport.configured(budgets=…)`).
    `accept` are statuses from 300 on that are an answer here and no failure, such as a 404 that says that a record is
    gone. `patience` is how often a time-out is borne with before `TimedOut` is raised (None = as long as the budget of
    time lasts): for those who can ask for less at once in place of the same again. `decode` turns a whole good body
    into what its list holds, so that a page is read once and off the caller's thread; see `Answer.decoded`.
    """

    path: str
    params: Sequence[tuple[str, str]] = ()
    method: str = "GET"
    expect: Expect = "json"
    json: Any = field(default=None, hash=False)
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    anonymous: bool = False
    budget: str | None = None
    accept: frozenset[int] = frozenset()
    patience: int | None = None
    decode: Decode | None = None

    def __repr__(self) -> str:
        return f"<Request {self.method} {Redactor().address(self.path)}>"


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What came back.

    `headers` ignore case. `body` is unpacked. `read_at` is the start, by our clock in microseconds UTC, of the try that
    brought the answer. `url` has no query and may be shown.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    read_at: int
    url: str
    request: Request

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.url}, {len(self.body)} bytes>"

    @cached_property
    def server_time(self) -> int | None:
        """When the source itself gave this answer, in microseconds UTC by its own clock.

        The `Date` header less the `Age` a cache on the way has added (RFC 9110 6.6.1, RFC 9111 5.1); None where there
        is no readable date.
        """
        date = read_date(self.headers.get("Date"))
        if date is None:
            return None
        age = self.headers.get("Age", "")
        return date - (int(age) * SECOND if _DIGITS.fullmatch(age) else 0)

    @cached_property
    def content(self) -> Content:
        """What the body holds, whatever stands around it."""
        return read(self.body, self.request.decode)

    @property
    def decoded(self) -> list[Any] | None:
        """What the request's `decode` made of the body; None where one record did not fit: then look at `records`."""
        return self.content.decoded

    def records(self, key: str | None = None) -> list[bytes]:
        """Each element of a JSON list, exactly as sent; with `key`, of the list under that key of a JSON object.

        One that is no good JSON (control characters, lone surrogates, NaN) is among them as it is, so that it alone is
        set aside. An empty list in place of an object with `key` has no elements: PrestaShop says "nothing" so.
        Raises `UnexpectedPayload` where there is no list.
        """
        content = self.content if self.content.decoded is None else read(self.body)
        if content.kind is Kind.LIST and (key is None or not content.pieces):
            return content.pieces
        found = list_at(content.value, key) if key is not None and content.kind is Kind.OBJECT else None
        if found is None:
            message = texts("no_plain_list", url=self.url) if key is None else texts("no_list", url=self.url, key=key)
            raise UnexpectedPayload(message, texts("other_kind_advice"))
        return found

    def raw_object(self) -> bytes:
        """The JSON object alone, as sent. Raises `UnexpectedPayload` where the answer is none."""
        if self.content.kind is not Kind.OBJECT:
            raise UnexpectedPayload(texts("no_object", url=self.url), texts("other_kind_advice"))
        return self.content.value

    def json(self) -> Any:
        """The decoded JSON; numbers with a fraction or exponent are Decimal, never float.

        Raises `UnexpectedPayload` where it is no correct JSON.
        """
        try:
            return _EXACT.decode(self.content.value)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
        raise UnexpectedPayload(texts("no_json", url=self.url), texts("no_json_advice"))

    def json_or_none(self) -> Any:
        """The decoded JSON as by `json`, None where there is none: for looking into the bodies of refusals."""
        try:
            return self.json()
        except UnexpectedPayload:
            return None


def read_date(text: str | None) -> int | None:
    """Microseconds UTC of an HTTP date (RFC 9110 5.6.7); None where it is none."""
    try:
        moment = parsedate_to_datetime(text or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
