"""A few random histories of a help desk: whatever happens to it and to us, both ends are equal afterwards.

Thousands of them: `python tests/reliability/histories.py zendesk 1000`.
"""

from __future__ import annotations

from random import Random

import pytest

from connector.testing.history import History, random_history


@pytest.mark.parametrize("seed", [3, 11])
def test_after_a_history_both_ends_are_equal(seed, tmp_path) -> None:
    history = History("zendesk", f"sqlite:///{tmp_path}/connector.db", seed=seed)
    try:
        random_history(history, Random(seed), 8)
    finally:
        history.close()
