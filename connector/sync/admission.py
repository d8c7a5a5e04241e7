"""From a page as it came to what may be kept of it."""

from __future__ import annotations

from connector import lenient
from connector.contract import Adapter, Page, Record, Stream
from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.sync import texts
from connector.store.write import SetAsideRecord

NO_ID = "?"


def admitted(adapter: Adapter, stream: Stream, page: Page, now: int) -> tuple[list[Record], list[SetAsideRecord]]:
    """The records that may be stored, and those to be set aside with their reason.

    Of a record that `admit` cannot understand nobody knows what is personal in it, so only the names and types of its
    fields are kept. One bad record never spoils its page, whatever the adapter raises on it.
    """
    records: list[Record] = []
    aside: list[SetAsideRecord] = []
    for record in page.records:
        try:
            records.append(adapter.admit(stream, record))
        except UnexpectedPayload as error:
            aside.append(_aside(record, error.message))
        except Exception as error:  # noqa: BLE001  (one odd record must not stop the rest)
            aside.append(_aside(record, texts("not_understood", kind=type(error).__name__)))
    for item in page.unreadable:
        aside.append(SetAsideRecord(item.id or NO_ID, step="pull", reason=item.reason, payload=b"{}", read_at=now))
    return records, aside


def _aside(record: Record, reason: Message) -> SetAsideRecord:
    return SetAsideRecord(
        record.id,
        step="admit",
        reason=reason,
        payload=lenient.outline(record.payload),
        read_at=record.read_at,
        updated_at=record.updated_at,
        stamp=record.stamp,
        locator=record.locator,
    )
