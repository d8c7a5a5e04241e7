"""Words by which columns and answers are known, in German and English. All in lower case, blanks single.

Headings come from public exports of the tools and from what people write into spreadsheets.
"""

from __future__ import annotations

import re

from connector.surveys.mapping import Metric, Scale

ID = (
    "response id",
    "response_id",
    "respondent id",
    "antwort-id",
    "antwort id",
    "antwortnummer",
    "umfrage-id",
    "id",
    "#",
)
EMAIL = (
    "e-mail", "email", "mail", "e-mail-adresse", "email-adresse", "e-mail adresse", "email address", "e-mail address",
    "mailadresse", "person.email", "customer_email", "customer email", "kunden-e-mail", "e-mail des kunden",
)  # fmt: skip
ORDER = (
    "order_id", "order id", "order", "order number", "order_number", "order no", "order_reference", "order reference",
    "bestellnummer", "bestell-nr", "bestell-nr.", "bestellnr", "bestellnr.", "bestellung", "auftragsnummer",
    "person_properties.order_id",
)  # fmt: skip
CONVERSATION = (
    "conversation", "conversation_id", "conversation id", "conversation_reference", "ticket", "ticket id", "ticket_id",
    "ticket number", "ticketnummer", "ticket-nr", "ticket-nr.", "chat id", "chat_id", "unterhaltung", "vorgang",
    "person_properties.ticket_id",
)  # fmt: skip
CHANNEL = ("channel", "kanal", "kontaktkanal", "contact channel")
AGENT = ("agent", "agent name", "assignee", "mitarbeiter", "mitarbeiterin", "bearbeiter", "bearbeiterin")
ANSWERED = (
    "submit date (utc)", "submitted at", "submitted_at", "submit date", "end date", "enddatum", "answered_at",
    "answered at", "response date", "responded_at", "timestamp", "zeitstempel", "created_at", "created at",
    "beantwortet am", "datum/uhrzeit", "datum", "date", "zeit", "time", "start date (utc)", "start date", "startdatum",
)  # fmt: skip
BEGUN = {"end date": ("start date",), "enddatum": ("startdatum",), "submit date (utc)": ("start date (utc)",)}
"""Where the end is missing in a partial answer, the beginning stands for it."""

METRIC = ("metric", "metrik", "kennzahl", "survey_type", "survey type")
SCORE = ("score", "punktzahl", "punkte", "wert", "bewertung", "rating", "note")
SCALE_MAX = ("scale_max", "scale max", "skala_max")

QUESTIONS: tuple[tuple[Metric, re.Pattern[str]], ...] = (
    ("nps", re.compile(r"\be?nps\b|net promoter|recommend|empf[ei]e?hl")),
    ("ces", re.compile(r"\bces\b|\beffort\b|\beasy\b|aufwand|einfach|leicht gemacht|mühe")),
    ("csat", re.compile(r"\bcsat\b|satisf|zufrieden")),
)
"""What a question is about, looked for in this order."""

SCALE_IN_WORDS = re.compile(r"\b(\d{1,2})\s*(?:-|–|to|bis|…|\.\.)\s*(\d{1,2})\b")
"""`(1-10)`, `von 0 bis 10` in a question."""

_SATISFACTION: tuple[tuple[str, ...], ...] = (
    ("very satisfied", "satisfied", "neither satisfied nor dissatisfied", "dissatisfied", "very dissatisfied"),
    ("extremely satisfied", "satisfied", "neutral", "dissatisfied", "extremely dissatisfied"),
    ("very satisfied", "somewhat satisfied", "neither satisfied nor dissatisfied", "somewhat dissatisfied",
     "very dissatisfied"),
    ("sehr zufrieden", "zufrieden", "teils/teils", "eher unzufrieden", "sehr unzufrieden"),
    ("sehr zufrieden", "eher zufrieden", "weder noch", "eher unzufrieden", "sehr unzufrieden"),
    ("sehr zufrieden", "zufrieden", "neutral", "unzufrieden", "sehr unzufrieden"),
)  # fmt: skip
_AGREEMENT: tuple[tuple[str, ...], ...] = (
    ("strongly agree", "agree", "somewhat agree", "neither agree nor disagree", "somewhat disagree", "disagree",
     "strongly disagree"),
    ("stimme voll zu", "stimme zu", "stimme eher zu", "teils/teils", "stimme eher nicht zu", "stimme nicht zu",
     "stimme überhaupt nicht zu"),
    ("stimme voll und ganz zu", "stimme zu", "stimme eher zu", "weder noch", "stimme eher nicht zu",
     "stimme nicht zu", "stimme gar nicht zu"),
)  # fmt: skip
_EFFORT: tuple[tuple[str, ...], ...] = (
    ("very high effort", "high effort", "neutral", "low effort", "very low effort"),
    ("sehr hoher aufwand", "hoher aufwand", "mittlerer aufwand", "geringer aufwand", "sehr geringer aufwand"),
)
_TWO_POINT: tuple[tuple[str, ...], ...] = (
    ("good", "bad"),
    ("gut", "schlecht"),
    ("satisfied", "dissatisfied"),
    ("zufrieden", "unzufrieden"),
    ("yes", "no"),
    ("ja", "nein"),
    ("👍", "👎"),
)
_THREE_POINT: tuple[tuple[str, ...], ...] = (
    ("good", "neutral", "bad"),
    ("gut", "mittel", "schlecht"),
    ("happy", "neutral", "unhappy"),
    ("😀", "😐", "🙁"),
)

ANSWERS: dict[tuple[Metric, Scale], tuple[tuple[str, ...], ...]] = {
    ("csat", (1, 5)): _SATISFACTION,
    ("csat", (0, 1)): _TWO_POINT,
    ("csat", (1, 3)): _THREE_POINT,
    ("ces", (1, 7)): _AGREEMENT,
    ("ces", (1, 5)): _EFFORT,
}
"""Sets of answers in words, from the highest score to the lowest."""


def labels_for(kind: Metric, scale: Scale, given: set[str]) -> dict[str, int] | None:
    """The scores of a set of answers that holds all words given, else of those sets together; None where they lack one.

    A word has the same score in all sets of a scale, so that sets may be put together.
    """
    high = scale[1]
    together: dict[str, int] = {}
    for words in ANSWERS.get((kind, scale), ()):
        scores = {word: high - place for place, word in enumerate(words)}
        if given <= scores.keys():
            return scores
        if given & scores.keys():
            together.update(scores)
    return together if given <= together.keys() else None
