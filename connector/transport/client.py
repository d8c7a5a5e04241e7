"""Sends requests politely: one at a time or a few at once, tried again where that helps, never too often."""

from __future__ import annotations

import copy
import http.client
import logging
import random as random_
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from connector.clock import Clock, Stopped
from connector.messages.transport import texts
from connector.transport.addresses import Home
from connector.transport.auth import Renewable
from connector.transport.exchange import Answer, Request
from connector.transport.failures import trouble_of
from connector.transport.flow import MOST, Flow
from connector.transport.judgement import Explain, Judge
from connector.transport.ordered import answers_in_order
from connector.transport.pace import Pace
from connector.transport.redaction import Redactor
from connector.transport.retry import Effort
from connector.transport.slots import Slots
from connector.transport.timeouts import Timeouts
from connector.transport.trouble import Trouble, impatient
from connector.transport.wire import TooLargeError, TooSlowError, Wire, prepare

_log = logging.getLogger("connector.transport")

_FAILURES = (OSError, HTTPError, http.client.HTTPException, UnicodeError, TooLargeError, TooSlowError)
_SLICE = 1.0  # seconds of sleep between two looks at whether to stop
_IN_FLIGHT = 4
_TELLING = 4  # tries after which whoever waits is told why: some five seconds


@dataclass(frozen=True)
class _Source:
    """What all views of one source share."""

    home: Home
    wire: Wire
    redactor: Redactor
    judge: Judge
    flow: Flow
    clock: Clock
    random: random_.Random
    retry_for: float
    in_flight: int | None
    stop: Callable[[], bool]


