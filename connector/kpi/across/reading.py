"""What must be read of shop and desk for figures across them: the questions that stand for these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import cast

import polars as pl

from connector.kpi.across.bands import SPANS
from connector.kpi.across.figures import AcrossKpi
from connector.kpi.question import Question
from connector.kpi.result import Unit
from connector.kpi.service import wanted as of_desk
from connector.kpi.service.figures import ServiceKpi
from connector.kpi.shop import wanted as of_shop
from connector.kpi.shop.figures import ShopKpi
from connector.kpi.surveys import answers as shaping
from connector.kpi.surveys.satisfaction import satisfied

OWN = frozenset({"order_status", "segment", "order_count"})
"""Dimensions that neither side holds; they are computed here."""


def kpis_of(question: Question) -> tuple[AcrossKpi, ...]:
    """The figures asked for, all across sources."""
    return cast(tuple[AcrossKpi, ...], question.kpis)


def shop_kpi(question: Question, *, money: bool = False) -> ShopKpi:
    """One figure of the shop that needs all that these figures need. `money`: amounts are converted where asked."""
    kpis = kpis_of(question)
    refunds = [kpi.refunds for kpi in kpis if kpi.refunds is not None]
    return ShopKpi(
        "across",
        family="across",
        unit=Unit.MONEY if money else Unit.COUNT,
        function="",
        orders=frozenset({"person_id"}).union(*(kpi.orders for kpi in kpis)),
        refunds=frozenset().union(*refunds) if refunds else None,
        history=True,
        money=money,
    )


def desk_kpi(question: Question) -> ServiceKpi:
    """One figure of the desk that needs all that these figures need."""
    kpis, options = kpis_of(question), question.options
    columns = {"email", "person_id"}.union(*(kpi.columns for kpi in kpis))
    besides = set[str]().union(*(kpi.besides for kpi in kpis))
    if any(kpi.replies for kpi in kpis):
        columns |= {"by_agent", "first_reply_at", f"{SPANS[options.frt.start]}_seconds"}
    if any(kpi.attributed for kpi in kpis):
        columns |= {"order_source_id", "order_id"}
    if any(kpi.answers for kpi in kpis):
        columns.add("conversation_id")
    if "spans" in besides and options.cross.waiting:
        columns.add("waiting_since_at")
        besides.add("replies")
    return ServiceKpi(
        "across",
        family="across",
        unit=Unit.COUNT,
        function="",
        columns=frozenset(columns),
        besides=frozenset(besides),
    )


def of_the_shop(question: Question) -> Question:
    """The question as the shop is asked it."""
    kpis = kpis_of(question)
    asked = (shop_kpi(question), *((shop_kpi(question, money=True),) if any(kpi.money for kpi in kpis) else ()))
    return replace(_holding(question, of_shop.HELD), kpis=asked)


def of_the_desk(question: Question) -> Question:
    """The question as the desk is asked it."""
    return replace(_holding(question, of_desk.HELD), kpis=(desk_kpi(question),))


def _holding(question: Question, held: Collection[str]) -> Question:
    """The question with those filters alone that a side holds."""
    filters = {name: values for name, values in question.filters.items() if name in held}
    return replace(question, filters=filters, by=question.by if question.by and question.by.name in held else None)


def with_contacts(orders: pl.DataFrame, talks: pl.DataFrame) -> pl.DataFrame:
    """Orders with `contacts`, how many counted conversations are about each, and `contacted_at`, the first after it.

    `order_status` is how far the order had come then, by the days it was paid and completed; null without contact.
    """
    about = talks.filter(pl.col("order_id").is_not_null()).select("order_id", "created_at", source_id="order_source_id")
    key = ["source_id", "order_id"]
    since = about.join(orders.select(*key, "at"), on=key, how="inner").with_columns(
        later=pl.when(pl.col("created_at") >= pl.col("at")).then("created_at")
    )
    sums = since.group_by(key).agg(contacts=pl.len().cast(pl.Int64), contacted_at=pl.col("later").min())
    joined = orders.join(sums, on=key, how="left", maintain_order="left").with_columns(pl.col("contacts").fill_null(0))
    if "completed_at" not in orders.columns:
        return joined
    by_then = {name: (pl.col(f"{name}_at") <= pl.col("contacted_at")).fill_null(False) for name in _STATUSES}
    status = pl.coalesce(pl.when(reached).then(pl.lit(name)) for name, reached in by_then.items())
    return joined.with_columns(
        order_status=pl.when(pl.col("contacted_at").is_not_null()).then(status.fill_null(pl.lit("unpaid")))
    )


_STATUSES = ("completed", "paid")


def answers_of(
    rows: pl.DataFrame, talks: pl.DataFrame, agents: Mapping[tuple[int, str], str], *, solved: bool
) -> pl.DataFrame:
    """Answers about satisfaction and recommending, with whose they are and whether satisfied ones (`good`), in time.

    Where an answer itself names nobody, it is that of the conversation's person.
    """
    prepared = shaping.prepared(rows.filter(pl.col("metric").is_in(["csat", "nps"])), agents)
    merged = pl.concat(
        [shaping.merged(prepared.filter(pl.col("metric") == metric)) for metric in ("csat", "nps")]
    ).with_columns(good=satisfied())
    persons = talks.select(conversation_source_id="source_id", conversation="conversation_id", of_talk="person_id")
    key = ["conversation_source_id", "conversation"]
    joined = merged.join(persons, on=key, how="left", maintain_order="left")
    whose = joined.with_columns(person_id=pl.coalesce("person_id", "of_talk")).drop("of_talk")
    return shaping.dated(whose, solved=solved)
