"""The cast: invented, varied, and the same for everybody."""

from __future__ import annotations

import re

from connector.simulation.people import cast, person

RESERVED = re.compile(r"[a-z0-9._+-]+@([a-z]+\.)?(example\.(test|org|net|com))")


def test_a_longer_cast_begins_with_the_same_people() -> None:
    assert cast(1, 300)[:40] == cast(1, 40)
    assert person(1, 7) == cast(1, 7)[-1]
    assert cast(2, 40) != cast(1, 40)


def test_nobody_can_be_reached() -> None:
    for one in cast(1, 2000):
        for address in (one.email, one.typed_email.lower(), one.second_email or one.email):
            assert RESERVED.fullmatch(address), address
        assert re.fullmatch(r"\+\d\d \d{1,2} 1\d{5}", one.phone)


def test_everybody_has_an_address_of_their_own() -> None:
    everybody = cast(1, 2000)
    assert len({one.email for one in everybody}) == 2000
    assert all(one.typed_email.lower() == one.email for one in everybody)
    assert any(one.typed_email != one.email for one in everybody)


def test_people_come_from_everywhere() -> None:
    everybody = cast(1, 500)
    assert {one.country for one in everybody} == {"DE", "AT", "CH", "FR"}
    names = "".join(one.name for one in everybody)
    assert all(sign in names for sign in "üßŁŞ佐さОø'-")
    assert sum(one.name.startswith(("=", "+", "-", "@")) for one in everybody) >= 5
    assert any(one.company for one in everybody)
    assert any(one.second_email for one in everybody)
