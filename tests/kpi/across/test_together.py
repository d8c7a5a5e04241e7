"""Figures asked for together give what each gives alone: what is read for one must never be missing for another."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

from connector.kpi.evaluate import evaluate
from connector.kpi.registry import KPIS
from tests.kpi.across.test_at_risk import shop_of_five
from tests.kpi.books import BERLIN
from tests.kpi.talks import Talks

ACROSS = [kpi.id for kpi in KPIS if kpi.subject == "across"]
OTHERS = [kpi.id for kpi in KPIS if kpi.subject != "across"]


def asked(talks: Talks, *ids: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for figure in evaluate(talks.store, ids, clock=talks.clock, zone=BERLIN).figures:
        found.setdefault(figure.id, []).append(figure.to_json("en"))
    return found


def test_any_few_figures_together(talks: Talks) -> None:
    shop_of_five(talks)
    talks.save()
    random = Random(1)
    alone = {name: asked(talks, name)[name] for name in (*ACROSS, *OTHERS)}
    groups: list[tuple[str, ...]] = [*random.sample([*combinations(ACROSS, 2)], 40)]
    groups += [tuple(random.sample([*ACROSS, *OTHERS], 4)) for _ in range(25)]
    for group in groups:
        together = asked(talks, *group)
        for name in group:
            assert [_bare(row) for row in together[name]] == [_bare(row) for row in alone[name]], group


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    """Without the period, which is that of all figures asked for."""
    return {key: value for key, value in record.items() if key not in ("period_start", "period_end", "notes")}
