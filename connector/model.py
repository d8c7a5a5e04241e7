"""The tables: one vocabulary for every source.

Suffixes say the unit: `_at` an instant in microseconds UTC; `_micros` an amount in millionths of the currency's major
unit, or a quantity or rate in millionths; `_seconds` a span. Ids of foreign systems are text. Rows of different
streams are joined by natural key (`source_id` and the foreign id), never by foreign keys, since a refund may arrive
before its order. `gone_at` is set when the source itself said that the record is no longer there; nothing is deleted.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Text, text
from sqlmodel import Field, SQLModel


def _big(*, key: bool = False, null: bool = True, index: bool = False) -> Column:  # type: ignore[type-arg]
    return Column(BigInteger, primary_key=key, nullable=null and not key, index=index, autoincrement=False)


def _number() -> Column:  # type: ignore[type-arg]
    """A number that the database gives out. SQLite counts only in a column whose type is the very word INTEGER."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _text(*, key: bool = False, null: bool = True, index: bool = False) -> Column:  # type: ignore[type-arg]
    return Column(Text, primary_key=key, nullable=null and not key, index=index)


_GONE = text("gone_at IS NOT NULL")
_OWN_NUMBER = text("number <> order_id")
_PART = text("part_of_id IS NOT NULL")
_MERGED = text("merged_into IS NOT NULL")
_LINKED = text("order_id IS NOT NULL")

# --- the store's own bookkeeping ------------------------------------------------------------------------------------


class Source(SQLModel, table=True):
    """One configured source. The name is the owner's; the number is ours and never reused."""

    __tablename__ = "sources"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, sa_column=_number())
    name: str = Field(sa_column=Column(Text, unique=True, nullable=False))
    adapter: str = Field(sa_column=_text(null=False))
    url: str = Field(sa_column=_text(null=False))
    timezone: str | None = Field(default=None, sa_column=_text())  # IANA name, as the source said it
    currency: str | None = Field(default=None, sa_column=_text())  # ISO 4217, the shop's main currency
    version: str | None = Field(default=None, sa_column=_text())
    created_at: int = Field(sa_column=_big(null=False))


class StreamState(SQLModel, table=True):
    """Where a stream stands: the cursor to resume from, and how its last runs went."""

    __tablename__ = "stream_states"
    source_id: int = Field(sa_column=_big(key=True))
    stream: str = Field(sa_column=_text(key=True))
    cursor: str | None = Field(default=None, sa_column=_text())  # opaque; only the adapter reads it
    last_success_at: int | None = Field(default=None, sa_column=_big())
    last_attempt_at: int | None = Field(default=None, sa_column=_big())
    last_sweep_at: int | None = Field(default=None, sa_column=_big())
    failing_since: int | None = Field(default=None, sa_column=_big())  # microseconds UTC; null while all is well
    error_class: str | None = Field(default=None, sa_column=_text())
    error_message: str | None = Field(default=None, sa_column=_text())
    error_advice: str | None = Field(default=None, sa_column=_text())


class Run(SQLModel, table=True):
    """One execution of one stream (or of a source that failed before any stream) and its outcome. Reports only."""

    __tablename__ = "runs"
    id: int | None = Field(default=None, sa_column=_number())
    source_id: int = Field(sa_column=_big(null=False))
    stream: str | None = Field(default=None, sa_column=_text())
    kind: str = Field(sa_column=_text(null=False))  # sync | sweep | full | rebuild | import
    status: str = Field(sa_column=_text(null=False))  # running | ok | partial | failed | skipped | interrupted
    started_at: int = Field(sa_column=_big(null=False, index=True))
    finished_at: int | None = Field(default=None, sa_column=_big())
    requests: int = Field(default=0, sa_column=_big(null=False))
    records: int = Field(default=0, sa_column=_big(null=False))
    inserted: int = Field(default=0, sa_column=_big(null=False))
    updated: int = Field(default=0, sa_column=_big(null=False))
    unchanged: int = Field(default=0, sa_column=_big(null=False))
    gone: int = Field(default=0, sa_column=_big(null=False))
    set_aside: int = Field(default=0, sa_column=_big(null=False))
    bytes: int = Field(default=0, sa_column=_big(null=False))
    error_class: str | None = Field(default=None, sa_column=_text())
    error_message: str | None = Field(default=None, sa_column=_text())
    error_advice: str | None = Field(default=None, sa_column=_text())


