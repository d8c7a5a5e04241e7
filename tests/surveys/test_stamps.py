"""Instants as survey tools write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from connector.instants import to_utc_text
from connector.surveys.stamps import formats_of, instant

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-10-03T09:05:40Z", "2026-10-03T09:05:40Z"),
        ("2026-10-03 11:05:40", "2026-10-03T09:05:40Z"),
        ("2026-10-03", "2026-10-02T22:00:00Z"),
        ("2026/10/03 11:05:40 AM GMT+2", "2026-10-03T09:05:40Z"),
        ("2026/10/03 11:05:40 AM GMT+5:30", "2026-10-03T05:35:40Z"),
        ("2026-10-03 09:05:40 UTC", "2026-10-03T09:05:40Z"),
        ("10/13/2026 12:06:40 PM", "2026-10-13T10:06:40Z"),
        ("13/10/2026 12:06", "2026-10-13T10:06:00Z"),
        ("3.10.2026 11:05", "2026-10-03T09:05:00Z"),
        ("1790850000", "2026-10-01T10:20:00Z"),
        ("1790850000123", "2026-10-01T10:20:00Z"),
        ("25.10.2026 02:30", "2026-10-25T00:30:00Z"),  # comes twice: the first
    ],
)
def test_what_a_stamp_means(text: str, utc: str) -> None:
    formats, _ = formats_of([text])
    assert to_utc_text(instant(text, formats, BERLIN)) == utc


@pytest.mark.parametrize("text", ["", "yesterday", "31.02.2026", "10/13/2026 25:00", "99999999999999999999"])
def test_what_is_no_stamp(text: str) -> None:
    formats, _ = formats_of(["01.02.2026 10:00", "10/13/2026 10:00", "1790850000"])
    with pytest.raises(ValueError, match="not a date"):
        instant(text, formats, BERLIN)


def test_day_or_month_first_is_told_by_what_fits() -> None:
    assert formats_of(["03/04/2026", "13/04/2026"]) == (["%d/%m/%Y"], False)
    assert formats_of(["03/04/2026", "04/13/2026"]) == (["%m/%d/%Y"], False)
    assert formats_of(["03/04/2026"]) == (["%m/%d/%Y"], True)
    assert formats_of(["2026-04-03", "2026-04-03T10:00:00+02:00"]) == ([], False)
