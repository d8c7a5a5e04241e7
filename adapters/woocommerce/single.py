"""Reading single records: what a sweep found to differ, and whether what it missed is really gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from adapters.woocommerce.pull import API
from adapters.woocommerce.records import Kind, of_parent
from adapters.woocommerce.refusals import absent
from connector.contract import Record, Wanted
from connector.errors import UnexpectedPayload
from connector.messages.paging import texts
from connector.transport import Request, Transport

CHUNK = 100  # ids in one request; WooCommerce gives at most 100 rows
WORTH_A_LIST = 4  # fewer are asked for one by one

Read = tuple[Wanted, Record | None]


@dataclass(frozen=True)
class SingleReads:
    """Reads one stream's records by id.

    Many at once are first asked for as a list (`include=`), which cannot show that something is missing: it leaves out
    the trash, and statuses of plugins that are switched off. What the list does not bring is asked for by itself.
    """

    http: Transport
    address: Callable[[Wanted], str]
    kind: Kind[Any]
    list_path: str | None = None
    list_params: tuple[tuple[str, str], ...] = ()

    def read(self, wanted: Iterable[Wanted]) -> Iterator[Read]:
        """Each wanted record; None only where the API said that it is not there."""
        remaining = iter(wanted)
        while chunk := list(islice(remaining, CHUNK)):
            listed = {one.id: one for one in chunk}
            if self.list_path and len(chunk) >= WORTH_A_LIST:
                for one, record in self._listed(chunk):
                    del listed[one.id]
                    yield one, record
            yield from self._singly(list(listed.values()))

    def _listed(self, chunk: Sequence[Wanted]) -> Iterator[tuple[Wanted, Record]]:
        params = (
            *self.list_params,
            ("include", ",".join(one.id for one in chunk)),
            ("orderby", "id"),
            ("per_page", str(CHUNK)),
        )
        answer = self.http.fetch(Request(f"{API}{self.list_path}", params, expect="list", decode=self.kind.decode))
        wanted = {one.id: one for one in chunk}
        for item in self.kind.items(answer):
            if isinstance(item, Record) and (one := wanted.pop(item.id, None)):
                yield one, item

    def _singly(self, chunk: Sequence[Wanted]) -> Iterator[Read]:
        requests = (Request(API + self.address(one), expect="object", accept=frozenset({404})) for one in chunk)
        for one, answer in zip(chunk, self.http.fetch_in_order(requests), strict=True):
            if answer.status == 404:
                if not absent(answer):
                    raise UnexpectedPayload(texts("doubtful_404"), texts("doubtful_404_advice"))
                yield one, None
                continue
            item = self.kind.item(answer.raw_object(), answer)
            if one.locator:
                item = of_parent(item, one.locator)
            if isinstance(item, Record):
                yield one, item
