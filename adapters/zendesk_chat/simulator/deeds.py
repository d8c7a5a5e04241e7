"""What happens in a pretend account: chats, late ratings and tags, deletions."""

from __future__ import annotations

import copy
from random import Random
from typing import TYPE_CHECKING, Any

from adapters.zendesk_chat.simulator.chats import AGENTS, ASKED, Script, offline
from connector.instants import SECOND, to_datetime, to_utc_text
from connector.simulation.people import PretendPerson, person

if TYPE_CHECKING:
    from adapters.zendesk_chat.simulator import ZendeskChatAccount

PRESENT = (9001, 9002, 9003)


def hire(account: ZendeskChatAccount) -> None:
    """The agents; one who left is no longer listed but still named in old chats."""
    for number in PRESENT:
        first, _, last = AGENTS[number].partition(" ")
        account.agents[number] = {
            "id": number,
            "display_name": AGENTS[number],
            "first_name": first,
            "last_name": last,
            "email": f"agent{number}@example.test",
            "enabled": number != 9003,
            "create_date": "2024-01-08T10:00:00Z",
            "last_login": "2026-10-01T07:00:00Z",
            "login_count": 16,
            "departments": [],
            "roles": {"owner": False, "administrator": number == 9002},
        }


def chat(
    account: ZendeskChatAccount,
    random: Random,
    begin: int,
    who: PretendPerson | None,
    *,
    agents: tuple[int, ...] = (9001,),
    order: str = "1042",
    modern: bool = True,
    started_by: str = "visitor",
    ticket: int | None = None,
    rating: str | None = None,
    messages: int = 3,
    delay: int | None = None,
) -> dict[str, Any]:
    """A chat from `begin` (microseconds UTC), stored at its end. Without agents it is missed.

    `delay`: after how many seconds an agent joins, where that is not left to chance.
    """
    script = Script(len(account.chats) + 1, begin, who, modern=modern)
    if started_by == "trigger":
        script.wait(2).trigger("Können wir helfen?")
    script.wait(random.randrange(1, 20)).asks(random.choice(ASKED).format(order=order))
    script.wait(3).trigger("Einen Moment bitte.")
    for agent in agents:
        script.wait(random.randrange(5, 90) if delay is None else delay).joins(agent)
        for _ in range(messages):
            script.wait(random.randrange(3, 60)).answers(random)
            script.wait(random.randrange(3, 60)).asks("Danke, und weiter?")
    if rating and agents:
        script.rated(rating)
    done = script.wait(random.randrange(10, 120)).ended(missed=not agents, tags=("bestellung",), started_by=started_by)
    done["rating"], done["zendesk_ticket_id"] = rating, ticket
    account.put(done, script.now // SECOND)
    return done


def touched(account: ZendeskChatAccount, chosen: dict[str, Any], **changed: Any) -> None:
    """A chat changes late and comes again."""
    now = account.server_time() // SECOND
    changed_chat = {**copy.deepcopy(chosen), **changed, "update_timestamp": to_utc_text(now * SECOND)}
    account.put(changed_chat, now)


def something_happens(account: ZendeskChatAccount, random: Random) -> str:
    """One random thing, and a word for it."""
    now = account.server_time()
    if not account.agents:
        hire(account)
    living = [one for one in account.chats.values() if not one.get("deleted")]
    kind = random.choice(("chat", "chat", "missed", "offline", "rating", "tag", "ticket", "delete"))
    if not living and kind in ("rating", "tag", "ticket", "delete"):
        kind = "chat"
    if kind in ("chat", "missed"):
        agents = () if kind == "missed" else tuple(random.sample(PRESENT, random.randint(1, 2)))
        who = person(account.seed, random.randrange(1, 400)) if random.random() < 0.7 else None
        # It began a while ago: chats are listed when they end.
        made = chat(account, random, now - 1800 * SECOND, who, agents=agents, modern=random.random() < 0.8)
        made["update_timestamp"] = to_utc_text(now)
        account.put(made, now // SECOND)
    elif kind == "offline":
        made = offline(len(account.chats) + 1, now, person(account.seed, random.randrange(1, 400)), None, "1077")
        account.put(made, now // SECOND)
    elif kind == "delete":
        chosen = random.choice(living)
        stub = {key: chosen[key] for key in ("id", "type", "timestamp")}
        touched(account, {**stub, "deleted": True})
    else:
        chosen = random.choice(living)
        if kind == "rating" and chosen["type"] == "chat":
            rating = random.choice(("good", "bad"))
            stamp = to_datetime(now).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            joined = chosen["history"][0]  # the visitor's first line says how they are named
            rated = {"rating": chosen["rating"], "new_rating": rating}
            line = {**joined, "type": "chat.rating", "timestamp": stamp, **rated}
            touched(account, chosen, rating=rating, history=[*chosen["history"], line])
        elif kind == "ticket":
            touched(account, chosen, zendesk_ticket_id=random.randrange(100, 999))
        else:
            touched(account, chosen, tags=[*chosen["tags"], f"t{random.randrange(99)}"])
    return kind