class RawRecord(SQLModel, table=True):
    """An admitted record as it came, compressed; the origin of every row it became."""

    __tablename__ = "raw_records"
    # With row ids, unlike most tables here: the payload makes its rows long, and the key's own small index then
    # answers "which of these are known" and "how many" without walking over the payloads.
    __table_args__ = (Index("ix_raw_records_gone", "source_id", "stream", sqlite_where=_GONE, postgresql_where=_GONE),)
    source_id: int = Field(sa_column=_big(key=True))
    stream: str = Field(sa_column=_text(key=True))
    record_id: str = Field(sa_column=_text(key=True))
    payload: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zstd; null = asked for, never there
    dictionary: int = Field(default=0, sa_column=_big(null=False))  # version of the stream's dictionary; 0 = none
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # BLAKE2b-128 of the admitted payload
    updated_at: int | None = Field(default=None, sa_column=_big())  # the source's clock
    stamp: str | None = Field(default=None, sa_column=_text())
    locator: str | None = Field(default=None, sa_column=_text())
    read_at: int = Field(sa_column=_big(null=False))  # our clock: start of the request that brought this content
    gone_at: int | None = Field(default=None, sa_column=_big())


class SetAside(SQLModel, table=True):
    """A record that could not be read, with the reason and what may be kept of it. `rebuild` tries it again."""

    __tablename__ = "set_aside"
    source_id: int = Field(sa_column=_big(key=True))
    stream: str = Field(sa_column=_text(key=True))
    record_id: str = Field(sa_column=_text(key=True))
    step: str = Field(sa_column=_text(null=False))  # pull | admit | normalise
    reason: str = Field(sa_column=_text(null=False))  # a sentence without personal data
    payload: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zstd, admitted
    dictionary: int = Field(default=0, sa_column=_big(null=False))
    stamp: str | None = Field(default=None, sa_column=_text())
    locator: str | None = Field(default=None, sa_column=_text())
    updated_at: int | None = Field(default=None, sa_column=_big())
    read_at: int = Field(sa_column=_big(null=False))


# --- persons --------------------------------------------------------------------------------------------------------


class Person(SQLModel, table=True):
    """A human being, put together from accounts and e-mails of all sources. The id is stable for good."""

    __tablename__ = "persons"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, sa_column=_number())
    created_at: int = Field(sa_column=_big(null=False))
    merged_into: int | None = Field(default=None, sa_column=_big())  # the older person that took this one over
    conflict: bool = Field(default=False)  # two accounts of one source used the same e-mail (`identity_conflict`)


class PersonAlias(SQLModel, table=True):
    """What belongs to a person: an account of a source, or an e-mail key (then `source_id` is 0)."""

    __tablename__ = "person_aliases"
    __table_args__ = (Index("ix_person_aliases_person", "person_id"), {"sqlite_with_rowid": False})
    kind: str = Field(sa_column=_text(key=True))  # account | email
    source_id: int = Field(sa_column=_big(key=True))
    key: str = Field(sa_column=_text(key=True))
    person_id: int = Field(sa_column=_big(null=False))


class PersonPhone(SQLModel, table=True):
    """A phone number of an account or an e-mail key, where phones join persons (`identity.phone`); else empty."""

    __tablename__ = "person_phones"
    __table_args__ = (Index("ix_person_phones_phone", "phone_key"), {"sqlite_with_rowid": False})
    kind: str = Field(sa_column=_text(key=True))  # account | email
    source_id: int = Field(sa_column=_big(key=True))
    key: str = Field(sa_column=_text(key=True))
    phone_key: str = Field(sa_column=_text(key=True))  # E.164: +49301234567


class PersonChange(SQLModel, table=True):
    """The history of merges and splits, so that yesterday's export still joins."""

    __tablename__ = "person_changes"
    id: int | None = Field(default=None, sa_column=_number())
    at: int = Field(sa_column=_big(null=False))
    kind: str = Field(sa_column=_text(null=False))  # merge | split
    person_id: int = Field(sa_column=_big(null=False))  # the one that stays
    other_id: int = Field(sa_column=_big(null=False))  # the one that was taken over, or split off


class IdentityMark(SQLModel, table=True):
    """A key whose claims changed since persons were last put together; written with the page, cleared when resolved."""

    __tablename__ = "identity_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: str = Field(sa_column=_text(key=True))  # account | email
    source_id: int = Field(sa_column=_big(key=True))
    key: str = Field(sa_column=_text(key=True))


class Erasure(SQLModel, table=True):
    """Something of an erased person that a source may bring again: an address, an account, an order, a conversation.

    Only a keyed hash of it is kept, so that nobody reads here who was erased.
    """

    __tablename__ = "erasures"
    kind: str = Field(sa_column=_text(key=True))  # email | account | order | conversation
    source_id: int = Field(sa_column=_big(key=True))  # 0 for an address
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    erased_at: int = Field(sa_column=_big(null=False))


class ErasureKey(SQLModel, table=True):
    """The key of those hashes, made with the first erasure."""

    __tablename__ = "erasure_keys"
    id: int = Field(sa_column=_big(key=True))
    key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Backup(SQLModel, table=True):
    """A backup that was made, so that an erasure can name the files that still hold what was erased."""

    __tablename__ = "backups"
    path: str = Field(sa_column=_text(key=True))
    made_at: int = Field(sa_column=_big(null=False))


