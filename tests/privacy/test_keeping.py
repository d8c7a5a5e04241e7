"""`privacy.keep`: who gave no sign of life for that long is erased, and nobody else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from connector.errors import SourceBusy
from connector.instants import DAY
from connector.privacy import keeping
from connector.privacy.forgetting import Known
from connector.privacy.keeping import erase_expired
from connector.store.locks import source_lock
from connector.testing.world import SOURCE, World
from tests.privacy.conftest import RULES
from tests.privacy.test_forgetting import figures, known

NAMED = sa.text(
    "SELECT person_id, max(created_at), sum(name NOT LIKE '·%' "
    "OR person_id IS NOT NULL AND email NOT LIKE '%@erased.invalid') FROM orders GROUP BY person_id"
)


def keep(shop: World, microseconds: int) -> int:
    sources: dict[str, Known] = {SOURCE: known(shop)}
    return erase_expired(shop.store, sources, keep=microseconds / 1_000_000, rules=RULES, clock=shop.clock)


@pytest.mark.parametrize("at_once", [2, 5_000])
def test_only_who_was_silent_for_longer_is_erased(shop: World, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", at_once)
    with shop.store.write() as connection:
        # The shop's accounts are as old as their first orders; what counts is the last sign of life.
        before = {row[0]: row[1] for row in connection.execute(NAMED) if row[0] is not None}
    numbers = figures(shop)
    middle = sorted(before.values())[len(before) // 2]
    erased = keep(shop, shop.clock.now() - middle)
    assert 0 < erased < len(before)
    for one, other in zip(figures(shop), numbers, strict=True):
        assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {}
    with shop.store.read() as connection:
        named = {row[0] for row in connection.execute(NAMED) if row[0] is not None and row[2]}
    assert named
    assert all(before[person] >= middle for person in named)


def test_whoever_was_nobody_is_erased_with_the_years_too_and_nothing_is_left_to_do(shop: World) -> None:
    shop.clock.sleep(4000 * DAY / 1_000_000)
    assert keep(shop, DAY) > 0
    with shop.store.read() as connection:
        assert not [row for row in connection.execute(NAMED) if row[2]]
        records = connection.execute(sa.text("SELECT digest, read_at FROM raw_records")).all()
    assert keep(shop, DAY) == 0
    with shop.store.read() as connection:
        assert connection.execute(sa.text("SELECT digest, read_at FROM raw_records")).all() == records


def test_a_sync_is_in_the_way_only_where_somebody_is_to_be_erased(shop: World) -> None:
    with source_lock(shop.store, SOURCE):
        assert keep(shop, 4000 * DAY) == 0
        shop.clock.sleep(4000 * DAY / 1_000_000)
        with pytest.raises(SourceBusy):
            keep(shop, DAY)
