"""A source that is taken out of config.yaml: what it brought stays, and is who and what it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connector.config.load import load
from connector.config.settling import settle
from connector.kpi.evaluate import evaluate
from connector.kpi.options import KpiOptions
from tests.conversations.desk import Desk

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

HEAD = "store: sqlite:///unused.db\ntimezone: Europe/Berlin\nlanguage: en\n"
SOURCES = {
    "shop": 'shop: {adapter: woocommerce, url: "https://shop.test", consumer_key: ck, consumer_secret: cs}',
    "desk": 'desk: {adapter: zendesk, url: "https://desk.test", access_token: t, '
    'business_hours: {mon-fri: "09:00-10:00"}}',
}
FIGURES = ("orders", "customers", "contact_volume", "frt", "fcr", "x_contact_rate", "x_repurchase_by_contact")


def told(desk: Desk, folder: Path, *names: str) -> dict[str, Any]:
    """What everything comes to while these sources are configured."""
    file = folder / "config.yaml"
    file.write_text(HEAD + "sources:\n" + "".join(f"  {SOURCES[name]}\n" for name in names), encoding="utf-8")
    file.chmod(0o600)
    settle(load(file), desk.store, clock=desk.clock)
    calendar = KpiOptions().with_override("service.clock=calendar")
    zone = ZoneInfo("Europe/Berlin")
    answer = evaluate(desk.store, FIGURES, clock=desk.clock, zone=zone, options=calendar)
    return {
        "persons": desk.rows("orders", "order_id, person_id, source_id")
        + desk.rows("conversations", "conversation_id, person_id, source_id"),
        "links": desk.rows("conversations", "conversation_id, order_id, order_reason"),
        "figures": [(one.id, one.group, one.value, one.numerator, one.denominator, one.n) for one in answer.figures],
    }


@pytest.mark.parametrize("kept", ["shop", "desk"])
def test_figures_persons_and_links_stay_as_they_were(desk: Desk, tmp_path: Path, kept: str) -> None:
    for number in range(1, 4):
        email = {"email": f"p{number}@x.test", "email_key": f"p{number}@x.test"}
        desk.order(str(number), "03-02 09:00", **email)
        desk.ticket(str(number), "03-03 09:30", state="solved", order_numbers=f'["{number}"]', **email)
        desk.says(str(number), "03-03 09:30")
        desk.says(str(number), "03-03 11:30", "agent")
        desk.happens(str(number), "03-03 11:30", "status", "solved")
    before = told(desk, tmp_path, "shop", "desk")
    assert ("contact_volume", None, 3, None, None, None) in before["figures"]
    assert [row[1:] for row in before["links"]] == [(str(number), "number") for number in range(1, 4)]
    assert desk.times("1")["frt_business_seconds"] == 1800
    assert told(desk, tmp_path, kept) == before
    # Its own opening hours went with the desk's block; there are none at the top level to take their place.
    assert desk.times("1")["frt_business_seconds"] == (1800 if kept == "desk" else None)
    assert told(desk, tmp_path, "shop", "desk") == before
    assert desk.times("1")["frt_business_seconds"] == 1800
