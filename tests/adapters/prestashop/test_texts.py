"""What people wrote is kept only where the owner keeps texts; how long it was, always."""

from __future__ import annotations

from sqlalchemy import text

from connector.settings import Surroundings
from connector.testing.world import World


def messages(there: World) -> dict[int, str | None]:
    """Length -> text of the messages in the store."""
    with there.store.read() as connection:
        return {row.length: row.body for row in connection.execute(text("SELECT length, body FROM messages"))}


def test_texts_are_kept_as_people_read_them_and_leave_the_disk_with_the_next_full_sync(there: World) -> None:
    written = "Wann kommt die Kanne wieder?\nGrüße 🍵"
    there.surroundings = Surroundings(texts_kept=True)
    there.sync()
    kept = messages(there)
    assert kept[len(written)] == written
    assert None not in kept.values()
    there.surroundings = Surroundings()
    there.sync("full")
    assert messages(there) == dict.fromkeys(kept), "the same lengths, and no text"
    there.assert_equal()
