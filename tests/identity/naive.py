"""The rule of persons once more, slowly and in another way, to compare with."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from connector.identity import IdentityRules

Node = tuple[str, int, str]


@dataclass(frozen=True)
class Row:
    """What one row of a personal table says about who is who."""

    table: str
    source_id: int
    key: str
    account_id: str | None = None
    email_key: str | None = None
    name: str | None = None
    created_at: int | None = None


@dataclass(frozen=True)
class Truth:
    persons: frozenset[frozenset[Node]]
    conflicts: frozenset[frozenset[Node]]  # those persons of which an e-mail was disputed
    of_row: dict[tuple[str, int, str], frozenset[Node] | None]


def truth(rows: Iterable[Row], rules: IdentityRules) -> Truth:
    rows = list(rows)
    effective = {row.email_key: _effective(row.email_key, rules) for row in rows}
    nobodys = {address for address in effective.values() if address and _nobodys(address, rows, effective, rules)}

    def address_of(row: Row) -> str | None:
        address = effective[row.email_key]
        return None if address in nobodys else address

    persons: list[set[Node]] = []
    disputed: set[str] = set()
    for row in rows:
        if row.account_id is not None:
            persons.append({("account", row.source_id, row.account_id)})
        if address_of(row) is not None:
            persons.append({("email", 0, str(address_of(row)))})
    for source_id in {row.source_id for row in rows}:
        for address in {address_of(row) for row in rows} - {None}:
            here = [row for row in rows if row.source_id == source_id and address_of(row) == address]
            users = {row.account_id for row in here if row.account_id is not None}
            owners = {row.account_id for row in here if row.table == "customer_accounts"}
            if users and not owners:
                numbers = [user for user in users if user.isdigit()]
                owners = {min(numbers, key=int) if numbers else min(users)}
            if owners:
                persons.append({("email", 0, address), *(("account", source_id, str(owner)) for owner in owners)})
            if users - owners:
                disputed.add(str(address))

    merged = True
    while merged:
        merged = False
        for one in persons:
            for other in persons:
                if one is not other and one & other:
                    one |= other
                    persons.remove(other)
                    merged = True
                    break
            if merged:
                break

    def person_with(node: Node) -> frozenset[Node]:
        return next(frozenset(person) for person in persons if node in person)

    of_row: dict[tuple[str, int, str], frozenset[Node] | None] = {}
    for row in rows:
        if row.account_id is not None:
            found: frozenset[Node] | None = person_with(("account", row.source_id, row.account_id))
        else:
            found = person_with(("email", 0, str(address_of(row)))) if address_of(row) else None
        of_row[row.table, row.source_id, row.key] = found
    return Truth(
        frozenset(map(frozenset, persons)),
        frozenset(person_with(("email", 0, address)) for address in disputed),
        of_row,
    )


def _effective(key: str | None, rules: IdentityRules) -> str | None:
    if key is None or rules.plus_tags == "keep":
        return key
    local, domain = key.rsplit("@", 1)
    return f"{local.split('+')[0] or local}@{domain}"


def _nobodys(address: str, rows: list[Row], effective: dict[str | None, str | None], rules: IdentityRules) -> bool:
    domain = address.rsplit("@", 1)[1]
    if address == "deleted@site.invalid" or address in {_effective(key.lower(), rules) for key in rules.ignore}:
        return True
    if any(domain == relay or domain.endswith("." + relay) for relay in rules.relay_domains):
        return True
    names = {
        " ".join(unicodedata.normalize("NFC", row.name).casefold().split())
        for row in rows
        if row.table == "orders" and row.name and effective[row.email_key] == address
    }
    return len(names - {""}) > rules.shared_names