class CustomerAccount(SQLModel, table=True):
    """A customer's account in one source."""

    __tablename__ = "customer_accounts"
    __table_args__ = (
        Index("ix_customer_accounts_email", "email_key"),
        Index("ix_customer_accounts_person", "person_id"),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=_big(key=True))
    account_id: str = Field(sa_column=_text(key=True))
    email: str | None = Field(default=None, sa_column=_text())  # as typed
    email_key: str | None = Field(default=None, sa_column=_text())  # trimmed, NFC, lower case
    name: str | None = Field(default=None, sa_column=_text())
    phone: str | None = Field(default=None, sa_column=_text())
    country: str | None = Field(default=None, sa_column=_text())  # ISO 3166 alpha-2
    shop: str | None = Field(default=None, sa_column=_text())  # the shop inside a multishop source
    role: str | None = Field(default=None, sa_column=_text())  # customer, end-user, …: the source's word
    registered_at: int | None = Field(default=None, sa_column=_big())
    person_id: int | None = Field(default=None, sa_column=_big())
    gone_at: int | None = Field(default=None, sa_column=_big())


# --- orders ---------------------------------------------------------------------------------------------------------


class Order(SQLModel, table=True):
    """One order, counted or not. `net` is total - tax - shipping; `discount` and `shipping` are without tax."""

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_email", "email_key"),
        Index("ix_orders_account", "source_id", "account_id"),
        # Most shops number orders by their id; only where they do not is a second way to find them needed.
        Index("ix_orders_number", "number", sqlite_where=_OWN_NUMBER, postgresql_where=_OWN_NUMBER),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=_big(key=True))
    order_id: str = Field(sa_column=_text(key=True))
    number: str | None = Field(default=None, sa_column=_text())  # what the customer sees
    shop: str | None = Field(default=None, sa_column=_text())
    status: str = Field(sa_column=_text(null=False))
    # draft pending on_hold processing completed cancelled refunded failed trash other
    status_raw: str = Field(sa_column=_text(null=False))  # the source's own word
    status_known: bool = Field(default=True)  # false: a status of a plugin that the adapter does not know
    countable: bool = Field(default=True)  # counted by default, by the source's own rule (convention C5)
    created_at: int | None = Field(default=None, sa_column=_big())
    paid_at: int | None = Field(default=None, sa_column=_big())
    completed_at: int | None = Field(default=None, sa_column=_big())
    modified_at: int | None = Field(default=None, sa_column=_big())
    account_id: str | None = Field(default=None, sa_column=_text())  # null = guest
    email: str | None = Field(default=None, sa_column=_text())  # as typed
    email_key: str | None = Field(default=None, sa_column=_text())  # trimmed, NFC, lower case
    name: str | None = Field(default=None, sa_column=_text())
    phone: str | None = Field(default=None, sa_column=_text())
    country: str | None = Field(default=None, sa_column=_text())  # billing, ISO 3166 alpha-2
    currency: str | None = Field(default=None, sa_column=_text())  # ISO 4217
    total_micros: int = Field(sa_column=_big(null=False))  # what the customer paid, with tax and shipping
    tax_micros: int = Field(sa_column=_big(null=False))  # all tax, shipping's included
    shipping_micros: int = Field(sa_column=_big(null=False))
    discount_micros: int = Field(sa_column=_big(null=False))
    rate_micros: int | None = Field(default=None, sa_column=_big())
    # the order's own exchange rate: units of its currency per unit of the shop's main currency, in millionths
    payment_method: str | None = Field(default=None, sa_column=_text())
    shipping_method: str | None = Field(default=None, sa_column=_text())
    coupons: str | None = Field(default=None, sa_column=_text())  # JSON list of codes
    tags: str | None = Field(default=None, sa_column=_text())  # JSON list
    invoice_number: str | None = Field(default=None, sa_column=_text())
    created_via: str | None = Field(default=None, sa_column=_text())  # checkout, admin, plugin names
    cart_id: str | None = Field(default=None, sa_column=_text())
    attribution_type: str | None = Field(default=None, sa_column=_text())  # utm, organic, referral, typein, admin
    attribution_source: str | None = Field(default=None, sa_column=_text())
    attribution_medium: str | None = Field(default=None, sa_column=_text())
    attribution_campaign: str | None = Field(default=None, sa_column=_text())
    device_type: str | None = Field(default=None, sa_column=_text())
    refunds_named: str | None = Field(default=None, sa_column=_text())  # JSON list of refund ids the order itself names
    url: str | None = Field(default=None, sa_column=_text())  # the order in the shop's back office
    person_id: int | None = Field(default=None, sa_column=_big(index=True))  # set by identity, not by an adapter
    gone_at: int | None = Field(default=None, sa_column=_big())


