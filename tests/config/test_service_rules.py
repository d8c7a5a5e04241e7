"""What a config.yaml says about conversations, as the rules that they are told by."""

from __future__ import annotations

from connector.conversations import OpeningHours, OrderLink
from tests.config.conftest import Write, loaded, with_ledger

DAY = 24 * 60
TOP = """\
business_hours:
  mon-tue: "09:00-12:00, 13:00-18:00"
  holidays: DE-BY
  groups: {Telefon: {sat: "10:00-14:00"}, VIP: {sun: "10:00-14:00", holidays: [2026-12-24]}}
order_links: [{conversation: shop/47/11, order: shop/8}, {conversation: shop/48, order: null}]
service: {bots: [Helper]}
cross: {attribution_days: 14}
"""
DESK = '    business_hours: {fri: "08:00-24:00", groups: {VIP: {fri: "07:00-24:00"}}}\n    timezone: Europe/Vienna\n'


def test_hours_of_all_of_a_source_and_of_its_groups(write: Write) -> None:
    rules = loaded(write(with_ledger(more=DESK, top=TOP))).service_rules
    assert rules.hours == OpeningHours(
        "Europe/Berlin", ((540, 720), (780, 1080), (DAY + 540, DAY + 720), (DAY + 780, DAY + 1080)), "DE-BY"
    )
    desk = rules.desks["shop"]
    vienna = "Europe/Vienna"
    assert desk.hours == OpeningHours(vienna, ((4 * DAY + 480, 5 * DAY),))
    assert desk.groups == {
        "Telefon": OpeningHours(vienna, ((5 * DAY + 600, 5 * DAY + 840),), "DE-BY"),
        "VIP": OpeningHours(vienna, ((4 * DAY + 420, 5 * DAY),)),
    }


def test_a_source_without_hours_of_its_own_has_the_groups_of_the_top_level(write: Write) -> None:
    desk = loaded(write(with_ledger(top=TOP))).service_rules.desks["shop"]
    assert desk.hours is None
    assert desk.groups["VIP"] == OpeningHours(
        "Europe/Berlin", ((6 * DAY + 600, 6 * DAY + 840),), closed=(("2026-12-24", "2026-12-24"),)
    )


def test_corrections_bots_and_days(write: Write) -> None:
    rules = loaded(write(with_ledger(top=TOP))).service_rules
    assert rules.links == (OrderLink("shop", "47/11", "shop", "8"), OrderLink("shop", "48", None, None))
    assert (rules.bots, rules.attribution_days, rules.zone) == (("Helper",), 14, "Europe/Berlin")


def test_nothing_said(write: Write) -> None:
    rules = loaded(write(with_ledger())).service_rules
    assert (rules.hours, rules.desks, rules.links, rules.bots, rules.attribution_days) == (None, {}, (), (), 30)
