"""Python's collector of circular garbage, told what a long run needs of it."""

from __future__ import annotations

import gc

_OFTEN = 10_000  # containers made and not yet freed, after which the youngest are looked at
_SELDOM = 20  # such looks, after which older ones are looked at too


def loaded() -> None:
    """Everything is loaded that a long run needs: it stays to the end, so nobody need look at it again.

    Records, rows and pages hold each other in no circle and are freed without the collector. Left to itself it would
    walk over all that the program has loaded again and again, six percent of a first sync's time.
    """
    if gc.get_freeze_count():
        return
    gc.freeze()
    gc.set_threshold(_OFTEN, _SELDOM, _SELDOM)
