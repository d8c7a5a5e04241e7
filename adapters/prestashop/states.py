"""What a PrestaShop order state means, judged by its flags.

Merchants add states and rename them, and their numbers differ between shops; the flags are what the shop itself goes
by. They do not tell a cancelled order from an unpaid one: there the mail that belongs to the state does, a name that
comes with PrestaShop and stays when a state is renamed or copied.
"""

from __future__ import annotations

from adapters.prestashop import wire

_BY_MAIL = {
    "order_canceled": "cancelled",
    "refund": "refunded",
    "payment_error": "failed",
}
_AWAITED = frozenset({"cheque", "bankwire", "cashondelivery"})


def status_of(state: wire.State | None) -> str:
    """The common word for an order in this state (`orders.status`)."""
    if state is None:
        return "other"
    if state.shipped == "1":
        return "completed"
    if state.template in _BY_MAIL:
        return _BY_MAIL[state.template]
    if state.paid == "1" or state.logable == "1":
        return "processing"
    return "on_hold" if state.template in _AWAITED else "pending"


def event_of(state: wire.State | None) -> str:
    """What reaching this state means for an order (`order_events.kind`). No flag says that goods were delivered."""
    if state is None:
        return "status"
    return "shipped" if state.shipped == "1" else "paid" if state.paid == "1" else "status"
