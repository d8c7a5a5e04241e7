"""The list of figures: complete, in both languages, and quick to load."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from connector.errors import UsageError
from connector.kpi.dimensions import DIMENSIONS
from connector.kpi.options import KpiOptions
from connector.kpi.registry import KPIS, available, chosen, headline
from connector.kpi.shop.figures import SHOP
from connector.messages.kpi_definitions import DEFINITIONS
from connector.messages.kpi_examples import EXAMPLES

OPTIONS = KpiOptions()


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)
def test_every_figure_is_whole(kpi: object) -> None:
    from connector.kpi.definition import Kpi

    assert isinstance(kpi, Kpi)
    module, _, function = kpi.function.partition(":")
    assert callable(getattr(import_module(f"connector.kpi.{module}"), function))
    for language in ("en", "de"):
        for text in (kpi.label, kpi.question, kpi.formula):
            assert text.render(language)
    assert kpi.question.render("en").endswith("?")
    assert kpi.label.render("en") != kpi.label.render("de") or kpi.id == "crr"
    assert set(kpi.dimensions) <= set(DIMENSIONS)
    for option in kpi.options:
        OPTIONS.value(option)


def test_where_customers_came_from_is_told_by_first_orders_only_where_these_are_read() -> None:
    assert all(kpi.history and kpi.persons for kpi in SHOP if kpi.first_touch)


def test_every_figure_of_the_shop_has_an_example_and_none_is_left_over() -> None:
    assert all(kpi.example is not None for kpi in SHOP)
    assert set(EXAMPLES.en) <= {kpi.words or kpi.id for kpi in KPIS}


def test_no_words_are_left_over() -> None:
    used = {kpi.words or kpi.id for kpi in KPIS}
    assert {key.rpartition(".")[0] for key in DEFINITIONS.en} == used
    assert DEFINITIONS.en.keys() == DEFINITIONS.de.keys()


def test_ids_are_unique_and_the_headline_set_is_as_promised() -> None:
    assert len({kpi.id for kpi in KPIS}) == len(KPIS)
    assert [kpi.id for kpi in headline(OPTIONS)] == [
        "orders",
        "net_revenue",
        "aov",
        "customers",
        "new_customers",
        "returning_customers",
        "crr",
        "crr_textbook",
        "repeat_rate",
        "repeat_within_90",
        "refund_rate_orders",
        "contact_volume",
        "frt",
        "full_resolution_time",
        "fcr",
        "csat",
    ]


def test_windows_follow_the_options() -> None:
    options = OPTIONS.with_override("repeat.windows=[45, 14]")
    ids = [kpi.id for kpi in available(options) if kpi.id.startswith("repeat_within")]
    fixed = ["repeat_within_14", "repeat_within_45", "repeat_within_90"]
    assert ids == [*fixed, *(f"{id}_km" for id in fixed)]
    with pytest.raises(UsageError) as error:
        chosen(["repeat_within_30"], options)
    assert "30" in str(error.value)
    assert error.value.advice is not None
    assert "--set repeat.windows=[30]" in error.value.advice.render("en")


def test_an_unknown_figure_names_the_nearest_ones() -> None:
    with pytest.raises(UsageError) as error:
        chosen(["net_revenu"], OPTIONS)
    assert error.value.advice is not None
    assert "net_revenue" in error.value.advice.render("de")
    with pytest.raises(UsageError) as error:
        chosen(["zzz"], OPTIONS)
    assert error.value.advice is not None
    assert "cohorts" in error.value.advice.render("de")


def test_a_figure_named_twice_is_shown_once() -> None:
    assert [kpi.id for kpi in chosen(["crr", "CRR_textbook", "crr"], OPTIONS)] == ["crr", "crr_textbook"]


def test_definitions_and_options_load_without_polars() -> None:
    program = (
        "import sys; import connector.kpi.registry, connector.kpi.options, connector.kpi.result, connector.kpi.period; "
        "sys.exit(sum(name in sys.modules for name in ('polars', 'sqlalchemy', 'sqlmodel', 'msgspec')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