class OrderLine(SQLModel, table=True):
    """A line of an order: goods, a fee or a way of shipping. Amounts without tax.

    `total` is after `discount`; where that is null, the source discounts the order as a whole, and no line.
    """

    __tablename__ = "order_lines"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    order_id: str = Field(sa_column=_text(key=True))
    line_id: str = Field(sa_column=_text(key=True))
    kind: str = Field(sa_column=_text(null=False))  # product | fee | shipping
    product_id: str | None = Field(default=None, sa_column=_text())
    variation_id: str | None = Field(default=None, sa_column=_text())
    sku: str | None = Field(default=None, sa_column=_text())
    name: str | None = Field(default=None, sa_column=_text())
    quantity_micros: int = Field(sa_column=_big(null=False))
    total_micros: int = Field(sa_column=_big(null=False))
    tax_micros: int = Field(sa_column=_big(null=False))
    discount_micros: int | None = Field(default=None, sa_column=_big())


class OrderTax(SQLModel, table=True):
    """The tax of an order at one rate."""

    __tablename__ = "order_taxes"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    order_id: str = Field(sa_column=_text(key=True))
    rate_id: str = Field(sa_column=_text(key=True))
    label: str | None = Field(default=None, sa_column=_text())
    rate_micros: int | None = Field(default=None, sa_column=_big())  # percent in millionths: 19 % = 19_000_000
    taxable_micros: int | None = Field(default=None, sa_column=_big())  # net amount the rate applies to
    tax_micros: int = Field(sa_column=_big(null=False))  # shipping's part included


class OrderEvent(SQLModel, table=True):
    """Something that happened to an order, where the source keeps a history: a status reached at an instant."""

    __tablename__ = "order_events"
    __table_args__ = (Index("ix_order_events_order", "source_id", "order_id"),)
    source_id: int = Field(sa_column=_big(key=True))
    event_id: str = Field(sa_column=_text(key=True))
    order_id: str = Field(sa_column=_text(null=False))
    at: int = Field(sa_column=_big(null=False))
    kind: str = Field(sa_column=_text(null=False))  # status | paid | shipped | delivered | payment
    value: str | None = Field(default=None, sa_column=_text())  # the source's own word
    amount_micros: int | None = Field(default=None, sa_column=_big())
    agent_id: str | None = Field(default=None, sa_column=_text())


class Refund(SQLModel, table=True):
    """A refund as a dated document of its own. Amounts are positive. Parts are null where the source gives no split."""

    __tablename__ = "refunds"
    __table_args__ = (Index("ix_refunds_order", "source_id", "order_id"),)
    source_id: int = Field(sa_column=_big(key=True))
    refund_id: str = Field(sa_column=_text(key=True))
    order_id: str = Field(sa_column=_text(null=False))
    created_at: int | None = Field(default=None, sa_column=_big())
    currency: str | None = Field(default=None, sa_column=_text())  # null: the order's
    total_micros: int = Field(sa_column=_big(null=False))
    tax_micros: int | None = Field(default=None, sa_column=_big())
    shipping_micros: int | None = Field(default=None, sa_column=_big())
    reason: str | None = Field(default=None, sa_column=_text())
    returned: bool | None = Field(default=None)  # whether goods came back, where the source says so
    gone_at: int | None = Field(default=None, sa_column=_big())


class RefundLine(SQLModel, table=True):
    """A line of a refund; amounts and quantity are positive, without tax."""

    __tablename__ = "refund_lines"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    refund_id: str = Field(sa_column=_text(key=True))
    line_id: str = Field(sa_column=_text(key=True))
    order_line_id: str | None = Field(default=None, sa_column=_text())
    product_id: str | None = Field(default=None, sa_column=_text())
    quantity_micros: int = Field(sa_column=_big(null=False))
    total_micros: int = Field(sa_column=_big(null=False))
    tax_micros: int = Field(sa_column=_big(null=False))


class Product(SQLModel, table=True):
    """A product as the shop sells it today."""

    __tablename__ = "products"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    product_id: str = Field(sa_column=_text(key=True))
    sku: str | None = Field(default=None, sa_column=_text())
    name: str | None = Field(default=None, sa_column=_text())
    categories: str | None = Field(default=None, sa_column=_text())  # JSON list of names
    price_micros: int | None = Field(default=None, sa_column=_big())  # in the shop's main currency
    modified_at: int | None = Field(default=None, sa_column=_big())
    gone_at: int | None = Field(default=None, sa_column=_big())


class Cart(SQLModel, table=True):
    """A cart, ordered or not. A checkout is a cart with a delivery address."""

    __tablename__ = "carts"
    __table_args__ = (
        Index("ix_carts_account", "source_id", "account_id"),
        Index("ix_carts_email", "email_key"),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=_big(key=True))
    cart_id: str = Field(sa_column=_text(key=True))
    shop: str | None = Field(default=None, sa_column=_text())
    account_id: str | None = Field(default=None, sa_column=_text())  # null = anonymous visitor
    email: str | None = Field(default=None, sa_column=_text())
    email_key: str | None = Field(default=None, sa_column=_text())
    created_at: int | None = Field(default=None, sa_column=_big())
    modified_at: int | None = Field(default=None, sa_column=_big())
    currency: str | None = Field(default=None, sa_column=_text())
    country: str | None = Field(default=None, sa_column=_text())
    products: int = Field(default=0, sa_column=_big(null=False))  # number of lines
    quantity_micros: int = Field(default=0, sa_column=_big(null=False))
    has_address: bool = Field(default=False)  # a delivery address was given: a started checkout
    person_id: int | None = Field(default=None, sa_column=_big(index=True))
    gone_at: int | None = Field(default=None, sa_column=_big())


