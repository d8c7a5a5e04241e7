"""What PrestaShop's refusals mean, in words its owner can act on.

The status says little: a list that the key may not read is 401 like a wrong key, and a wrong query is 500 since newer
PHP versions add warnings to the first error. So the first `code` of the body decides. The texts that come with the
codes hold paths of the server and are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.prestashop.messages import texts
from adapters.prestashop.settings import PrestaShopSettings
from connector.errors import (
    AccessRefused,
    ConnectorError,
    SourceError,
    StreamNotOffered,
    Unavailable,
    UnexpectedPayload,
)
from connector.transport import Answer, Request

VERSION_HEADER = "PSWS-Version"  # on every answer of the web service itself, before login with the value 0
_CODE = re.compile(r"\d{1,5}", re.ASCII)
_XML_CODE = re.compile(rb"<code><!\[CDATA\[(\d{1,5})\]\]></code>")
_NO_LOGIN_SEEN = b"401 Unauthorized"

_KEY_REFUSED = {
    18: "key_format",
    20: "unknown_key",
    21: "key_without_rights",
    22: "switched_off",
    25: "method_refused",
    132: "key_of_other_shop",
}
_BAD_QUERY = range(18, 82)  # besides those named: filters, fields, order, limits, language
_BROKEN = range(2, 18)  # warnings and errors of PHP, mostly of a module


class PageTooLarge(Unavailable):
    """The shop broke down over what was asked for; it may manage less at once."""


@dataclass(frozen=True)
class Refusals:
    """Explains answers of one shop."""

    settings: PrestaShopSettings

    def explain(self, answer: Answer) -> ConnectorError | None:
        """The error an answer means; None where its status says all there is to say."""
        if 300 <= answer.status < 400:
            # Without a shop number the general sentence about addresses is the right one.
            shop = self.settings.shop
            return AccessRefused(texts("redirected", shop=shop), texts("redirected_advice")) if shop else None
        codes = codes_of(answer)
        if codes:
            return self._by_code(codes[0], answer)
        if answer.status == 401 and answer.body.strip() == _NO_LOGIN_SEEN:
            sent = "query" if self.settings.auth == "query" else "header"
            return AccessRefused(texts("key_lost"), texts(f"key_lost_{sent}_advice"))
        if answer.status == 404 and VERSION_HEADER not in answer.headers:
            return AccessRefused(texts("no_service"), texts("no_service_advice"))
        if answer.status == 500 and not answer.body and _can_be_less(answer.request):
            return PageTooLarge(texts("broke_down"), texts("broke_down_advice"))
        return None

    def _by_code(self, code: int, answer: Answer) -> SourceError | None:
        if code in _KEY_REFUSED:
            key = _KEY_REFUSED[code]
            return AccessRefused(texts(key), texts(f"{key}_advice"))
        if code == 26:
            return StreamNotOffered(
                texts("not_allowed", resource=resource_of(answer.request)), texts("not_allowed_advice")
            )
        if code == 27:
            return StreamNotOffered(
                texts("unknown_resource", resource=resource_of(answer.request)), texts("unknown_resource_advice")
            )
        if code in _BROKEN:
            kind = PageTooLarge if _can_be_less(answer.request) else Unavailable
            return kind(texts("php_warning", code=code), texts("php_warning_advice"))
        if code in _BAD_QUERY:
            return UnexpectedPayload(texts("bad_query", code=code), texts("bad_query_advice"))
        return None


def codes_of(answer: Answer) -> Sequence[int]:
    """The error codes of an answer, as JSON or XML, in their order; none where it is no refusal of the web service."""
    if answer.status < 300:
        return ()
    body = answer.json_or_none()
    if isinstance(body, dict):
        errors = body.get("errors")
        codes = [error.get("code") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
        return [int(code) for code in map(str, codes) if _CODE.fullmatch(code)]
    return [int(code) for code in _XML_CODE.findall(answer.body)]


def absent(answer: Answer) -> bool:
    """Whether a single read said that the thing is not there. A 404 of a web server says nothing about it."""
    return answer.status == 404 and not answer.body.strip() and VERSION_HEADER in answer.headers


def resource_of(request: Request) -> str:
    """The list a request is about."""
    return request.path.removeprefix("api/").partition("/")[0]


def _can_be_less(request: Request) -> bool:
    """Whether a part of what was asked for can be asked for alone."""
    names = {name for name, _ in request.params}
    return "display" in names and any(name == "limit" or name.startswith("filter[") for name in names)
