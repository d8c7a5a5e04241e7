"""The workbook's sheet about the service: all figures of the definitions' section 5, and their course by weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from connector.export.exporting import export_workbook
from connector.export.material import Request
from connector.export.weekly import SHOWN, weekly_service
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import BERLIN
from tests.kpi.talks import Talks, later


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    """A ticket every other day of a March, solved after a day; on the last day of the month one stays open."""
    store: Store = open_store(f"sqlite:///{tmp_path / 'desk.db'}", clock=FakeClock())
    talks = Talks(store, now="2024-04-20 12:00")
    for day in range(1, 31, 2):
        created = f"2024-03-{day:02d} 10:00"
        solved = later(created, 24 * 60)
        talks.talk(created, (created, "customer"), (later(created, 30), "agent"), (solved, "solved"), person=day)
    talks.talk("2024-03-31 12:00", ("2024-03-31 12:00", "customer"), person=99)
    return talks.save()


def test_weeks_add_up_and_the_backlog_is_that_of_their_last_day(talks: Talks) -> None:
    when = asked("2024-03", None, None, BERLIN, talks.clock.now())
    assert when is not None
    course = weekly_service(
        talks.store, options=KpiOptions(), zone=BERLIN, asked=when, filters={}, now=talks.clock.now()
    )
    assert [kpi.id for kpi in course.kpis] == list(SHOWN)
    by_week = {str(monday): dict(zip(SHOWN, values, strict=True)) for monday, values in course.weeks}
    assert list(by_week) == ["2024-03-04", "2024-03-11", "2024-03-18", "2024-03-25"]
    assert [week["contact_volume"] for week in by_week.values()] == [3, 4, 3, 4]
    assert [week["solved_volume"] for week in by_week.values()] == [4, 3, 4, 3]
    assert [week["backlog"] for week in by_week.values()] == [0, 1, 0, 1]
    assert by_week["2024-03-11"]["frt"] == 1800
    assert by_week["2024-03-11"]["missed_chats"] is None
    assert (
        weekly_service(
            talks.store,
            options=KpiOptions(),
            zone=BERLIN,
            asked=when,
            filters={"country": ["DE"]},
            now=talks.clock.now(),
        ).weeks
        == ()
    )


def test_the_sheet_holds_the_figures_and_the_weeks(talks: Talks, tmp_path: Path) -> None:
    request = Request(
        zone=BERLIN, language="de", asked=asked("2024-03", None, None, BERLIN, talks.clock.now()), tables=["kpis"]
    )
    export_workbook(talks.store, tmp_path / "report.xlsx", request, clock=talks.clock)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    by_label = {row[0].value: [cell.value for cell in row] for row in book["Kundendienst"].iter_rows()}
    assert by_label["Gespräche"][1] == 16
    assert by_label["Zeit bis zur ersten Antwort"][1] == timedelta(minutes=30)
    weeks = book["Kundendienst nach Wochen"]
    course = {row[0].value: [cell.value for cell in row] for row in weeks.iter_rows()}
    assert course["Woche ab"][1:4] == ["Gespräche", "Gelöste Gespräche", "Rückstand"]
    assert course[datetime(2024, 3, 11)][1:4] == [4, 3, 1]  # noqa: DTZ001  (a sheet knows no zones)
    assert (weeks["A4"].number_format, weeks.freeze_panes) == ("dd.mm.yyyy", "B4")
    talks.store.close()
