"""Filters, breakdowns, rows and bad input for every figure of the service."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import polars as pl
import pytest

from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.kpi.rows import rows_behind
from connector.kpi.service.figures import SERVICE
from connector.kpi.service.rows import CONVERSATIONS
from connector.simulation.clock import FakeClock
from connector.store import open_store
from tests.kpi.books import BERLIN
from tests.kpi.talks import OFFICE, Talks, later

MONDAY = "2024-03-04 10:00"
EVERY = [kpi.id for kpi in SERVICE]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    """A desk with a little of everything; nobody writes to it."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('busy') / 'desk.db'}", clock=FakeClock())
    talks = Talks(store, hours=OFFICE)
    talks.agent("7", "Ada")
    talks.agent("8", "Grace")
    talks.agent("9", "Grace")
    talks.agent("7", "Ada", desk="chat")
    for number, (agent, tags) in enumerate((("7", '["size", "dhl"]'), ("8", '["dhl"]'), ("9", None), (None, None))):
        created = later(MONDAY, number * 60)
        key = talks.talk(
            created,
            (created, "customer"),
            (later(created, 10 * (number + 1)), "agent", agent or "7"),
            (later(created, 60), "solved"),
            person=number,
            agent_id=agent,
            tags=tags,
            group_name="support" if number else None,
            priority="high" if number else None,
            handle_seconds=60 * number,
        )
        talks.rating(key, later(created, 90), number % 2)
    talks.talk(MONDAY, (MONDAY, "customer"), person=9)
    for person, answered in ((1, True), (8, False)):
        story = [(MONDAY, "customer"), (later(MONDAY, 1), "agent"), (later(MONDAY, 20), "closed")]
        if not answered:
            del story[1]
        talks.talk(MONDAY, *story, person=person, channel="chat", desk="chat", agent_id="7" if answered else None)
    yield talks.save()
    store.close()


def groups(talks: Talks, id: str, by: str) -> list[object]:
    return [(row.group or {}).get(by) if row.group else "total" for row in talks.ask(id, period="2024", by=by).figures]


def test_agents_have_names_and_namesakes_of_one_source_are_told_apart(busy: Talks) -> None:
    assert groups(busy, "contact_volume", "agent") == ["Ada", "Grace (8)", "Grace (9)", None, "total"]
    ada = busy.figure("contact_volume", period="2024", filters={"agent": ["Ada"]})
    assert ada.value == 2  # in the desk and in the chat
    assert busy.value("contact_volume", period="2024", filters={"agent": ["8", "9"]}) == 2
    assert busy.value("contact_volume", period="2024", filters={"agent": ["Grace (8)"]}) == 1, "as --by shows it"


def test_dimensions(busy: Talks) -> None:
    assert groups(busy, "contact_volume", "source") == ["desk", "chat", "total"]
    assert groups(busy, "contact_volume", "channel") == ["chat", "email", "total"]
    assert groups(busy, "contact_volume", "group") == ["support", None, "total"]
    assert groups(busy, "contact_volume", "priority") == ["high", None, "total"]
    assert groups(busy, "contact_volume", "weekday") == ["mon", "total"]
    assert groups(busy, "contact_volume", "hour") == ["10", "11", "12", "13", "total"]
    assert busy.value("contact_volume", period="2024", filters={"weekday": ["1"], "hour": ["11", "12"]}) == 2


def test_a_conversation_belongs_to_each_of_its_tags(busy: Talks) -> None:
    rows = busy.ask("contact_volume", period="2024", by="tag").figures
    assert [(row.group, row.value) for row in rows] == [
        ({"tag": "dhl"}, 2),
        ({"tag": "size"}, 1),
        ({"tag": None}, 5),
        (None, 7),
    ]
    assert busy.value("contact_volume", period="2024", filters={"tag": ["dhl", "size"]}) == 2


@pytest.mark.parametrize(
    "filters",
    [
        {"weekday": ["someday"]},
        {"hour": ["24"]},
        {"country": ["DE"]},
        {"agent": ["Linus"]},
        {"channel": ["fax"]},
        {"group": ["Support"]},
        {"priority": ["highest"]},
        {"tag": ["siz"]},
    ],
)
def test_filters_that_cannot_be_are_refused(busy: Talks, filters: dict[str, list[str]]) -> None:
    with pytest.raises(UsageError) as error:
        busy.ask("frt", filters=filters)
    for language in ("en", "de"):
        assert error.value.advice is not None
        assert error.value.advice.render(language)


