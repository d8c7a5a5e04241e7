"""hypothesis invents histories of a source and of us, and shrinks the one that leaves both ends unequal."""

from __future__ import annotations

import tempfile
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from connector.testing.history import History, random_history

SEEDS = st.integers(0, 2**32 - 1)


class Machine(RuleBasedStateMachine):
    """One source and its store; at the end of any history they must be equal."""

    adapter = "woocommerce"

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._history = History(self.adapter, f"sqlite:///{self._folder.name}/connector.db")

    @rule(seeds=st.lists(SEEDS, min_size=1, max_size=5))
    def things_happen(self, seeds: list[int]) -> None:
        for seed in seeds:
            self._history.change(seed)

    @rule(seconds=st.sampled_from([0.2, 1, 30, 600, 7200, 90_000]))
    def time_passes(self, seconds: float) -> None:
        self._history.wait(seconds)

    @rule(hours=st.sampled_from([-5, -1, 0, 1, 3]))
    def the_source_sets_its_clock(self, hours: int) -> None:
        self._history.set_source_clock(hours)

    @rule(pages=st.integers(1, 6), page_size=st.sampled_from([2, 5, 9]))
    def a_sync_is_stopped(self, pages: int, page_size: int) -> None:
        self._history.stop_in_mid_sync(pages, page_size)

    @rule(
        mode=st.sampled_from(["changes", "changes", "sweep", "full"]),
        page_size=st.sampled_from([2, 3, 7, 20, 100]),
        in_flight=st.sampled_from([1, 2, 4]),
        changes_during=st.sampled_from([0, 0.1, 0.5, 1.0]),
        fault_rate=st.sampled_from([0, 0.05, 0.3]),
        seed=SEEDS,
    )
    def sync(self, **how: object) -> None:
        self._history.sync(**how)  # type: ignore[arg-type]

    def teardown(self) -> None:
        try:
            self._history.settle()
        finally:
            self._history.close()
            self._folder.cleanup()


@pytest.mark.parametrize(
    ("adapter", "examples"), [("woocommerce", 8), ("prestashop", 5), ("zendesk", 5), ("zendesk_chat", 5)]
)
def test_after_any_history_both_ends_are_equal(adapter, examples):
    machine = type("Of" + adapter.title(), (Machine,), {"adapter": adapter})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        ),
    )


@pytest.mark.parametrize(
    ("adapter", "seed"),
    [
        *(("woocommerce", seed) for seed in range(14)),
        *((adapter, seed) for adapter in ("prestashop", "zendesk", "zendesk_chat") for seed in range(3)),
    ],
)
def test_random_histories(adapter, seed, tmp_path):
    random = Random(seed)
    history = History(adapter, f"sqlite:///{tmp_path}/connector.db", seed=seed % 7)
    try:
        random_history(history, random, random.randrange(5, 40))
    finally:
        history.close()
