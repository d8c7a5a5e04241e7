"""The tables of `connector.model` as SQLAlchemy Core knows them."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel

import connector.model

METADATA = SQLModel.metadata
MODELS: tuple[type[SQLModel], ...] = tuple(
    value
    for value in vars(connector.model).values()
    if isinstance(value, type) and issubclass(value, SQLModel) and value is not SQLModel
)
"""Every model class of the store."""


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model class."""
    return METADATA.tables[str(model.__tablename__)]


def key_of(model: type[SQLModel]) -> tuple[str, ...]:
    """The natural key of a model's rows, the source's number first."""
    return tuple(column.name for column in table_of(model).primary_key)


def default_of(model: type[SQLModel], column: str) -> bool | int | None:
    """What a column holds where a row does not mention it; None also for a column that must be given."""
    value = model.model_fields[column].get_default()
    return value if isinstance(value, int) else None