class ExchangeRate(SQLModel, table=True):
    """Units of `currency` per unit of `base` on a day, in millionths; from the source or a configured table."""

    __tablename__ = "exchange_rates"
    source_id: int = Field(sa_column=_big(key=True))  # 0 = configured
    base: str = Field(sa_column=_text(key=True))
    currency: str = Field(sa_column=_text(key=True))
    day: str = Field(sa_column=_text(key=True))  # YYYY-MM-DD
    rate_micros: int = Field(sa_column=_big(null=False))


# --- conversations --------------------------------------------------------------------------------------------------


class Agent(SQLModel, table=True):
    """Somebody who answers: id and name only."""

    __tablename__ = "agents"
    source_id: int = Field(sa_column=_big(key=True))
    agent_id: str = Field(sa_column=_text(key=True))
    name: str | None = Field(default=None, sa_column=_text())
    role: str | None = Field(default=None, sa_column=_text())  # agent | bot | system
    active: bool = Field(default=True)
    gone_at: int | None = Field(default=None, sa_column=_big())


class AgentGroup(SQLModel, table=True):
    """A team of people who answer."""

    __tablename__ = "agent_groups"
    source_id: int = Field(sa_column=_big(key=True))
    group_id: str = Field(sa_column=_text(key=True))
    name: str | None = Field(default=None, sa_column=_text())
    gone_at: int | None = Field(default=None, sa_column=_big())


class BusinessSchedule(SQLModel, table=True):
    """Opening hours as a help desk itself keeps them; the one with the lowest position is its default."""

    __tablename__ = "business_schedules"
    source_id: int = Field(sa_column=_big(key=True))
    schedule_id: str = Field(sa_column=_text(key=True))
    position: int = Field(sa_column=_big(null=False))
    name: str | None = Field(default=None, sa_column=_text())
    timezone: str | None = Field(default=None, sa_column=_text())  # IANA name; null = one we do not know
    intervals: str = Field(sa_column=_text(null=False))
    # JSON list of [from, to), both in minutes of the local week since Monday 00:00; ordered, none overlaps another
    holidays: str = Field(sa_column=_text(null=False))  # JSON list of [first day, last day], YYYY-MM-DD, both closed
    gone_at: int | None = Field(default=None, sa_column=_big())


class SlaTarget(SQLModel, table=True):
    """One target of a help desk's service level policies. Policies are tried by position; the first that fits counts.

    What was promised to one conversation stands in its events of kind `sla`.
    """

    __tablename__ = "sla_targets"
    source_id: int = Field(sa_column=_big(key=True))
    target_id: str = Field(sa_column=_text(key=True))
    policy_id: str = Field(sa_column=_text(null=False))
    position: int = Field(sa_column=_big(null=False))
    name: str | None = Field(default=None, sa_column=_text())  # the policy's
    metric: str = Field(sa_column=_text(null=False))  # the source's word: first_reply_time, next_reply_time, …
    priority: str | None = Field(default=None, sa_column=_text())
    channel: str | None = Field(default=None, sa_column=_text())  # common word; null = the policy names no channel
    target_seconds: int = Field(sa_column=_big(null=False))
    business: bool = Field(default=False)  # counted in business hours
    gone_at: int | None = Field(default=None, sa_column=_big())


