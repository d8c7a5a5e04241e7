"""The contract suite on WooCommerce, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from connector.testing import AdapterContract


class TestWooCommerce(AdapterContract):
    adapter = "woocommerce"
    # The trash is a list of its own; accounts are read whole in the first sync and in the sweep only.
    requests_when_nothing_new: ClassVar[dict[str, int]] = {"orders": 2, "refunds": 1, "customers": 0, "products": 1}


@pytest.mark.postgresql
class TestWooCommerceOnPostgreSQL(TestWooCommerce):
    @pytest.fixture
    def store_url(self, postgresql_server) -> Iterator[str]:
        database = postgresql_server.create("template_store")
        yield postgresql_server.url(database)
        postgresql_server.drop(database)
