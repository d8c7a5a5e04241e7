"""Short flags of the command line are nothing but options."""

from __future__ import annotations

import pytest

from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from connector.kpi.short_flags import SHORT_FLAGS, with_short_flags


@pytest.mark.parametrize(
    ("given", "option", "value"),
    [
        ({"short_grain": "week"}, "cohorts.grain", "week"),
        ({"short_method": "km"}, "repeat.method", "km"),
        ({"short_method": "one_touch"}, "fcr.method", "one_touch"),
        ({"short_active_days": "auto"}, "retention.active_days", "auto"),
        ({"short_active_days": "90"}, "retention.active_days", 90),
        ({"short_line_level": True}, "orders.line_level", True),
        ({"short_line_level": False}, "orders.line_level", False),
        ({"short_grain": None, "other": "x"}, "cohorts.grain", "month"),
    ],
)
def test_a_flag_sets_its_option(given: dict[str, str | bool | None], option: str, value: object) -> None:
    assert with_short_flags(KpiOptions(), given).value(option) == value


def test_what_an_option_does_not_take_its_flag_does_not_take() -> None:
    for flag in SHORT_FLAGS:
        if flag.value is None:
            with pytest.raises(UsageError) as error:
                with_short_flags(KpiOptions(), {flag.key: "no such thing"})
            assert error.value.exit_code == 2


def test_every_flag_sets_an_option_that_exists() -> None:
    for flag in SHORT_FLAGS:
        for option in flag.options:
            KpiOptions().value(option)


def test_names_are_written_with_hyphens_and_each_once() -> None:
    names = [flag.name for flag in SHORT_FLAGS]
    assert len(set(names)) == len(names)
    assert not any("_" in name for name in names)
