"""First contact resolution (definitions, 5.3): every row of its rules, and four methods with four results."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kpi.talks import Talks, later

MONDAY = "2024-03-04 10:00"
DAY = 24 * 60


def solved(talks: Talks, created: str = MONDAY, person: int | None = 1, replies: int = 1, **more: object) -> str:
    """A conversation with some replies, solved after an hour."""
    story = [(created, "customer")]
    for number in range(1, replies + 1):
        story += [(later(created, 10 * number), "agent"), (later(created, 10 * number + 5), "customer")]
    story = story[:-1] if replies else story
    return talks.talk(created, *story, (later(created, 60), "solved"), person=person, **more)  # type: ignore[arg-type]


def fcr(talks: Talks, *options: str) -> tuple[object, object, dict[str, int]]:
    figure = talks.figure("fcr", period="2024", set=options)
    return figure.numerator, figure.denominator, dict(figure.excluded)


def test_point_6_four_methods_give_four_numbers(talks: Talks) -> None:
    """Of eleven tickets seven hold, six took one reply, nine were not reopened; of ten customers eight agree."""
    for person in range(1, 6):
        key = solved(talks, person=person, replies=1 + (person == 5))
        talks.rating(key, later(MONDAY, 90), 1)
    for person in (6, 7):  # one reply, but they write again within the week
        talks.rating(solved(talks, person=person), later(MONDAY, 90), 1)
    again = [solved(talks, "2024-03-06 10:00", person, replies=2) for person in (6, 7)]
    for key in again[:1]:
        talks.rating(key, later(MONDAY, 4 * DAY), 0)
    for person in (8, 9):
        key = talks.talk(
            MONDAY,
            (MONDAY, "customer"),
            (later(MONDAY, 10), "agent"),
            (later(MONDAY, 60), "solved"),
            (later(MONDAY, 100), "open"),
            (later(MONDAY, 100), "customer"),
            (later(MONDAY, 120), "agent"),
            (later(MONDAY, 130), "solved"),
            person=person,
        )
        talks.rating(key, later(MONDAY, 200), person % 2)
    talks.save()
    results = {
        method: talks.value("fcr", period="2024", set=[f"fcr.method={method}"])
        for method in ("recontact", "one_touch", "not_reopened", "survey")
    }
    assert len(set(results.values())) == 4
    assert results == {"recontact": 7 / 11, "one_touch": 6 / 11, "not_reopened": 9 / 11, "survey": 8 / 10}


def test_another_contact_within_the_days_in_any_channel(talks: Talks) -> None:
    solved(talks, person=1)
    talks.talk("2024-03-11 10:59", ("2024-03-11 10:59", "customer"), channel="chat", desk="chat", person=1)
    solved(talks, person=2)
    talks.talk("2024-03-11 11:00", ("2024-03-11 11:00", "customer"), channel="chat", desk="chat", person=2)
    solved(talks, person=3)
    talks.talk("2024-03-11 11:01", ("2024-03-11 11:01", "customer"), channel="chat", desk="chat", person=3)
    talks.save()
    assert fcr(talks) == (1, 3, {})  # seven days are 7 x 24 hours after the solution at 11:00, the last instant in
    assert fcr(talks, "fcr.days=8")[:2] == (0, 3)
    assert fcr(talks, "fcr.days=6")[:2] == (3, 3)


def test_contacts_outside_the_filters_count_and_what_agents_open_does_not(talks: Talks) -> None:
    solved(talks, person=1)
    talks.talk("2024-03-05 10:00", ("2024-03-05 10:00", "customer"), channel="chat", desk="chat", person=1)
    solved(talks, person=2)
    talks.talk("2024-03-05 10:00", ("2024-03-05 10:00", "agent"), opened_by="agent", person=2)
    talks.save()
    figure = talks.figure("fcr", period="2024", filters={"channel": ["email"]})
    assert (figure.numerator, figure.denominator) == (1, 2)


def test_anonymous_and_young_ones_are_left_out(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-12 12:00")
    solved(talks, person=None)
    solved(talks, "2024-03-08 10:00", person=2)
    solved(talks, person=3)
    talks.save()
    assert fcr(talks) == (1, 1, {"no_identity": 1, "window_open": 1})


def test_a_thank_you_reopens_nothing(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 10), "agent"),
        (later(MONDAY, 20), "solved"),
        (later(MONDAY, 30), "customer"),
        (later(MONDAY, 30), "open"),
        (later(MONDAY, 90), "solved"),
    )
    talks.save()
    strict = ["fcr.ignore_thanks=false"]
    for id in ("fcr", "not_reopened_rate", "one_touch_rate"):
        assert talks.value(id, period="2024") == 1.0
        assert talks.value(id, period="2024", set=strict) == 0.0
    assert talks.value("reopen_rate", period="2024") == 1.0


@pytest.mark.parametrize(
    ("scope", "kept"),
    [("any", 0), ("same_topic", 1), ("same_order", 2)],
)
def test_which_other_contact_counts(talks: Talks, scope: str, kept: int) -> None:
    def pair(person: int, first: dict[str, object], second: dict[str, object]) -> None:
        solved(talks, person=person, **first)
        talks.talk("2024-03-06 10:00", ("2024-03-06 10:00", "customer"), person=person, **second)  # type: ignore[arg-type]

    pair(1, {"tags": '["delivery", "dhl"]'}, {"tags": '["delivery"]'})
    pair(2, {"tags": '["refund"]', "order_numbers": '["77"]'}, {"tags": '["refund"]', "order_numbers": '["#077"]'})
    pair(3, {"tags": '["size"]'}, {})
    talks.save()
    assert fcr(talks, f"fcr.scope={scope}")[:2] == (kept, 3)


def test_one_touch_counts_one_reply_of_a_chat_session(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 1), "agent"),
        (later(MONDAY, 2), "customer"),
        (later(MONDAY, 3), "agent"),
        (later(MONDAY, 9), "closed"),
        channel="chat",
        desk="chat",
    )
    solved(talks, replies=2, person=2)
    solved(talks, replies=0, person=3)
    talks.save()
    figure = talks.figure("one_touch_rate", period="2024")
    assert (figure.numerator, figure.denominator) == (1, 3)


def test_the_method_is_said(talks: Talks) -> None:
    solved(talks)
    talks.save()
    figure = talks.figure("fcr", period="2024", set=["fcr.method=one_touch"])
    assert figure.options["fcr.method"] == "one_touch"
    assert any("one_touch" in note.render("de") for note in figure.notes)
    survey = talks.figure("fcr", period="2024", set=["fcr.method=survey"])
    assert survey.value is None
    assert survey.has("not_available")