@pytest.mark.parametrize("id", EVERY)
def test_every_figure_breaks_down_compares_and_shows_its_rows(busy: Talks, id: str) -> None:
    kpi = next(kpi for kpi in SERVICE if kpi.id == id)
    whole = busy.figure(id, period="2024").to_json("en")
    for by in kpi.dimensions:
        *parts, total = busy.ask(id, period="2024", by=by).figures
        notes = total.to_json("en")["notes"] if by == "tag" else whole["notes"]  # several tags: said there
        assert total.to_json("en") == {**whole, "group": None, "notes": notes}
        if whole["unit"] == "count" and by != "tag" and total.value is not None:
            assert sum(part.value or 0 for part in parts) == total.value
    for attribution in ("created", "event"):
        options = KpiOptions().with_override(f"service.attribution={attribution}")
        frame = rows_behind(
            busy.store,
            id,
            clock=busy.clock,
            zone=BERLIN,
            options=options,
            asked=asked("2024", None, None, BERLIN, busy.clock.now()),
        )
        assert frame.columns == list(CONVERSATIONS)
        if whole["value"] is not None and whole["n"]:
            assert frame.height
        assert frame.filter(pl.col("url").is_null()).is_empty()
    compared = busy.figure(id, period="2024-03", compare="previous")
    assert compared.change is not None


WORLDS = {
    "no conversations": lambda talks: None,
    "one": lambda talks: talks.talk(MONDAY, (MONDAY, "customer")),
    "one solved": lambda talks: talks.talk(MONDAY, (MONDAY, "customer"), (MONDAY, "agent"), (MONDAY, "solved")),
    "none answered": lambda talks: [talks.talk(MONDAY, (MONDAY, "customer"), person=each) for each in range(9)],
    "anonymous only": lambda talks: [
        talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 5), "agent"), (later(MONDAY, 9), "solved"), person=None)
        for _ in range(9)
    ],
    "all deleted": lambda talks: talks.talk(MONDAY, (MONDAY, "customer"), (MONDAY, "deleted")),
    "no messages": lambda talks: talks.talk(MONDAY),
    "one chat in vain": lambda talks: talks.talk(
        MONDAY, (MONDAY, "customer"), (MONDAY, "closed"), channel="chat", desk="chat"
    ),
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("hours", [None, OFFICE], ids=["always", "office"])
def test_whatever_there_is_the_record_is_whole(new_talks: Callable[..., Talks], world: str, hours: object) -> None:
    talks = new_talks(hours=hours)
    WORLDS[world](talks)
    talks.save()
    for period in ("2024", "2023", "2030"):
        for figure in talks.ask(*EVERY, period=period).figures:
            record = figure.to_json("de")
            if record["value"] is None:
                assert record["reason"]
                assert set(record["flags"]) & {"empty", "not_available"}
            for number in (record["value"], record["ci_low"], record["ci_high"], *record.get("stats", {}).values()):
                assert number is None or math.isfinite(number)


def test_a_desk_without_conversations_has_none_and_a_shop_without_a_desk_does_not_know(
    new_talks: Callable[..., Talks],
) -> None:
    talks = new_talks().save()
    assert talks.value("contact_volume", period="2024") == 0
    shop = new_talks(desks=()).save()
    figure = shop.figure("contact_volume", period="2024")
    assert figure.value is None
    assert figure.has("not_available")
    assert not {"frt", "fcr", "contact_volume"} & {row.id for row in shop.ask().figures}
    assert {"frt", "fcr", "contact_volume"} <= {row.id for row in talks.ask().figures}
    of_country = [desk.ask(filters={"country": ["DE"]}) for desk in (shop, talks)]
    named = [{one.id for one in answer.left_out} & {"frt", "fcr", "contact_volume"} for answer in of_country]
    assert named == [set(), {"frt", "fcr", "contact_volume"}]
