"""A request as WordPress sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from connector.simulation.faults import Fault, asked_of

_NAME = re.compile(r"([^\[]+)((?:\[[^\]]*\])*)$")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, by whom nobody knows yet."""

    method: str
    path: str  # decoded
    raw_path: str  # as it was sent
    query: str  # as it was sent
    params: Mapping[str, Any]  # as PHP reads them: the last of a name wins, `name[]` makes a list
    authorization: str
    accept: str
    host: str
    https: bool
    faults: frozenset[Fault] = field(default_factory=frozenset)

    def text(self, name: str) -> str:
        """A plain parameter, or "" where it is absent or no plain text."""
        value = self.params.get(name, "")
        return value if isinstance(value, str) else ""


def request_from(environ: Mapping[str, Any], *, pretend_https: bool) -> Request:
    """The request of a WSGI environ. What a client says in `X-Forwarded-Proto` counts for nothing."""
    uri = environ.get("REQUEST_URI") or environ["PATH_INFO"]
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        raw_path=uri.partition("?")[0],
        query=environ.get("QUERY_STRING", ""),
        params=php_query(environ.get("QUERY_STRING", "")),
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        accept=environ.get("HTTP_ACCEPT", ""),
        host=environ.get("HTTP_HOST", ""),
        https=pretend_https or environ.get("wsgi.url_scheme") == "https",
        faults=asked_of(environ),
    )


def php_query(query: str) -> dict[str, Any]:
    """A query string as PHP's `$_GET`: lists and maps by brackets, the last value of a plain name wins."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace"):
        match = _NAME.match(name)
        if not match:
            continue
        here, key = values, re.sub(r"[ .]", "_", match[1])
        for place in re.findall(r"\[([^\]]*)\]", match[2]):
            inner = here.get(key)
            if not isinstance(inner, dict):
                inner = here[key] = {}
            here, key = inner, place or str(1 + max((int(one) for one in inner if one.isdigit()), default=-1))
        here[key] = value
    return values


def written_query(params: Mapping[str, Any]) -> str:
    """Parameters as WordPress writes them back into a link."""
    return "&".join(f"{name}={quote_plus(value)}" for name, value in _flat(params))


def _flat(params: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in params.items():
        name = f"{prefix}%5B{quote_plus(key)}%5D" if prefix else quote_plus(key)
        if isinstance(value, Mapping):
            flat += _flat(value, name)
        else:
            flat.append((name, str(value)))
    return flat
