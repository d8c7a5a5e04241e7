"""Exports of the usual tools are recognised, and what is not certain is said or asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connector.errors import UnexpectedPayload
from connector.surveys.proposal import Proposal, propose, sampled
from connector.surveys.sheets import open_sheet

SAMPLES = Path(__file__).parents[1] / "fixtures" / "surveys"


def proposed(name: str, ces: int | None = 2) -> Proposal:
    with open_sheet(SAMPLES / name) as sheet:
        return propose(sheet.names, sampled(sheet.rows), survey="x", zone="Europe/Berlin", ces=ces, file="config.yaml")


def from_columns(survey: str = "x", ces: int | None = None, **columns: list[str]) -> dict[str, Any]:
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return propose(list(columns), rows, survey=survey, zone="UTC", ces=ces, file="config.yaml").entry


@pytest.mark.parametrize(
    ("name", "said", "measured"),
    [
        ("typeform.csv", {"id": "#", "email": "email", "order": "order_id"}, ["nps", "csat", "ces"]),
        ("surveymonkey_condensed.csv", {"id": "Respondent ID", "email": "Email Address"}, ["csat", "nps"]),
        ("google_forms_de.csv", {"email": "E-Mail-Adresse", "order": "Bestellnummer"}, ["nps", "csat", "ces"]),
        ("google_forms_en.csv", {"email": "Email Address"}, ["nps", "csat"]),
        ("excel_german_semicolon_bom.csv", {"email": "E-Mail"}, ["nps", "csat", "ces"]),
        ("generic_long_format.csv", {"conversation": "conversation_reference"}, ["nps", "csat", "ces"]),
        ("delighted_survey_responses.json", {"id": "id", "email": "person.email"}, ["nps", "csat"]),
    ],
)
def test_exports_of_the_usual_tools(name: str, said: dict[str, str], measured: list[str]) -> None:
    entry = proposed(name).entry
    assert {key: entry.get(key) for key in said} == said
    assert [one["kind"] for one in entry["metrics"]] == measured


def test_when_it_was_answered() -> None:
    assert proposed("typeform.csv").entry["answered_at"] == {"column": "Submit Date (UTC)"}
    assert "timezone" not in proposed("typeform.csv").entry
    assert proposed("surveymonkey_condensed.csv").entry["answered_at"] == {
        "column": "End Date",
        "otherwise": "Start Date",
        "format": "%m/%d/%Y %I:%M:%S %p",
    }
    assert proposed("google_forms_en.csv").entry["answered_at"]["format"] == [
        "%Y/%m/%d %I:%M:%S %p %z",
        "%m/%d/%Y %H:%M:%S",
    ]
    assert proposed("google_forms_en.csv").entry["timezone"] == "Europe/Berlin"
    assert any(notice.key == "doubtful_dates" for notice in proposed("google_forms_en.csv").notices)


def test_answers_in_words_have_scores() -> None:
    csat, ces = proposed("google_forms_de.csv").entry["metrics"][1:]
    assert csat["labels"]["eher unzufrieden"] == 2
    assert (ces["scale"], ces["labels"]["stimme eher nicht zu"]) == ([1, 7], 3)


@pytest.mark.parametrize(
    ("values", "scale"),
    [(["1", "0"], [0, 1]), (["5", "1"], [1, 5]), (["4,5", "3"], [1, 5]), (["9", "10"], [1, 10])],
)
def test_the_scale_of_satisfaction_is_seen(values: list[str], scale: list[int]) -> None:
    entry = from_columns(date=["2026-10-03"] * 2, csat=values)
    assert entry["metrics"][0]["scale"] == scale


def test_good_and_bad() -> None:
    (metric,) = from_columns(date=["2026-10-03"] * 2, csat=["Good", "bad"])["metrics"]
    assert (metric["scale"], metric["labels"]) == ([0, 1], {"good": 1, "bad": 0})


def test_a_bare_score_is_what_the_survey_is_called() -> None:
    columns = {"created": ["2026-10-03", "2026-10-04"], "score": ["9", "3"]}
    assert from_columns("nps-2026", **columns)["metrics"][0]["kind"] == "nps"
    with pytest.raises(UnexpectedPayload, match="No column was recognised"):
        from_columns("autumn", **columns)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wie wahrscheinlich empfehlen Sie uns weiter? (0-10)", "nps"),
        ("Würden Sie uns weiterempfehlen?", "nps"),
        ("How likely are you to recommend us?", "nps"),
        ("Ihre Zufriedenheit mit der Lieferung", "csat"),
        ("How satisfied are you?", "csat"),
        ("It was easy to return the parcel", "ces"),
        ("Mein Anliegen zu lösen war einfach", "ces"),
    ],
)
def test_questions_are_known_by_their_words(question: str, kind: str) -> None:
    entry = from_columns(ces=2, **{"date": ["2026-10-03"] * 2, question: ["5", "4"]})
    assert [one["kind"] for one in entry["metrics"]] == [kind]


def test_row_numbers_are_no_ids() -> None:
    assert "id" not in from_columns(**{"#": ["1", "2"], "date": ["2026-10-03"] * 2, "nps": ["9", "3"]})
    assert "id" not in from_columns(id=["7", "7"], date=["2026-10-03"] * 2, nps=["9", "3"])
    assert from_columns(id=["7", "8"], date=["2026-10-03"] * 2, nps=["9", "3"])["id"] == "id"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Recommend us? 1 to 10": ["9"]}, "from 1 to 10. NPS is asked from 0 to 10"),
        ({"Zufrieden (1-7)": ["6"]}, "for which no rule is agreed"),
        ({"csat": ["meh", "meh", "yay", "yay"]}, "holds answers in words that are not known: meh, yay"),
        ({"How much effort did it take?": ["2"]}, "asks about effort"),
        ({"It was easy (1-5)": ["2"]}, "asks about effort"),
    ],
)
def test_what_cannot_be_proposed(columns: dict[str, list[str]], said: str) -> None:
    rows = len(next(iter(columns.values())))
    with pytest.raises(UnexpectedPayload, match=said) as caught:
        from_columns(**{"date": ["2026-10-03"] * rows, **columns})
    assert caught.value.advice is not None


def test_the_stated_question_must_be_on_its_scale() -> None:
    with pytest.raises(UnexpectedPayload, match="from 1 to 5, which is not that of --ces"):
        from_columns(ces=2, **{"date": ["2026-10-03"], "It was easy (1-5)": ["2"]})


def test_a_comment_about_the_score_is_no_score() -> None:
    entry = from_columns(
        **{
            "date": ["2026-10-03"] * 2,
            "Why are you satisfied?": ["It came fast", "Good tea"],
            "How satisfied are you?": ["5", "4"],
        }
    )
    assert [one["column"] for one in entry["metrics"]] == ["How satisfied are you?"]
