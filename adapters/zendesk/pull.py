"""Which streams are read in which way."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from adapters.zendesk import wire
from adapters.zendesk.conversation_log import ConversationLogs
from adapters.zendesk.exports import Exports
from adapters.zendesk.fields import TicketFields
from adapters.zendesk.lists import Lists, page
from adapters.zendesk.messages import texts
from adapters.zendesk.position import READ_WHOLE
from adapters.zendesk.records import Items, item_of, items, metric_records, metric_second, record_of
from adapters.zendesk.roles import Roles
from adapters.zendesk.settings import ZendeskSettings
from adapters.zendesk.ticket_events import children
from connector import lenient
from connector.contract import Cursor, Page, Record, Unreadable
from connector.instants import DAY, SECOND, day_start
from connector.transport import Answer, Transport

_ENGAGEMENTS_KEPT = 90 * DAY  # reference, "Omnichannel Engagements"
_LONGEST_ENGAGEMENT = 7 * DAY  # a ticket that stays with one agent over a long weekend; it is listed when it ends
STAFF_ONLY = (("role[]", "agent"), ("role[]", "admin"))


class Walker:
    """Walks everything there is to read of one help desk."""

    def __init__(self, settings: ZendeskSettings, http: Transport) -> None:
        day = settings.history_from
        since = day_start(day, ZoneInfo("UTC")) // SECOND if day else 0
        self.lists = Lists(http, settings.page_size, since)
        self._exports = Exports(http, settings.page_size, since)
        self._logs = ConversationLogs(http, self._exports)
        self._fields = TicketFields(self.lists)
        self._roles = Roles(http)

    # --- what changes ------------------------------------------------------------------------------------------------

    def tickets(self, cursor: Cursor | None) -> Iterator[Page]:
        """Tickets with their measurements, their groups' names and what their custom fields say."""
        walk = self._logs.walk_begins(cursor)
        beside = (("include", "users,groups,metric_sets"),)
        for answer, end in self._exports.by_cursor("tickets", beside, cursor):
            meta = lenient.decode(answer.raw_object(), wire.ExportMeta)
            groups = {group.id: group.name for group in meta.groups}
            self._roles.note(map(bytes, meta.users))
            found, leg = items(answer, "tickets", wire.Ticket), walk.leg(end)
            for record in found.records:
                ticket = record.content
                if ticket is None:
                    continue
                ticket.context.group = groups.get(ticket.group_id)
                self._fields.read(ticket)
                leg.add(ticket)
            yield page(found, end.text())
        walk.ended = True

    def users(self, cursor: Cursor | None) -> Iterator[Page]:
        """Customers, and who answers."""
        for answer, end in self._exports.by_cursor("users", (), cursor):
            yield page(items(answer, "users", wire.User), end.text())

    def events(self, cursor: Cursor | None) -> Iterator[Page]:
        """Comments and changes of tickets. An event is given once, so an author's role stays as first seen."""

        def made(answer: Answer, events: list[wire.Event]) -> Items:
            return children(answer, events, self._roles, self._fields)

        beside = (("include", "comment_events"),)
        return self._exports.by_time("ticket_events", wire.Event, beside, cursor, lambda event: event.timestamp, made)

    def metric_events(self, cursor: Cursor | None) -> Iterator[Page]:
        """Clocks and promises."""
        kind = wire.MetricEvent
        return self._exports.by_time("ticket_metric_events", kind, (), cursor, metric_second, metric_records)

    def logs(self, cursor: Cursor | None) -> Iterator[Page]:
        """Messages of messaging tickets."""
        return self._logs.changes(cursor)

    def ratings(self, cursor: Cursor | None) -> Iterator[Page]:
        """Answers to the older survey."""
        path = "satisfaction_ratings"
        return self.lists.changes(f"{path}.json", path, wire.Rating, cursor, by="start_time")

    def surveys(self, cursor: Cursor | None) -> Iterator[Page]:
        """Answers to the newer survey, by when they were made; later changes are found by the sweep."""
        path, by = "guide/survey_responses", "filter[created_at_start]"
        return self.lists.changes(path, "survey_responses", wire.SurveyResponse, cursor, by=by)

    def engagements(self, cursor: Cursor | None) -> Iterator[Page]:
        """Work that ended. The list is ordered by when work began, and holds none that goes on."""
        return self.lists.changes(
            "engagements",
            "agent_engagement_data",
            wire.Engagement,
            cursor,
            by="start_time",
            overlap=_LONGEST_ENGAGEMENT,
            kept_for=_ENGAGEMENTS_KEPT,
        )

    # --- what has no change filter -----------------------------------------------------------------------------------

    def agents(self) -> Iterator[Page]:
        """Everybody who answers."""
        return self.lists.whole("users.json", "users", wire.User, STAFF_ONLY)

    def groups(self) -> Iterator[Page]:
        """The teams."""
        return self.lists.whole("groups.json", "groups", wire.Group)

    def policies(self) -> Iterator[Page]:
        """The service level policies."""
        return self.lists.whole("slas/policies.json", "sla_policies", wire.Policy)

    def schedules(self) -> Iterator[Page]:
        """Opening hours, each with its holidays, in the desk's order: the first is the default."""
        position = 0
        for answer in self.lists.pages("business_hours/schedules.json"):
            found = Items()
            for payload in answer.records("schedules"):
                found.add(self.completed(item_of(payload, answer.read_at, wire.Schedule), position))
                position += 1
            yield page(found, None)
        yield Page((), READ_WHOLE)

    def completed(self, item: Record | Unreadable, position: int) -> Record | Unreadable:
        """A schedule with its place and its holidays."""
        if isinstance(item, Record) and item.content is not None:
            schedule: wire.Schedule = item.content
            path = f"business_hours/schedules/{schedule.id}/holidays.json"
            listed = self.lists.all_of(path, "holidays")
            try:
                schedule.holidays = [lenient.decode(payload, wire.Holiday) for payload in listed]
            except ValueError as error:
                return Unreadable(texts("not_understood", reason=str(error)), item.id)
            schedule.position = position
            return record_of(schedule, item.read_at)
        return item
