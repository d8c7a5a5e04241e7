"""Every figure of random answers is what a plain loop over them counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kpi.surveys.polls import Polls

DAYS = (
    "2025-02-28 23:00",
    "2025-03-01 00:00",
    "2025-03-10 12:00",
    "2025-03-10 12:00",
    "2025-03-31 23:59",
    "2025-04-01",
)
GOOD = {"1-5": 4, "good-bad": 1}


@dataclass(frozen=True)
class Told:
    metric: str
    scale: str
    score: int
    day: int
    person: int | None
    talk: str | None
    survey: str
    kind: str


def told() -> st.SearchStrategy[Told]:
    shapes = st.sampled_from([("nps", "0-10", 10), ("csat", "1-5", 5), ("csat", "good-bad", 1), ("ces", "1-7", 7)])
    return st.builds(
        lambda shape, share, day, person, talk, survey, kind: Told(
            shape[0], shape[1], round(share * shape[2]), day, person, talk, survey, kind
        ),
        shapes,
        st.floats(0, 1),
        st.integers(0, len(DAYS) - 1),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, None, "t1", "t2"]),
        st.sampled_from(["spring", "autumn"]),
        st.sampled_from(["relational", "transactional"]),
    )


def counting(answers: list[Told], metric: str, *, first: bool = False) -> list[Told]:
    """The answers that count in March, found the slow way."""
    of_metric = [(at, one) for at, one in enumerate(answers) if one.metric == metric]

    def occasion(at: int, one: Told) -> Any:
        by_person = metric == "nps" or one.kind == "relational"
        if by_person and one.person:
            return ("person", one.person)
        if one.talk:
            return ("talk", one.talk)
        return ("person", one.person) if one.person else ("answer", at)

    def unit(at: int, one: Told) -> Any:
        return (one.survey, one.kind, occasion(at, one))

    newer = {unit(at, one) for at, one in of_metric if one.scale != "good-bad" and occasion(at, one)[0] == "talk"}
    left = [
        (at, one)
        for at, one in of_metric
        if not (one.scale == "good-bad" and occasion(at, one)[0] == "talk" and unit(at, one) in newer)
    ]
    chosen: dict[Any, Told] = {}
    in_march = [(at, one) for at, one in left if 1 <= one.day <= 4]
    for at, one in sorted(in_march, key=lambda item: (DAYS[item[1].day], item[1].survey == "autumn", item[0])):
        if not (first and unit(at, one) in chosen):
            chosen[unit(at, one)] = one
    return list(chosen.values())


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(told(), max_size=25))
def test_the_same_as_counting_by_hand(new_polls: Callable[[], Polls], answers: list[Told]) -> None:
    polls = new_polls()
    for one in answers:
        polls.answer(
            DAYS[one.day],
            one.score,
            one.metric,
            scale=one.scale,
            person=one.person,
            conversation_id=one.talk,
            survey=one.survey,
            kind=one.kind,
        )
    polls.save()

    expected: dict[tuple[str, str | None], tuple[int, Any]] = {}
    nps = counting(answers, "nps")
    for kind in {one.kind for one in nps}:
        scores = [one.score for one in nps if one.kind == kind]
        balance = 100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / len(scores)
        expected["nps", kind] = (len(scores), balance)
    for first in (False, True):
        csat = counting(answers, "csat", first=first)
        for scale in {one.scale for one in csat}:
            scores = [one.score for one in csat if one.scale == scale]
            name = "csat first" if first else "csat"
            expected[name, scale] = (len(scores), sum(score >= GOOD[scale] for score in scores) / len(scores))
    ces = [one.score for one in counting(answers, "ces")]
    if ces:
        expected["ces", "1-7"] = (len(ces), sum(ces) / len(ces))

    found: dict[tuple[str, str | None], tuple[int, Any]] = {}
    for name, more in (("nps", []), ("csat", []), ("csat first", ["csat.answer=first"]), ("ces", [])):
        for figure in polls.ask(name.split()[0], period="2025-03", set=more).figures:
            if figure.n:
                group = next(iter(figure.group.values())) if figure.group else None
                found[name, group] = (figure.n, figure.value)
    # A figure with one part only says in a note which it is.
    plain = {key if key in found else (key[0], None): value for key, value in expected.items()}
    assert found == plain
