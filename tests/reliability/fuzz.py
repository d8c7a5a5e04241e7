"""Mutated records through admit, normalise and the store: `python tests/reliability/fuzz.py woocommerce 100000`.

Each must be stored or set aside with a reason; none may end the run. Prints the reasons and how often they came.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import tempfile
from collections import Counter
from random import Random
from typing import Any

from connector import catalog
from connector.contract import Page, Record
from connector.rebuild import rebuild
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store, state
from connector.store.write import save_page
from connector.sync.admission import admitted

PAGE = 100
ODD: tuple[Any, ...] = (
    None, False, True, 0, -1, 1, 2**31, 2**63, -(2**70), 1e400, float("nan"), 0.1, "", " ", "0", "12.10", "-5", "1e400",
    "NaN", "a\0b", "\ud83d", "🍵" * 50, "=cmd|' /C calc'!A0", "x" * 100_000,
    "0000-00-00T00:00:00", "2026-02-30T00:00:00",
    "9999-12-31T23:59:59", "0001-01-01T00:00:00", [], {}, [[]], [None], {"a": {"b": []}}, [{}] * 50,
)  # fmt: skip


def mutated(payload: bytes, random: Random) -> bytes:
    """The record with one to four things wrong in it."""
    content = json.loads(payload)
    for _ in range(random.randrange(1, 5)):
        _mutate(content, random)
    text = json.dumps(content).encode()
    if random.random() < 0.1:
        at = random.randrange(len(text))
        text = text[:at] + bytes([random.randrange(256)]) + text[at + random.randrange(3) :]
    if random.random() < 0.02:
        text = text[: random.randrange(len(text))]
    return text


def _mutate(content: Any, random: Random) -> None:
    place = content
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(place[key], dict | list) and place[key] and random.random() < 0.7:
            place = place[key]
            continue
        deed = random.random()
        if deed < 0.2:
            del place[key]
        elif deed < 0.3 and isinstance(place, dict):
            place[random.choice(("", "id", "x" * 300, "\0"))] = place.pop(key)
        else:
            place[key] = copy.deepcopy(random.choice(ODD))  # it may be spoiled in its turn
        return


def run(adapter_name: str, count: int, store: Store, *, seed: int = 1) -> Counter[str]:
    """Mutate, admit, normalise and save `count` records; what became of them."""
    clock, random = FakeClock(), Random(seed)
    simulator = catalog.simulators()[adapter_name].small(clock=clock, seed=3)
    settings = catalog.adapter(adapter_name).Settings.model_validate(
        simulator.source_settings("https://shop.example.test")
    )
    adapter, transport = catalog.build(adapter_name, settings, clock=clock, random=Random(1))
    transport.close()
    source_id = state.ensure_source(store, "fuzz", adapter=adapter_name, url=settings.url)
    truth = simulator.truth()
    originals = [(stream, id_, payload) for stream in adapter.streams for id_, payload in truth[stream.name].items()]
    became: Counter[str] = Counter()
    number = 0
    while number < count:
        stream, _, _ = originals[random.randrange(len(originals))]
        of_stream = [(id_, payload) for each, id_, payload in originals if each is stream]
        records = []
        for _ in range(min(PAGE, count - number)):
            number += 1
            id_, payload = random.choice(of_stream)
            clock.sleep(0.001)
            records.append(Record(id_, mutated(payload, random), clock.now(), stamp=str(number)))
        kept, aside = admitted(adapter, stream, Page(records, None), clock.now())
        done = save_page(
            store, source_id, stream, kept, cursor=None, normalise=adapter.normalise, set_aside=aside, keep_cursor=True
        )
        became["stored"] += done.inserted + done.updated
        became["as before, or overtaken in its page"] += done.unchanged
        became["set aside"] += done.set_aside
        assert done.inserted + done.updated + done.unchanged + done.set_aside == len(records)
        for entry in aside:
            became[f"{stream.name}: {re.sub(r'[0-9]+', 'N', str(entry.reason))}"] += 1
    rebuilt = rebuild(store, "fuzz", adapter)
    became["still set aside after rebuild"] = rebuilt.set_aside
    return became


def main(adapter: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/connector.db", clock=FakeClock())
        became = run(adapter, count, store)
        store.close()
    print(f"{count} mutated records of {adapter}")
    for what, times in became.most_common(40):
        print(f"{times:9} {what}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
