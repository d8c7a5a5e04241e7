"""Zendesk Chat (formerly Zopim): chats and offline messages, through its incremental export.

Accounts on Zendesk Messaging have nothing here; their conversations come with the help desk. A chat that made a ticket
says so in `same_as`, so that it is counted once however many sources know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import msgspec

from adapters.zendesk_chat import wire
from adapters.zendesk_chat.admission import admitted
from adapters.zendesk_chat.messages import texts
from adapters.zendesk_chat.normalise import agent_rows, chat_rows
from adapters.zendesk_chat.pull import BUDGET, OVERLAP, Position, Walker, agent_record
from adapters.zendesk_chat.refusals import absent, explain
from adapters.zendesk_chat.settings import ZendeskChatSettings
from adapters.zendesk_chat.visit import visit
from connector import lenient
from connector.contract import Cursor, Feed, Page, Personal, Record, Row, SourceInfo, Stream, Sweep, Wanted
from connector.errors import UnexpectedPayload
from connector.model import Agent, Conversation, ConversationEvent, Message, SurveyAnswer
from connector.transport import BearerAuth, Transport

PER_MINUTE = 200  # requests, on every plan (reference, "Rate limits")

CHATS = Stream(
    "chats",
    feeds=(
        Feed(Conversation, "conversation_id"),
        Feed(Message, "conversation_id"),
        Feed(ConversationEvent, "conversation_id"),
        Feed(SurveyAnswer, "conversation_id"),
    ),
    sweep=Sweep.NONE,  # the export says itself what was deleted
    dictionary=Path(__file__).parent / "chats-1.zdict",
    personal=Personal(emails=("visitor.email",), texts=("visitor.name", "visitor.phone", "msg", "message", "comment")),
)
AGENTS = Stream(
    "agents", feeds=(Feed(Agent, "agent_id"),), sweep=Sweep.WHOLE, named_by=(Feed(Conversation, "agent_id"),)
)


class ZendeskChat:
    """A Zendesk Chat account."""

    Settings: ClassVar[type[ZendeskChatSettings]] = ZendeskChatSettings
    streams: ClassVar[tuple[Stream, ...]] = (CHATS, AGENTS)

    def __init__(self, settings: ZendeskChatSettings, transport: Transport) -> None:
        self._settings = settings
        self._http = transport.configured(
            auth=BearerAuth(settings.access_token.get_secret_value()),
            explain=explain,
            budgets={BUDGET: PER_MINUTE},
        )
        self._walker = Walker(settings, self._http)

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Who answers, and what the token may read."""
        return visit(self._settings, self._http, self._walker)

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor. Agents have no change filter: they are read whole, once."""
        if stream == CHATS:
            yield from self._walker.chats(since)
        elif since is None:
            yield from self._walker.agents()

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which everything changed since `instant` is asked for."""
        return Position(instant + OVERLAP, instant + OVERLAP).cursor() if stream == CHATS else None

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Agents by id; only they are ever asked for singly."""
        chosen = list(wanted)
        requests = (self._walker.single(one.id) for one in chosen)
        for one, answer in zip(chosen, self._http.fetch_in_order(requests), strict=True):
            if answer.status == 404:
                if not absent(answer):
                    raise UnexpectedPayload(texts("no_chat"), texts("no_chat_advice"))
                yield one, None
            else:
                record = agent_record(answer.raw_object(), answer)
                if isinstance(record, Record):
                    yield one, record

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the fields that `wire` names; of texts that are not kept, length, author's role and order numbers."""
        content = _content(stream, record)
        if isinstance(content, wire.Chat):
            if content.timestamp is None and not content.deleted:  # a stub, as comes where `fields` is not understood
                raise UnexpectedPayload(texts("not_understood", reason="Object missing required field `timestamp`"))
            content = admitted(content, texts_kept=self._settings.surroundings.texts_kept)
        return msgspec.structs.replace(record, payload=_encoder.encode(content), content=content)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record."""
        content = _content(stream, record)
        try:
            if isinstance(content, wire.Chat):
                return list(chat_rows(content, self._settings.desk, texts_kept=self._settings.surroundings.texts_kept))
            return list(agent_rows(content))
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None


_encoder = msgspec.json.Encoder()


def _content(stream: Stream, record: Record) -> wire.Chat | wire.Agent:
    if record.content is not None:
        return record.content  # type: ignore[no-any-return]
    try:
        kind: type[wire.Chat] | type[wire.Agent] = wire.Chat if stream == CHATS else wire.Agent
        return lenient.decode(record.payload, kind)
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None
