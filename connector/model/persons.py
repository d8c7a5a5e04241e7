"""Persons, what belongs to them, their accounts, and what of them was erased."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from connector.model.columns import big, number, text_


class Person(SQLModel, table=True):
    """A human being, put together from accounts and e-mails of all sources. The id is stable for good."""

    __tablename__ = "persons"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, sa_column=number())
    created_at: int = Field(sa_column=big(null=False))
    merged_into: int | None = Field(default=None, sa_column=big())  # the older person that took this one over
    conflict: bool = Field(default=False)  # two accounts of one source used the same e-mail (`identity_conflict`)


class PersonAlias(SQLModel, table=True):
    """What belongs to a person: an account of a source, or an e-mail key (then `source_id` is 0)."""

    __tablename__ = "person_aliases"
    __table_args__ = (Index("ix_person_aliases_person", "person_id"), {"sqlite_with_rowid": False})
    kind: str = Field(sa_column=text_(key=True))  # account | email
    source_id: int = Field(sa_column=big(key=True))
    key: str = Field(sa_column=text_(key=True))
    person_id: int = Field(sa_column=big(null=False))


class PersonPhone(SQLModel, table=True):
    """A phone number of an account or an e-mail key, where phones join persons (`identity.phone`); else empty."""

    __tablename__ = "person_phones"
    __table_args__ = (Index("ix_person_phones_phone", "phone_key"), {"sqlite_with_rowid": False})
    kind: str = Field(sa_column=text_(key=True))  # account | email
    source_id: int = Field(sa_column=big(key=True))
    key: str = Field(sa_column=text_(key=True))
    phone_key: str = Field(sa_column=text_(key=True))  # E.164: +49301234567


class PersonChange(SQLModel, table=True):
    """The history of merges and splits, so that yesterday's export still joins."""

    __tablename__ = "person_changes"
    id: int | None = Field(default=None, sa_column=number())
    at: int = Field(sa_column=big(null=False))
    kind: str = Field(sa_column=text_(null=False))  # merge | split
    person_id: int = Field(sa_column=big(null=False))  # the one that stays
    other_id: int = Field(sa_column=big(null=False))  # the one that was taken over, or split off


class IdentityMark(SQLModel, table=True):
    """A key whose claims changed since persons were last put together; written with the page, cleared when resolved."""

    __tablename__ = "identity_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: str = Field(sa_column=text_(key=True))  # account | email
    source_id: int = Field(sa_column=big(key=True))
    key: str = Field(sa_column=text_(key=True))


class Erasure(SQLModel, table=True):
    """Something of an erased person that a source may bring again: an address, an account, an order, a conversation.

    Only a keyed hash of it is kept, so that nobody reads here who was erased.
    """

    __tablename__ = "erasures"
    kind: str = Field(sa_column=text_(key=True))  # email | account | order | conversation
    source_id: int = Field(sa_column=big(key=True))  # 0 for an address
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    erased_at: int = Field(sa_column=big(null=False))


class ErasureKey(SQLModel, table=True):
    """The key of those hashes, made with the first erasure."""

    __tablename__ = "erasure_keys"
    id: int = Field(sa_column=big(key=True))
    key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CustomerAccount(SQLModel, table=True):
    """A customer's account in one source."""

    __tablename__ = "customer_accounts"
    __table_args__ = (
        Index("ix_customer_accounts_email", "email_key"),
        Index("ix_customer_accounts_person", "person_id"),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=big(key=True))
    account_id: str = Field(sa_column=text_(key=True))
    email: str | None = Field(default=None, sa_column=text_())  # as typed
    email_key: str | None = Field(default=None, sa_column=text_())  # trimmed, NFC, lower case
    name: str | None = Field(default=None, sa_column=text_())
    phone: str | None = Field(default=None, sa_column=text_())
    country: str | None = Field(default=None, sa_column=text_())  # ISO 3166 alpha-2
    shop: str | None = Field(default=None, sa_column=text_())  # the shop inside a multishop source
    role: str | None = Field(default=None, sa_column=text_())  # customer, end-user, …: the source's word
    registered_at: int | None = Field(default=None, sa_column=big())
    person_id: int | None = Field(default=None, sa_column=big())
    gone_at: int | None = Field(default=None, sa_column=big())
