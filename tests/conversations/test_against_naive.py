"""Messages and changes of status in any number and order, against the slow way."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from connector.conversations.family import Family, Happened, Member, Said
from connector.conversations.telling import tell
from tests.conversations.naive import first_replies, status_at

MINUTE = 60_000_000
minutes = st.integers(0, 40)
messages = st.lists(
    st.tuples(
        minutes,
        st.sampled_from(["customer", "customer", "agent", "agent", "bot", "system"]),
        st.sampled_from([True, True, True, False]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=12,
).map(
    lambda listed: [
        Said(at * MINUTE, 1, "1", str(number), role, "a" if role == "agent" else None, public, automatic)
        for number, (at, role, public, automatic) in enumerate(listed)
    ]
)
words = st.sampled_from(["new", "open", "pending", "hold", "solved", "solved", "closed", "odd"])
events = st.lists(st.tuples(minutes, words), max_size=8).map(
    lambda listed: [
        Happened(at * MINUTE, 1, "1", str(number), "status", word) for number, (at, word) in enumerate(listed)
    ]
)
openers = st.sampled_from([None, "customer", "agent", "bot"])


@settings(max_examples=200, deadline=None)
@given(said=messages, opened_by=openers, shuffled=st.randoms(use_true_random=False))
def test_who_answered_when(said: list[Said], opened_by: str | None, shuffled: object) -> None:
    expected = first_replies(said, opened_by)
    shuffled.shuffle(said)  # type: ignore[attr-defined]
    told = tell(Family(Member(1, "1", opened_by=opened_by, created_at=0), messages=said), None)
    blocks = expected.pop("blocks")
    speaking = any(not one.automatic for one in said)
    assert {name: value for name, value in told.times.items() if name in expected} == (
        expected if speaking else {**expected, "replies": None}
    )
    assert [(reply[1], reply[2]) for reply in told.replies] == blocks
    if speaking:
        assert told.times["reply_gap_seconds"] == sum(reply - asked for asked, reply in blocks) // 1_000_000
    if expected["first_reply_at"] is not None and expected["opened_by"] != "agent":
        assert told.times["frt_seconds"] == expected["first_reply_at"] // 1_000_000


@settings(max_examples=200, deadline=None)
@given(changes=events, shuffled=st.randoms(use_true_random=False))
def test_open_or_not_at_every_minute(changes: list[Happened], shuffled: object) -> None:
    last = status_at(changes, 0, 41 * MINUTE)
    state = last if last in ("solved", "closed") else "open"
    at_minute = [status_at(changes, 0, minute * MINUTE) for minute in range(42)]
    shuffled.shuffle(changes)  # type: ignore[attr-defined]
    told = tell(Family(Member(1, "1", state=state, created_at=0), events=changes), None)
    for minute, word in enumerate(at_minute):
        inside = any(begin <= minute * MINUTE and (end is None or minute * MINUTE < end) for begin, end in told.spans)
        assert inside == (word not in ("solved", "closed"))
    over = state != "open"
    assert (told.times["solved_at"] is not None) == over
    if not changes:
        return
    waited = sum(60 for minute in range(41) if at_minute[minute] == "pending" and _is_over(changes, minute))
    assert told.times["agent_wait_seconds"] == waited
    assert told.times["reopens"] == max(0, len(_solves(changes)) - 1)


def _is_over(changes: list[Happened], minute: int) -> bool:
    """Whether the pending stay of a minute came to an end: what lasts still does not count yet."""
    return any(event.at > minute * MINUTE and event.value != "pending" for event in changes)


def _solves(changes: list[Happened]) -> list[int]:
    ordered = sorted(changes, key=lambda event: (event.at, len(event.event_id), event.event_id))
    solved = [False, *(event.value in ("solved", "closed") for event in ordered)]
    return [place for place, (before, now) in enumerate(pairwise(solved)) if now and not before]