class Conversation(SQLModel, table=True):
    """A ticket, chat, thread or call. Times that the source states itself; the rest is told by messages and events."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_email", "email_key"),
        Index("ix_conversations_account", "source_id", "account_id"),
        Index("ix_conversations_same_as", "same_as"),
        Index("ix_conversations_self_ref", "self_ref"),
        Index("ix_conversations_order", "order_source_id", "order_id", sqlite_where=_LINKED, postgresql_where=_LINKED),
    )
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))
    same_as: str | None = Field(default=None, sa_column=_text())  # "zendesk:HOST/tickets/ID": seen twice, kept once
    self_ref: str | None = Field(default=None, sa_column=_text())  # the name another source's `same_as` knows it by
    shop: str | None = Field(default=None, sa_column=_text())
    channel: str = Field(sa_column=_text(null=False))  # email form chat messaging phone social marketplace other
    channel_raw: str | None = Field(default=None, sa_column=_text())
    subject: str | None = Field(default=None, sa_column=_text())  # only where message texts are kept
    status: str = Field(sa_column=_text(null=False))  # the source's raw word
    state: str = Field(sa_column=_text(null=False))  # open | solved | closed | deleted | spam | merged
    countable: bool = Field(default=True)  # not deleted, spam, merged away, imported or a test
    opened_by: str | None = Field(default=None, sa_column=_text())  # customer | agent | bot | system
    account_id: str | None = Field(default=None, sa_column=_text())  # the requester
    email: str | None = Field(default=None, sa_column=_text())
    email_key: str | None = Field(default=None, sa_column=_text())
    name: str | None = Field(default=None, sa_column=_text())
    phone: str | None = Field(default=None, sa_column=_text())
    agent_id: str | None = Field(default=None, sa_column=_text())  # assignee
    group_name: str | None = Field(default=None, sa_column=_text())
    priority: str | None = Field(default=None, sa_column=_text())
    tags: str | None = Field(default=None, sa_column=_text())  # JSON list
    order_numbers: str | None = Field(default=None, sa_column=_text())  # JSON list, found in fields or texts
    created_at: int | None = Field(default=None, sa_column=_big(index=True))
    updated_at: int | None = Field(default=None, sa_column=_big())
    first_customer_message_at: int | None = Field(default=None, sa_column=_big())
    handoff_at: int | None = Field(default=None, sa_column=_big())  # a bot handed over to people
    first_reply_at: int | None = Field(default=None, sa_column=_big())
    first_solved_at: int | None = Field(default=None, sa_column=_big())
    solved_at: int | None = Field(default=None, sa_column=_big())  # the last time
    closed_at: int | None = Field(default=None, sa_column=_big())
    frt_seconds: int | None = Field(default=None, sa_column=_big())  # calendar clock
    frt_business_seconds: int | None = Field(default=None, sa_column=_big())
    resolution_seconds: int | None = Field(default=None, sa_column=_big())
    resolution_business_seconds: int | None = Field(default=None, sa_column=_big())
    requester_wait_seconds: int | None = Field(default=None, sa_column=_big())
    agent_wait_seconds: int | None = Field(default=None, sa_column=_big())
    handle_seconds: int | None = Field(default=None, sa_column=_big())  # working time, where the source measures it
    queue_seconds: int | None = Field(default=None, sa_column=_big())
    replies: int | None = Field(default=None, sa_column=_big())
    reopens: int | None = Field(default=None, sa_column=_big())
    missed: bool | None = Field(default=None)
    offline: bool | None = Field(default=None)
    merged_into: str | None = Field(default=None, sa_column=_text())
    url: str | None = Field(default=None, sa_column=_text())
    person_id: int | None = Field(default=None, sa_column=_big(index=True))
    order_source_id: int | None = Field(default=None, sa_column=_big())  # the order this is about, and why we think so
    order_id: str | None = Field(default=None, sa_column=_text())
    order_reason: str | None = Field(default=None, sa_column=_text())  # number | recent | rule
    gone_at: int | None = Field(default=None, sa_column=_big())


class ConversationEvent(SQLModel, table=True):
    """Something that happened to a conversation, by kind; `agent_id` is who did it, or who is meant.

    - status: `value` is the raw word it has from now on; the first one is its creation
    - assigned: to `agent_id`; group: to the group `value` (`AgentGroup`)
    - handoff: a bot handed over to people; transfer: from one person to the next
    - work: `agent_id` worked `seconds` from `at` on
    - rating_offered: a survey was offered
    - merged: into the conversation with the id `value`
    - sla: a target was set: `value` is METRIC/CLOCK (`reply_time/business`), `seconds` the target; sla_breach: missed
    - clock: METRIC/TYPE of a clock that the source runs (`requester_wait_time/pause`)
    """

    __tablename__ = "conversation_events"
    __table_args__ = (Index("ix_conversation_events_conversation", "source_id", "conversation_id"),)
    source_id: int = Field(sa_column=_big(key=True))
    event_id: str = Field(sa_column=_text(key=True))
    conversation_id: str = Field(sa_column=_text(null=False))
    at: int = Field(sa_column=_big(null=False))
    kind: str = Field(sa_column=_text(null=False))
    # status | assigned | group | handoff | transfer | work | rating_offered | merged | sla | sla_breach | clock
    value: str | None = Field(default=None, sa_column=_text())
    seconds: int | None = Field(default=None, sa_column=_big())  # length of work
    agent_id: str | None = Field(default=None, sa_column=_text())


class Message(SQLModel, table=True):
    """One message of a conversation. The text itself only where the owner chose to keep it."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_conversation", "source_id", "conversation_id"),)
    source_id: int = Field(sa_column=_big(key=True))
    message_id: str = Field(sa_column=_text(key=True))
    conversation_id: str = Field(sa_column=_text(null=False))
    created_at: int | None = Field(default=None, sa_column=_big())
    author_role: str = Field(sa_column=_text(null=False))  # customer | agent | bot | system; as it was when first seen
    agent_id: str | None = Field(default=None, sa_column=_text())
    public: bool = Field(default=True)
    automatic: bool = Field(default=False)  # sent by a rule, an out-of-office or an acknowledgement
    channel: str | None = Field(default=None, sa_column=_text())
    length: int | None = Field(default=None, sa_column=_big())  # characters
    body: str | None = Field(default=None, sa_column=_text())