class Transport:
    """The way to one source.

    `base_url` is the address that paths of requests go behind. `timeouts` are those of one try; `retry_for` (seconds)
    is the budget of one request with all its tries. `in_flight` is the owner's limit of requests under way at once,
    `requests_per_minute` the owner's pace; both go before what an adapter thinks right. `ca_file` is a PEM file of
    authorities to trust in place of the public ones, `proxy` an address to use in place of what the environment says.
    `secrets` are kept out of all that is shown. `stop` is asked between tries and pieces; once it says yes, every
    request ends with `Stopped`.

    Raises `SettingsError` for an address, proxy or file that cannot be used. Safe for several threads.
    """

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        random: random_.Random,
        timeouts: Timeouts,
        retry_for: float = 300,
        in_flight: int | None = None,
        requests_per_minute: float | None = None,
        ca_file: str | None = None,
        proxy: str | None = None,
        secrets: Sequence[str] = (),
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        redactor = Redactor(secrets)
        home = Home(base_url, redactor)
        self._source = _Source(
            home=home,
            wire=Wire(home, clock=clock, timeouts=timeouts, ca_file=ca_file, proxy=proxy),
            redactor=redactor,
            judge=Judge(clock, redactor),
            flow=Flow(),
            clock=clock,
            random=random,
            retry_for=retry_for,
            in_flight=in_flight,
            stop=stop,
        )
        self._pace = Pace(requests_per_minute, fixed=requests_per_minute is not None)
        self._auth: AuthBase | None = None
        self._explain: Explain | None = None
        self._headers: Mapping[str, str] = {}
        self._in_flight = _IN_FLIGHT
        self._slots = Slots(min(in_flight or MOST, MOST))

    def __repr__(self) -> str:
        return f"<Transport {self._source.home.shown}>"

    def configured(
        self,
        auth: AuthBase | None = None,
        explain: Explain | None = None,
        headers: Mapping[str, str] | None = None,
        default_in_flight: int | None = None,
        pace: Pace | None = None,
        budgets: Mapping[str, float] | None = None,
    ) -> Transport:
        """The same way with an adapter's knowledge: a view that shares connections, pace and counters.

        `auth` signs each try; one that is `Renewable` may get a new token when it is answered with 401. `explain` has
        the first look at every answer with a status from 300 on or without the JSON that was expected; an error it
        returns is raised at once. `headers` are added to each request. `default_in_flight` is how many requests may be
        under way where the owner says nothing (4 in each walk unless given), in all walks of this view together. `pace`
        and `budgets` (requests per minute by name) are limits of the API, for an owner who set no
        `requests_per_minute`. What is not given stays as it is.
        """
        view = copy.copy(self)
        view._auth = auth or self._auth
        view._explain = explain or self._explain
        view._headers = {**self._headers, **(headers or {})}
        view._in_flight = default_in_flight or self._in_flight
        if default_in_flight and not self._source.in_flight:
            view._slots = Slots(min(default_in_flight, MOST))
        if pace and not self._pace.fixed:
            view._pace = pace
        view._pace.add_budgets(budgets or {})
        return view

    def now(self) -> int:
        """The present instant, microseconds UTC: when something is read that no request brings, such as a file."""
        return self._source.clock.now()

    def keep_going(self) -> None:
        """Raise `Stopped` once somebody asked to stop; requests do it by themselves, long walks through files here."""
        if self._source.stop():
            raise Stopped

    @property
    def requests(self) -> int:
        """Tries sent so far."""
        return self._source.wire.requests

    @property
    def bytes(self) -> int:
        """Bytes of bodies received so far, as they came over the line (packed)."""
        return self._source.wire.bytes

    @property
    def clock(self) -> Clock:
        """The clock that answers are dated by."""
        return self._source.clock

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._source.stop()

    def close(self) -> None:
        """Close the connections. A later request opens new ones."""
        self._source.wire.close()

    def fetch(self, request: Request) -> Answer:
        """The answer to one request, after as many tries as it needs and the budget allows.

        Raises `Unavailable`, `AccessRefused`, `NotFound`, `UnexpectedPayload`, what `explain` makes of it, or
        `SettingsError` where a key or address cannot be sent at all; `Stopped` when asked to stop.
        """
        return self._fetch(request, self._source.stop, self._slots.begin())

    def fetch_in_order(self, requests: Iterable[Request], ahead: int | None = None) -> Generator[Answer, None, None]:
        """The answers to `requests` in their order, several under way at once.

        At most `ahead` are under way or waiting to be taken (default: what the owner set as `in_flight`, else the
        adapter's default; the owner's number is never exceeded). One at a time takes no thread. `requests` is consumed
        lazily, never further than `ahead` beyond what was taken, so a generator may decide by earlier answers. The
        failure of one is raised in its place; closing the iterator gives up the rest.
        """
        owner = self._source.in_flight or MOST
        limit = min(ahead or self._source.in_flight or self._in_flight, owner, MOST)
        fetch = partial(self._fetch, rank=self._slots.begin())
        source = self._source
        return answers_in_order(fetch, requests, limit, source.flow, source.stop, source.clock.monotonic)

    def _fetch(self, request: Request, stop: Callable[[], bool], rank: int) -> Answer:
        source = self._source
        url = source.home.resolve(request.path)
        shown = source.redactor.address(url)
        effort = Effort(source.clock, source.random, source.retry_for)
        renewed = False
        while True:
            self._pace.wait(request.budget, source.clock, lambda seconds: self._sleep(seconds, stop))
            if stop():
                raise Stopped
            effort.begin_try()
            outcome, sent = self._try(request, url, shown, effort.left, stop, rank)
            if isinstance(outcome, Answer):
                _log.debug("%s %s: %d, %d bytes", request.method, shown, outcome.status, len(outcome.body))
                return outcome
            if outcome.status == 401 and not renewed and not request.anonymous and self._renew(sent):
                renewed = True
                continue
            if outcome.strained:
                source.flow.strained()
            pause = effort.pause(outcome)
            if pause is None:
                raise effort.final(outcome, shown)
            _log.info(
                "%s %s: %s; try %d follows in %.1f s", request.method, shown, outcome.reason, effort.tries + 1, pause
            )
            if effort.tries == _TELLING:
                _log.warning("%s", texts("asking_again", what=outcome.error.message, minutes=ceil(effort.left / 60)))
            if outcome.wait is not None:
                self._pace.hold(source.clock.monotonic() + outcome.wait)
            self._sleep(pause, stop)

    def _try(
        self, request: Request, url: str, shown: str, left: float, stop: Callable[[], bool], rank: int
    ) -> tuple[Answer | Trouble, str | None]:
        """One try: an answer or what is wrong, and the Authorization header it went with.

        Nothing is raised from the exceptions caught here, so that no error carries one with a whole address in it.
        """
        source = self._source
        auth = None if request.anonymous else self._auth
        sent: str | None = None
        try:
            headers = {**self._headers, **request.headers}
            prepared = prepare(request.method, url, request.params, headers, request.json, auth)
            sent = prepared.headers.get("Authorization")
            # Signed before: whoever signs may have to ask for a token first, which takes a slot of its own. Dated
            # after: of two answers the one counts whose request was sent later.
            with self._slots.one(rank):
                read_at = source.clock.now()
                arrived = source.wire.send(prepared, source.clock.monotonic() + left, stop)
        except _FAILURES as failure:
            trouble = trouble_of(failure, shown, source.wire.timeouts)
            return (trouble if request.patience is None else impatient(trouble, request.patience)), sent
        answer = Answer(arrived.status, arrived.headers, arrived.body, read_at, shown, request)
        return source.judge.trouble(answer, self._explain) or answer, sent

    def _renew(self, sent: str | None) -> bool:
        auth: object = self._auth
        return isinstance(auth, Renewable) and auth.renew(sent)

    def _sleep(self, seconds: float, stop: Callable[[], bool]) -> None:
        while seconds > 0:
            if stop():
                raise Stopped
            self._source.clock.sleep(min(seconds, _SLICE))
            seconds -= _SLICE
