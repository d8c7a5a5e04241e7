"""Order numbers in what people write."""

from __future__ import annotations

import pytest

from connector.order_numbers import LONGEST, MOST, order_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wo bleibt meine Bestellung 1042?", ["1042"]),
        ("Bestellnr. 1042, Auftragsnummer: SH-2077", ["1042", "SH-2077"]),
        ("order no. 1042 and order #1043", ["1042", "1043"]),
        ("ma commande n° 1042", ["1042"]),
        ("(#1042) und #1042", ["1042"]),
        ("# 1042", ["1042"]),
        ("Ticket #4711 zur Bestellung #1042", ["1042"]),
        ("Your request: #4711 was received", []),
        ("Ihre Anfrage (#4711), Ticket [#4712]", []),
        ("Farbe #aa1042, &#1042; und Haus 1042", []),
        ("ticket", []),
        ("", []),
    ],
)
def test_numbers_in_a_text(text: str, found: list[str]) -> None:
    assert order_numbers(text) == found


def test_a_text_full_of_numbers_gives_the_first_few_and_a_long_one_is_not_read_to_its_end() -> None:
    assert order_numbers(" ".join(f"#{number}" for number in range(100, 200))) == [f"{100 + n}" for n in range(MOST)]
    assert order_numbers("x" * LONGEST + " Bestellung 1042") == []
