"""Weekly opening hours."""

from __future__ import annotations

from typing import Any

import pytest

from connector.config.opening import days_of, problems, spans


def test_days_and_spans() -> None:
    assert days_of("mon-fri") == ("mon", "tue", "wed", "thu", "fri")
    assert days_of("sat-mon") == ("sat", "sun", "mon")
    assert days_of("sun") == ("sun",)
    assert days_of("freitag") == ()
    assert spans("09:00-12:30, 13:00-24:00") == [(540, 750), (780, 1440)]
    assert spans("9-17") is None
    assert spans("24:30-25:00") is None


@pytest.mark.parametrize(
    ("hours", "wrong"),
    [
        ({"mon-fri": "09:00-18:00", "sat": "10:00-14:00", "holidays": "DE-BY"}, []),
        ({"holidays": ["2026-12-24", "2026-12-31"]}, []),
        ({"mon-fri": "09:00-18:00", "wed": "09:00-12:00"}, ["wed"]),
        ({"mon": "18:00-09:00"}, ["mon"]),
        ({"mon": "09:00-12:00, 11:00-13:00"}, ["mon"]),
        ({"holidays": ["24.12."]}, ["holidays"]),
        ({"holidays": 3}, ["holidays"]),
    ],
)
def test_what_they_cannot_be(hours: dict[str, Any], wrong: list[str]) -> None:
    assert [problem.path[-1] for problem in problems(hours, ("business_hours",))] == wrong
