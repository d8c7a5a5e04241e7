"""Products as the shops sell them today."""

from __future__ import annotations

from sqlalchemy import Connection, select

from connector.export.columns import Grid, Kind
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables.table import field, grid, joined
from connector.model import Product, Source

_products, _sources = stored(Product), stored(Source)


def product_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per product; a period does not touch them. Prices are in the shop's main currency."""
    own = _products.c
    statement = (
        select()
        .select_from(_products.join(_sources, _sources.c.id == own.source_id))
        .where(*scope.products())
        .order_by(own.source_id, own.name, own.product_id)
    )
    fields = (
        field("source", Kind.TEXT, _sources.c.name),
        field("product_id", Kind.TEXT, own.product_id),
        field("sku", Kind.TEXT, own.sku),
        field("name", Kind.TEXT, own.name, label="column.product_name"),
        field("categories", Kind.TEXT, own.categories, turn=joined),
        field("price", Kind.MONEY, own.price_micros),
        field("currency", Kind.TEXT, _sources.c.currency),
        field("gone_at", Kind.INSTANT, own.gone_at),
    )
    return grid("products", connection, fields, statement)
