"""Thousands of random histories, each seed one: `python tests/reliability/histories.py woocommerce 10000`.

A third argument is the first seed, a fourth the most steps that a history may have (39 unless told). Prints what
happened in all of them, and every seed after which the store did not equal the source.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from connector.testing.history import History, random_history


def run(task: tuple[str, int, int]) -> tuple[int, int, Counter[str], str]:
    """One history; its seed, its length, what was done, and what was wrong."""
    logging.disable(logging.CRITICAL)
    adapter, seed, most = task
    random = Random(seed)
    steps = random.randrange(5, most + 1)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        history = History(adapter, f"sqlite:///{folder}/connector.db", seed=seed % 7)
        try:
            random_history(history, random, steps)
            wrong = ""
        except Exception:  # noqa: BLE001  (whatever is wrong with one history, the others are run)
            wrong = traceback.format_exc()
        finally:
            history.close()
    return seed, steps, history.done, wrong


def main(adapter: str, first: int, count: int, most: int) -> int:
    began = time.monotonic()
    done: Counter[str] = Counter()
    lengths = failures = 0
    tasks = [(adapter, seed, most) for seed in range(first, first + count)]
    with multiprocessing.get_context("spawn").Pool() as pool:
        for number, (seed, steps, deeds, wrong) in enumerate(pool.imap_unordered(run, tasks, chunksize=4), 1):
            done += deeds
            lengths += steps
            if wrong:
                failures += 1
                print(f"seed {seed} ({steps} steps):\n{wrong}", flush=True)
            if number % 500 == 0:
                print(f"… {number}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(
        f"{count} histories of {adapter}, seeds {first} to {first + count - 1}, {lengths} steps, {failures} not equal"
    )
    for deed, times in sorted(done.items(), key=lambda item: -item[1]):
        print(f"{times:9} {deed}")
    return 1 if failures else 0


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[2:]]
    raise SystemExit(main(sys.argv[1], *(numbers[1:2] or [0]), numbers[0], *(numbers[2:3] or [39])))
