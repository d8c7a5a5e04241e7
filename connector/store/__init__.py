"""The store: raw records, the rows they became, and where each stream stands, in one SQLite file or one PostgreSQL.

opening     open_store
database    Store: its transactions; errors become sentences there
versions    which version the tables are of; created, migrated after a copy, or refused
write       save_page: raw records, rows and cursor in one transaction
raw         stored records, compressed
state       sources, streams, runs
sweeps      what vanished, what changed unseen, what is named and not held
locks       one run per source
backup      a consistent copy, and back
rebuilding  rows remade from raw records
"""

from connector.store.database import Store
from connector.store.opening import open_store

__all__ = ["Store", "open_store"]
