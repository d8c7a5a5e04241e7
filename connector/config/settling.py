"""What follows from the stored rows: who is who, what conversations come to, and which orders they are about.

Asked at the end of every run and before anything is read. Each step does only what is marked; with nothing marked the
three cost a few small reads together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from connector.clock import Clock
from connector.config.model import Config
from connector.kpi.options import KpiOptions
from connector.store import Store


def settle(
    config: Config,
    store: Store,
    *,
    clock: Clock,
    options: KpiOptions | None = None,
    progress: Callable[[str, int], None] = lambda step, done: None,
) -> None:
    """Bring persons, conversations and their orders up to date, in this order. Raises `StoreError`.

    `progress` is told the step ("persons", "conversations", "links") and how many are done.

    `options` of one call stand in for those of the configuration as far as conversations go (`service.bots`,
    `cross.attribution_days`); the next call without them puts everything back. Who is one person they do not change:
    merges and splits are history.
    """
    from connector.conversations import link_orders, tell_conversations
    from connector.identity import resolve

    rules = (config if options is None else replace(config, options=options)).service_rules
    resolve(store, rules=config.identity_rules, clock=clock, progress=partial(progress, "persons"))
    tell_conversations(store, rules=rules, clock=clock, progress=partial(progress, "conversations"))
    link_orders(store, rules=rules, clock=clock, progress=partial(progress, "links"))
