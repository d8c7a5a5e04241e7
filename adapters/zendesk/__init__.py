"""Zendesk Support: tickets, their messages and history, agents, customers, ratings, work, and how the desk is set up.

Tickets give their name to others in `self_ref`, so that a chat that made a ticket is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import msgspec

from adapters.zendesk import streams, wire
from adapters.zendesk.admission import admit
from adapters.zendesk.conversation_log import LOG, LOGS_PER_MINUTE
from adapters.zendesk.exports import EXPORTS
from adapters.zendesk.happenings import child_rows, engagement_rows, log_rows, metric_rows
from adapters.zendesk.lists import API, OVERLAP
from adapters.zendesk.login import login
from adapters.zendesk.messages import texts
from adapters.zendesk.normalise import account_rows, agent_rows, ticket_rows
from adapters.zendesk.position import Position
from adapters.zendesk.pull import Walker
from adapters.zendesk.records import item_of
from adapters.zendesk.refusals import explain, said_absent
from adapters.zendesk.settings import ZendeskSettings
from adapters.zendesk.setup import group_rows, policy_rows, schedule_rows
from adapters.zendesk.surveys import rating_rows, survey_rows
from adapters.zendesk.visit import visit
from connector import lenient
from connector.contract import Cursor, Page, Record, Row, SourceInfo, Stream, Sweep, Wanted
from connector.errors import UnexpectedPayload
from connector.instants import SECOND
from connector.transport import Request, Transport

EXPORTS_PER_MINUTE = 10  # of one account, all together (reference, "Rate limits")


class Zendesk:
    """A Zendesk help desk."""

    Settings: ClassVar[type[ZendeskSettings]] = ZendeskSettings
    streams: ClassVar[tuple[Stream, ...]] = tuple(streams.KINDS)

    def __init__(self, settings: ZendeskSettings, transport: Transport) -> None:
        self._settings = settings
        self._texts_kept = settings.surroundings.texts_kept
        self._http = transport.configured(
            auth=login(settings, transport),
            explain=explain,
            budgets={EXPORTS: EXPORTS_PER_MINUTE, LOG: LOGS_PER_MINUTE},
        )
        self._walker = Walker(settings, self._http)

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Who answers, and what the login may read."""
        return visit(self._settings, self._http)

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor. Lists without a change filter are read whole, once."""
        walker = self._walker
        changes = {
            streams.TICKETS: walker.tickets,
            streams.EVENTS: walker.events,
            streams.LOGS: walker.logs,
            streams.METRIC_EVENTS: walker.metric_events,
            streams.USERS: walker.users,
            streams.RATINGS: walker.ratings,
            streams.SURVEYS: walker.surveys,
            streams.ENGAGEMENTS: walker.engagements,
        }
        if stream in changes:
            return changes[stream](since)
        if since is not None:
            return iter(())
        whole = {
            streams.AGENTS: walker.agents,
            streams.GROUPS: walker.groups,
            streams.SCHEDULES: walker.schedules,
            streams.POLICIES: walker.policies,
        }
        return whole[stream]()

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which everything changed since `instant` is asked for."""
        if stream in (streams.RATINGS, streams.SURVEYS, streams.ENGAGEMENTS):
            return Position(mark=instant + OVERLAP).text()
        return None if stream.sweep is Sweep.WHOLE else Position(start=instant // SECOND).text()

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Single records of the lists that are read whole."""
        chosen = list(wanted)
        path, key = streams.SINGLE[stream]
        requests = (
            Request(API + path.format(one.id.removeprefix("survey-")), expect="object", accept=frozenset({404}))
            for one in chosen
        )
        for one, answer in zip(chosen, self._http.fetch_in_order(requests), strict=True):
            if answer.status == 404:
                if not said_absent(answer):
                    raise UnexpectedPayload(texts("no_desk"), texts("no_desk_advice"))
                yield one, None
                continue
            single = msgspec.json.decode(answer.raw_object(), type=dict[str, msgspec.Raw])
            item = item_of(bytes(single.get(key, msgspec.Raw(b"{}"))), answer.read_at, streams.KINDS[stream])
            if stream == streams.SCHEDULES:
                item = self._walker.completed(item, _BEHIND_ALL)
            if isinstance(item, Record):
                yield one, item

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the fields that `wire` names; no text unless the owner keeps texts. Agents are id and name."""
        content = _content(stream, record)
        admit(content, texts_kept=self._texts_kept, agents_only=stream == streams.AGENTS)
        return msgspec.structs.replace(record, payload=_encoder.encode(content), content=content)

    def remembers(self, stream: Stream) -> bool:
        """Roles of authors: a former agent's account is a customer's today."""
        return stream == streams.EVENTS

    def remembered(self, stream: Stream, record: Record, stored: bytes) -> Record:
        """A part of a ticket event with the roles it was first seen with."""
        content, before = _content(stream, record), lenient.decode(stored, wire.Child)
        if (content.role, content.agent_id) == (before.role, before.agent_id):
            return record
        content.role, content.agent_id = before.role, before.agent_id
        return msgspec.structs.replace(record, payload=_encoder.encode(content), content=content)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record."""
        try:
            return list(self._rows(stream, _content(stream, record)))
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None

    def _rows(self, stream: Stream, content: Any) -> Iterable[Row]:
        kept = self._texts_kept
        match content:
            case wire.Ticket():
                return ticket_rows(content, self._settings.url, texts_kept=kept)
            case wire.User():
                return agent_rows(content) if stream == streams.AGENTS else account_rows(content)
            case wire.Child():
                return child_rows(content, texts_kept=kept)
            case wire.LogEvent():
                return log_rows(content, texts_kept=kept)
            case wire.MetricEvent():
                return metric_rows(content)
            case wire.Rating():
                return rating_rows(content, texts_kept=kept)
            case wire.SurveyResponse():
                return survey_rows(content, texts_kept=kept)
            case wire.Engagement():
                return engagement_rows(content)
            case wire.Group():
                return group_rows(content)
            case wire.Schedule():
                return schedule_rows(content)
            case _:
                return policy_rows(content)


_BEHIND_ALL = 1000  # the place of a schedule that is in no list and yet is there
_encoder = msgspec.json.Encoder()


def _content(stream: Stream, record: Record) -> Any:
    if record.content is not None:
        return record.content
    try:
        return lenient.decode(record.payload, streams.KINDS[stream])
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None
