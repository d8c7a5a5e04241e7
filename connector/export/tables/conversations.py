"""Conversations and their messages.

Times and counts are those that were told from messages and events (`ConversationTimes`), the same that figures read.
A conversation that counts with another one has none of its own: `part_of_source` and `part_of_id` say where they are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Text, and_, case, cast, func, null, select

from connector.export.columns import Grid, Kind
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables.table import field, grid, joined
from connector.model import Agent, Conversation, ConversationTimes, CustomerAccount, Message, Source, SurveyAnswer

_conversations, _messages, _times = stored(Conversation), stored(Message), stored(ConversationTimes)
_agents, _sources, _answers = stored(Agent), stored(Source), stored(SurveyAnswer)
_accounts = stored(CustomerAccount)
_order_sources, _other_sources = _sources.alias("order_sources"), _sources.alias("other_sources")


def conversation_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per conversation, counted or not, oldest first. The subject stands there only where texts are kept.

    Some desks say with a conversation who asks, others only which account: then e-mail and name are the account's.
    """
    own, told = _conversations.c, _times.c
    statement = (
        select()
        .select_from(
            _conversations.join(_sources, _sources.c.id == own.source_id)
            .outerjoin(_times, and_(told.source_id == own.source_id, told.conversation_id == own.conversation_id))
            .outerjoin(_agents, and_(_agents.c.source_id == own.source_id, _agents.c.agent_id == own.agent_id))
            .outerjoin(
                _accounts, and_(_accounts.c.source_id == own.source_id, _accounts.c.account_id == own.account_id)
            )
            .outerjoin(_order_sources, _order_sources.c.id == own.order_source_id)
            .outerjoin(_other_sources, _other_sources.c.id == told.part_of_source_id)
        )
        .where(*scope.conversations())
        .order_by(own.created_at.is_(None), own.created_at, own.source_id, own.conversation_id)
    )
    fields = (
        field("source", Kind.TEXT, _sources.c.name),
        field("conversation_id", Kind.TEXT, own.conversation_id),
        field("channel", Kind.TEXT, own.channel),
        field("channel_raw", Kind.TEXT, own.channel_raw),
        field("subject", Kind.TEXT, own.subject if scope.texts_kept else null()),
        field("status", Kind.TEXT, own.status),
        field("counted", Kind.BOOL, scope.counted_conversation(), turn=bool),
        field("created_at", Kind.INSTANT, own.created_at),
        field("first_reply_at", Kind.INSTANT, told.first_reply_at),
        field("frt_seconds", Kind.DURATION, told.frt_seconds, label="column.frt"),
        field("frt_business_seconds", Kind.DURATION, told.frt_business_seconds, label="column.frt_business"),
        field("solved_at", Kind.INSTANT, told.solved_at),
        field("resolution_seconds", Kind.DURATION, told.resolution_seconds, label="column.resolution"),
        field(
            "resolution_business_seconds",
            Kind.DURATION,
            told.resolution_business_seconds,
            label="column.resolution_business",
        ),
        field("replies", Kind.COUNT, told.replies),
        field("reopens", Kind.COUNT, told.reopens),
        field("agent", Kind.TEXT, func.coalesce(_agents.c.name, own.agent_id)),
        field("group", Kind.TEXT, own.group_name),
        field("tags", Kind.TEXT, own.tags, turn=joined),
        field("csat", Kind.TEXT, _csat()),
        field("person_id", Kind.COUNT, own.person_id),
        field("email", Kind.TEXT, func.coalesce(own.email, _accounts.c.email)),
        field("name", Kind.TEXT, func.coalesce(own.name, _accounts.c.name)),
        field("order_source", Kind.TEXT, _order_sources.c.name),
        field("order_id", Kind.TEXT, own.order_id),
        field("order_reason", Kind.TEXT, own.order_reason),
        field("part_of_source", Kind.TEXT, _other_sources.c.name),
        field("part_of_id", Kind.TEXT, told.part_of_id),
        field("url", Kind.LINK, own.url),
        field("gone_at", Kind.INSTANT, own.gone_at),
    )
    return grid("conversations", connection, fields, statement)


def _csat() -> ColumnElement[Any]:
    """The latest answer about the conversation, else about a part of it, as it was given: "good", or the points."""
    own, answers, part = _conversations.c, _answers.c, _times.alias("part")
    whose = and_(answers.source_id == part.c.source_id, answers.conversation_id == part.c.conversation_id)
    of_part = and_(part.c.part_of_source_id == own.source_id, part.c.part_of_id == own.conversation_id)
    of_own = and_(answers.source_id == own.source_id, answers.conversation_id == own.conversation_id)
    return func.coalesce(_latest(_answers, of_own), _latest(part.join(_answers, whose), of_part))


def _latest(among: FromClause, about: ColumnElement[bool]) -> ColumnElement[Any]:
    answers = _answers.c
    given = case((answers.scale == "good-bad", func.coalesce(answers.label, cast(answers.score, Text))))
    return (
        select(func.coalesce(given, cast(answers.score, Text), answers.label))
        .select_from(among)
        .where(about, answers.metric == "csat", answers.answered_at.is_not(None), answers.gone_at.is_(None))
        .order_by(answers.answered_at.desc(), answers.answer_id)
        .limit(1)
        .correlate(_conversations)
        .scalar_subquery()
    )


def message_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per message, by conversation and time; its text as a last column only where texts are kept."""
    own = _messages.c
    statement = (
        select()
        .select_from(
            _messages.join(_sources, _sources.c.id == own.source_id).outerjoin(
                _agents, and_(_agents.c.source_id == own.source_id, _agents.c.agent_id == own.agent_id)
            )
        )
        .where(*scope.messages())
        .order_by(own.source_id, own.conversation_id, own.created_at.is_(None), own.created_at, own.message_id)
    )
    fields = [
        field("source", Kind.TEXT, _sources.c.name),
        field("conversation_id", Kind.TEXT, own.conversation_id),
        field("message_id", Kind.TEXT, own.message_id),
        field("author_role", Kind.TEXT, own.author_role),
        field("agent", Kind.TEXT, func.coalesce(_agents.c.name, own.agent_id)),
        field("public", Kind.BOOL, own.public, turn=bool),
        field("created_at", Kind.INSTANT, own.created_at),
        field("length", Kind.COUNT, own.length),
    ]
    if scope.texts_kept:
        fields.append(field("body", Kind.TEXT, own.body))
    return grid("messages", connection, fields, statement)
