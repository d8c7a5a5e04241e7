"""Mutated records: each is stored or set aside with a reason, none ends the run."""

from __future__ import annotations

import pytest

from tests.reliability.fuzz import run


@pytest.mark.parametrize("adapter", ["woocommerce"])
def test_mutated_records_are_stored_or_set_aside(adapter, store):
    became = run(adapter, 1500, store)
    assert became["stored"] > 100
    assert became["set aside"] > 100
