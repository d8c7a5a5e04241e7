"""What conversations come to, by the calendar and by opening hours, and which orders they are about.

rules           what the owner may say about it
opening         weekly opening hours
business_clock  a clock that runs only while a desk is open, pure
family          the stored rows a conversation is told from
dialogue        what the messages say, pure
course          what the changes of status say, pure
telling         what both come to, pure
numbers         order numbers as they are compared
hours           which opening hours hold for whom
families        what has to be looked at together
reading         the stored rows by index
writing         what was told
marking         what is waiting to be told
updating        tell_conversations
linking         link_orders
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from connector.conversations.opening import OpeningHours
from connector.conversations.rules import DeskHours, OrderLink, ServiceRules

if TYPE_CHECKING:
    from connector.conversations.hours import HoursInForce
    from connector.conversations.linking import link_orders
    from connector.conversations.marking import hours_in_force
    from connector.conversations.updating import tell_conversations

__all__ = [
    "DeskHours", "HoursInForce", "OpeningHours", "OrderLink", "ServiceRules", "hours_in_force", "link_orders",
    "tell_conversations",
]  # fmt: skip

# The configuration needs the rules, and then often no store: what brings the database in is imported when asked for.
_LATE = {
    "HoursInForce": "hours",
    "hours_in_force": "marking",
    "link_orders": "linking",
    "tell_conversations": "updating",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
