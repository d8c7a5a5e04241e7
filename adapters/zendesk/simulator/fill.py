"""The pretend help desks there are: a story for the demo, a small odd one for tests, a large one for benchmarks."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

from adapters.zendesk.simulator.desk import AGENTS, Desk, Row
from connector.instants import DAY, HOUR, MINUTE, SECOND, day_start, to_datetime
from connector.simulation import plot
from connector.simulation.people import person
from connector.simulation.twice_seen import chats_with_tickets


def fill_small(desk: Desk) -> None:
    """A handful of tickets with every oddity, some of them in one second."""
    _tickets(desk, 12, 40 * DAY, people=9, working_hours=False)
    random = Random(f"same second/{desk.seed}")
    at = (desk.server_time() - 2 * DAY) // SECOND * SECOND
    for number in range(5):
        requester = desk.customer(number + 1, person(desk.seed, number + 1), at)
        submitter = AGENTS[0] if number == 3 else None
        desk.open(requester, at, random, f"Order #{2000 + number} is late", submitter=submitter)
    desk.delete(desk.tickets[103], desk.server_time() - DAY)
    desk.merge(desk.tickets[105], desk.tickets[106], desk.server_time() - DAY)
    desk.track(desk.tickets[107], 431, desk.server_time() - DAY)
    for key, rating in ((108, 5), (109, 1), (110, None)):
        desk.survey(desk.tickets[key], rating, desk.server_time() - DAY)


def fill_story(desk: Desk) -> None:
    """Two years of a shop's help desk; most who write are customers of the pretend shops."""
    _tickets(desk, 620, 700 * DAY, people=850)
    random = Random(f"twice seen/desk/{desk.seed}")
    for one in chats_with_tickets(desk.seed, desk.server_time()):
        requester = desk.customer(one.person, person(desk.seed, one.person), one.began)
        text = f"Chat zu Bestellung {one.order}"
        ticket = desk.open(requester, one.began + 10 * MINUTE, random, text, key=one.ticket, channel="chat")
        desk.reply(ticket, AGENTS[0], one.began + 30 * MINUTE, status="solved")
    listed = list(desk.tickets.values())
    for number in range(20, len(listed) - 60, 90):
        if listed[number]["status"] != "closed":
            desk.merge(listed[number], listed[number + 1], desk.server_time() - number * HOUR)
    _planted(desk)


def _planted(desk: Desk) -> None:
    """What is planted for the figures across sources (`connector.simulation.plot`)."""
    random = Random(f"planted/desk/{desk.seed}")
    now = desk.server_time()
    for one in plot.episodes(now):
        if one.wrote is None:
            continue
        ticket = _asks(desk, one, one.wrote, random)
        if one.answered is not None:
            desk.reply(ticket, random.choice(AGENTS), one.answered, status="solved")
        else:  # closed without a word to the customer
            desk.reply(ticket, AGENTS[0], one.wrote + 6 * DAY, public=False, status="solved")
        if random.random() < 0.6:
            desk.rate(
                ticket,
                "good" if one.served in ("fast", "fair") else "bad",
                (one.answered or one.wrote + 6 * DAY) + HOUR,
            )
    for one in plot.waiting(now):
        assert one.wrote is not None
        _asks(desk, one, one.wrote, random)


def _asks(desk: Desk, one: plot.Episode, at: int, random: Random) -> Row:
    requester = desk.customer(one.person, person(desk.seed, one.person), at)
    return desk.open(requester, at, random, "Meine Lieferung ist unvollständig", key=one.ticket, channel="email")


def fill_bulk(desk: Desk, size: int) -> None:
    """`size` tickets, with what is written in them."""
    _tickets(desk, size, 1000 * DAY, people=5000)


def _tickets(desk: Desk, count: int, span: int, *, people: int, working_hours: bool = True) -> None:
    """Tickets over `span` microseconds; with `working_hours` people answer from Monday to Friday by day."""
    random = Random(f"desk/{desk.seed}/{count}")
    begin = desk.server_time() - span
    settled = _LAST_WORD if working_hours else 3 * DAY

    def when(at: int) -> int:
        return _at_work(at) + random.randrange(20) * MINUTE if working_hours else at

    desk.hire(begin - DAY)
    for number in range(count):
        at = begin + (span - settled) * number // count + random.randrange(HOUR)
        who = random.randrange(1, people + 1)
        requester = desk.customer(who, person(desk.seed, who), at)
        ticket = desk.open(requester, at, random, f"Wo bleibt meine Bestellung {1000 + random.randrange(900)}?")
        if random.random() < 0.06:
            continue
        agent = random.choice(AGENTS)
        if random.random() < 0.2:
            desk.reply(ticket, agent, when(at + 5 * MINUTE), public=False)
        at = when(at + random.randrange(10, 600) * MINUTE)
        desk.reply(ticket, agent, at, status="solved" if random.random() < 0.9 else "pending")
        desk.work(ticket, agent, at - 5 * MINUTE, at)
        if random.random() < 0.25:
            desk.reply(ticket, requester, at + HOUR, status="open")
            at = when(at + 2 * HOUR)
            desk.reply(ticket, random.choice(AGENTS), at, status="solved")
        if random.random() < 0.2:
            desk.track(ticket, random.randrange(30, 1800), at)
        if number > 0.8 * count:  # the desk went over to the newer survey
            if random.random() < 0.4:
                desk.survey(ticket, random.choices((None, 5, 4, 2, 1), (50, 25, 15, 5, 5))[0], at + 20 * HOUR)
        elif random.random() < 0.4:
            desk.rate(ticket, random.choices(("offered", "good", "bad"), (50, 40, 10))[0], at + 20 * HOUR)


_LAST_WORD = 9 * DAY  # so long before the present the last ticket is opened, so that nothing happens in the future
_BERLIN = ZoneInfo("Europe/Berlin")


def _at_work(at: int) -> int:
    """The instant itself if the shop's people are at work then, else the next morning on which they are."""
    moment = to_datetime(at, _BERLIN)
    if moment.weekday() < 5 and 9 <= moment.hour < 17:
        return at
    day = moment.date() + timedelta(days=1 if moment.hour >= 9 else 0)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day_start(day, _BERLIN) + 9 * HOUR
