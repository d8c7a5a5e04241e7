"""Everything that has to be looked at together: from a few marked keys to all rows whose person may change."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from connector.identity import phones
from connector.identity.partition import ACCOUNT, EMAIL, Node, account_node, email_node
from connector.identity.reading import Claims, Uses
from connector.identity.rules import IdentityRules
from connector.identity.sharing import shared_addresses


@dataclass(slots=True)
class Closure:
    """A part of the claims that no claim and no earlier person connects with the rest."""

    uses: Uses = field(default_factory=dict)
    aliases: dict[Node, int] = field(default_factory=dict)  # whose the nodes were so far
    accounts: set[Node] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)  # effective keys whose every use is in here
    nobodys: set[str] = field(default_factory=set)  # effective keys that are ignored or shared
    bridges: set[tuple[Node, Node]] = field(default_factory=set)  # pairs that a phone number joins


class Spellings:
    """Which stored keys stand for one effective key, where plus tags are merged."""

    def __init__(self, rules: IdentityRules, tagged: Iterable[str] = ()) -> None:
        self.rules = rules
        self._tagged: dict[str, set[str]] = {}
        for key in tagged:
            self.note(key)

    def note(self, key: str) -> str:
        """Remember a stored key; answers the effective one."""
        address = self.rules.effective(key)
        if address != key:
            self._tagged.setdefault(address, set()).add(key)
        return address

    @property
    def tagged(self) -> list[str]:
        """The stored keys that stand for another than themselves."""
        return sorted(key for keys in self._tagged.values() for key in keys)

    def of(self, address: str) -> tuple[str, ...]:
        """The stored keys of an effective key."""
        return (address, *sorted(self._tagged[address])) if address in self._tagged else (address,)


def close_over(claims: Claims, start: Iterable[Node], spellings: Spellings) -> Closure:
    """Follow rows, aliases and earlier persons from the start nodes until nothing new turns up.

    An address that is nobody's own joins nobody, so its rows are not followed: it may have as many as the shop has
    orders. If it was somebody's own until now it still has an alias, and what it joined is found as that person's.
    """
    closure = Closure()
    effective = spellings.rules.effective
    accounts, addresses = set[Node](), set[str]()
    for node in start:
        if node[0] == ACCOUNT:
            accounts.add(node)
        else:
            addresses.add(spellings.note(node[2]))
    persons, known_persons = set[int](), set[int]()
    counted = set[Node]()  # accounts whose phone numbers are up to date

    while accounts or addresses or persons:
        emails = [email_node(key) for address in addresses for key in spellings.of(address)]
        aliases = claims.aliases([*accounts, *emails])
        aliases.update(claims.aliases_of_persons(persons))
        nobodys = nobodys_own(claims, addresses, spellings)
        followed = addresses - nobodys
        uses = claims.of_emails(key for address in followed for key in spellings.of(address))
        uses.update(claims.of_accounts(accounts))
        uses.update(claims.of_persons(persons))

        closure.uses.update(uses)
        closure.aliases.update(aliases)
        closure.accounts |= accounts
        closure.addresses |= followed
        closure.nobodys |= nobodys
        known_persons |= persons

        accounts = {node for node in aliases if node[0] == ACCOUNT}
        accounts.update(account_node(use.source_id, use.account_id) for use in uses if use.account_id is not None)
        addresses = {effective(key) for kind, _, key in aliases if kind == EMAIL}
        addresses.update(effective(use.email_key) for use in uses if use.email_key is not None)
        persons = {*aliases.values(), *(use.person_id for use in uses if use.person_id is not None)}
        if spellings.rules.phone:
            owners = _through_phones(claims, closure.accounts - counted, followed, nobodys, spellings)
            accounts |= {node for node in owners if node[0] == ACCOUNT}
            addresses |= {key for kind, _, key in owners if kind == EMAIL}
            counted |= closure.accounts
        accounts -= closure.accounts
        addresses -= closure.addresses | closure.nobodys
        persons -= known_persons
    if spellings.rules.phone:
        nodes = {*closure.accounts, *map(email_node, closure.addresses)}
        closure.bridges.update(phones.bridges(claims.connection, nodes, spellings.rules.shared_names))
    return closure


def _through_phones(
    claims: Claims, accounts: Set[Node], followed: Set[str], nobodys: Set[str], spellings: Spellings
) -> set[Node]:
    """Whom the phone numbers of these accounts and addresses lead to; the numbers are brought up to date first."""
    numbers = phones.refresh(
        claims.connection,
        {**dict.fromkeys(accounts, ()), **{email_node(key): spellings.of(key) for key in followed}},
        [email_node(key) for key in nobodys],
        spellings.rules.shared_names,
    )
    return {node for owners in phones.owners_of(claims.connection, numbers).values() for node in owners}


def nobodys_own(claims: Claims, addresses: Iterable[str], spellings: Spellings) -> set[str]:
    """Those of the effective keys that are ignored or shared."""
    ignored = {address for address in addresses if spellings.rules.ignores(address)}
    open_questions = {address: spellings.of(address) for address in addresses if address not in ignored}
    return ignored | shared_addresses(claims.connection, open_questions, spellings.rules)
