"""Solutions: how long they take, whether they hold, and what is left open (definitions, 5.4)."""

from __future__ import annotations

from collections.abc import Callable

from connector.instants import DAY
from connector.model import StreamState
from tests.kpi.talks import OFFICE, Talks, later

MONDAY = "2024-03-04 10:00"
HOUR = 3600


def reopened(talks: Talks, **more: object) -> str:
    """Solved after two hours, taken up again after a day, solved for good after another."""
    return talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 60), "agent"),
        (later(MONDAY, 60), "pending"),
        (later(MONDAY, 120), "solved"),
        (later(MONDAY, 24 * 60), "open"),
        (later(MONDAY, 25 * 60), "agent", "8"),
        (later(MONDAY, 48 * 60), "solved"),
        **more,  # type: ignore[arg-type]
    )


def test_first_and_full_resolution(talks: Talks) -> None:
    reopened(talks)
    talks.save()
    assert talks.value("first_resolution_time", period="2024") == 2 * HOUR
    assert talks.value("full_resolution_time", period="2024") == 48 * HOUR
    assert talks.value("requester_wait_time", period="2024") == (1 + 24) * HOUR
    assert talks.value("agent_wait_time", period="2024") == 1 * HOUR
    assert talks.value("reopen_rate", period="2024") == 1.0
    assert talks.value("agents_involved", period="2024") == 2
    assert talks.value("handoffs", period="2024") == 1
    assert talks.value("replies_per_resolution", period="2024") == 2


def test_both_clocks_stand_beside_each_other(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(hours=OFFICE)
    reopened(talks)
    talks.save()
    figure = talks.figure("full_resolution_time", period="2024")
    assert figure.value == 18 * HOUR
    assert figure.extra["stats_other"]["clock"] == "calendar"
    assert figure.extra["stats_other"]["mean"] == 48 * HOUR


def test_what_is_open_again_has_no_resolution(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 9), "solved"), (later(MONDAY, 99), "open"))
    talks.save()
    for id in ("first_resolution_time", "full_resolution_time", "reopen_rate"):
        figure = talks.figure(id, period="2024")
        assert (figure.value, figure.n) == (None, 0)
        assert figure.has("empty")


def test_closed_without_solved_counts_from_the_closing(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 30), "agent"), (later(MONDAY, 120), "closed"))
    talks.save()
    assert talks.value("full_resolution_time", period="2024") == 2 * HOUR


def test_by_event_a_solution_counts_on_its_own_day(talks: Talks) -> None:
    talks.talk("2024-02-28 12:00", ("2024-02-28 12:00", "customer"), ("2024-03-02 12:00", "solved"))
    talks.save()
    event = ["service.attribution=event"]
    assert talks.figure("full_resolution_time", period="2024-02").n == 1
    assert talks.figure("full_resolution_time", period="2024-02", set=event).n == 0
    assert talks.figure("full_resolution_time", period="2024-03", set=event).n == 1


def test_volumes_and_flow(talks: Talks) -> None:
    reopened(talks)
    talks.talk("2024-03-05 09:00", ("2024-03-05 09:00", "customer"))
    talks.talk("2024-02-20 09:00", ("2024-02-20 09:00", "customer"), ("2024-03-01 09:00", "solved"))
    talks.talk("2024-03-07 09:00", ("2024-03-07 09:00", "customer"), ("2024-03-07 10:00", "deleted"))
    talks.talk("2024-03-07 09:00", ("2024-03-07 09:00", "customer"), state="spam")
    talks.talk("2024-03-07 09:00", ("2024-03-07 09:00", "customer"), tags='["test"]')
    talks.save()
    volume = talks.figure("contact_volume", period="2024-03", set=["service.exclude_tags=[test]"])
    assert (volume.value, volume.excluded) == (2, {"deleted": 1, "spam": 1, "tagged": 1})
    assert talks.value("contact_volume", period="2024-03") == 3
    assert talks.value("solved_volume", period="2024-03") == 2
    flow = talks.figure("net_flow", period="2024-03")
    assert (flow.value, flow.parts) == (1, {"created": 3, "solved": 2})


def test_backlog_at_the_end_of_each_local_day(talks: Talks) -> None:
    reopened(talks)  # open 4 March 10:00-12:00, 5 March 10:00 - 6 March 10:00
    talks.talk("2024-03-01 12:00", ("2024-03-01 12:00", "customer"))  # open for good
    talks.talk("2024-03-04 12:00", ("2024-03-04 12:00", "customer"), ("2024-03-05 00:00", "solved"))  # at midnight
    talks.save()
    figure = talks.figure("backlog", start="2024-03-03", end="2024-03-06")
    assert figure.extra["days"] == [
        {"day": "2024-03-03", "open": 1},
        {"day": "2024-03-04", "open": 2},
        {"day": "2024-03-05", "open": 2},
        {"day": "2024-03-06", "open": 1},
    ]
    assert figure.value == 1
    assert figure.parts == {"0-1": 0, "1-3": 0, "3-7": 1, "7-30": 0, "30+": 0}
    assert not figure.has("history_cut")
    later_on = talks.figure("backlog", period="2024-05")
    assert later_on.parts is not None
    assert (later_on.value, later_on.parts["30+"]) == (1, 1)


def ten_days_on(talks: Talks) -> None:
    talks.clock.set(talks.clock.now() + 10 * DAY)
    for row in talks.rows[StreamState]:
        row["last_success_at"] = talks.clock.now()
    talks.save()


def test_without_a_history_of_statuses_the_backlog_begins_with_the_first_sync(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-04 12:00")  # the first sync
    talks.talk("2024-03-01 12:00", ("2024-03-01 12:00", "customer"), channel="form")
    ten_days_on(talks)
    before = talks.figure("backlog", period="2024-03-03")
    assert before.value is None
    assert before.has("not_available")
    after = talks.figure("backlog", period="2024-03-04")
    assert (after.value, after.has("history_cut")) == (1, True)
    assert not talks.figure("backlog", period="2024-03-06").has("history_cut")


def test_chats_do_not_stand_for_the_history_of_their_desks_tickets(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-04 12:00")  # the first sync
    talks.talk("2024-03-01 12:00", ("2024-03-01 12:00", "customer"), channel="form")
    talks.talk("2024-03-01 12:00", ("2024-03-01 12:00", "customer"), channel="chat")
    ten_days_on(talks)
    figure = talks.figure("backlog", start="2024-03-01", end="2024-03-04")
    assert [day["open"] for day in figure.extra["days"]] == [1, 1, 1, 2]  # the chat's course is known, the form's not
    assert figure.has("history_cut")


def test_a_new_local_day_begins_at_local_midnight(talks: Talks) -> None:
    """00:30 in Berlin on 1 March is still 29 February in UTC."""
    talks.talk("2024-03-01 00:30", ("2024-03-01 00:30", "customer"))
    talks.save()
    assert talks.value("contact_volume", period="2024-03") == 1
    assert talks.value("contact_volume", period="2024-02") == 0
