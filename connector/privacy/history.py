"""One person's time line over all sources, and everything stored of them as one document (for access requests)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from connector.identity.partition import ACCOUNT
from connector.identity.phones import numbers_of
from connector.instants import to_zone_text
from connector.messages import Message
from connector.messages.person import texts
from connector.model import (
    Cart,
    Conversation,
    CustomerAccount,
    Order,
    OrderLine,
    PersonAlias,
    PersonChange,
    Refund,
    Source,
    SurveyAnswer,
)
from connector.model import Message as MessageRow
from connector.money import written
from connector.privacy.holdings import Whose
from connector.privacy.scrubbing import DOMAIN
from connector.store.tables import table_of

_HELD = (CustomerAccount, Order, OrderLine, Refund, Cart, Conversation, MessageRow, SurveyAnswer)
"""What an access request is answered with."""

_Rows = Mapping[type[SQLModel], Sequence[Mapping[str, Any]]]
"""Somebody's rows of each table."""


@dataclass(frozen=True)
class Account:
    """An account of the person in one source, and what makes it theirs."""

    source: str
    account_id: str
    email: str | None
    name: str | None
    country: str | None
    registered_at: int | None  # microseconds UTC
    why: tuple[Message, ...]


@dataclass(frozen=True)
class Moment:
    """Something that happened: an order, a refund, a cart, a conversation, an answer. `amount` in millionths."""

    at: int | None  # microseconds UTC
    kind: str  # order | refund | cart | conversation | answer
    source: str
    id: str
    amount: int | None = None
    currency: str | None = None
    detail: str | None = None  # the order's number and status, the conversation's channel and status, the score
    url: str | None = None
    gone: bool = False


@dataclass(frozen=True)
class PersonHistory:
    """A person, as far as all sources know them. The time line is in the order of time."""

    person_id: int
    emails: tuple[str, ...]
    names: tuple[str, ...]
    phones: tuple[str, ...]
    countries: tuple[str, ...]
    erased: bool
    other_ids: tuple[int, ...]  # persons that turned out to be this one
    accounts: tuple[Account, ...]
    timeline: tuple[Moment, ...]

    def to_json(self, zone: ZoneInfo, language: str) -> dict[str, Any]:
        """The document that `person --json` prints; instants with the offset of `zone`."""
        return {
            "person": {
                "person_id": self.person_id,
                "emails": list(self.emails),
                "names": list(self.names),
                "phones": list(self.phones),
                "countries": list(self.countries),
                "erased": self.erased,
                "other_ids": list(self.other_ids),
            },
            "accounts": [
                {
                    "source": one.source,
                    "account_id": one.account_id,
                    "email": one.email,
                    "name": one.name,
                    "country": one.country,
                    "registered_at": _moment(one.registered_at, zone),
                    "why": [reason.render(language) for reason in one.why],
                }
                for one in self.accounts
            ],
            "timeline": [
                {
                    "at": _moment(one.at, zone),
                    "kind": one.kind,
                    "source": one.source,
                    "id": one.id,
                    "amount": None if one.amount is None else written(one.amount, one.currency),
                    "currency": one.currency,
                    "detail": one.detail,
                    "url": one.url,
                    "gone": one.gone,
                }
                for one in self.timeline
            ],
        }


def history_of(connection: Connection, person_id: int) -> PersonHistory:
    """What all sources know of a person. Raises `StoreError`."""
    return _history(connection, person_id, _rows(connection, person_id), _sources(connection))


def everything_of(connection: Connection, person_id: int, zone: ZoneInfo, language: str) -> dict[str, Any]:
    """The same and every stored row, for somebody who asks what is known of them."""
    rows, sources = _rows(connection, person_id), _sources(connection)
    document = _history(connection, person_id, rows, sources).to_json(zone, language)
    document["rows"] = {
        str(model.__tablename__): [_plain(row, sources, zone) for row in listed] for model, listed in rows.items()
    }
    return document


def _history(connection: Connection, person_id: int, rows: _Rows, sources: Mapping[int, str]) -> PersonHistory:
    people = [*rows[CustomerAccount], *rows[Order], *rows[Conversation], *rows[Cart], *rows[SurveyAnswer]]
    emails = _different(people, "email")
    return PersonHistory(
        person_id=person_id,
        emails=emails,
        names=_different(people, "name"),
        phones=_different(people, "phone"),
        countries=_different(people, "country"),
        erased=any(email.endswith(f"@{DOMAIN}") for email in emails),
        other_ids=_other_ids(connection, person_id),
        accounts=tuple(_accounts(connection, person_id, rows, sources)),
        timeline=tuple(
            sorted(_moments(rows, sources), key=lambda one: (one.at is None, one.at or 0, one.kind, one.id))
        ),
    )


def _sources(connection: Connection) -> dict[int, str]:
    table = table_of(Source)
    return {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name))}


