"""`kill -9` of `connector sync` as a process: after any number of them the store is as if there had been none."""

from __future__ import annotations

import signal

import pytest

from tests.reliability.kills import Trial, assert_same, stores

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")


@pytest.mark.parametrize(
    ("adapter", "kind", "kills"),
    [
        ("woocommerce", "sqlite", 6),
        pytest.param("woocommerce", "postgresql", 3, marks=pytest.mark.postgresql),
        ("prestashop", "sqlite", 3),
        ("zendesk", "sqlite", 3),
        ("zendesk_chat", "sqlite", 3),
    ],
)
def test_killed_and_started_again_it_ends_as_if_never_killed(adapter, kind, kills, tmp_path, request):
    server = request.getfixturevalue("postgresql_server") if kind == "postgresql" else None
    with stores(kind, tmp_path, server) as urls:
        trial = Trial(adapter, urls, tmp_path, size=300, page_size=10, seed=4)
        try:
            made = trial.phase("a first sync", at_most=kills - kills // 3, spread=0.8)
            assert made > 0
            trial.change(20)
            trial.phase("a sweep after changes", "--sweep", at_most=kills // 3)
        finally:
            trial.close()


def test_a_row_lost_and_a_row_doubled_are_seen():
    whole = {"orders": [("1",), ("2",)], "who is one person": [(("orders", "1"),)]}
    with pytest.raises(AssertionError, match=r"orders: lost \('2',\)"):
        assert_same(whole, {**whole, "orders": [("1",)]})
    with pytest.raises(AssertionError, match=r"orders: too many \('1',\)"):
        assert_same(whole, {**whole, "orders": [("1",), ("1",), ("2",)]})
