"""The Net Promoter Score (definitions, 5.6), worked by hand."""

from __future__ import annotations

import math

import pytest

from connector.export import wording
from tests.kpi.surveys.polls import Polls

MARCH = {"period": "2025-03"}
DAY = "2025-03-10 12:00"


def test_promoters_minus_detractors(polls: Polls) -> None:
    polls.answers(DAY, [10] * 20 + [9] * 5 + [8] * 4 + [7] * 3 + [6] * 5 + [0] * 3)
    polls.answers("2025-04-01 00:00", [0] * 9)
    figure = polls.save().figure("nps", **MARCH)
    # 25 promoters, 8 detractors, 40 answers: 100 * 17/40; SE = 100 * sqrt((25/40 + 8/40 - (17/40)^2)/40) = 12.7936...
    assert figure.value == pytest.approx(42.5)
    error = 100 * math.sqrt((25 / 40 + 8 / 40 - (17 / 40) ** 2) / 40)
    assert figure.interval is not None
    assert figure.interval.low == pytest.approx(42.5 - 1.96 * error)
    assert figure.interval.high == pytest.approx(42.5 + 1.96 * error)
    assert (figure.interval.method, figure.n, str(figure.unit)) == ("normal", 40, "points")
    assert figure.parts == {"promoters": 25, "passives": 7, "detractors": 8}


def test_point_seven_of_the_definitions_one_answer_all_promoters_and_none(polls: Polls) -> None:
    polls.answer(DAY, 3)
    polls.answers("2025-04-10", [10] * 40)
    polls.save()
    one = polls.figure("nps", **MARCH)
    # One answer added to each group: 1 promoter, 2 detractors, 4 answers.
    assert one.value == -100
    assert one.has("tiny")
    assert one.interval is not None
    error = 100 * math.sqrt((1 / 4 + 2 / 4 - (1 / 4) ** 2) / 4)
    assert (one.interval.low, one.interval.high) == (
        pytest.approx(max(-100, -25 - 1.96 * error)),
        pytest.approx(-25 + 1.96 * error),
    )
    everybody = polls.figure("nps", period="2025-04")
    # SE = 0, so adjusted though there are 40: 41 promoters, 1 detractor, 43 answers.
    assert everybody.value == 100
    assert everybody.interval is not None
    assert everybody.interval.method == "adjusted"
    centre, error = 100 * 40 / 43, 100 * math.sqrt((42 / 43 - (40 / 43) ** 2) / 43)
    assert everybody.interval.low == pytest.approx(centre - 1.96 * error)
    assert everybody.interval.high == min(100.0, centre + 1.96 * error)
    nobody = polls.figure("nps", period="2025-05")
    assert (nobody.value, nobody.n, nobody.interval) == (None, 0, None)
    assert nobody.reason is not None
    assert nobody.reason.render("en") == "no answers in the period"


def test_at_thirty_answers_the_interval_is_the_plain_one(polls: Polls) -> None:
    polls.answers(DAY, [9] * 10 + [8] * 10 + [0] * 9)
    assert polls.save().figure("nps", **MARCH).interval.method == "adjusted"  # type: ignore[union-attr]
    polls.answer(DAY, 0)
    assert polls.save().figure("nps", **MARCH).interval.method == "normal"  # type: ignore[union-attr]


def test_one_answer_per_person_and_wave_the_latest(polls: Polls) -> None:
    polls.answer("2025-03-01", 10, person=1)
    polls.answer("2025-03-20", 2, person=1)
    polls.answer("2025-03-05", 10, person=1, survey="autumn")  # another survey is another wave
    polls.answer("2025-03-05", 9, email_key="b@x.test")
    polls.answer("2025-03-06", 0, email_key="b@x.test")
    polls.answer("2025-03-06", 8)
    polls.answer("2025-03-06", 8)  # whom nobody knows is somebody else each time
    polls.save()
    figure = polls.figure("nps", **MARCH)
    assert figure.parts == {"promoters": 1, "passives": 2, "detractors": 2}
    assert figure.excluded == {"further_answer": 2}
    # In the first ten days the earlier answers are the latest.
    early = polls.figure("nps", start="2025-03-01", end="2025-03-10")
    assert early.parts == {"promoters": 2, "passives": 2, "detractors": 1}


def test_of_one_instant_the_later_id_counts(polls: Polls) -> None:
    polls.answer(DAY, 10, person=1, answer_id="b")
    polls.answer(DAY, 0, person=1, answer_id="a")
    assert polls.save().figure("nps", **MARCH).value == 100


def test_relational_and_transactional_surveys_apart(polls: Polls) -> None:
    polls.answers(DAY, [10] * 6)
    polls.answers(DAY, [0] * 6, kind="transactional", survey="autumn")
    figures = polls.save().ask("nps", **MARCH).figures
    assert [(figure.group, figure.value) for figure in figures] == [
        ({"kind": "relational"}, 100),
        ({"kind": "transactional"}, -100),
    ]
    assert [figure.value for figure in polls.ask("nps", filters={"survey": ["autumn"]}, **MARCH).figures] == [-100]


def test_by_survey_and_source_and_channel(polls: Polls) -> None:
    polls.answers(DAY, [10] * 3, channel="email")
    polls.answers(DAY, [0] * 2, survey="autumn")
    polls.save()
    for by, names in (("survey", ["autumn", "spring"]), ("source", ["spring", "autumn"]), ("channel", ["email", None])):
        figures = polls.ask("nps", by=by, **MARCH).figures
        assert [figure.group and figure.group[by] for figure in figures] == [*names, None], by
        assert figures[-1].n == 5


def test_the_difference_of_two_waves(polls: Polls) -> None:
    polls.answers(DAY, [10] * 30 + [5] * 10)
    polls.answers("2025-04-10", [10] * 20 + [5] * 20)
    figure = polls.save().figure("nps", period="2025-04", compare="previous")
    first = 100 * math.sqrt((1 - 0.5**2) / 40)
    second = 100 * math.sqrt((1 - 0) / 40)
    assert figure.change is not None
    assert (figure.change.value, figure.change.unit) == (-50, "points")
    half = 1.96 * math.sqrt(first**2 + second**2)
    assert figure.change.interval is not None
    assert (figure.change.interval.low, figure.change.interval.high) == (
        pytest.approx(-50 - half),
        pytest.approx(-50 + half),
    )


def test_points_are_printed_as_points(polls: Polls) -> None:
    polls.answers(DAY, [10] * 30 + [5] * 10)
    polls.answers("2025-04-10", [10] * 20 + [5] * 20)
    figure = polls.save().figure("nps", period="2025-04", compare="previous")
    assert (wording.value(figure, "de"), wording.previous(figure, "en"), wording.unit(figure, "de")) == (
        "0,0",
        "50.0",
        "Punkte",
    )
    assert wording.change(figure, "en").startswith("-50.0 points\n(-91.0")


def test_nobody_was_asked(polls: Polls) -> None:
    figure = polls.save().figure("nps", **MARCH)
    assert figure.value is None
    assert figure.has("not_available")


def test_answers_of_a_survey_that_is_gone_do_not_count(polls: Polls) -> None:
    polls.answers(DAY, [10, 9])
    polls.answer(DAY, 0, gone_at=1)
    assert polls.save().figure("nps", **MARCH).n == 2
