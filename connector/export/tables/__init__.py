"""The exported row tables, by name, in the order of a workbook's sheets.

To add one: write its rows in a module of this package and name it in `TABLES`; give its title, and the labels of new
columns, in `connector.messages.export`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import SQLModel

from connector.export.columns import Grid
from connector.export.scope import CONVERSATION_FILTERS, ORDER_FILTERS, SOURCE_ONLY, Scope
from connector.export.tables.conversations import conversation_rows, message_rows
from connector.export.tables.orders import line_rows, order_rows, tax_rows
from connector.export.tables.persons import person_rows
from connector.export.tables.products import product_rows
from connector.export.tables.refunds import refund_rows
from connector.model import Conversation, Message, Order, OrderLine, OrderTax, Person, Product, Refund


@dataclass(frozen=True)
class RowTable:
    """One exported table: its rows, the filters that fit it, and the stored table whose emptiness means "no source"."""

    rows: Callable[[Connection, Scope], Grid]
    filters: frozenset[str]
    model: type[SQLModel]


TABLES: Mapping[str, RowTable] = {
    "orders": RowTable(order_rows, ORDER_FILTERS, Order),
    "order_taxes": RowTable(tax_rows, ORDER_FILTERS, OrderTax),
    "order_lines": RowTable(line_rows, ORDER_FILTERS, OrderLine),
    "refunds": RowTable(refund_rows, ORDER_FILTERS, Refund),
    "persons": RowTable(person_rows, ORDER_FILTERS, Person),
    "conversations": RowTable(conversation_rows, CONVERSATION_FILTERS, Conversation),
    "messages": RowTable(message_rows, SOURCE_ONLY, Message),
    "products": RowTable(product_rows, SOURCE_ONLY, Product),
}
