"""Books to write invented orders into, as the tests of figures have them."""

from tests.kpi.conftest import books, new_books

__all__ = ["books", "new_books"]
