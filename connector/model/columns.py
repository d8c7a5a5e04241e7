"""The three kinds of columns that nearly all tables are made of."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Text


def big(*, key: bool = False, null: bool = True, index: bool = False) -> Column:  # type: ignore[type-arg]
    """A whole number of 64 bits."""
    return Column(BigInteger, primary_key=key, nullable=null and not key, index=index, autoincrement=False)


def number() -> Column:  # type: ignore[type-arg]
    """A number that the database gives out. SQLite counts only in a column whose type is the very word INTEGER."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def text_(*, key: bool = False, null: bool = True, index: bool = False) -> Column:  # type: ignore[type-arg]
    """A text of any length."""
    return Column(Text, primary_key=key, nullable=null and not key, index=index)
