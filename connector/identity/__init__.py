"""Who is the same person across accounts, guests and sources.

rules        what the owner may say about it
partition    from claims to persons, pure
reading      claims and aliases by index
sharing      addresses that too many people use
phones       numbers that join persons, where the owner asks for it
closure      everything that has to be looked at together
succession   which person carries on which id, pure
firsts       the first of several orders of one instant
writing      persons, aliases, history, and the person of every row
relinking    marks for linking conversations with orders
turns        one at a time
marking      what is waiting to be resolved
resolving    resolve
lookup       a person by e-mail or by an old id
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from connector.identity.rules import IdentityRules

if TYPE_CHECKING:
    from connector.identity.lookup import current_person, person_of_email
    from connector.identity.resolving import Resolution, resolve

__all__ = ["IdentityRules", "Resolution", "current_person", "person_of_email", "resolve"]

# The configuration needs the rules, and then often no store: what brings the database in is imported when asked for.
_LATE = {"Resolution": "resolving", "current_person": "lookup", "person_of_email": "lookup", "resolve": "resolving"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
