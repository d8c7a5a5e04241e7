"""`python -m connector.store.migrations "why the tables change"` writes the next migration's draft."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from connector.store.migrations import settings, upgrade


def draft(why: str) -> None:
    """Write the next migration: what differs between the newest one and `connector.model`."""
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.begin() as connection:
            upgrade(connection)
            config = settings(connection)
            steps = sum(1 for _ in ScriptDirectory.from_config(config).walk_revisions())
            command.revision(config, message=why, autogenerate=True, rev_id=f"{steps + 1:04d}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    draft(sys.argv[1])
