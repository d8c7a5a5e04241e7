"""Which requests, in which order, and what the cursor promises.

Lists with a change date: at first everything by growing id; then what changed since shortly before the last walk began,
again by growing id. A row that changes behind the walk's back is stamped later than the walk's beginning, so the next
one finds it. The window has no end, since rows edited during the walk would leave it.

Lists that only grow (histories, payments): what lies behind the highest id held, and the 100 ids before it, since a
lower id may be committed later.

Short lists without either (states, currencies, employees): read whole, by the first sync and by the sweep.

A cursor is a `Position` in JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from adapters.prestashop.contexts import attach
from adapters.prestashop.idranges import ids_of, ranges_of
from adapters.prestashop.lookups import Lookups
from adapters.prestashop.pages import Pages, Params, RowsPage, in_batches
from adapters.prestashop.records import Item, contents_of, record_id, record_of, stamp_of
from adapters.prestashop.resources import Resource
from adapters.prestashop.settings import PrestaShopSettings
from adapters.prestashop.times import FAR, OVERLAP, is_stamp, local, shifted, window_start
from adapters.prestashop.zones import ZoneDoubts
from connector.contract import Cursor, Listed, Page, Record, Unreadable
from connector.instants import MINUTE, SECOND
from connector.transport import Answer, Transport

PAGE = 100  # rows with all they hang on; a slow host takes seconds for them
BATCH = 300  # rows understood and stored together: as many as a look-up takes ids
STAMPS_PAGE = 5  # pages of a sweep, which list a few fields, are this many times as large
BACK = 100  # ids that a walk over a growing list steps back
CLOCK_SLACK = MINUTE  # a server clock that went back by less is covered by the overlap


class Position(msgspec.Struct, omit_defaults=True):
    """Where a stream stands: after a whole walk its `mark`; while one is under way also how far it has come."""

    mark: str = ""  # the shop's wall clock at the first answer of the walk
    asked: int = 0  # the same moment by the server's clock, microseconds UTC
    ours: int = 0  # and by ours
    under_way: bool = False
    since: str = ""  # the shop's wall clock from which the walk under way asks; "" = everything
    last_id: int = 0
    newest: str = ""  # the latest change seen
    held: str = ""  # lists that only grow: which of the last ids were seen, as ranges

    def cursor(self) -> Cursor:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()


def position_of(cursor: Cursor | None) -> Position | None:
    """The position in a cursor."""
    return None if cursor is None else msgspec.json.decode(cursor, type=Position)


class Walker:
    """Walks the lists of one shop."""

    def __init__(self, settings: PrestaShopSettings, http: Transport) -> None:
        self._settings = settings
        self._http = http
        shop = (("id_shop", settings.shop),) if settings.shop else ()
        self.fixed: Params = (("output_format", "JSON"), *shop)
        self.page_size = settings.page_size or PAGE
        self._zone = ZoneInfo(settings.timezone) if settings.timezone else None

    def lookups(self) -> Lookups:
        """What a walk may ask other lists."""
        return Lookups(self._http, self.fixed)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's zone: from config.yaml, else asked for once. Raises `AccessRefused` where nobody says it."""
        if self._zone is None:
            self._zone = self.lookups().zone()
        return self._zone

    @property
    def zone_to_keep(self) -> str | None:
        """The zone's name for the records, where config.yaml does not hold it."""
        return None if self._settings.timezone else self.zone.key

    # --- changes -----------------------------------------------------------------------------------------------------

    def changes(self, resource: Resource[Any], cursor: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor."""
        held = position_of(cursor)
        if resource.follows == "date_upd":
            yield from self._by_change(resource, held)
        elif resource.follows == "id":
            yield from self._by_growing_id(resource, held)
        elif held is None or held.under_way:
            yield from self._whole(resource, held)

    def at(self, resource: Resource[Any], moment: int) -> Cursor | None:
        """A cursor from which everything changed since `moment` (microseconds UTC) is asked for; None = everything."""
        if resource.follows is None:
            return None
        return Position(under_way=True, since=local(moment, self.zone), asked=moment, ours=moment).cursor()

    def _by_change(self, resource: Resource[Any], held: Position | None) -> Iterator[Page]:
        at = held if held and held.under_way and held.mark else None
        since = _since(held)
        seen_before = "" if held is None or held.under_way else held.newest
        doubts = ZoneDoubts(self.zone, since=held.asked if seen_before and held else None, newest=seen_before)
        lookups = self.lookups()
        while True:
            restart = ""
            walk = self._pages(resource, since).walk(self.page_size, at.last_id if at else 0)
            for batch in in_batches(walk, BATCH):
                if at is None:
                    at = self._begun(batch[0].answer, since, seen_before)
                    if held is not None and since and (restart := self._earlier(held, since, batch[0].answer)):
                        break
                for listed in batch:
                    stamps = [item.content.date_upd for item in listed.items if item.content and item.content.date_upd]
                    at = msgspec.structs.replace(at, last_id=listed.last_id, newest=_newest(stamps, at.newest))
                    doubts.saw(stamps, _server_time(listed.answer))
                yield from self._page(resource, [(listed, listed.items) for listed in batch], lookups, at)
            if not restart:
                break
            since, at = restart, None
        if at is not None:
            yield Page((), Position(at.mark, at.asked, at.ours, newest=at.newest).cursor())
        doubts.resolve()

    def _by_growing_id(self, resource: Resource[Any], held: Position | None) -> Iterator[Page]:
        at = held or Position()
        known = frozenset(ids_of(at.held))
        seen = set(known)
        last_id = at.last_id
        lookups = self.lookups()
        walk = self._pages(resource, at.since).walk(self.page_size, max(0, last_id - BACK), extra=BACK if held else 0)
        for batch in in_batches(walk, BATCH):
            new: list[tuple[RowsPage, Sequence[Item]]] = []
            for listed in batch:
                last_id = max(last_id, listed.last_id)
                items = [item for item in listed.items if item.id is None or item.id not in known]
                seen.update(item.id for item in items if item.id is not None)
                new.append((listed, items))
            seen = {number for number in seen if number > last_id - BACK}
            yield from self._page(resource, new, lookups, Position(last_id=last_id, held=ranges_of(seen)))
        yield Page((), Position(last_id=last_id, held=ranges_of(seen)).cursor())

    def _whole(self, resource: Resource[Any], held: Position | None) -> Iterator[Page]:
        lookups = self.lookups()
        for listed in self._pages(resource).walk(self.page_size, held.last_id if held else 0):
            at = Position(under_way=True, last_id=listed.last_id)
            yield from self._page(resource, [(listed, listed.items)], lookups, at)
        yield Page((), Position().cursor())

    # --- the sweep ---------------------------------------------------------------------------------------------------

    def stamps(self, resource: Resource[Any]) -> Iterator[Listed]:
        """Every id with its stamp."""
        lookups = self.lookups()
        size = min(1000, self.page_size * STAMPS_PAGE)
        for listed in self._pages(resource, display=resource.listed).walk(size):
            contents = contents_of(listed.items)
            attach(resource, contents, lookups, None)
            stamps: dict[str, str | None] = {
                record_id(resource, item.id): None for item in listed.items if item.id is not None
            }
            stamps |= {record_id(resource, content.id): stamp_of(resource, content) for content in contents}
            # A row that breaks the shop is there all the same.
            stamps |= {record_id(resource, passed.id): None for passed in listed.passed if passed.id}
            yield Listed(stamps)

    # --- parts -------------------------------------------------------------------------------------------------------

    def records(
        self, resource: Resource[Any], items: Sequence[Item], lookups: Lookups, read_at: int
    ) -> Iterator[Record | Unreadable]:
        """The records of one answer, with their contexts."""
        self._attach(resource, items, lookups)
        return self._made(resource, items, read_at)

    def _attach(self, resource: Resource[Any], items: Sequence[Item], lookups: Lookups) -> None:
        attach(resource, contents_of(items), lookups, self.zone_to_keep if resource.follows else None)

    def _made(self, resource: Resource[Any], items: Sequence[Item], read_at: int) -> Iterator[Record | Unreadable]:
        zone = self.zone if resource.follows else None
        return (record_of(item, read_at, resource, zone) for item in items)

    def _pages(self, resource: Resource[Any], since: str = "", display: str | None = None) -> Pages:
        filters: list[tuple[str, str]] = []
        first = self._settings.history_from
        from_day = _midnight(first) if first and resource.dated else ""
        if since and resource.follows == "id":
            from_day = max(from_day, since)
        elif since:
            filters.append(("filter[date_upd]", f"[{since},{FAR}]"))
        if from_day:
            filters.append(("filter[date_add]", f"[{from_day},{FAR}]"))
        return Pages(self._http, self.fixed, resource, display or resource.display, filters)

    def _page(
        self,
        resource: Resource[Any],
        parts: Sequence[tuple[RowsPage, Sequence[Item]]],
        lookups: Lookups,
        at: Position,
    ) -> Iterator[Page]:
        """The records of a few pages as one, if there are any, with the cursor behind them."""
        self._attach(resource, [item for _, items in parts for item in items], lookups)
        records: list[Record] = []
        unreadable: list[Unreadable] = []
        for listed, items in parts:
            unreadable += [Unreadable(one.reason, one.id and record_id(resource, one.id)) for one in listed.passed]
            for made in self._made(resource, items, listed.answer.read_at):
                if isinstance(made, Record):
                    records.append(made)
                else:
                    unreadable.append(made)
        if records or unreadable:
            yield Page(records, at.cursor(), None, unreadable)

    def _begun(self, first: Answer, since: str, newest: str) -> Position:
        """The position of a walk that has just got its first answer."""
        now = _server_time(first)
        return Position(local(now, self.zone), now, first.read_at, under_way=True, since=since, newest=newest)

    def _earlier(self, held: Position, since: str, first: Answer) -> str:
        """Where this walk must begin now that the server's present time is known; "" = where it did.

        Between two walks the server's clock may have been put back. What it would have shown at the last walk, had it
        been right then, follows from how much time passed by ours.
        """
        now = _server_time(first)
        put_right = held.ours + (now - first.read_at)
        back = held.asked - min(held.asked, put_right, now)
        if back <= CLOCK_SLACK or held.under_way:
            return ""
        start = shifted(held.mark, -timedelta(microseconds=back) - OVERLAP)
        return start if start < shifted(since, -timedelta(microseconds=CLOCK_SLACK)) else ""


def _since(held: Position | None) -> str:
    if held is None:
        return ""
    return held.since if held.under_way else window_start(held.mark, held.newest)


def _newest(texts: Collection[str], newest: str) -> str:
    """The latest change among these and `newest`. All stamps have one form, so they compare as texts."""
    while texts and (latest := max(texts)) > newest:
        if is_stamp(latest):
            return latest
        texts = [text for text in texts if text < latest]
    return newest


def _midnight(day: date) -> str:
    return f"{day.isoformat()} 00:00:00"


def _server_time(answer: Answer) -> int:
    """The server's clock in microseconds UTC: PrestaShop says it itself, whatever a proxy puts into `Date`."""
    text = answer.headers.get("Access-Time", "")
    if text.isascii() and text.isdigit():
        return int(text) * SECOND
    return answer.read_at if answer.server_time is None else answer.server_time
