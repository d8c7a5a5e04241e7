"""Working time, targets, next replies, and chats that found nobody (definitions, 5.1, 5.2 and 5.4)."""

from __future__ import annotations

from collections.abc import Callable

from tests.kpi.talks import OFFICE, Talks, later

MONDAY = "2024-03-04 10:00"
MINUTE, HOUR = 60, 3600


def chat(talks: Talks, created: str = MONDAY, *, answered: bool = True, minutes: int = 20, **more: object) -> str:
    story = [(created, "customer"), *([(later(created, 1), "agent")] if answered else [])]
    values = {"person": 1, **more}
    return talks.talk(
        created,
        *story,
        (later(created, minutes), "closed"),
        channel="chat",
        desk="chat",
        **values,  # type: ignore[arg-type]
    )


# --- targets (5.1) ---------------------------------------------------------------------------------------------------


def test_in_time_late_and_not_yet_due(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-06 10:00")
    for minutes in (24 * 60, 24 * 60 + 1):  # exactly in time, and one minute late
        talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, minutes), "agent"))
    talks.talk(MONDAY, (MONDAY, "customer"))  # unanswered and due
    talks.talk("2024-03-05 11:00", ("2024-03-05 11:00", "customer"))  # not yet due
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 5), "solved"))  # nobody asked for a reply
    talks.save()
    figure = talks.figure("frt_sla", period="2024")
    assert (figure.numerator, figure.denominator, figure.excluded) == (1, 3, {"not_due": 1})
    assert figure.interval is not None
    assert figure.interval.method == "wilson"
    assert talks.figure("frt_sla", period="2024", set=["sla.email=25h"]).numerator == 2


def test_targets_by_channel(talks: Talks) -> None:
    chat(talks)
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 20), "agent"), channel="messaging")
    talks.save()
    by_channel = talks.ask("frt_sla", period="2024", by="channel").figures
    assert [(row.group, row.numerator, row.denominator) for row in by_channel] == [
        ({"channel": "chat"}, 1, 1),
        ({"channel": "messaging"}, 0, 1),
        (None, 1, 2),
    ]


def test_due_by_opening_hours(new_talks: Callable[..., Talks]) -> None:
    """Written on Friday at five, asked on Monday at eleven: 66 hours, of them three open."""
    talks = new_talks(now="2024-03-04 11:00", hours=OFFICE)
    talks.talk("2024-03-01 17:00", ("2024-03-01 17:00", "customer"))
    talks.save()
    assert talks.figure("frt_sla", period="2024", set=["sla.email=4h"]).excluded == {"not_due": 1}
    late = talks.figure("frt_sla", period="2024", set=["sla.email=2h"])
    assert (late.numerator, late.denominator) == (0, 1)
    calendar = talks.figure("frt_sla", period="2024", set=["sla.email=4h", "service.clock=calendar"])
    assert (calendar.numerator, calendar.denominator) == (0, 1)


def test_the_desks_own_target_goes_first(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(hours=OFFICE)
    key = talks.talk("2024-03-01 17:30", ("2024-03-01 17:30", "customer"), ("2024-03-04 09:10", "agent"))
    talks.happened(key, "2024-03-01 17:30", "sla", value="reply_time/business", seconds=30 * MINUTE)
    other = talks.talk("2024-03-01 17:30", ("2024-03-01 17:30", "customer"), ("2024-03-04 09:10", "agent"))
    talks.happened(other, "2024-03-01 17:30", "sla", value="reply_time/calendar", seconds=3 * 24 * HOUR)
    talks.save()
    figure = talks.figure("frt_sla", period="2024")
    assert (figure.numerator, figure.denominator) == (1, 2)
    assert any("own target" in note.render("en") for note in figure.notes)


# --- next replies (5.1) ----------------------------------------------------------------------------------------------


def test_every_block_of_messages_to_its_reply(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 5), "customer"),
        (later(MONDAY, 30), "agent"),
        (later(MONDAY, 60), "customer"),
        (later(MONDAY, 70), "agent"),
        (later(MONDAY, 80), "customer"),
    )
    talks.save()
    figure = talks.figure("nrt", period="2024")
    assert figure.stats is not None
    assert (figure.n, figure.stats.mean, figure.stats.max) == (2, 20 * MINUTE, 30 * MINUTE)
    assert talks.value("reply_gap_total", period="2024") == 40 * MINUTE


