"""Section 4.10, worked by hand, and against a slow count."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.kpi.dimensions import SEGMENTS
from connector.kpi.options import KpiOptions
from connector.kpi.rows import rows_behind
from connector.kpi.shop.history import History, in_sequence
from connector.kpi.shop.rfm import FEWEST, scores
from connector.kpi.shop.scope import Scope
from tests.kpi.books import BERLIN, Books, at, days_after

DAY = 86_400_000_000
NOW = at("2024-06-01")


def scope(rows: list[tuple[int, int, int, int]]) -> Scope:
    """A view of orders (person, days before now, net, refunded net)."""
    frame = pl.DataFrame(
        [
            (1, str(place), person, NOW - days * DAY, net, "EUR", back)
            for place, (person, days, net, back) in enumerate(rows)
        ],
        schema={
            "source_id": pl.Int64,
            "order_id": pl.String,
            "person_id": pl.Int64,
            "at": pl.Int64,
            "net": pl.Int64,
            "currency": pl.String,
            "back": pl.Int64,
        },
        orient="row",
    ).sort("person_id", "at", maintain_order=True)
    refunds = frame.filter(pl.col("back") > 0).with_columns(net=pl.col("back"))
    history = History(KpiOptions(), BERLIN, NOW, in_sequence(frame, complete=True), refunds)
    return Scope(history, 0, NOW)


def slowly(rows: list[tuple[int, int, int, int]]) -> dict[int, tuple[Any, ...]]:
    """R, F, M of everybody, and their scores, straight from the definition's words."""
    since = at("2022-06-01")
    kept: dict[int, list[tuple[int, int, int]]] = {}
    for person, days, net, back in rows:
        if since <= NOW - days * DAY < NOW:
            kept.setdefault(person, []).append((days, net, back))
    raw = {
        person: (min(days for days, _, _ in own), len(own), sum(net - back for _, net, back in own))
        for person, own in kept.items()
    }
    people = len(raw)
    found = {}
    for person, (days, often, worth) in raw.items():
        r = 1 + 5 * sum(other[0] > days for other in raw.values()) // people
        f = 1 + 5 * sum(other[1] < often for other in raw.values()) // people
        m = 1 + 5 * sum(other[2] < worth for other in raw.values()) // people
        found[person] = (days, often, worth, r, f, m)
    return found


orders = st.tuples(
    st.integers(1, 70), st.integers(1, 800), st.sampled_from([10, 20, 20, 30, 90]), st.sampled_from([0, 0, 10])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(orders, min_size=80, max_size=160))
def test_scores_are_what_a_slow_count_gives(rows: list[tuple[int, int, int, int]]) -> None:
    expected = slowly(rows)
    found = scores(scope(rows))
    assert found["person_id"].to_list() == sorted(expected)
    for row in found.iter_rows(named=True):
        days, often, worth, r, f, m = expected[row["person_id"]]
        assert (row["recency_days"], row["frequency"], row["monetary"]) == (days, often, worth)
        if len(expected) < FEWEST:
            assert (row["r"], row["segment"]) == (None, None)
        else:
            assert (row["r"], row["f"], row["m"]) == (r, f, m)
            assert row["segment"] == SEGMENT[r, (f + m + 1) // 2]


SEGMENT = {
    **dict.fromkeys([(5, 4), (5, 5)], "champions"),
    **dict.fromkeys([(3, 4), (3, 5), (4, 4), (4, 5)], "loyal"),
    **dict.fromkeys([(4, 2), (4, 3), (5, 2), (5, 3)], "potential"),
    (5, 1): "new",
    (4, 1): "promising",
    (3, 3): "attention",
    **dict.fromkeys([(3, 1), (3, 2)], "about_to_sleep"),
    **dict.fromkeys([(2, 3), (2, 4), (2, 5), (1, 3)], "at_risk"),
    **dict.fromkeys([(1, 4), (1, 5)], "cannot_lose"),
    **dict.fromkeys([(2, 1), (2, 2)], "hibernating"),
    **dict.fromkeys([(1, 1), (1, 2)], "lost"),
}
"""The definition's map: R and FM."""


def hundred(books: Books) -> Books:
    """Person n ordered n days ago; every tenth twice, every tenth of twenty for much."""
    for person in range(1, 101):
        when = days_after("2024-05-31 12:00", -person)
        books.order(when, person, "900.00" if person % 20 == 0 else "20.00")
        if person % 10 == 0:
            books.order(when, person, "20.00")
    books.synced("2024-06-01")
    return books.save()


def test_one_record_for_each_segment_and_a_total(books: Books) -> None:
    figures = hundred(books).ask("rfm", period="2024-05").figures
    assert [figure.group and figure.group["segment"] for figure in figures] == [*SEGMENTS, None]
    total = figures[-1].to_json("en")
    assert (total["value"], total["unit"], total["currency"]) == (100, "count", "EUR")
    assert sum(int(figure.value or 0) for figure in figures[:-1]) == 100
    by_name = {figure.group["segment"]: figure.to_json("en") for figure in figures[:-1] if figure.group}
    # R 5 are persons 1 to 20. F and M of 10 and 20 are above ninety others: 5; all others 1.
    assert by_name["champions"]["value"] == 2
    assert by_name["new"]["value"] == 18
    assert by_name["cannot_lose"]["value"] == 2
    assert by_name["champions"]["share"] == 0.02
    assert by_name["champions"]["monetary"] == "480.00"
    assert by_name["champions"]["frequency"] == 2
    assert by_name["champions"]["recency_days"] == 15
    assert by_name["attention"]["value"] == 0
    assert by_name["attention"]["monetary"] is None


def test_the_rows_hold_every_persons_scores(books: Books) -> None:
    hundred(books)
    frame = rows_behind(books.store, "rfm", clock=books.clock, zone=BERLIN)
    tenth = frame.filter(pl.col("person_id") == 20).row(0, named=True)
    assert (tenth["state"], tenth["r"], tenth["f"], tenth["m"]) == ("champions", 5, 5, 5)
    assert (tenth["frequency"], float(tenth["monetary"]), tenth["currency"]) == (2, 920.0, "EUR")


def test_below_fifty_persons_there_are_no_segments(books: Books) -> None:
    books.order("2024-05-01", 1)
    books.order("2020-05-01", 2)
    books.synced("2024-06-01")
    (total,) = books.save().ask("rfm", period="2024-05").figures
    record = total.to_json("en")
    assert (record["value"], record["group"]) == (1, None)
    assert any("too few for scores" in note for note in record["notes"])
    frame = rows_behind(books.store, "rfm", clock=books.clock, zone=BERLIN)
    assert frame.select("person_id", "frequency", "r").rows() == [(1, 1, None)]


def test_nobody_in_the_look_back(books: Books) -> None:
    books.order("2020-05-01", 2)
    books.save()
    (total,) = books.ask("rfm").figures
    assert total.to_json("de")["reason"] == "keine Kunden in den letzten 24 Monaten"


@pytest.mark.parametrize("language", ["en", "de"])
def test_segments_have_names_on_the_screen(new_books: Callable[..., Books], language: str) -> None:
    from rich.console import Console

    from connector.export.figures import to_table

    evaluation = hundred(new_books()).ask("rfm", period="2024-05", language=language)
    out = io.StringIO()
    Console(width=120, file=out).print(to_table(evaluation))
    assert ("Champions" if language == "en" else "Beste Kunden") in out.getvalue()
