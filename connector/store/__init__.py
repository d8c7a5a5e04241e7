"""The store: raw records, the rows they became, and where each stream stands, in one SQLite file or one PostgreSQL.

opening     open_store
database    Store: its transactions; errors become sentences there
versions    which version the tables are of; created, migrated after a copy, or refused
write       save_page: raw records, rows and cursor in one transaction
gone        what vanished is marked
sweeps      what differs from a list of ids, what is missing in it, what is named and not held
raw         stored records, compressed
rebuilding  rows remade from stored records
state       sources, and where their streams stand
runs        what was begun and how it ended
marks       whose claims changed: for identity
locks       one run per source
backup      a consistent copy, and back
"""

from connector.store.database import Store
from connector.store.opening import open_store

__all__ = ["Store", "open_store"]
