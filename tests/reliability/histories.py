"""Thousands of random histories, each seed one: `python tests/reliability/histories.py woocommerce 10000`.

Prints what happened in all of them, and every seed after which the store did not equal the source. With `--seconds` it
stops by itself once that long is over: what is run between a change and its landing.
"""

from __future__ import annotations

import argparse
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

HANDFUL = 20  # histories handed out before the clock is looked at again


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


def main(adapter: str, first: int, count: int, most: int, seconds: float) -> int:
    began = time.monotonic()
    done: Counter[str] = Counter()
    made = lengths = failures = 0
    with multiprocessing.get_context("spawn").Pool() as pool:
        while made < count and time.monotonic() - began < seconds:
            at_once = min(count - made, HANDFUL)
            tasks = [(adapter, seed, most) for seed in range(first + made, first + made + at_once)]
            for seed, steps, deeds, wrong in pool.imap_unordered(run, tasks):
                made += 1
                done += deeds
                lengths += steps
                if wrong:
                    failures += 1
                    print(f"seed {seed} ({steps} steps):\n{wrong}", flush=True)
            if made % 500 < at_once:
                print(f"… {made}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(f"{made} histories of {adapter}, seeds {first} to {first + made - 1}, {lengths} steps, {failures} not equal")
    for deed, times in sorted(done.items(), key=lambda item: -item[1]):
        print(f"{times:9} {deed}")
    return 1 if failures else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adapter")
    parser.add_argument("count", type=int, help="how many at most")
    parser.add_argument("first", type=int, nargs="?", default=0, help="the first seed")
    parser.add_argument("most", type=int, nargs="?", default=39, help="the most steps of a history")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    raise SystemExit(main(asked.adapter, asked.first, asked.count, asked.most, asked.seconds))
