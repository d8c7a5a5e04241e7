"""Satisfaction (definitions, 5.5), worked by hand."""

from __future__ import annotations

import pytest

from connector.kpi.period import asked
from connector.kpi.rows import rows_behind
from connector.store import Store
from tests.kpi.books import BERLIN
from tests.kpi.surveys.polls import Polls

MARCH = {"period": "2025-03"}
DAY = "2025-03-10 12:00"


@pytest.mark.parametrize(
    ("scale", "scores", "good", "flag"),
    [
        ("1-5", [1, 2, 3, 4, 5, 4.5, 3.5], 3, None),
        ("good-bad", [1, 1, 0], 2, None),
        ("1-3", [1, 2, 3, 3], 2, "rule_top_of_3"),
        ("1-10", [8, 9, 10], 2, "rule_top_2_of_10"),
    ],
)
def test_each_scale_has_its_rule(polls: Polls, scale: str, scores: list[float], good: int, flag: str | None) -> None:
    polls.answers(DAY, scores, "csat", scale=scale)
    figure = polls.save().figure("csat", **MARCH)
    assert (figure.numerator, figure.denominator) == (good, len(scores))
    assert figure.interval is not None
    assert figure.interval.method == "wilson"
    assert flag is None or figure.has(flag)


def test_scales_are_never_put_together(polls: Polls) -> None:
    polls.answers(DAY, [5, 1], "csat")
    polls.answers(DAY, [1, 1, 1], "csat", scale="good-bad", survey="autumn")
    figures = polls.save().ask("csat", **MARCH).figures
    assert [(figure.group, figure.numerator, figure.n) for figure in figures] == [
        ({"scale": "1-5"}, 1, 2),
        ({"scale": "good-bad"}, 3, 3),
    ]
    assert polls.figure("csat_mean", **MARCH).n == 2


def test_offers_without_an_answer_are_no_answers(polls: Polls) -> None:
    for number in range(20):
        polls.answer(
            DAY if number == 0 else None,
            1 if number == 0 else None,
            "csat",
            scale="good-bad",
            source="desk",
            offered="2025-03-09",
            conversation_id=f"t{number}",
        )
    polls.save()
    assert polls.figure("csat", **MARCH).n == 1
    rate = polls.figure("csat_response_rate", **MARCH)
    assert (rate.numerator, rate.denominator) == (1, 20)
    assert rate.has("low_response")


def test_nobody_answered_but_some_were_asked(polls: Polls) -> None:
    polls.answer(None, None, "csat", scale="good-bad", source="desk", offered=DAY, conversation_id="t1")
    figure = polls.save().figure("csat", **MARCH)
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.render("en") == "no answers in the period; 1 were asked"


def test_ratings_and_survey_responses_of_a_desk_are_put_together_by_ticket(polls: Polls) -> None:
    more = {"metric": "csat", "source": "desk"}
    older = {"survey": "zendesk-rating", "scale": "good-bad", **more}
    newer = {"survey": "zendesk-survey", "scale": "1-5", **more}
    polls.answer("2025-03-12", 0, conversation_id="t1", **older)  # later, and yet the survey wins
    polls.answer("2025-03-10", 5, conversation_id="t1", **newer)
    polls.answer("2025-03-10", 1, conversation_id="t2", offered="2025-03-09", **older)
    polls.answer(None, None, conversation_id="t2", offered="2025-03-11", **newer)  # offered alone wins nothing
    polls.save()
    figures = polls.ask("csat", **MARCH).figures
    assert [(figure.group, figure.numerator, figure.n) for figure in figures] == [
        ({"scale": "1-5"}, 1, 1),
        ({"scale": "good-bad"}, 1, 1),
    ]
    assert polls.figure("csat_response_rate", **MARCH).denominator == 1


def test_one_answer_per_conversation_else_per_order_else_per_person(polls: Polls) -> None:
    polls.answer("2025-03-01", 5, "csat", person=1, conversation_id="t1")
    polls.answer("2025-03-02", 1, "csat", person=1, conversation_id="t1")
    polls.answer("2025-03-03", 5, "csat", person=1, conversation_id="t2")
    polls.answer("2025-03-04", 5, "csat", person=1, order_id="7")
    polls.answer("2025-03-05", 5, "csat", person=1, order_id="8")
    polls.answer("2025-03-06", 1, "csat", person=1)
    polls.answer("2025-03-07", 5, "csat", person=1)
    figure = polls.save().figure("csat", **MARCH)
    assert (figure.numerator, figure.n) == (4, 5)  # t1 turned bad
    assert figure.excluded == {"further_answer": 2}
    first = polls.figure("csat", set=["csat.answer=first"], **MARCH)
    assert (first.numerator, first.n) == (4, 5)  # the last one was bad at first
    assert first.options["csat.answer"] == "first"
    assert polls.figure("csat_turned", **MARCH).value == 1


def test_on_the_day_of_the_solution(polls: Polls) -> None:
    polls.talk("2025-02-01 10:00", ("2025-02-02 10:00", "solved"), conversation_id="t1")
    polls.talk("2025-02-01 10:00", ("2025-02-02 10:00", "open"), conversation_id="t2")
    polls.answer(DAY, 5, "csat", source="desk", conversation_id="t1")
    polls.answer(DAY, 1, "csat", source="desk", conversation_id="t2")
    polls.save()
    assert polls.figure("csat", **MARCH).n == 2
    march = polls.figure("csat", set=["csat.date=solved"], **MARCH)
    assert (march.n, march.excluded) == (0, {"not_solved": 1})
    assert polls.figure("csat", set=["csat.date=solved"], period="2025-02").value == 1


