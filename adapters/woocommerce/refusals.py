"""What WooCommerce's refusals mean, in words its owner can act on.

WooCommerce says "cannot list resources" to an unknown key, to a key sent over plain http and to no key at all, so the
words depend on how the key was sent. Source: the API's answers, recorded for each case.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.woocommerce import wire
from adapters.woocommerce.messages import texts
from adapters.woocommerce.settings import WooCommerceSettings
from connector import lenient
from connector.errors import AccessRefused, ConnectorError, StreamNotOffered, UnexpectedPayload
from connector.transport import Answer

_BY_WORDS = (
    ("consumer secret is invalid", "wrong_secret"),
    ("consumer key is invalid", "unknown_key"),
    ("read permissions", "write_only_key"),
    ("invalid signature", "bad_signature"),
    ("invalid timestamp", "bad_timestamp"),
    ("invalid nonce", "bad_signature"),
)


class NoRoute(AccessRefused):
    """WordPress answers, but not under this address of the API."""


@dataclass(frozen=True)
class Refusals:
    """Explains answers of one shop."""

    settings: WooCommerceSettings

    def explain(self, answer: Answer) -> ConnectorError | None:
        """The error an answer means; None where its status says all there is to say."""
        problem = problem_of(answer)
        if problem is None:
            return None
        if answer.status == 401:
            return self._unauthorised(problem)
        if answer.status == 403 and problem.code.startswith("woocommerce_rest_cannot"):
            return StreamNotOffered(texts("no_rights"), texts("no_rights_advice"))
        if answer.status == 404 and problem.code == "rest_no_route":
            return NoRoute(texts("no_route"), texts("no_route_advice"))
        if answer.status == 400:
            return UnexpectedPayload(texts("bad_request", code=_code(problem)), texts("bad_request_advice"))
        return None

    def _unauthorised(self, problem: wire.Problem) -> AccessRefused:
        words = problem.message.lower()
        for part, key in _BY_WORDS:
            if part in words:
                return AccessRefused(texts(key), texts(f"{key}_advice"))
        if self.settings.consumer_key.get_secret_value().strip().startswith("cs_"):
            return AccessRefused(texts("swapped"), texts("swapped_advice"))
        if self.settings.auth == "header" and self.settings.url.startswith("https://"):
            return AccessRefused(texts("unknown_key"), texts("lost_header_advice"))
        return AccessRefused(texts("unknown_key"), texts("unknown_key_advice"))


def problem_of(answer: Answer) -> wire.Problem | None:
    """The API's own error body; None where the answer is not of that shape."""
    if answer.status < 300 or not answer.body.lstrip().startswith(b"{"):
        return None
    try:
        problem = lenient.decode(answer.body.strip(), wire.Problem)
    except ValueError:
        return None
    return problem if problem.code else None


def absent(answer: Answer) -> bool:
    """Whether a single read said that the thing is not there. A 404 of a web server or of WordPress says nothing."""
    problem = problem_of(answer)
    return answer.status == 404 and problem is not None and "invalid" in problem.code


def _code(problem: wire.Problem) -> str:
    return problem.code if problem.code.replace("_", "").isalnum() else "?"
