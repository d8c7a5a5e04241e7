"""What can go wrong between a client and a server, decided by chance but the same way every time.

`Faults` says for each request which faults strike it. Most are enacted by the server (`spoiling`); those that need to
know an API's paging (`NEEDS_APP`) are passed to the application under the environ key `connector.fault`.

The decision depends on the seed, on what is asked for and on how often it was asked for, not on the order in which
requests arrive; so it is the same for one request at a time and for many at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from enum import StrEnum
from random import Random
from typing import Any

ENVIRON_KEY = "connector.fault"


class Fault(StrEnum):
    """One way to spoil an answer."""

    LIMIT_SECONDS = "429-seconds"  # Retry-After in seconds
    LIMIT_DATE = "429-date"  # Retry-After as an HTTP date
    LIMIT_HOUR = "429-hour"  # Retry-After: 3600
    LIMIT_BARE = "429"  # without Retry-After
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"
    UNKNOWN_ERROR = "520"  # what a proxy says of an origin that answered nonsense
    RESET = "reset"  # the connection is reset before an answer
    RESET_IN_BODY = "reset-in-body"  # ... or when half of it was sent
    CUT_BODY = "cut-body"  # less is sent than Content-Length says, then the connection ends in good order
    BROKEN_GZIP = "broken-gzip"  # a gzip stream that does not unpack
    SLOW_BODY = "slow-body"  # the body comes in pieces with pauses
    HTML = "html"  # a page for people, with status 200
    EMPTY_BODY = "empty-body"  # status 200 and nothing else
    PHP_WARNING = "php-warning"  # a warning printed before the JSON
    BOM = "bom"  # a byte order mark before the JSON
    REDIRECT = "redirect"  # 301 to another host name
    WRONG_TYPE = "wrong-type"  # the right body, said to be HTML
    TOTALS_MISSING = "totals-missing"  # no total headers
    TOTALS_LOW = "totals-low"  # totals that stop a walk too early
    TOTALS_HIGH = "totals-high"  # totals that promise more than there is
    PAGE_CAPPED = "page-capped"  # 100 rows asked for, 20 served
    PAGING_IGNORED = "paging-ignored"  # always the first page
    ENDLESS_PAGES = "endless-pages"  # past the end the last page comes again for ever


TRANSIENT = (
    Fault.LIMIT_SECONDS,
    Fault.LIMIT_DATE,
    Fault.LIMIT_BARE,
    Fault.SERVER_ERROR,
    Fault.BAD_GATEWAY,
    Fault.UNAVAILABLE,
    Fault.GATEWAY_TIMEOUT,
    Fault.UNKNOWN_ERROR,
    Fault.RESET,
    Fault.RESET_IN_BODY,
    Fault.CUT_BODY,
    Fault.BROKEN_GZIP,
    Fault.SLOW_BODY,
    Fault.HTML,
    Fault.EMPTY_BODY,
)
"""Gone when the same request is sent again a little later. `LIMIT_HOUR` is neither here nor below: it outlasts the
budget of a request, but not the day."""

PERMANENT = (
    Fault.PHP_WARNING,
    Fault.BOM,
    Fault.REDIRECT,
    Fault.WRONG_TYPE,
    Fault.TOTALS_MISSING,
    Fault.TOTALS_LOW,
    Fault.TOTALS_HIGH,
    Fault.PAGE_CAPPED,
    Fault.PAGING_IGNORED,
    Fault.ENDLESS_PAGES,
)
"""How a host is: asking again gives the same."""

NEEDS_APP = frozenset(
    {
        Fault.TOTALS_MISSING,
        Fault.TOTALS_LOW,
        Fault.TOTALS_HIGH,
        Fault.PAGE_CAPPED,
        Fault.PAGING_IGNORED,
        Fault.ENDLESS_PAGES,
    }
)
"""Only an application that names them in its attribute `enacts` can show these."""

CAP = 20  # rows that a host serves at most where PAGE_CAPPED strikes


class Faults:
    """Decides which faults strike a request.

    `kinds` as a plain collection: one of its kinds strikes with probability `rate`; those of `PERMANENT` strike every
    request, since that is how such a host is. As a mapping from kind to probability: each strikes for itself.
    No request for the same thing is struck by passing faults more than `in_a_row` times running, so that a client
    that tries again gets through in the end. `retry_after` in seconds; `pause` in seconds between the pieces of a slow
    body. ValueError for an unknown kind or a probability outside 0..1.
    """

    def __init__(
        self,
        random: Random,
        rate: float = 0.1,
        kinds: Iterable[str] | Mapping[str, float] = TRANSIENT,
        *,
        in_a_row: int = 2,
        retry_after: int = 2,
        pause: float = 0.002,
    ) -> None:
        self._seed = random.getrandbits(64)
        self._in_a_row = in_a_row
        self.retry_after = retry_after
        self.pause = pause
        if isinstance(kinds, Mapping):
            self._each = {Fault(kind): probability for kind, probability in kinds.items()}
            self._one_of: tuple[Fault, ...] = ()
        else:
            chosen = tuple(Fault(kind) for kind in kinds)
            self._each = {kind: 1.0 for kind in chosen if kind in PERMANENT}
            self._one_of = tuple(kind for kind in chosen if kind not in PERMANENT)
        self._rate = rate
        if not all(0 <= probability <= 1 for probability in (rate, *self._each.values())):
            raise ValueError("a probability lies between 0 and 1")
        self._asked: dict[str, int] = {}
        self._running: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def kinds(self) -> frozenset[Fault]:
        """Every fault that may strike."""
        return frozenset((*self._each, *self._one_of))

    def strike(self, asked: str) -> tuple[Fault, ...]:
        """The faults of the next request for `asked` (method, path and query without signatures)."""
        with self._lock:
            attempt = self._asked[asked] = self._asked.get(asked, 0) + 1
            chance = Random(f"{self._seed}:{asked}:{attempt}")
            struck = [kind for kind, probability in self._each.items() if chance.random() < probability]
            if self._one_of and chance.random() < self._rate:
                struck.append(chance.choice(self._one_of))
            passing = [kind for kind in struck if kind not in PERMANENT]
            running = self._running.get(asked, 0)
            if passing and running >= self._in_a_row:
                struck = [kind for kind in struck if kind in PERMANENT]
                passing = []
            self._running[asked] = running + 1 if passing else 0
            return tuple(struck)


def asked_of(environ: Mapping[str, Any]) -> frozenset[Fault]:
    """The faults that an application is to enact in answering this request."""
    faults: frozenset[Fault] = environ.get(ENVIRON_KEY, frozenset())
    return faults
