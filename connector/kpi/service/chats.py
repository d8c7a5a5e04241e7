"""Chats that found nobody, and those a program settled (definitions, 5.4)."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import NOT_AVAILABLE, Measured, missing, share
from connector.kpi.service.clocks import said_of_day
from connector.kpi.service.ratings import rated
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def missed_chats(scope: Scope) -> Measured:
    """Chats in which nobody replied before the visitor left or within 30 minutes / chats inside opening hours.

    Only chats with a customer message. What a bot settled to the customer's satisfaction is not missed.
    """
    if _none(scope):
        return missing(KPI("reason.no_chats_delivered"), n=0, flag=NOT_AVAILABLE)
    asked = rated(scope, asked_chats(scope))
    return share(asked.filter(_in_vain()).height, asked.height, KPI("reason.no_chats")).with_notes(said_of_day(scope))


def offline_chats(scope: Scope) -> Measured:
    """Chats with a customer message outside opening hours, or left as a message while nobody was there."""
    if _none(scope):
        return missing(KPI("reason.no_chats_delivered"), flag=NOT_AVAILABLE)
    return Measured(int(scope.rows.select(_offline().sum()).item()))


def bot_resolution(scope: Scope) -> Measured:
    """Conversations that only a program answered and whose customers said that they were satisfied."""
    if not scope.desk.conversations["bot_only"].any():
        return missing(KPI("reason.no_bots"), flag=NOT_AVAILABLE)
    return Measured(rated(scope, scope.rows.filter("bot_only")).filter(_settled()).height)


def asked_chats(scope: Scope) -> pl.DataFrame:
    """Chats with a customer message inside opening hours."""
    wrote = pl.col("customer_messages").is_null() | (pl.col("customer_messages") > 0)
    return scope.rows.filter(_chat() & pl.col("missed").is_not_null() & ~_offline() & wrote)


def missed(scope: Scope) -> pl.DataFrame:
    """Those of them that found nobody."""
    return rated(scope, asked_chats(scope)).filter(_in_vain())


def _in_vain() -> pl.Expr:
    """Nobody replied in time; nor did a bot, to the customer's satisfaction."""
    return (pl.col("missed") | pl.col("bot_only").fill_null(False)) & ~_settled()


def _none(scope: Scope) -> bool:
    return scope.desk.conversations.filter(_chat() | _offline()).is_empty()


def _chat() -> pl.Expr:
    return pl.col("channel") == "chat"


def _offline() -> pl.Expr:
    return pl.col("offline").fill_null(False)


def _settled() -> pl.Expr:
    return pl.col("bot_only").fill_null(False) & pl.col("good").fill_null(False)
