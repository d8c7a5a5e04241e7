"""Make an adapter's compression dictionaries from its simulator's invented records.

    python -m connector.testing.dictionaries woocommerce

Never make them from real records: a dictionary holds pieces of what it was trained on, e-mail addresses among them.
A new dictionary gets a new number (`orders-2.zdict`), since stored records name the one they were packed with; the old
file stays beside it.
"""

from __future__ import annotations

import sys
from random import Random

from connector import catalog
from connector.contract import Record
from connector.simulation.clock import FakeClock
from connector.store.raw import train_dictionary

SAMPLES = 1500


def make(name: str) -> None:
    """Train and write every dictionary that the adapter's streams name and that does not exist yet."""
    simulator = catalog.simulators()[name].story(clock=FakeClock(), seed=20)
    kind = catalog.adapter(name)
    settings = kind.Settings.model_validate(simulator.source_settings("https://shop.example.test"))
    adapter, transport = catalog.build(name, settings, clock=FakeClock(), random=Random(1))
    transport.close()
    truth = simulator.truth()
    for stream in adapter.streams:
        if stream.dictionary is None or stream.dictionary.exists():
            continue
        records = list(truth[stream.name].items())
        chosen = Random(2).sample(records, min(SAMPLES, len(records)))
        samples = [adapter.admit(stream, Record(id_, payload, 0)).payload for id_, payload in chosen]
        train_dictionary(samples, stream.dictionary)
        print(f"{stream.dictionary.name}: {stream.dictionary.stat().st_size} bytes from {len(samples)} records")


if __name__ == "__main__":
    make(sys.argv[1])
