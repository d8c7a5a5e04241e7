"""What may be kept of a chat: how long a text was, who wrote it and which orders it names; texts where they are kept.

The API gives no role with a message in older chats. Where a `nick` is there it says it; else agents are known by the
chat's own list of their names (visitors can rename themselves in mid-chat, agents not), and visitors by the names
under which they joined.
"""

from __future__ import annotations

from adapters.zendesk_chat import wire
from connector.order_numbers import MOST, order_numbers

MESSAGES = frozenset({"chat.msg", "chat.file"})
_KEPT = MESSAGES | {"chat.memberjoin", "chat.memberleave", "chat.rating", "chat.request.rating", "chat.wait_queue"}


def admitted(chat: wire.Chat, *, texts_kept: bool = False) -> wire.Chat:
    """The chat as it may be kept, texts only with `texts_kept`. What was admitted before comes out as it went in."""
    roles = Roles(chat)
    orders = list(chat.context.order_numbers)
    history: list[wire.Entry] = []
    for entry in chat.history or ():
        if entry.type not in _KEPT and not entry.type.startswith("chat.transfer"):
            continue
        text = entry.msg
        if text:
            orders += order_numbers(text)
        history.append(
            wire.Entry(
                type=entry.type,
                timestamp=entry.timestamp,
                msg=text if texts_kept else None,
                msg_id=entry.msg_id,
                new_rating=entry.new_rating,
                role=entry.role or roles.role(entry),
                agent_id=roles.agent(entry),
                length=len(text) if text is not None else entry.length,
            )
        )
    length = chat.context.length
    if chat.message is not None:
        length = len(chat.message)
        orders += order_numbers(chat.message)
    chat.history = history
    if not texts_kept:
        chat.message = chat.comment = None
    chat.context = wire.Context(length, list(dict.fromkeys(orders))[:MOST])
    return chat


class Roles:
    """Who wrote what in one chat."""

    def __init__(self, chat: wire.Chat) -> None:
        names, ids = chat.agent_names or [], chat.agent_ids or []
        self._agents: dict[str, str | None] = {
            name: str(ids[place]) if len(ids) == len(names) else None for place, name in enumerate(names)
        }
        self._visitors = {chat.visitor.name} if chat.visitor.name else set()
        for entry in chat.history or ():
            if entry.type == "chat.memberjoin" and entry.name and entry.name not in self._agents and not entry.nick:
                self._visitors.add(entry.name)

    def role(self, entry: wire.Entry) -> str:
        """customer, agent, bot or system."""
        nick = entry.nick or ""
        if nick.startswith("visitor:"):
            return "customer"
        if nick == "agent:trigger":
            return "bot"
        if nick.startswith("agent:") or entry.name in self._agents:
            return "agent"
        return "customer" if entry.name in self._visitors else "system"

    def agent(self, entry: wire.Entry) -> str | None:
        """The agent's id, where it is known."""
        nick = entry.nick or ""
        if entry.agent_id is not None:
            return str(entry.agent_id)
        if nick.startswith("agent:") and nick != "agent:trigger":
            return nick.removeprefix("agent:")
        return self._agents.get(entry.name or "") if not nick else None