def test_half_stars_count_in_the_mean(polls: Polls) -> None:
    polls.answers(DAY, [4.5, 3.5, 5], "csat")
    figure = polls.save().figure("csat_mean", **MARCH)
    assert figure.value == pytest.approx(13 / 3)
    # sum of squared deviations 7/6, s^2 = 7/12, t(2) = 4.302653: half = 4.302653 * sqrt(7/36)
    assert figure.interval is not None
    assert figure.interval.high == pytest.approx(13 / 3 + 4.302653 * (7 / 36) ** 0.5, abs=1e-5)


def test_by_agent_and_channel_of_the_conversation_wherever_the_survey_lies(polls: Polls) -> None:
    polls.agent("7", "Ada")
    polls.talk("2025-03-01", conversation_id="101", agent_id="7", channel="chat", group_name="Tea")
    polls.answer(DAY, 5, "csat", conversation_id="101")  # of the survey in files: the one conversation of that number
    polls.answer(DAY, 4, "csat", conversation_id="desk:101", survey="autumn")
    polls.answer(DAY, 1, "csat", conversation_id="chat:101")
    polls.answer(DAY, 1, "csat", source="desk", conversation_id="101", channel="phone")
    polls.save()
    by_agent = polls.ask("csat", by="agent", **MARCH).figures
    assert [(figure.group, figure.n) for figure in by_agent] == [({"agent": "Ada"}, 3), ({"agent": None}, 1), (None, 4)]
    by_channel = polls.ask("csat", by="channel", **MARCH).figures
    assert [(figure.group and figure.group["channel"], figure.n) for figure in by_channel] == [
        ("chat", 2),
        ("phone", 1),
        (None, 1),
        (None, 4),
    ]
    assert polls.figure("csat", filters={"agent": ["7"]}, **MARCH).n == 3
    assert polls.figure("csat", filters={"group": ["Tea"]}, **MARCH).n == 3


def test_a_desk_means_its_own_conversations(polls: Polls) -> None:
    polls.talk("2025-03-01", conversation_id="101", desk="chat", channel="chat")
    polls.talk("2025-03-01", conversation_id="102")
    polls.answer(DAY, 5, "csat", source="desk", conversation_id="101")  # a ticket that is not stored
    figures = polls.save().ask("csat", by="channel", **MARCH).figures
    assert [figure.group for figure in figures] == [{"channel": None}, None]


def test_by_what_was_in_the_order(polls: Polls) -> None:
    polls.product("p1", "Green tea", ["Tea"])
    polls.product("p2", "Cup", [])
    tea, both = polls.order("2025-02-01", number="N-1"), polls.order("2025-02-01", number="N-2")
    polls.line(tea, "p1")
    polls.line(both, "p1")
    polls.line(both, "p2", sku="CUP")
    polls.talk("2025-03-01", conversation_id="101", order_source_id=1, order_id=both)
    polls.answer(DAY, 5, "csat", order_id="N-1")
    polls.answer(DAY, 1, "csat", conversation_id="101")
    polls.answer(DAY, 1, "csat", order_id="nowhere")
    polls.save()
    figures = polls.ask("csat", by="product", **MARCH).figures
    assert [(figure.group and figure.group["product"], figure.numerator, figure.n) for figure in figures] == [
        ("Cup", 0, 1),
        ("Green tea", 1, 2),
        (None, 0, 1),
        (None, 1, 3),
    ]
    assert polls.figure("csat", filters={"product": ["CUP"]}, **MARCH).n == 1
    assert polls.figure("csat", filters={"category": ["Tea"]}, **MARCH).n == 2


def test_an_answer_that_names_no_order_is_about_the_last_one_before(polls: Polls) -> None:
    """Thirty days back at most; what is about a conversation is about what that is about."""
    polls.product("p1", "Green tea", [])
    polls.product("p2", "Cup", [])
    for when, product in (("2025-02-20", "p1"), ("2025-02-25", "p2"), ("2025-04-01", "p1")):
        polls.line(polls.order(when, 1), product)
    polls.line(polls.order("2025-01-01", 2, number="0077"), "p1")
    polls.talk("2025-03-01", conversation_id="101", person=1)
    polls.answer(DAY, 5, "csat", person=1)
    polls.answer(DAY, 5, "csat", person=2)
    polls.answer(DAY, 5, "csat", person=3, order_id="# 77")
    polls.answer(DAY, 5, "csat", person=1, conversation_id="101")
    polls.save()
    figures = polls.ask("csat", by="product", **MARCH).figures
    assert [(figure.group and figure.group["product"], figure.n) for figure in figures] == [
        ("Cup", 1),
        ("Green tea", 1),
        (None, 2),
        (None, 4),
    ]


def test_the_rows_behind_it(polls: Polls) -> None:
    polls.answers(DAY, [4.5, 1], "csat")
    polls.save()
    rows = rows_behind(
        polls.store,
        "csat",
        clock=polls.clock,
        zone=BERLIN,
        asked=asked("2025-03", None, None, BERLIN, polls.clock.now()),
    )
    assert rows.select("state", "source", "score").rows() == [
        ("not_satisfied", "spring", 1.0),
        ("satisfied", "spring", 4.5),
    ]


def test_the_same_on_postgresql(store: Store) -> None:
    polls = Polls(store)
    polls.talk("2025-03-01", conversation_id="101", agent_id="7", channel="chat")
    polls.answers(DAY, [4.5, 1], "csat", conversation_id="desk:101", order_id="N-1")
    polls.order("2025-02-01", number="N-1")
    polls.save()
    assert polls.ask("csat", by="channel", **MARCH).figures[0].group == {"channel": "chat"}
    assert polls.figure("csat", filters={"category": ["Tea"]}, **MARCH).n == 0
    assert polls.value("csat_mean", **MARCH) == 1.0
