"""Random desks: whatever they hold, the figures are what a slow count from the definitions' words gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from connector.instants import DAY, HOUR, SECOND
from connector.kpi.evaluate import evaluate
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.model import Conversation, ConversationSpan, ConversationTimes, Source, StreamState
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import BERLIN, at

BEGIN = at("2024-03-01")
NOW = at("2024-05-01")
PERIODS = ["2024-03", "2024-04", "2024"]
FIELDS = ("created", "person", "channel", "by_agent", "reply", "solved", "reopens", "thanks", "replies", "counted")

# Few instants, most of them the ends of months and days or seven days after one, so that borders and ties are met.
instants = st.builds(
    lambda day, hour: BEGIN + day * DAY + hour * HOUR,
    st.sampled_from([0, 1, 7, 8, 23, 24, 30, 31, 38, 53, 60]),
    st.sampled_from([0, 0, 0, -1, 1, 9]),
)
conversations = st.fixed_dictionaries(
    {
        "created": instants,
        "person": st.sampled_from([1, 1, 2, 3, None]),
        "channel": st.sampled_from(["email", "email", "messaging"]),
        "by_agent": st.sampled_from([False, False, False, True]),
        "reply": st.sampled_from([None, 0, 60, 900, 901, 86_400, 90_000]),  # seconds after the creation
        "solved": st.sampled_from([None, 3600, 3600, 7 * 86_400]),
        "reopens": st.sampled_from([0, 0, 0, 1, 2]),
        "thanks": st.sampled_from([0, 0, 1]),
        "replies": st.sampled_from([0, 1, 1, 2]),
        "counted": st.sampled_from([True, True, True, True, False]),
    }
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("naive") / "desk.db"
    shutil.copyfile(empty_store, path)
    with open_store(f"sqlite:///{path}", clock=FakeClock(NOW)) as opened:
        with opened.write() as connection:
            connection.execute(
                insert(Source), [{"id": 1, "name": "desk", "adapter": "zendesk", "url": "-", "created_at": 0}]
            )
            connection.execute(insert(StreamState), [{"source_id": 1, "stream": "tickets", "last_success_at": NOW}])
        yield opened


def write(store: Store, talks: list[dict[str, Any]]) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {Conversation: [], ConversationTimes: [], ConversationSpan: []}
    for number, talk in enumerate(talks):
        key = {"source_id": 1, "conversation_id": f"{number:03d}"}
        state = "open" if talk["solved"] is None else "solved"
        solved = None if talk["solved"] is None else talk["created"] + talk["solved"] * SECOND
        rows[Conversation].append(
            {**key, "channel": talk["channel"], "status": state, "state": state, "countable": talk["counted"],
             "created_at": talk["created"], "person_id": talk["person"]}
        )  # fmt: skip
        seconds = None if talk["by_agent"] else talk["reply"]
        rows[ConversationTimes].append(
            {**key, "state": state, "countable": talk["counted"], "has_history": True, "has_messages": True,
             "opened_by": "agent" if talk["by_agent"] else "customer", "frt_from_at": talk["created"],
             "first_reply_at": None if talk["reply"] is None else talk["created"] + talk["reply"] * SECOND,
             "frt_seconds": seconds, "first_solved_at": solved, "solved_at": solved,
             "resolution_seconds": talk["solved"], "replies": talk["replies"],
             "reopens": talk["reopens"], "thanks_reopens": min(talk["thanks"], talk["reopens"])}
        )  # fmt: skip
        rows[ConversationSpan].append({**key, "from_at": talk["created"], "until_at": solved})
    with store.write() as connection:
        for table, found in rows.items():
            connection.execute(delete(table))
            if found:
                connection.execute(insert(table), found)


def naive(talks: list[dict[str, Any]], start: int, end: int) -> dict[str, Any]:
    """The figures, counted one by one from the words of the definitions."""
    counted = [talk for talk in talks if talk["counted"]]
    inside = [talk for talk in counted if start <= talk["created"] < end]
    solved_at = {id(talk): talk["created"] + talk["solved"] * SECOND for talk in counted if talk["solved"] is not None}
    answered = [talk["reply"] for talk in inside if talk["reply"] is not None and not talk["by_agent"]]
    silent = [talk for talk in inside if talk["reply"] is None and not talk["by_agent"]]
    open_and_silent = [talk for talk in silent if talk["solved"] is None]
    target = {"email": 86_400, "messaging": 900}
    in_time = [
        talk for talk in inside
        if not talk["by_agent"] and talk["reply"] is not None and talk["reply"] <= target[talk["channel"]]
    ]  # fmt: skip
    late = [talk for talk in open_and_silent if (NOW - talk["created"]) / SECOND > target[talk["channel"]]]
    done = [talk for talk in inside if talk["solved"] is not None]
    held = [talk for talk in done if talk["reopens"] - min(talk["thanks"], talk["reopens"]) <= 0]
    known = [talk for talk in done if talk["person"] is not None]
    over = [talk for talk in known if solved_at[id(talk)] + 7 * DAY <= NOW]
    kept = [
        talk for talk in over
        if talk in held
        and not any(
            other["person"] == talk["person"] and not other["by_agent"]
            and solved_at[id(talk)] < other["created"] <= solved_at[id(talk)] + 7 * DAY
            for other in counted
        )
    ]  # fmt: skip
    last = min(end, NOW)
    return {
        "contact_volume": len(inside),
        "solved_volume": sum(start <= instant < end for instant in solved_at.values()),
        "frt": (median(answered) if answered else None, len(answered), len(open_and_silent), len(silent)),
        "frt_sla": (len(in_time), len(answered) + len(late)),
        "full_resolution_time": median(talk["solved"] for talk in done) if done else None,
        "reopen_rate": (sum(talk["reopens"] >= 1 for talk in done), len(done)),
        "fcr": (len(kept), len(over), len(done) - len(known), len(known) - len(over)),
        "one_touch_rate": (sum(talk["replies"] == 1 for talk in held), len(done)),
        "not_reopened_rate": (len(held), len(done)),
        "backlog": sum(
            talk["created"] < last and (id(talk) not in solved_at or solved_at[id(talk)] >= last) for talk in counted
        ),
    }


@given(st.lists(conversations, max_size=12), st.sampled_from(PERIODS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_are_what_counting_one_by_one_gives(store: Store, talks: list[dict[str, Any]], period: str) -> None:
    talks = [dict(talk) for talk in talks]
    write(store, talks)
    when = asked(period, None, None, BERLIN, NOW)
    assert when is not None
    assert when.start is not None
    slow = naive(talks, when.start, when.end)
    answer = evaluate(store, tuple(slow), clock=FakeClock(NOW), zone=BERLIN, options=KpiOptions(), asked=when)
    by_id = {figure.id: figure for figure in answer.figures}
    frt, fcr = by_id["frt"], by_id["fcr"]
    fast = {
        **{id: by_id[id].value for id in ("contact_volume", "solved_volume", "full_resolution_time", "backlog")},
        "frt": (
            frt.value,
            frt.n,
            frt.extra["unanswered"],
            frt.extra["unanswered"] + frt.excluded.get("no_reply", 0),
        ),
        "fcr": (
            fcr.numerator,
            fcr.denominator,
            fcr.excluded.get("no_identity", 0),
            fcr.excluded.get("window_open", 0),
        ),
        **{
            id: (by_id[id].numerator, by_id[id].denominator)
            for id in ("frt_sla", "reopen_rate", "one_touch_rate", "not_reopened_rate")
        },
    }
    assert fast == slow
