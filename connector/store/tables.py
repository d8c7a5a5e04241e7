"""The tables of `connector.model` as SQLAlchemy Core knows them."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel

import connector.model  # noqa: F401  (fills the metadata)

METADATA = SQLModel.metadata


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model class."""
    return METADATA.tables[str(model.__tablename__)]
