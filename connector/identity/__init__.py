"""Who is the same person across accounts, guests and sources.

rules        what the owner may say about it
partition    from claims to persons, pure
reading      claims and aliases by index
sharing      addresses that too many people use
closure      everything that has to be looked at together
succession   which person carries on which id, pure
firsts       the first of several orders of one instant
writing      persons, aliases, history, and the person of every row
turns        one at a time
marking      what is waiting to be resolved
resolving    resolve
lookup       a person by e-mail or by an old id
"""

from connector.identity.lookup import current_person, person_of_email
from connector.identity.resolving import Resolution, resolve
from connector.identity.rules import IdentityRules

__all__ = ["IdentityRules", "Resolution", "current_person", "person_of_email", "resolve"]
