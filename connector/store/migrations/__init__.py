"""The migrations: one numbered step in `versions/` for each change of the tables since the first release.

To add one after a change of `connector.model`:

    python -m connector.store.migrations "why the tables change"

writes `versions/<number>_<words>.py` with what differs between the newest migration and the model. Read it, complete
it (Alembic sees no renames and moves no data), and set `connector.store.versions.NEWEST` to its number.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_HERE = Path(__file__).parent


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file; `connection` is what it is to work on, inside its transaction."""
    config = Config()
    # Alembic expands percent signs in settings.
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def known_versions() -> frozenset[str]:
    """The names of all migrations this program has."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(settings()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Take all steps that the store behind `connection` has not had yet, in the transaction it is in."""
    command.upgrade(settings(connection), "head")