class ConversationTimes(SQLModel, table=True):
    """What a conversation comes to, told by its messages and events; one row per conversation, made by us alone.

    The columns of `Conversation` stay what the source said; figures and exports read these. Where no message is
    there the source's own measurements are carried over. `_business_seconds` count opening hours only and are null
    where nobody said when it is open. A conversation that is part of another (`part_of_*`) has nothing here but its
    state: its messages and events are told with the other.
    """

    __tablename__ = "conversation_times"
    __table_args__ = (
        Index(
            "ix_conversation_times_part_of",
            "part_of_source_id",
            "part_of_id",
            sqlite_where=_PART,
            postgresql_where=_PART,
        ),
        Index(
            "ix_conversation_times_merged_into",
            "source_id",
            "merged_into",
            sqlite_where=_MERGED,
            postgresql_where=_MERGED,
        ),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))
    state: str = Field(sa_column=_text(null=False))  # open | solved | closed | deleted | spam | merged
    countable: bool = Field(default=True)  # as in `Conversation`, and no part of another
    part_of_source_id: int | None = Field(default=None, sa_column=_big())  # the conversation it counts with
    part_of_id: str | None = Field(default=None, sa_column=_text())
    merged_into: str | None = Field(default=None, sa_column=_text())  # the target within the source, stored or not
    opened_by: str | None = Field(default=None, sa_column=_text())  # customer | agent | bot | system
    first_customer_message_at: int | None = Field(default=None, sa_column=_big())
    handoff_at: int | None = Field(default=None, sa_column=_big())  # a bot handed over to people
    first_bot_reply_at: int | None = Field(default=None, sa_column=_big())
    first_reply_at: int | None = Field(default=None, sa_column=_big())
    # the first human public reply; of a conversation that an agent opened, the first after the opening message
    frt_from_at: int | None = Field(default=None, sa_column=_big())
    # option frt.start: handoff. The hand-over or the reopening after a bot's solution; else a chat's first customer
    # message; else the creation
    frt_seconds: int | None = Field(default=None, sa_column=_big())  # from `frt_from_at`; null if an agent opened it
    frt_business_seconds: int | None = Field(default=None, sa_column=_big())
    frt_created_seconds: int | None = Field(default=None, sa_column=_big())  # option frt.start: created
    frt_created_business_seconds: int | None = Field(default=None, sa_column=_big())
    frt_message_seconds: int | None = Field(default=None, sa_column=_big())  # option frt.start: first_customer_message
    frt_message_business_seconds: int | None = Field(default=None, sa_column=_big())
    second_reply_seconds: int | None = Field(default=None, sa_column=_big())
    # only where an agent opened it (option frt.agent_started: second_reply): creation to `first_reply_at`
    second_reply_business_seconds: int | None = Field(default=None, sa_column=_big())
    waiting_since_at: int | None = Field(default=None, sa_column=_big())
    # the first customer message that no person has answered yet
    reply_gap_seconds: int | None = Field(default=None, sa_column=_big())  # sum over `ConversationReply`
    reply_gap_business_seconds: int | None = Field(default=None, sa_column=_big())
    first_solved_at: int | None = Field(default=None, sa_column=_big())  # closed without solved: the closing
    solved_at: int | None = Field(default=None, sa_column=_big())  # the last time; null while it is open
    closed_at: int | None = Field(default=None, sa_column=_big())
    first_reopened_at: int | None = Field(default=None, sa_column=_big())
    first_resolution_seconds: int | None = Field(default=None, sa_column=_big())  # null while it is open
    first_resolution_business_seconds: int | None = Field(default=None, sa_column=_big())
    resolution_seconds: int | None = Field(default=None, sa_column=_big())  # null while it is open
    resolution_business_seconds: int | None = Field(default=None, sa_column=_big())
    requester_wait_seconds: int | None = Field(default=None, sa_column=_big())  # new, open and on hold
    requester_wait_business_seconds: int | None = Field(default=None, sa_column=_big())
    agent_wait_seconds: int | None = Field(default=None, sa_column=_big())  # pending: waiting for the customer
    agent_wait_business_seconds: int | None = Field(default=None, sa_column=_big())
    handle_seconds: int | None = Field(default=None, sa_column=_big())  # working time of all its parts
    queue_seconds: int | None = Field(default=None, sa_column=_big())
    customer_messages: int | None = Field(default=None, sa_column=_big())  # public ones
    replies: int | None = Field(default=None, sa_column=_big())
    # human public replies after an agent's own opening message; several messages of one chat session are one
    bot_replies: int | None = Field(default=None, sa_column=_big())  # messages of bots, automatic ones not
    agents: int | None = Field(default=None, sa_column=_big())  # distinct people who wrote or worked
    reopens: int | None = Field(default=None, sa_column=_big())  # number of solved events - 1, at least 0
    thanks_reopens: int | None = Field(default=None, sa_column=_big())
    # those of `reopens` without a human reply and solved again within 24 h (option fcr.ignore_thanks)
    missed: bool | None = Field(default=None)
    # of chats with a customer message inside opening hours: nobody replied before it ended or within 30 minutes
    offline: bool | None = Field(default=None)  # of chats: outside opening hours, or left as a message while closed
    bot_only: bool | None = Field(default=None)  # over, answered by a bot; no person replied or was asked for
    has_messages: bool = Field(default=False)
    has_history: bool = Field(default=False)  # changes of status are known


