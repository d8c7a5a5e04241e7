"""The case tables (definitions, 5.1, 5.3, 5.4) from the help desk's JSON to the figure, through the real adapters."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.zendesk import Zendesk
from adapters.zendesk.settings import ZendeskSettings
from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.simulator.desk import AGENTS
from adapters.zendesk_chat import ZendeskChat
from adapters.zendesk_chat.settings import ZendeskChatSettings
from adapters.zendesk_chat.simulator import ZendeskChatAccount
from adapters.zendesk_chat.simulator.chats import Script
from connector.conversations import ServiceRules, tell_conversations
from connector.identity import IdentityRules, resolve
from connector.instants import DAY, HOUR, MINUTE, SECOND
from connector.kpi.evaluate import evaluate
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.kpi.result import Figure
from connector.settings import Timeouts
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from connector.store import Store, open_store
from connector.sync import sync_source
from connector.transport import Transport
from tests.kpi.books import BERLIN, at

MONDAY = at("2024-03-04 10:00")
NOW = at("2024-06-01 12:00")
ROBOT = AGENTS[2]
"""An agent's account that is a program, as the owner says."""
CALENDAR = "service.clock=calendar"
"""The pretend desk measures business minutes of its own."""
Row = dict[str, Any]


class Account:
    """A pretend help desk with a chat, and a store that reads both."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.desk = ZendeskDesk(clock=clock)
        self.desk.schedules, self.desk.policies = [], []
        self.desk.hire(MONDAY - DAY)
        self.chats = ZendeskChatAccount(clock=clock)
        self._random = Random(1)

    def ticket(self, number: int = 1, when: int = MONDAY, **more: Any) -> Row:
        """A customer writes an e-mail."""
        customer = self.desk.customer(number, person(1, number), when)
        return self.desk.open(customer, when, self._random, "Wo ist mein Paket?", channel="email", **more)

    def read(self) -> Account:
        """Sync both, as the program does."""
        makes: tuple[tuple[str, Any, Any, Any], ...] = (
            ("desk", self.desk, Zendesk, ZendeskSettings),
            ("chat", self.chats, ZendeskChat, ZendeskChatSettings),
        )
        for name, there, adapter, settings in makes:
            with LoopbackServer(there) as server:
                parsed = settings.model_validate(there.source_settings(server.address))
                transport = Transport(
                    server.address, clock=self.clock, random=Random(1), timeouts=Timeouts(), retry_for=300
                )
                runs = sync_source(
                    self.store, name, adapter(parsed, transport), name, server.address, transport, clock=self.clock
                )
                assert {run.status for run in runs} == {"ok"}, runs
        resolve(self.store, rules=IdentityRules(), clock=self.clock)
        tell_conversations(self.store, rules=ServiceRules(bots=(str(ROBOT),)), clock=self.clock)
        return self

    def figure(self, id: str, *options: str) -> Figure:
        chosen = KpiOptions()
        for option in options:
            chosen = chosen.with_override(option)
        period = asked("2024", None, None, BERLIN, NOW)
        (figure,) = evaluate(self.store, (id,), clock=self.clock, zone=BERLIN, options=chosen, asked=period).figures
        return figure


@pytest.fixture
def account(tmp_path: Path, empty_store: Path) -> Iterator[Account]:
    path = tmp_path / "store.db"
    shutil.copyfile(empty_store, path)
    clock = FakeClock(NOW)
    with open_store(f"sqlite:///{path}", clock=clock) as store:
        yield Account(store, clock)


def reply(account: Account, ticket: Row, minutes: int, **more: Any) -> None:
    account.desk.reply(ticket, more.pop("author", AGENTS[0]), MONDAY + minutes * MINUTE, **more)


def _plain(account: Account) -> None:
    reply(account, account.ticket(), 30)


def _note_first(account: Account) -> None:
    ticket = account.ticket()
    reply(account, ticket, 5, public=False)
    reply(account, ticket, 30)


def _several_messages(account: Account) -> None:
    ticket = account.ticket()
    reply(account, ticket, 10, author=ticket["requester_id"])
    reply(account, ticket, 30)


def _automatic_first(account: Account) -> None:
    ticket = account.ticket()
    reply(account, ticket, 1, author=-1)  # the desk's own user: a rule
    reply(account, ticket, 30)


def _agent_started(account: Account) -> None:
    ticket = account.ticket(submitter=AGENTS[0])
    reply(account, ticket, 20, author=ticket["requester_id"])
    reply(account, ticket, 30)


def _unanswered(account: Account) -> None:
    account.ticket()


def _solved_in_silence(account: Account) -> None:
    reply(account, account.ticket(), 30, public=False, status="solved")


def _bot_solved_it(account: Account) -> None:
    ticket = account.ticket()
    reply(account, ticket, 1, author=ROBOT, status="solved")
    reply(account, ticket, 60, author=ticket["requester_id"], status="open")
    reply(account, ticket, 90)


CASES: dict[str, tuple[Callable[[Account], None], int, int, dict[str, int]]] = {
    "answered": (_plain, 1, 0, {}),
    "an internal note first": (_note_first, 1, 0, {}),
    "several customer messages": (_several_messages, 1, 0, {}),
    "an automatic reply first": (_automatic_first, 1, 0, {}),
    "an agent opened it": (_agent_started, 0, 0, {"agent_started": 1}),
    "no reply yet": (_unanswered, 0, 1, {}),
    "reopened after a bot solved it": (_bot_solved_it, 1, 0, {}),
    "solved without a public reply": (_solved_in_silence, 0, 0, {"no_reply": 1}),
}


@pytest.mark.parametrize("case", CASES)
def test_first_replies(account: Account, case: str) -> None:
    play, answered, unanswered, excluded = CASES[case]
    play(account)
    figure = account.read().figure("frt", CALENDAR)
    assert (figure.n, figure.extra["unanswered"], figure.excluded) == (answered, unanswered, excluded)
    assert figure.value == (1800 if answered else None)


def test_solutions_and_first_contact(account: Account) -> None:
    """Three customers: one is content, one writes again within the week, one takes the same ticket up again."""
    for number in (1, 2, 3):
        reply(account, account.ticket(number), 60, status="solved")
    reply(account, account.ticket(2, MONDAY + 2 * DAY), 3 * 24 * 60, status="solved")
    third = account.desk.tickets[103]
    reply(account, third, 24 * 60, author=third["requester_id"], status="open")
    reply(account, third, 25 * 60, status="solved")
    for key, score in ((101, "good"), (102, "good"), (103, "bad")):
        account.desk.rate(account.desk.tickets[key], score, MONDAY + 4 * DAY)
    account.read()
    shares = {
        method: (figure.numerator, figure.denominator)
        for method in ("recontact", "one_touch", "not_reopened", "survey")
        for figure in [account.figure("fcr", f"fcr.method={method}")]
    }
    assert shares == {"recontact": (2, 4), "one_touch": (3, 4), "not_reopened": (3, 4), "survey": (2, 3)}
    assert account.figure("reopen_rate").numerator == 1
    assert account.figure("first_resolution_time", CALENDAR).value == 3600
    longest = account.figure("full_resolution_time", CALENDAR).stats
    assert longest is not None
    assert longest.max == 25 * HOUR // SECOND
    assert account.figure("solved_volume").value == 4
    assert account.figure("backlog").value == 0


def test_a_thank_you_another_channel_and_a_week_that_is_not_over(account: Account) -> None:
    """Four solved tickets: thanked for, asked on in a chat, asked on after eight days, solved a day ago."""
    for number in (1, 2, 3):
        reply(account, account.ticket(number), 60, status="solved")
    thanked = account.desk.tickets[101]
    reply(account, thanked, 90, author=thanked["requester_id"], status="open")
    account.desk.reply(thanked, AGENTS[0], MONDAY + 3 * HOUR, public=False, status="solved")
    chat = Script(1, MONDAY + 6 * DAY, person(1, 2))
    chat.asks("Immer noch kein Paket?")
    account.chats.put(chat.ended(missed=True), MONDAY // SECOND)
    account.ticket(3, MONDAY + 8 * DAY)
    young = account.ticket(4, NOW - 2 * DAY)
    account.desk.reply(young, AGENTS[0], NOW - DAY, status="solved")
    account.read()
    figure = account.figure("fcr")
    assert (figure.numerator, figure.denominator, figure.excluded) == (2, 3, {"window_open": 1})
    assert account.figure("fcr", "fcr.ignore_thanks=false").numerator == 1
    assert account.figure("fcr", "fcr.days=14").numerator == 1
    assert account.figure("reopen_rate").numerator == 1


def test_who_waited_for_whom_and_what_was_closed_without_being_solved(account: Account) -> None:
    ticket = account.ticket(1)
    reply(account, ticket, 60, status="pending")
    reply(account, ticket, 180, author=ticket["requester_id"], status="open")
    reply(account, ticket, 200, public=False, status="hold")
    reply(account, ticket, 240, status="solved")
    reply(account, account.ticket(2), 120, status="closed")
    account.desk.delete(account.ticket(3), MONDAY + DAY)
    account.desk.merge(account.ticket(4, MONDAY + HOUR), account.desk.tickets[102], MONDAY + HOUR)
    account.read()
    waits = [account.figure(f"{side}_wait_time", CALENDAR).stats for side in ("requester", "agent")]
    assert [stats.max // 60 for stats in waits if stats] == [120, 120]
    assert account.figure("full_resolution_time", CALENDAR).value == 180 * 60  # of four and of two hours
    volume = account.figure("contact_volume")
    assert (volume.value, volume.excluded) == (2, {"deleted": 1, "merged": 1})


def test_chats_that_found_nobody(account: Account) -> None:
    """Answered at once, late but while the visitor was still there, and never."""
    for number, waits in enumerate((60, 40 * 60, None), 1):
        chat = Script(number, MONDAY, person(1, number))
        chat.asks("Hallo?")
        if waits is not None:
            chat.wait(waits)
            chat.joins(AGENTS[0])
            chat.answers(Random(1))
        account.chats.put(chat.wait(60).ended(missed=waits is None), MONDAY // SECOND + number)
    account.read()
    missed = account.figure("missed_chats")
    assert (missed.numerator, missed.denominator) == (1, 3)
    frt = account.figure("frt")
    assert (frt.n, frt.stats.max if frt.stats else None, frt.extra["unanswered"]) == (2, 40 * 60, 1)


def test_a_chat_and_its_ticket_are_one_conversation(account: Account) -> None:
    ticket = account.ticket(1, MONDAY)
    chat = Script(1, MONDAY, person(1, 1))
    chat.asks("Hallo?")
    chat.wait(60)
    chat.joins(AGENTS[0])
    chat.answers(Random(1))
    done = chat.ended()
    done["zendesk_ticket_id"] = ticket["id"]
    account.chats.put(done, MONDAY // SECOND + 3600)
    account.read()
    volume = account.figure("contact_volume")
    assert (volume.value, volume.excluded) == (1, {"merged": 1})


def test_outside_opening_hours_nothing_passes(account: Account) -> None:
    from adapters.zendesk.simulator.setup import SCHEDULES

    account.desk.schedules = [dict(SCHEDULES[0], intervals=SCHEDULES[0]["intervals"][1:])]
    account.desk.reply(account.ticket(when=at("2024-03-02 11:00")), AGENTS[0], at("2024-03-02 12:00"))
    figure = account.read().figure("frt")
    assert (figure.value, figure.n, figure.extra["stats_other"]["median"]) == (0, 1, 3600)


def test_opening_hours_of_the_desk_itself_are_used(account: Account) -> None:
    """Written on Friday at half past five, answered on Monday at half past nine: an hour of the desk's own hours."""
    from adapters.zendesk.simulator.setup import SCHEDULES

    account.desk.schedules = [dict(SCHEDULES[0], intervals=SCHEDULES[0]["intervals"][1:])]
    friday = at("2024-03-01 17:30")
    ticket = account.ticket(when=friday)
    account.desk.reply(ticket, AGENTS[0], at("2024-03-04 09:30"))
    figure = account.read().figure("frt")
    assert figure.value == 3600
    assert figure.extra["stats_other"] == {
        "clock": "calendar",
        "n": 1,
        "median": 64 * 3600,
        "mean": 64 * 3600,
        "p90": 64 * 3600,
        "max": 64 * 3600,
    }
