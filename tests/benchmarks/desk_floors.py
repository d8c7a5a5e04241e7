"""The least that could be done with the pages of a help desk or a chat: floor A of `floors`, for many lists.

One `requests.Session`, orjson, and a raw `executemany` of eight columns of each row, page by page, of every list that
the adapter reads. It keeps no raw record, no names beside the rows and no place to go on from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

Settings = dict[str, str]
Body = dict[str, Any]
Get = Callable[[str], Body]

COLUMNS = 8
MESSAGING = ("native_messaging", "whatsapp")  # the pretend desk's channels of which each ticket has a log


def zendesk(settings: Settings, folder: Path) -> int:
    """Tickets, their events, the logs of messaging tickets, and what else there is; the number of tickets."""
    import requests

    session = requests.Session()
    login = {"grant_type": "client_credentials", **{key: settings[key] for key in ("client_id", "client_secret")}}
    token = _sent(session, settings["url"] + "/oauth/tokens", login)["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"

    def get(path: str) -> Body:
        return _sent(session, f"{settings['url']}/api/v2/{path}")

    with closing(_Database(folder)) as database:
        messaging: list[int] = []
        tickets = 0
        for page in _by_cursor(get, "incremental/tickets/cursor.json?include=users,groups,metric_sets&per_page=1000"):
            tickets += database.save("tickets", page["tickets"])
            messaging.extend(row["id"] for row in page["tickets"] if row["via"]["channel"] in MESSAGING)
        for key in messaging:
            database.save("log", get(f"tickets/{key}/conversation_log.json")["events"])
        for page in _by_cursor(get, "incremental/users/cursor.json?per_page=1000"):
            database.save("users", page["users"])
        for page in _by_time(get, "incremental/ticket_events.json?include=comment_events&per_page=1000"):
            database.save("events", page["ticket_events"])
        for page in _by_time(get, "incremental/ticket_metric_events.json?per_page=1000"):
            database.save("metric_events", page["ticket_metric_events"])
        for name, key in (
            ("satisfaction_ratings.json", "satisfaction_ratings"),
            ("guide/survey_responses", "survey_responses"),
        ):
            for page in _numbered(get, name):
                database.save("answers", page[key])
        for page in _engagements(get):
            database.save("work", page["agent_engagement_data"])
    return tickets


def zendesk_chat(settings: Settings, folder: Path) -> int:
    """The chats; their number."""
    import requests

    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {settings['access_token']}"
    address = f"{settings['url']}/api/v2/chat/incremental/chats?fields=chats(*)&limit=1000&start_time="
    place, found = "0", 1
    count = 0
    with closing(_Database(folder)) as database:
        while found:
            page = _sent(session, address + place)
            found = database.save("chats", page["chats"])
            count += found
            place = f"{page['end_time']}&start_id={page['end_id']}"
    return count


FLOORS = {"zendesk": zendesk, "zendesk_chat": zendesk_chat}


class _Database:
    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "a.db")
        self._database.execute("PRAGMA journal_mode=WAL")
        self._tables: set[str] = set()

    def save(self, table: str, rows: list[Body]) -> int:
        if table not in self._tables:
            names = ", ".join(f"c{place}" for place in range(1, COLUMNS))
            self._database.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, {names})")
            self._tables.add(table)
        if rows:
            marks = ", ".join("?" * COLUMNS)
            with self._database:
                self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", map(_values, rows))
        return len(rows)

    def close(self) -> None:
        self._database.close()


def _values(row: Body) -> list[Any]:
    values = [value for value in row.values() if value is None or isinstance(value, (str, int, float))][:COLUMNS]
    return values + [None] * (COLUMNS - len(values))


def _sent(session: Any, address: str, form: dict[str, str] | None = None) -> Body:
    import orjson

    answer = session.get(address, timeout=60) if form is None else session.post(address, json=form, timeout=60)
    answer.raise_for_status()
    body: Body = orjson.loads(answer.content)
    return body


def _by_cursor(get: Get, path: str) -> Iterator[Body]:
    place = "start_time=0"
    while True:
        page = get(f"{path}&{place}")
        yield page
        if page["end_of_stream"]:
            return
        place = f"cursor={page['after_cursor']}"


def _by_time(get: Get, path: str) -> Iterator[Body]:
    place = 0
    while True:
        page = get(f"{path}&start_time={place}")
        yield page
        if page["end_of_stream"]:
            return
        place = page["end_time"]


def _numbered(get: Get, name: str) -> Iterator[Body]:
    place = ""
    while True:
        page = get(f"{name}?page[size]=100{place}")
        yield page
        if not page["meta"]["has_more"]:
            return
        place = f"&page[after]={page['meta']['after_cursor']}"


def _engagements(get: Get) -> Iterator[Body]:
    place = "start_time=0"
    while True:
        page = get(f"engagements?page_size=100&{place}")
        yield page
        if not page["has_more"]:
            return
        place = page["next_page_url"].partition("?")[2]
