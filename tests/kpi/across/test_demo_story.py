"""What is planted in the demo's story (`connector.simulation.plot`), and that the figures find it.

The pretend shop and desks are read through the real adapters, as `connector demo` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connector import catalog
from connector.clock import SystemClock
from connector.config.jobs import source_job
from connector.config.model import Config
from connector.config.settling import settle
from connector.demo import prepare
from connector.kpi.evaluate import evaluate
from connector.kpi.result import Figure
from connector.simulation import plot
from connector.simulation.server import LoopbackServer
from connector.store import Store, open_store
from connector.sync import sync_sources

READ = ("woocommerce", "zendesk", "zendesk_chat")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Config, Store]]:
    """The demo's sources but the outlet, which has no part in it."""
    clock = SystemClock()
    servers, entries = [], {}
    simulators = catalog.simulators()
    for name in READ:
        shop = simulators[name].story(clock=clock, seed=1)
        server = LoopbackServer(shop)
        servers.append(server)
        entries[name.replace("_", "-")] = shop.source_settings(server.__enter__().address)
    config = prepare(tmp_path_factory.mktemp("demo"), entries, "en")
    with open_store(config.store, clock=clock, base=config.base) as store:
        jobs = [source_job(config, name, clock=clock, stop=lambda: False) for name in config.sources]
        results = sync_sources(store, jobs, clock=clock, progress=lambda _: None, language="en")
        assert not any(result.fails for result in results)
        settle(config, store, clock=clock)
        for server in servers:
            server.__exit__(None, None, None)
        yield config, store


@pytest.fixture(scope="module")
def found(demo: tuple[Config, Store]) -> dict[str, dict[str | None, Figure]]:
    """All figures by id and band, the total under None; amounts by currency."""
    from connector.kpi.across.figures import ACROSS

    config, store = demo
    told: dict[str, dict[str | None, Figure]] = {}
    answer = evaluate(store, [kpi.id for kpi in ACROSS], clock=SystemClock(), zone=config.zone)
    for figure in answer.figures:
        band = next(iter(figure.group.values())) if figure.group else figure.currency
        told.setdefault(figure.id, {})[band] = figure
    return told


def value(figure: Figure) -> float:
    assert figure.value is not None, figure.reason
    return float(figure.value)


def test_fast_answers_go_with_another_order(found: Any) -> None:
    bands = found["x_repurchase_by_frt"]
    fast, slow, never = (bands[f"ticket {name}"] for name in ("0-1h", "4-24h", "never"))
    assert value(fast) > value(slow) > value(never)
    assert value(fast) - value(never) > 0.3
    assert bands[None].extra["difference"]["ci_high"] < 0
    assert bands[None].extra["standardised"]["difference"] < -0.1
    assert bands[None].extra["trend"]["ticket"] < 0.001


def test_content_customers_come_back(found: Any) -> None:
    bands = found["x_repurchase_by_csat"]
    assert value(bands["4-5"]) - value(bands["1-3"]) > 0.2


def test_a_refund_goes_with_going_away(found: Any) -> None:
    bands = found["x_repurchase_by_refund"]
    assert value(bands["full"]) < value(bands["none"])
    assert bands[None].extra["difference"]["value"] < -0.05


def test_slow_answers_end_in_refunds(found: Any) -> None:
    bands = found["x_refund_after_contact"]
    assert value(bands["ticket never"]) > 2 * value(bands["ticket 0-1h"])


def test_the_faster_a_chat_the_more_buy(found: Any) -> None:
    for id in ("x_prepurchase_conversion", "x_slow_answer_check"):
        bands = found[id]
        assert value(bands["chat 0-2m"]) > value(bands["chat 10m+"]) > value(bands["chat never"]), id
    assert found["x_slow_answer_check"][None].extra["difference"]["ci_high"] < 0


def test_good_customers_wait_for_an_answer(found: Any) -> None:
    figures = found["x_revenue_at_risk"].values()
    assert sum(figure.extra["persons"] for figure in figures) >= plot.WAITING


def test_every_figure_has_something_to_say(found: Any) -> None:
    for id, bands in found.items():
        total = bands.get(None) or bands["EUR"]
        assert total.value is not None, (id, total.reason)
        assert total.extra["match"]["matched"] > 0, id
    assert value(found["x_contact_rate"][None]) > 5
    assert found["x_time_to_contact"][None].n > 50
    assert value(found["x_journey"]["consideration"]) > 0.1
    assert value(found["x_csat_by_customer_value"][None]) > 0.5
    difference = found["x_repurchase_by_contact"][None].extra
    assert difference["standardised"]["strata"] > 1
