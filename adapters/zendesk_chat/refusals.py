"""What Zendesk Chat's refusals mean, in words its owner can act on."""

from __future__ import annotations

from adapters.zendesk_chat.messages import texts
from connector.errors import AccessRefused, ConnectorError, StreamNotOffered
from connector.transport import Answer
from connector.transport.judgement import error_code


def explain(answer: Answer) -> ConnectorError | None:
    """The error an answer means; None where its status says all there is to say.

    A refusal that is no JSON comes from something in front of the API and says nothing about the account.
    """
    if answer.status == 401:
        return AccessRefused(texts("token_refused"), texts("token_refused_advice"))
    if error_code(answer.json_or_none()) is None:
        return None
    if answer.status == 403:
        return StreamNotOffered(texts("not_allowed"), texts("not_allowed_advice"))
    if answer.status == 404:
        return AccessRefused(texts("no_chat"), texts("no_chat_advice"))
    return None


def absent(answer: Answer) -> bool:
    """Whether a single read said that the thing is not there; a web server's own 404 says nothing about it."""
    return answer.status == 404 and error_code(answer.json_or_none()) is not None
