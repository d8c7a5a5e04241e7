"""Writes invented answers to surveys straight into the tables, beside a shop, a help desk and a chat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from connector.model import Source, StreamState, SurveyAnswer
from connector.store import Store
from tests.kpi.books import at
from tests.kpi.talks import Talks

SCALES = {"nps": "0-10", "csat": "1-5", "ces": "1-7"}


class Polls(Talks):
    """A shop and its desks, with two surveys whose answers come in files: `spring` and `autumn`."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        for number, name in enumerate(("spring", "autumn"), 20):
            self.sources[name] = number
            self._row(
                Source,
                id=number,
                name=name,
                adapter="survey_files",
                url="file:///inbox",
                currency=None,
                created_at=self.clock.now(),
            )
            self._row(StreamState, source_id=number, stream="answers", last_success_at=self.clock.now())

    def answer(
        self,
        when: str | None,
        score: float | None,
        metric: str = "nps",
        *,
        person: int | None = None,
        survey: str = "spring",
        source: str | None = None,
        offered: str | None = None,
        **more: Any,
    ) -> str:
        """An answer, or with `score` None an offer; gives its id."""
        key = more.pop("answer_id", None) or f"a{next(self._events):06d}"
        whole = None if score is None else int(score)
        values: dict[str, Any] = {
            "source_id": self.sources[source or survey],
            "answer_id": key,
            "survey": survey,
            "kind": more.pop("kind", "relational" if metric == "nps" else "transactional"),
            "metric": metric,
            "scale": more.pop("scale", SCALES[metric]),
            "score": whole,
            "score_rest_micros": round((score - whole) * 1_000_000) or None if score is not None else None,
            "answered_at": at(when) if when else None,
            "offered_at": at(offered) if offered else None,
            "superseded": False,
            "person_id": person,
            **dict.fromkeys(("conversation_id", "order_id", "account_id", "email_key", "channel", "agent_id")),
            "gone_at": None,
        }
        self._row(SurveyAnswer, **(values | more))
        return key

    def answers(self, when: str, scores: Iterable[float], metric: str = "nps", **more: Any) -> None:
        """Answers of as many people whom nobody knows."""
        for score in scores:
            self.answer(when, score, metric, **more)

    def save(self) -> Polls:
        """Write all of it, once; what is added afterwards is written the next time."""
        super().save()
        self.rows = {}
        return self
