"""Which requests are struck: by chance, and the same way every time."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from connector.simulation.faults import NEEDS_APP, PERMANENT, TRANSIENT, Fault, Faults

ASKED = [f"GET /orders?page={page}" for page in range(400)]


def test_every_fault_is_filed_once() -> None:
    assert len({*TRANSIENT, *PERMANENT}) == len(TRANSIENT) + len(PERMANENT)
    assert set(Fault) - {*TRANSIENT, *PERMANENT} == {Fault.LIMIT_HOUR}
    assert set(PERMANENT) >= NEEDS_APP


def test_the_seed_decides_not_the_order() -> None:
    first, second = Faults(Random(3), 0.4), Faults(Random(3), 0.4)
    forwards = {asked: first.strike(asked) for asked in ASKED}
    backwards = {asked: second.strike(asked) for asked in reversed(ASKED)}
    assert forwards == backwards
    other = Faults(Random(4), 0.4)
    assert {asked: other.strike(asked) for asked in ASKED} != forwards


def test_the_rate() -> None:
    faults = Faults(Random(1), 0.25)
    struck = [kind for asked in ASKED for kind in faults.strike(asked)]
    assert 70 < len(struck) < 130
    assert len(Counter(struck)) > 8
    assert not any(Faults(Random(1), 0).strike(asked) for asked in ASKED)


def test_who_tries_again_gets_through() -> None:
    faults = Faults(Random(1), 1.0, in_a_row=2)
    assert [bool(faults.strike("GET /")) for _ in range(7)] == [True, True, False, True, True, False, True]


def test_permanent_ones_strike_every_request() -> None:
    faults = Faults(Random(1), 0.3, [Fault.BOM, "503"])
    struck = [faults.strike(asked) for asked in ASKED]
    assert all(Fault.BOM in kinds for kinds in struck)
    assert 80 < sum(Fault.UNAVAILABLE in kinds for kinds in struck) < 160
    assert faults.kinds == {Fault.BOM, Fault.UNAVAILABLE}


def test_a_rate_for_each() -> None:
    faults = Faults(Random(1), kinds={"503": 0.1, "bom": 0.5})
    struck = Counter(kind for asked in ASKED for kind in faults.strike(asked))
    assert 20 < struck[Fault.UNAVAILABLE] < 70
    assert 160 < struck[Fault.BOM] < 240


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-thing"):
        Faults(Random(1), kinds=["no-such-thing"])
    with pytest.raises(ValueError, match="between 0 and 1"):
        Faults(Random(1), 1.5)
