"""What Zendesk's refusals mean. Bodies come in three shapes and as plain text; only the status and a code count."""

from __future__ import annotations

from adapters.zendesk.messages import texts
from connector.errors import AccessRefused, ConnectorError, StreamNotOffered
from connector.transport import Answer
from connector.transport.judgement import error_code


def explain(answer: Answer) -> ConnectorError | None:
    """The error an answer means; None where its status says all there is to say.

    A 403 or 404 of the API itself is about one list (plan, role, scope), so the other streams go on. The survey API
    says 401 where it means that, in a shape of its own (fixture of the reference, "CSAT Survey Responses").
    """
    body = answer.json_or_none()
    if answer.status == 401:
        if isinstance(body, dict) and "errors" in body:
            return StreamNotOffered(texts("not_allowed"), texts("not_allowed_advice"))
        return AccessRefused(texts("login_refused"), texts("login_refused_advice"))
    if answer.status == 403 and error_code(body) is not None:
        return StreamNotOffered(texts("not_allowed"), texts("not_allowed_advice"))
    if answer.status == 404:
        if said_absent(answer):
            return StreamNotOffered(texts("not_there"), texts("not_there_advice"))
        return AccessRefused(texts("no_desk"), texts("no_desk_advice"))
    return None


def said_absent(answer: Answer) -> bool:
    """Whether the API itself said that something is not there; a web page says nothing about it."""
    return answer.status == 404 and error_code(answer.json_or_none()) is not None
