"""Hosts that misbehave: what passes leaves no trace, what lasts is said in one sentence, and nothing is ever lost."""

from __future__ import annotations

import pytest

from connector.simulation.faults import PERMANENT, TRANSIENT, Fault
from tests.reliability.faults import HARMLESS, under_faults

ADAPTERS = ("woocommerce",)
EVERY = (*ADAPTERS, "prestashop", "zendesk", "zendesk_chat")


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'connector.db'}"


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("kind", TRANSIENT)
def test_a_passing_fault_leaves_no_trace(adapter, kind, url):
    outcome = under_faults(adapter, url, (kind,), 0.3)
    assert outcome.statuses == {"ok"}, outcome
    assert outcome.equal_at_once
    assert outcome.equal_after == ""


@pytest.mark.parametrize("adapter", EVERY)
def test_all_passing_faults_mixed_leave_no_trace(adapter, url):
    outcome = under_faults(adapter, url, TRANSIENT, 0.3)
    assert outcome.statuses == {"ok"}, outcome
    assert outcome.equal_at_once


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_a_lasting_oddity_that_can_be_read_through_is(adapter, kind, url):
    outcome = under_faults(adapter, url, (kind,), 1.0)
    assert outcome.statuses == {"ok"}, outcome
    assert outcome.equal_at_once


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("kind", sorted(set(PERMANENT) - HARMLESS | {Fault.LIMIT_HOUR}))
def test_what_cannot_be_read_through_is_said_and_loses_nothing(adapter, kind, url):
    outcome = under_faults(adapter, url, (kind,), 1.0)
    assert "failed" in outcome.statuses
    assert outcome.said.endswith(".")
    assert outcome.equal_after == ""


@pytest.mark.parametrize("adapter", EVERY[1:])
@pytest.mark.parametrize("kind", [Fault.LIMIT_HOUR, Fault.REDIRECT])
def test_other_systems_say_it_too(adapter, kind, url):
    outcome = under_faults(adapter, url, (kind,), 1.0)
    assert "failed" in outcome.statuses
    assert outcome.said.endswith(".")
    assert outcome.equal_after == ""
