"""Answers to both satisfaction surveys: wire shape -> rows. Pure.

One of the two is active in a desk at a time (help, "About CSAT"); both name their ticket, so that answers of a ticket
can be put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.zendesk import wire
from adapters.zendesk.normalise import at
from adapters.zendesk.records import record_id
from connector.contract import Row
from connector.model import SurveyAnswer

OLDER = "zendesk-rating"
NEWER = "zendesk-survey"
_TICKET = re.compile(r"zen:ticket:(\d+)")


def rating_rows(rating: wire.Rating, *, texts_kept: bool) -> Iterator[Row]:
    """An answer to the older survey, or an offer that nobody answered yet."""
    score = {"good": 1, "bad": 0}.get(_word(rating.score))
    if rating.score == "unoffered":
        return
    yield (
        SurveyAnswer,
        {
            "answer_id": record_id(rating),
            "survey": OLDER,
            "kind": "transactional",
            "metric": "csat",
            "scale": "good-bad",
            "score": score,
            "label": _word(rating.score),
            "offered_at": at(rating.created_at),
            "answered_at": at(rating.updated_at) if score is not None else None,
            "conversation_id": str(rating.ticket_id),
            "account_id": str(rating.requester_id) if rating.requester_id is not None else None,
            "agent_id": str(rating.assignee_id) if rating.assignee_id is not None else None,
            "comment": (rating.comment or None) if texts_kept else None,
        },
    )


def survey_rows(response: wire.SurveyResponse, *, texts_kept: bool) -> Iterator[Row]:
    """An answer to the newer survey, one to five; one without a rating is an offer nobody answered."""
    rated = next((reply for reply in response.answers or () if reply.type == "rating_scale"), None)
    texts = [reply.value for reply in response.answers or () if reply.type == "open_ended" and reply.value]
    ticket = next((match[1] for zrn in response.subject_zrns or () if (match := _TICKET.fullmatch(zrn))), None)
    score = rated.rating if rated else None
    yield (
        SurveyAnswer,
        {
            "answer_id": record_id(response),
            "survey": NEWER,
            "kind": "transactional",
            "metric": "csat",
            "scale": "1-5",
            "score": score,
            "label": rated.rating_category if rated else None,
            "offered_at": None,  # unknown of those nobody answered, so of none: all would seem to be answered
            "answered_at": at(rated.updated_at or rated.created_at) if rated and score is not None else None,
            "conversation_id": ticket,
            "account_id": str(response.responder_id) if response.responder_id is not None else None,
            "comment": "\n".join(texts) or None if texts_kept else None,
        },
    )


def _word(score: str) -> str:
    """`good_with_comment` and the like are filters in the reference, yet some lists say so in the answer too."""
    return score.removesuffix("_with_comment").removesuffix("_without_comment")