class ConversationReply(SQLModel, table=True):
    """A block of customer messages and the next human reply; a block nobody answered yet has no row."""

    __tablename__ = "conversation_replies"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))
    number: int = Field(sa_column=_big(key=True))  # 1 = the first block
    asked_at: int = Field(sa_column=_big(null=False))  # the block's first message
    replied_at: int = Field(sa_column=_big(null=False))
    seconds: int = Field(sa_column=_big(null=False))
    business_seconds: int | None = Field(default=None, sa_column=_big())
    agent_id: str | None = Field(default=None, sa_column=_text())


class ConversationSpan(SQLModel, table=True):
    """A time in which a conversation was open: neither solved nor closed nor deleted."""

    __tablename__ = "conversation_spans"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))
    from_at: int = Field(sa_column=_big(key=True))  # the creation, or a reopening
    until_at: int | None = Field(default=None, sa_column=_big())  # solved, closed or deleted; null = still open


class ConversationNumber(SQLModel, table=True):
    """An order number that a conversation or a part of it names, in the form in which numbers are compared."""

    __tablename__ = "conversation_numbers"
    __table_args__ = (Index("ix_conversation_numbers_number", "number"), {"sqlite_with_rowid": False})
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))
    position: int = Field(sa_column=_big(key=True))  # the first one named first
    number: str = Field(sa_column=_text(null=False))


class ConversationMark(SQLModel, table=True):
    """A conversation of which something changed since it was last told; written with the page, cleared when told."""

    __tablename__ = "conversation_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=_big(key=True))
    conversation_id: str = Field(sa_column=_text(key=True))


class OrderLinkMark(SQLModel, table=True):
    """Something on which it depends which order a conversation is about, and that changed since this was last asked."""

    __tablename__ = "order_link_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: str = Field(sa_column=_text(key=True))  # conversation | order | person
    source_id: int = Field(sa_column=_big(key=True))  # 0 for a person
    key: str = Field(sa_column=_text(key=True))


class SurveyAnswer(SQLModel, table=True):
    """One answer to one question of a survey, or an offer nobody answered (`score` null)."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        Index("ix_survey_answers_email", "email_key"),
        Index("ix_survey_answers_conversation", "source_id", "conversation_id"),
        Index("ix_survey_answers_account", "source_id", "account_id"),
        Index("ix_survey_answers_response", "source_id", "response_id"),
    )
    source_id: int = Field(sa_column=_big(key=True))
    answer_id: str = Field(sa_column=_text(key=True))
    response_id: str | None = Field(default=None, sa_column=_text())  # one filled-in form may hold several answers
    survey: str = Field(sa_column=_text(null=False))
    kind: str = Field(sa_column=_text(null=False))  # relational | transactional
    metric: str = Field(sa_column=_text(null=False))  # nps | csat | ces
    scale: str = Field(sa_column=_text(null=False))  # "0-10", "1-5", "1-7", "good-bad"
    score: int | None = Field(default=None, sa_column=_big())
    score_rest_micros: int | None = Field(default=None, sa_column=_big())  # of 4.5 stars, what is above the 4
    label: str | None = Field(default=None, sa_column=_text())
    offered_at: int | None = Field(default=None, sa_column=_big())
    answered_at: int | None = Field(default=None, sa_column=_big())
    superseded: bool = Field(default=False)  # an earlier answer of the same survey by the same person
    conversation_id: str | None = Field(default=None, sa_column=_text())
    order_id: str | None = Field(default=None, sa_column=_text())
    account_id: str | None = Field(default=None, sa_column=_text())
    email: str | None = Field(default=None, sa_column=_text())
    email_key: str | None = Field(default=None, sa_column=_text())
    agent_id: str | None = Field(default=None, sa_column=_text())
    channel: str | None = Field(default=None, sa_column=_text())
    comment: str | None = Field(default=None, sa_column=_text())  # only where texts are kept
    person_id: int | None = Field(default=None, sa_column=_big(index=True))
    gone_at: int | None = Field(default=None, sa_column=_big())


PERSONAL: tuple[type[SQLModel], ...] = (Order, CustomerAccount, Conversation, Cart, SurveyAnswer)
"""Tables whose rows belong to a person (`account_id`, `email_key`, `person_id`): identity reads and marks these."""
