"""The stored tables as SQLAlchemy sees them, for statements."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel


def stored(model: type[SQLModel]) -> Table:
    """The SQL table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