def _rows(connection: Connection, person_id: int) -> _Rows:
    found: dict[type[SQLModel], Sequence[Mapping[str, Any]]] = {}
    for model in _HELD:
        table = table_of(model)
        mine = table.c.person_id == person_id if "person_id" in table.c else Whose((person_id,)).rows(table)
        query = select(table).where(mine).order_by(*table.primary_key)
        found[model] = [dict(row) for row in connection.execute(query).mappings()]
    return found


def _other_ids(connection: Connection, person_id: int) -> tuple[int, ...]:
    """Whom the person took over, and whom those had taken over before."""
    changes = table_of(PersonChange).c
    found, latest = set[int](), {person_id}
    while latest:
        merged = select(changes.other_id).where(changes.person_id.in_(latest), changes.kind == "merge")
        latest = set(connection.execute(merged).scalars()) - found
        found |= latest
    return tuple(sorted(found))


def _different(rows: Sequence[Mapping[str, Any]], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for row in rows if (value := row.get(column))))


def _accounts(connection: Connection, person_id: int, rows: _Rows, sources: Mapping[int, str]) -> Iterator[Account]:
    """Every account, also one that is known by its orders alone, with the addresses that join it to the others."""
    alias = table_of(PersonAlias)
    query = select(alias.c.source_id, alias.c.key).where(alias.c.person_id == person_id, alias.c.kind == "account")
    known = {(row["source_id"], row["account_id"]): row for row in rows[CustomerAccount]}
    numbers = numbers_of(connection, [(ACCOUNT, row[0], row[1]) for row in connection.execute(query)])
    for source_id, account_id in sorted((row[0], row[1]) for row in connection.execute(query)):
        row = known.get((source_id, account_id), {})
        why: dict[str, Message] = {}
        if row.get("email"):
            why[row["email"]] = texts("why_account", email=row["email"])
        for model, key, text in ((Order, "number", "why_order"), (Conversation, "conversation_id", "why_conversation")):
            for one in rows[model]:
                if (one["source_id"], one["account_id"]) == (source_id, account_id) and one["email"]:
                    number = one[key] or one.get("order_id")
                    why.setdefault(one["email"], texts(text, email=one["email"], number=number))
        for phone in sorted(numbers.get((ACCOUNT, source_id, account_id), ())):
            if phone.startswith("+"):  # else it stands for a number that was erased
                why[phone] = texts("why_phone", phone=phone)
        yield Account(
            source=sources.get(source_id, "?"),
            account_id=account_id,
            email=row.get("email"),
            name=row.get("name"),
            country=row.get("country"),
            registered_at=row.get("registered_at"),
            why=tuple(why.values()),
        )


def _moments(rows: _Rows, sources: Mapping[int, str]) -> Iterator[Moment]:
    currencies = {(row["source_id"], row["order_id"]): row["currency"] for row in rows[Order]}

    def moment(row: Mapping[str, Any], kind: str, id: str, at: int | None, **more: Any) -> Moment:
        return Moment(at, kind, sources.get(row["source_id"], "?"), id, gone=row["gone_at"] is not None, **more)

    for row in rows[Order]:
        yield moment(
            row,
            "order",
            row["order_id"],
            row["created_at"],
            amount=row["total_micros"],
            currency=row["currency"],
            detail=f"{row['number'] or row['order_id']}, {row['status_raw']}",
            url=row["url"],
        )
    for row in rows[Refund]:
        currency = row["currency"] or currencies.get((row["source_id"], row["order_id"]))
        yield moment(
            row,
            "refund",
            row["refund_id"],
            row["created_at"],
            amount=-row["total_micros"],
            currency=currency,
            detail=row["order_id"],
        )
    for row in rows[Cart]:
        yield moment(row, "cart", row["cart_id"], row["created_at"], currency=row["currency"])
    for row in rows[Conversation]:
        yield moment(
            row,
            "conversation",
            row["conversation_id"],
            row["created_at"],
            detail=f"{row['channel']}, {row['status']}",
            url=row["url"],
        )
    for row in rows[SurveyAnswer]:
        at = row["answered_at"] if row["answered_at"] is not None else row["offered_at"]
        score = row["label"] if row["score"] is None else str(row["score"])
        yield moment(row, "answer", row["answer_id"], at, detail=f"{row['survey']}, {row['metric']}: {score or '-'}")


def _moment(instant: int | None, zone: ZoneInfo) -> str | None:
    return None if instant is None else to_zone_text(instant, zone)


def _plain(row: Mapping[str, Any], sources: Mapping[int, str], zone: ZoneInfo) -> dict[str, Any]:
    """A stored row as JSON: the source by name, instants as texts, amounts as they are stored (`_micros`)."""
    return {
        "source": sources.get(row["source_id"], "?"),
        **{
            name: _moment(value, zone) if name.endswith("_at") else value
            for name, value in row.items()
            if name != "source_id" and value is not None
        },
    }
