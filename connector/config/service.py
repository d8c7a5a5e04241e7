"""What config.yaml says about conversations: opening hours, bots, and corrections of the order one is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from connector.config import opening
from connector.config.problems import Problem
from connector.conversations.rules import DeskHours, OrderLink, ServiceRules
from connector.messages.config import texts

if TYPE_CHECKING:
    from connector.config.model import Config, OrderLinkEntry


def service_rules(config: Config) -> ServiceRules:
    """The rules of a configuration. A source's hours are in its own zone where it names one, else in the reporting one.

    Groups named at the top level hold for every source that does not name them itself.
    """
    desks = {}
    for name, settings in config.sources.items():
        zone = settings.timezone or config.timezone
        own = opening.weekly(settings.business_hours, zone)
        groups = {**opening.groups(config.business_hours, zone), **opening.groups(settings.business_hours, zone)}
        if own is not None or groups:
            desks[name] = DeskHours(own, groups)
    return ServiceRules(
        zone=config.timezone,
        hours=opening.weekly(config.business_hours, config.timezone),
        desks=desks,
        bots=tuple(config.options.service.bots),
        attribution_days=config.options.cross.attribution_days,
        links=tuple(map(_link, config.order_links)),
    )


def problems(links: Sequence[OrderLinkEntry], sources: Any) -> Iterator[Problem]:
    """What is wrong with `order_links`; `sources` is the block of that name."""
    names = {str(name) for name in sources} if isinstance(sources, Mapping) else set()
    for number, link in enumerate(links):
        for key, said in (("conversation", link.conversation), ("order", link.order)):
            if said is None:
                continue
            source, slash, record = said.partition("/")
            if not slash or not record or source not in names:
                yield Problem(("order_links", number, key), texts("record_address"))


def _link(entry: OrderLinkEntry) -> OrderLink:
    source, _, conversation = entry.conversation.partition("/")
    shop, _, order = (entry.order or "").partition("/")
    return OrderLink(source, conversation, shop or None, order or None)
