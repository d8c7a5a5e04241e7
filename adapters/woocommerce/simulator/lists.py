"""Lists: which rows, in which order, which of them on this page, and what the headers say.

- Filters by time are strict, in whole seconds.
- Only the order by id is unambiguous. Rows of the same second come in another order for every limit and offset, as
  a database without a tie-break may give them; so walks in those orders lose rows and show others twice.
- `offset` wins over `page`.
- Past the end the order tables say that there is nothing at all (totals 0, a link to page 0).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.woocommerce.simulator.request import Request, written_query
from adapters.woocommerce.simulator.world import HOME
from connector.simulation.faults import CAP, Fault

Values = Mapping[str, Any]


class Listed(Protocol):
    """What every row has."""

    @property
    def id(self) -> int:
        """Its id."""
        ...

    @property
    def created(self) -> int:
        """Seconds since 1970."""
        ...

    @property
    def modified(self) -> int | None:
        """Seconds since 1970."""
        ...


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """The rows of one page, and what the headers say of the whole."""

    rows: Sequence[Any]
    total: int
    pages: int
    page: int


def passes_dates(row: Listed, values: Values) -> bool:
    """Whether a row lies strictly between the times asked for."""
    modified = row.modified or 0
    return (
        (values["after"] is None or row.created > values["after"])
        and (values["before"] is None or row.created < values["before"])
        and (values["modified_after"] is None or modified > values["modified_after"])
        and (values["modified_before"] is None or modified < values["modified_before"])
    )


def passes_ids(row: Listed, values: Values) -> bool:
    """Whether a row was asked for by id, or not excluded."""
    return (not values["include"] or row.id in values["include"]) and row.id not in values["exclude"]


def in_order(rows: Iterable[Any], values: Values, key: Callable[[Any], Any] | None) -> list[Any]:
    """The rows in the order asked for. `key` says by what; None means by id."""
    descending = values["order"] == "desc"
    if values["orderby"] == "include" and values["include"]:
        places = {wanted: place for place, wanted in enumerate(values["include"])}
        return sorted(rows, key=lambda row: places[row.id])
    if key is None:
        return sorted(rows, key=lambda row: row.id, reverse=descending)
    salt = f"{values['per_page']}/{values['page']}/{values['offset']}"
    shuffled = sorted(rows, key=lambda row: zlib.crc32(f"{row.id}/{salt}".encode()))
    return sorted(shuffled, key=key, reverse=descending)


def one_page(rows: Sequence[Any], values: Values, faults: frozenset[Fault], *, forgets_totals: bool) -> PageOfRows:
    """The page asked for. `forgets_totals`: past the end the totals are 0."""
    per_page, page, offset = values["per_page"], values["page"], values["offset"]
    if Fault.PAGE_CAPPED in faults:
        per_page = min(per_page, CAP)
    if Fault.PAGING_IGNORED in faults:
        page, offset = 1, None
    start = (page - 1) * per_page if offset is None else offset
    shown = rows[start : start + per_page]
    total = len(rows)
    if not shown and Fault.ENDLESS_PAGES in faults:
        shown = rows[-per_page:]
    if not shown and forgets_totals:
        total = 0
    pages = math.ceil(total / per_page)
    if Fault.TOTALS_LOW in faults:
        total, pages = len(shown), min(1, len(shown))
    elif Fault.TOTALS_HIGH in faults:
        total, pages = total + per_page, pages + 1
    return PageOfRows(shown, total, pages, page)


def link(request: Request, route: str, page: PageOfRows, defaults: Values) -> str:
    """The links to the pages before and after, built from what the shop believes to be its address.

    The defaults that WooCommerce fills in while it answers are written back as if they had been asked for.
    """
    params = dict(request.params)
    for name, value in defaults.items():
        params.setdefault(name, value)

    def to(number: int, relation: str) -> str:
        return f'<{HOME}/wp-json/wc/v3/{route}?{written_query(params | {"page": str(number)})}>; rel="{relation}"'

    links = []
    if page.page > 1:
        links.append(to(min(page.page - 1, page.pages), "prev"))
    if page.pages > page.page:
        links.append(to(page.page + 1, "next"))
    return ", ".join(links)
