"""Customer effort (definitions, 5.7), worked by hand."""

from __future__ import annotations

import math

import pytest

from tests.kpi.surveys.polls import Polls

MARCH = {"period": "2025-03"}
DAY = "2025-03-10 12:00"
EASY = [7] * 10 + [6] * 8 + [5] * 6 + [4] * 6 + [3] * 4 + [1] * 6  # 40 answers


def test_the_question_whether_it_was_easy(polls: Polls) -> None:
    polls.answers(DAY, EASY, "ces")
    polls.save()
    assert polls.value("ces", **MARCH) == pytest.approx((70 + 48 + 30 + 24 + 12 + 6) / 40)
    agree, top = polls.figure("ces_agree", **MARCH), polls.figure("ces_top2", **MARCH)
    assert (agree.numerator, agree.denominator, top.numerator, top.denominator) == (24, 40, 18, 40)
    index = polls.figure("ces_index", **MARCH)
    assert index.value == pytest.approx(100 * (18 - 10) / 40)
    error = 100 * math.sqrt((18 / 40 + 10 / 40 - (8 / 40) ** 2) / 40)
    assert index.interval is not None
    assert index.interval.low == pytest.approx(20 - 1.96 * error)
    assert [note.render("en") for note in agree.notes] == ["Asked whether it was easy, 1 to 7: a high score is good."]
    little = polls.figure("ces_low_effort", **MARCH)
    assert (little.value, little.n) == (None, 0)


def test_the_question_how_much_effort_it_took(polls: Polls) -> None:
    polls.answers(DAY, [1, 2, 2, 4, 5], "ces", scale="1-5")
    polls.save()
    mean = polls.figure("ces", **MARCH)
    assert mean.value == pytest.approx(2.8)
    assert [note.render("en") for note in mean.notes] == ["Asked how much effort it took, 1 to 5: a low score is good."]
    little = polls.figure("ces_low_effort", **MARCH)
    assert (little.numerator, little.denominator) == (3, 5)
    assert polls.figure("ces_agree", **MARCH).value is None


def test_neither_becomes_the_other(polls: Polls) -> None:
    polls.answers(DAY, [7, 7], "ces")
    polls.answers(DAY, [1, 1, 1], "ces", scale="1-5", survey="autumn")
    polls.save()
    assert [(figure.group, figure.value) for figure in polls.ask("ces", **MARCH).figures] == [
        ({"scale": "1-5"}, 1.0),
        ({"scale": "1-7"}, 7.0),
    ]
    second = polls.figure("ces", set=["ces.version=2"], **MARCH)
    assert (second.value, second.n, second.options["ces.version"]) == (7.0, 2, 2)
    assert polls.figure("ces_low_effort", set=["ces.version=2"], **MARCH).n == 0
