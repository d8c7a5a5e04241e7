"""Invented people: the same cast for every simulator, so that a shop's customers and a help desk's overlap.

Nobody here exists. E-mail addresses lie under names reserved for examples (RFC 2606), phone numbers follow no real
subscriber, and names are drawn from lists of common given and family names.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

# (country, weight, cities with their postcodes and streets)
_PLACES = (
    (
        "DE",
        62,
        (("München", "80331"), ("Köln", "50667"), ("Düsseldorf", "40213"), ("Görlitz", "02826"), ("Kiel", "24103")),
    ),
    ("AT", 14, (("Wien", "1010"), ("Sankt Pölten", "3100"), ("Graz", "8010"))),
    ("CH", 14, (("Zürich", "8001"), ("Genève", "1201"), ("Bern", "3011"))),
    ("FR", 10, (("Orléans", "45000"), ("Besançon", "25000"), ("Strasbourg", "67000"))),
)
_STREETS = {
    "DE": "Königstraße {}",
    "AT": "Mariengasse {}",
    "CH": "Seestrasse {}",
    "FR": "{} rue de l'Église",
}
_DIALLING = {"DE": "+49 89 1{:05d}", "AT": "+43 1 1{:05d}", "CH": "+41 44 1{:05d}", "FR": "+33 2 1{:05d}"}

_FIRST = (
    *("Anna", "Jürgen", "Sören", "Zoë", "Łukasz", "Björk", "Inês", "Nguyễn", "Fatma", "Håkon", "Siobhán", "Mehmet"),
    *("Bärbel", "Günther", "José", "Chloé", "Dvořák", "Åsa", "Ömer", "Marie-Luise", "Wei", "さくら", "민준", "Ольга"),
    *("Ángel", "Käthe", "Renée", "Ebru", "Lars", "Katarzyna", "Thị Hương", "D'Angelo", "Emre", "Vera", "Paul", "Ida"),
)
_LAST = (
    *("Müller", "Größle", "Schäfer", "O'Brien", "Þórsdóttir", "佐藤", "Петрова", "Lefèvre", "von der Heide", "Weiß"),
    *("Kowalczyk", "Şahin", "Nguyễn", "D'Amico", "Sørensen", "Çelik", "Núñez", "Hübner-Strauß", "陈", "이", "Ångström"),
    *("Dupont", "MacDonald", "Székely", "Bauer", "Ó Súilleabháin", "Kraus", "Jansen", "Böhm", "Fischer", "Öztürk"),
)
# Names that a spreadsheet would take for a formula. People and bots do type such things into forms.
_HOSTILE = (
    ('=HYPERLINK("http://example.test";"Klick")', "Tabelle"),
    ("@SUM(1+1)", "Formel"),
    ("+49", "Nummer"),
    ("-1+2", "Minus"),
    ("=cmd|' /C calc'!A0", "Rechner"),
    ("<b>Fett</b>", "& Söhne"),
    ("Łucja 🌿", "Teeblatt 🍵"),
)
_COMPANIES = ("Bäckerei Weiß & Söhne GmbH", "Café „Königssee“", "O'Reilly Tea Ltd.", "=Formel AG", "Maison Élodie")
_DOMAINS = ("example.test", "example.org", "mail.example.test", "post.example.org", "example.net", "web.example.com")


@dataclass(frozen=True, slots=True)
class PretendPerson:
    """Somebody invented. `number` is the place in the cast."""

    number: int
    first_name: str
    last_name: str
    company: str  # mostly empty
    email: str  # in lower case
    typed_email: str  # the same address as this person tends to type it, often in another letter case
    second_email: str | None  # another address some use elsewhere
    phone: str
    street: str
    city: str
    postcode: str
    country: str  # ISO 3166-1 alpha-2
    language: str  # "de" | "fr" | "en"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def cast(seed: int, count: int) -> list[PretendPerson]:
    """The first `count` people of the cast of `seed`. A longer cast begins with the same people."""
    return [person(seed, number) for number in range(1, count + 1)]


def person(seed: int, number: int) -> PretendPerson:
    """The person at a place of the cast, the first being 1."""
    random = Random(f"{seed}/{number}")
    country, _, cities = random.choices(_PLACES, weights=[weight for _, weight, _ in _PLACES])[0]
    city, postcode = random.choice(cities)
    first, last = random.choice(_FIRST), random.choice(_LAST)
    if number % 41 == 0:
        first, last = _HOSTILE[number // 41 % len(_HOSTILE)]
    domain = random.choice(_DOMAINS)
    local = random.choice(("kunde{}", "post{}", "tee.freund{}", "k{}+tee", "rechnung_{}")).format(number)
    email = f"{local}@{domain}"
    language = "fr" if city in ("Genève", "Orléans", "Besançon", "Strasbourg") else random.choice(("de",) * 9 + ("en",))
    return PretendPerson(
        number=number,
        first_name=first,
        last_name=last,
        company=random.choice(_COMPANIES) if random.random() < 0.06 else "",
        email=email,
        typed_email=random.choice((email, email, email.capitalize(), email.upper(), f"{local.title()}@{domain}")),
        second_email=f"privat{number}@{random.choice(_DOMAINS)}" if random.random() < 0.12 else None,
        phone=_DIALLING[country].format(number % 100_000),
        street=_STREETS[country].format(random.randint(1, 120)),
        city=city,
        postcode=postcode,
        country=country,
        language=language,
    )
