"""Reading single records: what a sweep found to differ, and whether what it missed is really gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from adapters.prestashop.lookups import by_id
from adapters.prestashop.pull import Walker
from adapters.prestashop.records import Item, items_of, number_of, record_id
from adapters.prestashop.refusals import PageTooLarge, absent
from adapters.prestashop.resources import API, Resource
from connector.contract import Record, Wanted
from connector.errors import UnexpectedPayload
from connector.messages.paging import texts
from connector.transport import Request, TimedOut, Transport

CHUNK = 100  # ids in one request

Read = tuple[Wanted, Record | None]


@dataclass(frozen=True)
class SingleReads:
    """Reads one stream's records by id.

    They are asked for as a list, since a single view leaves out every field that is empty or "0". What the list does
    not bring is asked for by itself, for its id alone: only a 404 to that means that it is gone. A record of another
    shop of the installation is answered there although no list has it; it is neither read nor gone.
    """

    http: Transport
    walker: Walker
    resource: Resource[Any]

    def read(self, wanted: Iterable[Wanted]) -> Iterator[Read]:
        """Each wanted record; None only where the web service said that it is not there."""
        remaining = iter(wanted)
        while chunk := list(islice(remaining, CHUNK)):
            missing = {one.id: one for one in chunk}
            for one, record in self._listed(chunk):
                missing.pop(one.id, None)
                if record is not None:
                    yield one, record
            yield from self._singly(list(missing.values()))

    def _listed(self, chunk: Sequence[Wanted]) -> Iterator[Read]:
        """What a list has of these; None for one that is there but breaks the shop or cannot be read."""
        numbers = by_id(self.resource, (number_of(one.id) for one in chunk))
        if not numbers.values:
            return
        wanted = {one.id: one for one in chunk}
        try:
            answer = self.http.fetch(numbers.request(self.walker.fixed))
        except (PageTooLarge, TimedOut):
            if len(chunk) == 1:
                yield chunk[0], None
                return
            middle = len(chunk) // 2
            yield from self._listed(chunk[:middle])
            yield from self._listed(chunk[middle:])
            return
        items = [item for item in items_of(answer, self.resource) if self._name(item) in wanted]
        for made in self.walker.records(self.resource, items, self.walker.lookups(), answer.read_at):
            if isinstance(made, Record):
                yield wanted[made.id], made

    def _singly(self, chunk: Sequence[Wanted]) -> Iterator[Read]:
        fixed = [*self.walker.fixed, ("display", "[id]")]
        requests = (
            Request(f"{API}{self.resource.name}/{number_of(one.id)}", fixed, accept=frozenset({404})) for one in chunk
        )
        for one, answer in zip(chunk, self.http.fetch_in_order(requests), strict=True):
            if answer.status == 404:
                if not absent(answer):
                    raise UnexpectedPayload(texts("doubtful_404"), texts("doubtful_404_advice"))
                yield one, None

    def _name(self, item: Item) -> str:
        return "" if item.id is None else record_id(self.resource, item.id)