# --- working time (5.2) ----------------------------------------------------------------------------------------------


def test_two_chats_at_once_share_their_agents_seconds(talks: Talks) -> None:
    """The first from minute 0 to 20, the second from 10 to 20, by one agent: 10 + 10/2 and 10/2 minutes."""
    for begin, minutes in ((MONDAY, 20), (later(MONDAY, 10), 10)):
        key = chat(talks, begin, minutes=minutes)
        talks.happened(key, begin, "work", desk="chat", seconds=minutes * MINUTE, agent_id="7")
    talks.save()
    figure = talks.figure("aht", period="2024")
    assert (figure.value, figure.n) == (10 * MINUTE, 2)
    assert figure.stats is not None
    assert figure.stats.max == 15 * MINUTE
    assert talks.value("aht", period="2024", set=["aht.concurrency=full"]) == 15 * MINUTE
    one = talks.figure("aht", period="2024", set=["aht.concurrency=full"], filters={"hour": ["10"]})
    assert one.parts == {"with_handle_time": 2, "handled": 2}


def test_measured_working_time_and_its_coverage(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 9), "agent"), handle_seconds=300)
    for _ in range(2):
        talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 9), "agent"))
    talks.talk(MONDAY, (MONDAY, "customer"))  # nobody handled it
    talks.save()
    figure = talks.figure("aht", period="2024")
    assert (figure.value, figure.n, figure.parts) == (300, 1, {"with_handle_time": 1, "handled": 3})
    assert figure.has("low_coverage")


def test_nothing_measured_is_not_available_and_the_estimate_has_its_own_name(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "agent"),  # 10 minutes to the next
        (later(MONDAY, 10), "note"),  # a pause of an hour counts 2 minutes
        (later(MONDAY, 70), "agent"),  # 5 seconds to the next count a minute
        (later(MONDAY, 70 + 5 / 60), "agent"),  # and the last one a minute
    )
    talks.save()
    assert talks.figure("aht", period="2024").has("not_available")
    assert talks.value("aht_estimated", period="2024") == 14 * MINUTE


# --- chats (5.4) -----------------------------------------------------------------------------------------------------


def test_missed_and_offline_chats(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(hours=OFFICE)
    chat(talks)
    chat(talks, answered=False)
    chat(talks, "2024-03-02 12:00", answered=False)  # a Saturday
    talks.save()
    missed = talks.figure("missed_chats", period="2024")
    assert (missed.numerator, missed.denominator) == (1, 2)
    assert talks.value("offline_chats", period="2024") == 1


def test_what_a_bot_settled_is_not_missed(talks: Talks) -> None:
    happy, silent = (
        talks.talk(
            MONDAY,
            (MONDAY, "customer"),
            (later(MONDAY, 1), "bot"),
            (later(MONDAY, 9), "closed"),
            channel="chat",
            desk="chat",
        )
        for _ in range(2)
    )
    assert happy != silent
    talks.rating(happy, later(MONDAY, 9), 1, desk="chat")
    talks.save()
    assert talks.value("bot_resolution", period="2024") == 1
    missed = talks.figure("missed_chats", period="2024")
    assert (missed.numerator, missed.denominator) == (1, 2)
    assert talks.value("first_bot_response", period="2024") == 1 * MINUTE


def test_a_ticket_without_chats_has_no_missed_ones(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 9), "agent"))
    talks.save()
    for id in ("missed_chats", "offline_chats", "bot_resolution", "first_bot_response"):
        figure = talks.figure(id, period="2024")
        assert figure.value is None
        assert figure.has("not_available")
