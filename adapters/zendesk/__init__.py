"""Zendesk Support: tickets, their messages and status history, agents, customers, ratings and work.

Tickets give their name to others in `self_ref`, so that a chat that made a ticket is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import msgspec

from adapters.zendesk import wire
from adapters.zendesk.login import login
from adapters.zendesk.messages import texts
from adapters.zendesk.normalise import (
    account_rows,
    agent_rows,
    child_rows,
    engagement_rows,
    rating_rows,
    ticket_rows,
)
from adapters.zendesk.pull import API, EXPORTS, OVERLAP, Position, Walker
from adapters.zendesk.records import item_of
from adapters.zendesk.refusals import explain, said_absent
from adapters.zendesk.settings import ZendeskSettings
from adapters.zendesk.visit import visit
from connector import lenient
from connector.contract import Cursor, Feed, Page, Record, Row, SourceInfo, Stream, Sweep, Wanted
from connector.errors import UnexpectedPayload
from connector.instants import SECOND
from connector.model import Agent, Conversation, ConversationEvent, CustomerAccount, Message, SurveyAnswer
from connector.order_numbers import MOST, order_numbers
from connector.transport import Request, Transport

EXPORTS_PER_MINUTE = 10  # of one account, all together (reference, "Rate limits")

AGENTS = Stream("agents", (Feed(Agent, "agent_id"),), Sweep.WHOLE)
USERS = Stream("users", (Feed(CustomerAccount, "account_id"),), Sweep.NONE)
TICKETS = Stream("tickets", (Feed(Conversation, "conversation_id"),), Sweep.NONE)
EVENTS = Stream("ticket_events", (Feed(Message, "message_id"), Feed(ConversationEvent, "event_id")), Sweep.NONE)
RATINGS = Stream("satisfaction_ratings", (Feed(SurveyAnswer, "answer_id"),), Sweep.NONE)
ENGAGEMENTS = Stream("engagements", (Feed(ConversationEvent, "event_id"),), Sweep.NONE)


class Zendesk:
    """A Zendesk help desk."""

    Settings: ClassVar[type[ZendeskSettings]] = ZendeskSettings
    streams: ClassVar[tuple[Stream, ...]] = (TICKETS, EVENTS, USERS, AGENTS, RATINGS, ENGAGEMENTS)

    def __init__(self, settings: ZendeskSettings, transport: Transport) -> None:
        self._settings = settings
        self._http = transport.configured(
            auth=login(settings, transport), explain=explain, budgets={EXPORTS: EXPORTS_PER_MINUTE}
        )
        self._walker = Walker(settings, self._http)

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Who answers, and what the login may read."""
        return visit(self._settings, self._http)

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor. Agents have no change filter: they are read whole, once."""
        walker = self._walker
        if stream == AGENTS:
            return walker.agents() if since is None else iter(())
        if stream in (USERS, TICKETS):
            return walker.by_cursor(stream.name, _KINDS[stream.name], since)
        if stream == EVENTS:
            return walker.events(since)
        if stream == RATINGS:
            return walker.by_page("satisfaction_ratings.json", "satisfaction_ratings", wire.Rating, since)
        return walker.by_page("engagements", "agent_engagement_data", wire.Engagement, since)

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which everything changed since `instant` is asked for."""
        if stream == AGENTS:
            return None
        if stream in (RATINGS, ENGAGEMENTS):
            return Position(mark=instant + OVERLAP).text()
        return Position(start=instant // SECOND).text()

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Agents by id; only they are ever asked for singly."""
        chosen = list(wanted)
        requests = (Request(f"{API}users/{one.id}.json", expect="object", accept=frozenset({404})) for one in chosen)
        for one, answer in zip(chosen, self._http.fetch_in_order(requests), strict=True):
            if answer.status == 404:
                if not said_absent(answer):
                    raise UnexpectedPayload(texts("no_desk"), texts("no_desk_advice"))
                yield one, None
                continue
            single = msgspec.json.decode(answer.raw_object(), type=dict[str, msgspec.Raw])
            item = item_of(bytes(single.get("user", msgspec.Raw(b"{}"))), answer.read_at, wire.User, {})
            if isinstance(item, Record):
                yield one, item

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the fields that `wire` names, and no text: lengths and order numbers stay. Agents are id and name."""
        content = _content(stream, record)
        if isinstance(content, wire.Ticket):
            named = order_numbers(f"{content.subject or ''}\n{content.description or ''}")
            content.context.order_numbers = list(dict.fromkeys([*content.context.order_numbers, *named]))[:MOST]
            content.subject = content.description = None
        elif isinstance(content, wire.Child):
            text = content.plain_body if content.plain_body is not None else content.body
            content.length = content.length if text is None else len(text)
            content.plain_body = content.body = None
        elif isinstance(content, wire.User) and (stream == AGENTS or content.role in ("agent", "admin")):
            content.email = content.phone = None
        return msgspec.structs.replace(record, payload=_encoder.encode(content), content=content)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record."""
        try:
            return list(self._rows(stream, _content(stream, record)))
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None

    def _rows(self, stream: Stream, content: Any) -> Iterable[Row]:
        match content:
            case wire.Ticket():
                return ticket_rows(content, self._settings.url)
            case wire.User():
                return agent_rows(content) if stream == AGENTS else account_rows(content)
            case wire.Child():
                return child_rows(content)
            case wire.Rating():
                return rating_rows(content)
            case _:
                return engagement_rows(content)


_encoder = msgspec.json.Encoder()
_KINDS: Mapping[str, type[wire.Wire]] = {
    "agents": wire.User,
    "users": wire.User,
    "tickets": wire.Ticket,
    "ticket_events": wire.Child,
    "satisfaction_ratings": wire.Rating,
    "engagements": wire.Engagement,
}


def _content(stream: Stream, record: Record) -> Any:
    if record.content is not None:
        return record.content
    try:
        return lenient.decode(record.payload, _KINDS[stream.name])
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None
