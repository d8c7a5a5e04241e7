"""Rows as the web service shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from adapters.prestashop.simulator.answers import XML_HEAD
from adapters.prestashop.simulator.query import Fields
from adapters.prestashop.simulator.tables import Row, Table

_SINGULAR = {"addresses": "address", "categories": "category", "countries": "country", "currencies": "currency"} | {
    "order_histories": "order_history",
    "order_slip": "order_slip",
}


def shown(table: Table, row: Row, fields: Fields, languages: Sequence[str]) -> dict[str, Any]:
    """A row with the chosen fields, in the table's own order. One language gives plain texts."""
    made: dict[str, Any] = {}
    for column in ("id", *table.columns):
        if fields is None or column in fields:
            made[column] = _value(row[column], languages) if column in table.languages else row[column]
    links = _links(table, row, fields)
    if links:
        made["associations"] = links
    return made


def without_falsy(content: Mapping[str, Any]) -> dict[str, Any]:
    """A single view since version 8: what is empty, "0" or null is not there."""
    return {name: value for name, value in content.items() if value not in ("", "0", None, [])}


def singular(resource: str) -> str:
    """The name of one element."""
    return _SINGULAR.get(resource) or resource.removesuffix("s")


def as_xml(table: Table, contents: Iterable[Mapping[str, Any]], *, whole: bool) -> bytes:
    """A list as XML."""
    one = singular(table.name)
    lines = [f"{XML_HEAD}<{table.name}>\n"]
    for content in contents:
        if not whole:
            address = f"http://shop.example/api/{table.name}/{content['id']}"
            lines.append(f'<{one} id="{content["id"]}" xlink:href="{address}"/>\n')
            continue
        fields = "".join(
            f"\t<{name}><![CDATA[{'' if value is None else value}]]></{name}>\n"
            for name, value in content.items()
            if name != "associations"
        )
        lines.append(f"<{one}>\n{fields}</{one}>\n")
    return "".join([*lines, f"</{table.name}>\n</prestashop>\n"]).encode()


def rights_as_xml(shop: str, rights: Mapping[str, Iterable[str]]) -> bytes:
    """What a key may do: the answer of `/api/`."""
    lines = [f'{XML_HEAD}<api shopName="{escape(shop)}">\n']
    for name, methods in rights.items():
        allowed = {method.lower() for method in methods}
        may = " ".join(
            f'{method}="{str(method in allowed).lower()}"'
            for method in ("get", "put", "post", "patch", "delete", "head")
        )
        address = f'xlink:href="http://shop.example/api/{name}"'
        lines.append(
            f"<{name} {address} {may}>\n<description {address} {may}>\nThe {name}</description>\n"
            + "".join(
                f'<schema xlink:href="http://shop.example/api/{name}?schema={kind}" type="{kind}"/>\n'
                for kind in ("blank", "synopsis")
            )
            + f"</{name}>\n"
        )
    return "".join([*lines, "</api>\n</prestashop>\n"]).encode()


def _links(table: Table, row: Row, fields: Fields) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for name, columns in table.links.items():
        rows = row["associations"].get(name)
        if not rows or (fields is not None and name not in fields):
            continue
        chosen = (fields[name] if fields is not None else None) or columns
        links[name] = [{column: entry.get(column) for column in columns if column in chosen} for entry in rows]
    return links


def _value(texts: Any, languages: Sequence[str]) -> Any:
    if not isinstance(texts, Mapping):
        return texts
    if len(languages) == 1:
        return texts.get(languages[0], "")
    return [{"id": language, "value": texts.get(language, "")} for language in languages]
