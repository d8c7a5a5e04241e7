"""The transport: sends requests to one source politely, and nobody else in the program speaks HTTP to a source.

- TRY: one request sent once. A request may take several.
- TROUBLE: why a try brought no usable answer. A transient one is tried again.
- BUDGET OF TIME: how long all tries of one request may take together (`retry_for`).
- PACE: how many requests a minute; a named BUDGET is such a limit for some requests only.
- FLOW: how many requests are under way at once.

The way of a request: its turn (`pace`), signed and sent (`wire`), judged (`failures`, `judgement`), tried again
(`retry`); several of them in order (`ordered`). What a body holds is found out by `body`.
"""

from connector.transport.auth import BasicAuth, BearerAuth, QueryAuth, Renewable
from connector.transport.client import Transport
from connector.transport.exchange import Answer, Expect, Request
from connector.transport.judgement import Explain, error_code
from connector.transport.pace import Pace
from connector.transport.timeouts import Timeouts
from connector.transport.trouble import TimedOut

__all__ = [
    "Answer",
    "BasicAuth",
    "BearerAuth",
    "Expect",
    "Explain",
    "Pace",
    "QueryAuth",
    "Renewable",
    "Request",
    "TimedOut",
    "Timeouts",
    "Transport",
    "error_code",
]
