"""What an answer means when its adapter has nothing to say about it: by status, and by what its body holds."""

from __future__ import annotations

from collections.abc import Callable

from connector.clock import Clock
from connector.errors import AccessRefused, ConnectorError, NotFound, SourceError, Unavailable, UnexpectedPayload
from connector.messages import Message
from connector.messages.transport import texts
from connector.transport.body import Kind
from connector.transport.exchange import Answer, Expect
from connector.transport.redaction import Redactor
from connector.transport.retry import retry_after
from connector.transport.trouble import Trouble

Explain = Callable[[Answer], ConnectorError | None]
"""An adapter's first look at an answer that is not good: its error ends the request, None leaves it to `Judge`."""

_TRANSIENT = frozenset({408, 409, 425, 429})  # 409: two things at once wanted the same, in a question a passing state
_STRAINED = frozenset({429, 503})
_MOST_TRIES_BODY = 5  # a body that is wrong five times running is no accident of the line
_FITTING: dict[Expect, frozenset[Kind]] = {
    "list": frozenset({Kind.LIST}),
    "object": frozenset({Kind.OBJECT}),
    "json": frozenset({Kind.LIST, Kind.OBJECT, Kind.VALUE}),
}


class Judge:
    """Turns an answer into the trouble it means."""

    def __init__(self, clock: Clock, redactor: Redactor) -> None:
        self._clock = clock
        self._redactor = redactor

    def trouble(self, answer: Answer, explain: Explain | None) -> Trouble | None:
        """What is wrong with an answer; None for a good one, and for a status that the request accepts."""
        request = answer.request
        if answer.status in request.accept:
            return None
        good_status = 200 <= answer.status < 300
        if good_status and (request.expect == "any" or answer.content.kind in _FITTING[request.expect]):
            return None
        if explain and (error := explain(answer)):
            return Trouble(error, f"status {answer.status}, explained", status=answer.status)
        return self._of_body(answer) if good_status else self._of_status(answer)

    def _of_status(self, answer: Answer) -> Trouble:
        status = answer.status
        reason = f"status {status}"
        if status in _TRANSIENT or status >= 500:
            return Trouble(
                self._busy(answer),
                reason,
                transient=True,
                wait=retry_after(answer.headers, self._clock.now()),
                strained=status in _STRAINED,
                status=status,
            )
        if 300 <= status < 400:
            return Trouble(self._redirected(answer), reason, status=status)
        return Trouble(self._refused(answer), reason, status=status)

    def _busy(self, answer: Answer) -> SourceError:
        key = {429: "throttled", 503: "overloaded"}.get(answer.status, "server_error")
        return Unavailable(self._message(key, answer), texts(f"{key}_advice"))

    def _refused(self, answer: Answer) -> SourceError:
        status = answer.status
        if status == 401:
            return AccessRefused(self._message("unauthorised", answer), texts("unauthorised_advice"))
        if status == 403:
            # Only the API itself answers with JSON; a web page comes from what stands in front of it.
            key = "firewall" if answer.content.kind is Kind.PAGE else "forbidden"
            return AccessRefused(self._message(key, answer), texts(f"{key}_advice"))
        if status == 404:
            return NotFound(self._message("not_found", answer), texts("not_found_advice"))
        if status == 407:
            return Unavailable(texts("proxy_failed", url=answer.url), texts("proxy_failed_advice"))
        return UnexpectedPayload(self._message("refused_request", answer), texts("refused_request_advice"))

    def _redirected(self, answer: Answer) -> SourceError:
        location = answer.headers.get("Location")
        if not location:
            return AccessRefused(
                texts("redirected_nowhere", url=answer.url, status=answer.status), texts("exact_address")
            )
        target = self._redactor.joined(answer.url, location)
        message = texts("redirected", url=answer.url, target=target, status=answer.status)
        return AccessRefused(message, texts("exact_address"))

    def _of_body(self, answer: Answer) -> Trouble:
        kind = answer.content.kind
        if kind in (Kind.LIST, Kind.OBJECT, Kind.VALUE):
            message = texts("other_kind", url=answer.url, code=self._code(answer))
            error = UnexpectedPayload(message, texts("other_kind_advice"))
            return Trouble(error, "other data", status=answer.status)
        if kind is Kind.PAGE:
            return self._odd(Unavailable(texts("page", url=answer.url), texts("page_advice")), "a web page", answer)
        if kind is Kind.EMPTY:
            message = texts("empty", url=answer.url, status=answer.status)
            return self._odd(Unavailable(message, texts("empty_advice")), "an empty body", answer)
        if kind is Kind.CUT:
            damaged = Unavailable(texts("cut", url=answer.url), texts("connection_lost_advice"))
            return Trouble(damaged, "a damaged body", transient=True, status=answer.status)
        return self._odd(
            UnexpectedPayload(texts("no_json", url=answer.url), texts("no_json_advice")), "no JSON", answer
        )

    @staticmethod
    def _odd(error: SourceError, reason: str, answer: Answer) -> Trouble:
        return Trouble(error, reason, transient=True, most_tries=_MOST_TRIES_BODY, status=answer.status)

    def _message(self, key: str, answer: Answer) -> Message:
        return texts(key, url=answer.url, status=answer.status, code=self._code(answer))

    def _code(self, answer: Answer) -> str:
        """The API's own short code for what went wrong, if it gave one that is safe to show: ", code 26"."""
        code = self._redactor.code(error_code(answer.json_or_none()))
        return f", code {code}" if code else ""


def error_code(body: object) -> object:
    """The code in an error body, in the shapes APIs use.

    `{"code": …}` (WordPress), `{"errors": [{"code": …}]}` (PrestaShop, Zendesk surveys), `{"error": "…"}` and
    `{"error": {"code"|"title": …}}` (Zendesk).
    """
    if not isinstance(body, dict):
        return None
    if isinstance(errors := body.get("errors"), list) and errors:
        return error_code(errors[0])
    found = body.get("code") or body.get("error") or body.get("title")
    return error_code(found) if isinstance(found, dict) else found
