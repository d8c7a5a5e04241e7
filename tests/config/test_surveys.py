"""The `surveys` block of config.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.config.example import example
from tests.config.conftest import Write, loaded, mistakes, with_ledger

SURVEY = """\
surveys:
  post-purchase:
    kind: transactional
    files: inbox/nps-*.csv
    id: "#"
    email: E-Mail
    order: Bestellnummer
    answered_at: {column: Datum, format: "%d.%m.%Y %H:%M"}
    delimiter: ";"
    encoding: utf-8
    header_rows: 1
    metrics:
      - {kind: nps, column: NPS, scale: [0, 10], direction: high_is_good}
      - {kind: csat, column: 3, labels: {Sehr zufrieden: 5, Unzufrieden: 2}}
      - {kind: ces, column: CES, scale: [1, 7], direction: high_is_good}
"""


def survey(metric: str, more: str = "", top: str = "") -> str:
    return with_ledger(
        top=f"{top}surveys:\n  x:\n    kind: relational\n    answered_at: {{column: Datum}}\n{more}"
        f"    metrics: [{metric}]\n"
    )


def test_a_survey_is_a_source_named_as_it_is(write: Write, tmp_path: Path) -> None:
    config = loaded(write(with_ledger(top=SURVEY)))
    assert list(config.sources) == ["shop", "post-purchase"]
    settings = config.sources["post-purchase"]
    assert (settings.adapter, settings.timezone, settings.schedule) == ("survey_files", "Europe/Berlin", "15m")
    assert settings.patterns == (str(tmp_path / "inbox" / "nps-*.csv"),)  # type: ignore[attr-defined]
    assert settings.url == (tmp_path / "inbox").as_uri()


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("{kind: nps, column: A, scale: [1, 10]}", "surveys.x.metrics[0]: NPS is asked on a scale from 0 to 10."),
        ("{kind: nps, column: A, direction: low_is_good}", "surveys.x.metrics[0]: In NPS a high score is good"),
        ("{kind: csat, column: A, scale: [1, 7]}", "surveys.x.metrics[0]: Satisfaction is counted on"),
        ("{kind: ces, column: A}", "surveys.x.metrics[0]: State `scale` and `direction`"),
        ("{kind: ces, column: A, scale: [1, 7]}", "surveys.x.metrics[0]: State `scale` and `direction`"),
        (
            "{kind: ces, column: A, scale: [1, 7], direction: low_is_good}",
            "surveys.x.metrics[0]: Effort is asked either as",
        ),
        ("{kind: csat, column: A, labels: {super: 6}}", "surveys.x.metrics[0]: A score in labels lies outside"),
        ("{kind: csat, column: 0}", "surveys.x.metrics[0].column: A column's number is counted from 1."),
        ("{kind: rating, column: A}", "surveys.x.metrics[0].kind: One of these belongs here: nps, csat, ces."),
        ("{kind: nps, column: A, weight: 2}", "surveys.x.metrics[0].weight: This key is not known here"),
        ("", "surveys.x.metrics: At least 1 entries"),
    ],
)
def test_what_a_metric_cannot_be(write: Write, metric: str, said: str) -> None:
    (found,) = mistakes(write(survey(metric)))
    assert found.startswith(said)


def test_the_option_states_what_an_effort_question_does_not(write: Write) -> None:
    config = loaded(write(survey("{kind: ces, column: A}", top="ces: {version: 1}\n")))
    (metric,) = config.sources["x"].metrics  # type: ignore[attr-defined]
    assert (metric.scale, metric.direction) == ((1, 5), "low_is_good")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("shop", "surveys.shop: A source has this name too."),
        ("Shop", "surveys.Shop: This name differs from `shop` only in upper and lower case."),
        ("a b", "surveys.a b: A source's name consists of letters"),
    ],
)
def test_names_of_surveys_and_sources_differ(write: Write, entry: str, said: str) -> None:
    top = (
        f"surveys:\n  {entry}:\n    kind: relational\n    answered_at: {{column: D}}\n"
        "    metrics: [{kind: nps, column: N}]\n"
    )
    (found,) = mistakes(write(with_ledger(top=top)))
    assert found.startswith(said)


def test_a_survey_does_not_stand_under_sources(write: Write) -> None:
    found = mistakes(write(with_ledger() + "  x: {adapter: survey_files}\n"))
    assert any("Such a source stands under `surveys`" in one for one in found)


def test_the_example_is_a_survey_that_can_be(write: Write) -> None:
    text = example({})
    block = text[text.index("\nsurveys:") + 1 :].split("\n\n")[0]
    assert loaded(write(with_ledger(top=block + "\n"))).sources["after-purchase"].adapter == "survey_files"
