"""The tables: one vocabulary for every source.

Suffixes say the unit: `_at` an instant in microseconds UTC; `_micros` an amount in millionths of the currency's major
unit, or a quantity or rate in millionths; `_seconds` a span. Ids of foreign systems are text. Rows of different
streams are joined by natural key (`source_id` and the foreign id), never by foreign keys, since a refund may arrive
before its order. `gone_at` is set when the source itself said that the record is no longer there; nothing is deleted.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from connector.model.bookkeeping import Backup, RawRecord, Run, SetAside, Source, StreamState
from connector.model.conversations import (
    Agent,
    AgentGroup,
    BusinessSchedule,
    Conversation,
    ConversationEvent,
    Message,
    SlaTarget,
)
from connector.model.orders import (
    Cart,
    Order,
    OrderEvent,
    OrderLine,
    OrderTax,
    Product,
    Refund,
    RefundLine,
)
from connector.model.persons import (
    CustomerAccount,
    Erasure,
    ErasureKey,
    IdentityMark,
    Person,
    PersonAlias,
    PersonChange,
    PersonPhone,
)
from connector.model.service import (
    ConversationMark,
    ConversationNumber,
    ConversationReply,
    ConversationSpan,
    ConversationTimes,
    OrderLinkMark,
)
from connector.model.surveys import SurveyAnswer

__all__ = [
    "PERSONAL",
    "Agent",
    "AgentGroup",
    "Backup",
    "BusinessSchedule",
    "Cart",
    "Conversation",
    "ConversationEvent",
    "ConversationMark",
    "ConversationNumber",
    "ConversationReply",
    "ConversationSpan",
    "ConversationTimes",
    "CustomerAccount",
    "Erasure",
    "ErasureKey",
    "IdentityMark",
    "Message",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderLinkMark",
    "OrderTax",
    "Person",
    "PersonAlias",
    "PersonChange",
    "PersonPhone",
    "Product",
    "RawRecord",
    "Refund",
    "RefundLine",
    "Run",
    "SetAside",
    "SlaTarget",
    "Source",
    "StreamState",
    "SurveyAnswer",
]

PERSONAL: tuple[type[SQLModel], ...] = (Order, CustomerAccount, Conversation, Cart, SurveyAnswer)
"""Tables whose rows belong to a person (`account_id`, `email_key`, `person_id`): identity reads and marks these."""
