"""From claims to persons: the rule itself, pure.

- CLAIM: a row says that an account of a source, an e-mail, or both belong to one event. An account's own row claims its
  e-mail as the ACCOUNT E-MAIL.
- NODE: what can belong to a person: an account of a source, or an e-mail (which belongs to no source).
- OWNER: inside one source an e-mail belongs to the accounts that have it as account e-mail, else to the lowest account
  that used it. Two accounts with the same account e-mail are one person: shops that let guests buy again under one
  address make such rows.
- PERSON: a connected component over accounts and the e-mails they own. An account is a person even without an e-mail,
  an e-mail that only guests used is one too.

The result depends on the set of claims alone, not on their order or number (`kpi-definitions`, convention C2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

ACCOUNT = "account"
EMAIL = "email"

Node = tuple[str, int, str]
"""(`account`, source id, account id) or (`email`, 0, key): the primary key of the tables of aliases and marks."""


class Claim(NamedTuple):
    """One row's word on who is who. At least one of account and e-mail is there."""

    source_id: int
    account_id: str | None
    email_key: str | None  # None too where the e-mail is nobody's own: ignored or shared
    is_account_email: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one person."""

    nodes: tuple[Node, ...]
    conflict: bool  # an e-mail of this person was also used by an account of another owner in the same source


def account_node(source_id: int, account_id: str) -> Node:
    """The node of an account."""
    return (ACCOUNT, source_id, account_id)


def email_node(key: str) -> Node:
    """The node of an e-mail key."""
    return (EMAIL, 0, key)


def account_order(account_id: str) -> tuple[int, int, str, str]:
    """Sorts account ids: numbers by size and before texts, texts as they are written."""
    if account_id.isascii() and account_id.isdigit():
        digits = account_id.lstrip("0")
        return (0, len(digits), digits, account_id)
    return (1, 0, account_id, account_id)


def node_order(node: Node) -> tuple[str, int, tuple[int, int, str, str]]:
    """Sorts nodes: accounts first, by source and account id, then e-mails."""
    kind, source_id, key = node
    return (kind, source_id, account_order(key) if kind == ACCOUNT else (1, 0, key, key))


def partition(claims: Iterable[Claim], bridges: Iterable[tuple[Node, Node]] = ()) -> list[Group]:
    """The persons that the claims make, each node in exactly one group. `bridges` are pairs that belong together."""
    joined = _Components()
    users: dict[tuple[int, str], set[str]] = {}
    holders: dict[tuple[int, str], set[str]] = {}
    for source_id, account_id, key, is_account_email in claims:
        if account_id is not None:
            joined.add(account_node(source_id, account_id))
            if key is not None:
                which = holders if is_account_email else users
                which.setdefault((source_id, key), set()).add(account_id)
        if key is not None:
            joined.add(email_node(key))

    disputed: list[Node] = []
    for (source_id, key), accounts in holders.items():
        for account_id in accounts:
            joined.join(account_node(source_id, account_id), email_node(key))
    for (source_id, key), accounts in users.items():
        owners = holders.get((source_id, key))
        if owners is None:
            owners = {min(accounts, key=account_order)}
            joined.join(account_node(source_id, *owners), email_node(key))
        if not accounts <= owners:
            disputed.append(email_node(key))

    for one, other in bridges:
        if one in joined and other in joined:
            joined.join(one, other)

    conflicts = {joined.root(node) for node in disputed}
    return [Group(tuple(nodes), root in conflicts) for root, nodes in joined.groups().items()]


class _Components:
    """Disjoint sets with path halving."""

    def __init__(self) -> None:
        self._parents: dict[Node, Node] = {}

    def add(self, node: Node) -> None:
        self._parents.setdefault(node, node)

    def __contains__(self, node: Node) -> bool:
        return node in self._parents

    def root(self, node: Node) -> Node:
        parents = self._parents
        while (parent := parents[node]) != node:
            parents[node] = node = parents[parent]
        return node

    def join(self, one: Node, other: Node) -> None:
        self._parents[self.root(one)] = self.root(other)

    def groups(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for node in self._parents:
            found.setdefault(self.root(node), []).append(node)
        return found
