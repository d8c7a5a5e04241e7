"""The promises of the program, kept by this adapter behind its simulator."""

from connector.testing import AdapterContract


class TestPrestaShop(AdapterContract):
    adapter = "prestashop"
