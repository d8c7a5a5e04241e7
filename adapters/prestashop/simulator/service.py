"""The web service itself: a request in, an answer out."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any
from urllib.parse import urlencode

from adapters.prestashop.simulator.answers import (
    XML_TYPE,
    Answer,
    Died,
    Refusal,
    encoded,
    listed,
    no_key,
    php_warning,
    to_the_front,
)
from adapters.prestashop.simulator.bulk import PreparedTable
from adapters.prestashop.simulator.deeds import Deeds
from adapters.prestashop.simulator.keys import Key, check_right, key_of, key_sent
from adapters.prestashop.simulator.output import as_xml, rights_as_xml, shown, singular, without_falsy
from adapters.prestashop.simulator.query import Fields, Query, matching
from adapters.prestashop.simulator.tables import TABLES, Row, Table
from connector.clock import Clock

LONGEST_ADDRESS = 8000  # what web servers take in a line, less the rest of it
_FILE = "/var/www/html/classes/order/Order.php"


class Service(Deeds):
    """The shop behind its web service.

    Options that a test may set at any time: `domain` (the shop's own host name; requests to another one are sent to the
    start page), `switched_on` (the web service), `header_lost` (the web server drops the login), `noise` (what a module
    prints ahead of the JSON), `broken` (list -> id -> "warning" or "dies": rows that break every page they are on),
    `row_limit` (rows that fit into memory), `row_seconds` and `time_limit` (how long a loaded row takes, and when PHP
    gives up), `page_found` (False: nothing answers under /api/).
    """

    def __init__(self, clock: Clock, seed: int) -> None:
        super().__init__(clock, seed)
        self.seed = seed
        self.keys: list[Key] = []
        self.domain: str | None = None
        self.switched_on = True
        self.header_lost = False
        self.page_found = True
        self.noise = b""
        self.broken: dict[str, dict[int, str]] = {}
        self.row_limit: int | None = None
        self.row_seconds = 0.0
        self.time_limit = 30.0

    def add_key(self, *, rights: Mapping[str, frozenset[str]] | None = None, active: bool = True) -> Key:
        """A new key; without `rights` it may read every list but the shop's configuration."""
        readable = {name: frozenset({"GET"}) for name in TABLES if name != "configurations"}
        value = "".join(Random(f"key/{self.seed}/{len(self.keys)}").choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=32))
        key = Key(value, dict(readable if rights is None else rights), active)
        self.keys.append(key)
        return key

    def respond(self, environ: Mapping[str, Any]) -> Answer:
        """The answer to a request."""
        query = Query.of(environ)
        host = environ.get("HTTP_HOST", "")
        if self.domain and host != self.domain:
            return to_the_front(self.domain, f"url={query.resource}&{environ.get('QUERY_STRING', '')}")
        path = environ.get("PATH_INFO", "")
        if not path.startswith(("/api", "/webservice/")):
            return Answer(200, b"<!DOCTYPE html>\n<html><body>Teekontor Outlet</body></html>\n", "text/html", False)
        if not self.page_found:
            return Answer(404, b"<!DOCTYPE html>\n<html><body>Not Found</body></html>\n", "text/html", False)
        if len(path) + len(environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return Answer(414, b"<html><body>414 Request-URI Too Large</body></html>\n", "text/html", False)
        sent = key_sent(environ, query.params, header_lost=self.header_lost)
        if sent is None:
            return no_key()
        try:
            return self._answered(query, sent, environ.get("REQUEST_METHOD", "GET"), host)
        except Refusal as refusal:
            return refusal.answer(as_json=query.as_json)
        except Died as death:
            return death.answer()

    def _answered(self, query: Query, sent: str, method: str, host: str) -> Answer:
        if not self.switched_on:
            off = "The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office"
            raise Refusal(503, (22, off), logged_in=False)
        key = key_of(sent, self.keys)
        if not query.resource:
            return self._rights(query, key)
        if query.resource not in TABLES:
            unknown = f'Resource of type "{query.resource}" does not exists. Did you mean: "search"? The full list is: '
            raise Refusal(400, (27, unknown + listed(TABLES)))
        check_right(key, query.resource, method)
        shop = query.params.get("id_shop")
        if shop not in (None, "all"):
            if not str(shop).isdigit() or int(str(shop)) not in self.rows("shops"):
                others = {name: value for name, value in query.params.items() if name != "id_shop"}
                return to_the_front(host, urlencode({"url": query.resource, **others}))
            if shop not in key.shops:
                raise Refusal(403, (132, "No permission for this shop"))
        return self._list_or_row(query, TABLES[query.resource])

    def _rights(self, query: Query, key: Key) -> Answer:
        if query.as_json:
            if self._before_8:
                return Answer(200, encoded(list(key.rights)))
            raise Died
        name = next((row["name"] for row in self.rows("shops").values()), "")
        return Answer(200, rights_as_xml(name, key.rights), XML_TYPE)

    def _list_or_row(self, query: Query, table: Table) -> Answer:
        languages = self._languages(query)
        whole, fields = query.fields(table)
        if query.number is None:
            return self._list(query, table, whole, fields, languages)
        rows = self.rows(table.name)
        row = rows.get(int(query.number)) if query.number.isdigit() else None
        if row is None:
            return Answer(404)
        self._load(table, [row])
        content = shown(table, row, fields if whole else None, languages)
        if whole:
            return self._written(query, table, [content], whole=True)
        if not self._before_8:
            content = without_falsy(content)
        return Answer(200, self.noise + encoded({singular(table.name): content}))

    def _list(self, query: Query, table: Table, whole: bool, fields: Fields, languages: tuple[str, ...]) -> Answer:
        conditions, order = query.conditions(table), query.order(table)
        offset, count = query.limits()
        rows: Any = self.rows(table.name)
        if isinstance(rows, PreparedTable):
            body = rows.answer(query, fields if whole else {"id": None}, languages, offset, count)
            if body is not None:
                return Answer(200, body)
        chosen: list[Row] = matching(rows.values(), conditions)
        shop = query.params.get("id_shop", "1")
        if "id_shop" in table.columns and shop != "all" and table.name != "configurations":
            chosen = [row for row in chosen if row["id_shop"] == shop]
        if not order:
            # As an index happens to give them: orders by id, most other lists not.
            by_name, by_id = table.name == "configurations", table.name == "orders"
            chosen.sort(key=lambda row: row["name"] if by_name else row["id"] if by_id else -row["id"])
        for column, descending in reversed(order):
            chosen.sort(key=lambda row: row[column], reverse=descending)
        chosen = chosen[offset : None if count is None else offset + count]
        if whole:
            self._load(table, chosen)
        contents = [shown(table, row, fields if whole else {"id": None}, languages) for row in chosen]
        return self._written(query, table, contents, whole=whole)

    def _written(self, query: Query, table: Table, contents: list[dict[str, Any]], *, whole: bool) -> Answer:
        if not query.as_json:
            return Answer(200, as_xml(table, contents, whole=whole), XML_TYPE)
        return Answer(200, self.noise + encoded({table.key: contents} if contents else []))

    def _load(self, table: Table, rows: list[Row]) -> None:
        """PrestaShop loads every row as an object: that takes memory and time, and may go wrong."""
        seconds = len(rows) * self.row_seconds
        if seconds:
            self.clock.sleep(min(seconds, self.time_limit))
        if seconds > self.time_limit or (self.row_limit is not None and len(rows) > self.row_limit):
            raise Died
        for row in rows:
            how = self.broken.get(table.name, {}).get(row["id"])
            if how == "warning":
                raise php_warning(_FILE)
            if how == "dies":
                raise Died

    def _languages(self, query: Query) -> tuple[str, ...]:
        language = query.params.get("language")
        if language is None:
            return self.languages
        if language not in self.languages:
            raise Refusal(400, (81, "language is not available"))
        return (language,)

    @property
    def _before_8(self) -> bool:
        return int(self.version.partition(".")[0]) < 8
