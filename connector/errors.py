"""Every error the program raises on purpose, filed by what happens next.

    ConnectorError
    ├── UsageError            the person calls again, corrected                        exit 2
    ├── SettingsError         the owner edits config.yaml                              exit 2
    ├── SourceError           something about one source; the others go on             exit 3
    │   ├── Unavailable       the next tick tries again (network, 5xx, 429 beyond the budget)
    │   ├── AccessRefused     polling this source stops until the owner acts (key, rights, address)
    │   ├── StreamNotOffered  the plan, role or key does not offer this stream: skipped, not failed
    │   ├── NotFound          the API says that the one thing asked for is not there (404)
    │   ├── UnexpectedPayload an answer or a record that cannot be understood: set aside, or the stream fails
    │   ├── LossSuspected     too much vanished at once: nothing is marked until the owner agrees
    │   └── SourceBusy        another process is syncing this source
    └── StoreError            the store cannot be used                                 exit 4

Each carries two `Message`s: what happened, and what to do about it. Neither ever holds a secret or personal data.
"""

from __future__ import annotations

from typing import ClassVar

from connector.messages import Message

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_INCOMPLETE = 3
EXIT_STORE = 4
EXIT_STOPPED = 130


class ConnectorError(Exception):
    """What happened (`message`) and the next step (`advice`, where there is one)."""

    exit_code: ClassVar[int] = EXIT_FAULT

    def __init__(self, message: Message, advice: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.advice = advice


class UsageError(ConnectorError):
    """The command was called in a way that cannot be carried out."""

    exit_code = EXIT_USAGE


class SettingsError(ConnectorError):
    """config.yaml says something that cannot be, or lacks something."""

    exit_code = EXIT_USAGE


class SourceError(ConnectorError):
    """Something about one source. The others go on."""

    exit_code = EXIT_INCOMPLETE


class Unavailable(SourceError):
    """No usable answer within the budget; the next tick tries again."""


class AccessRefused(SourceError):
    """The system refuses us; asking again changes nothing until the owner acts."""


class StreamNotOffered(SourceError):
    """This stream is not offered to this key, role or plan. Skipped with its reason; the run does not fail."""


class NotFound(SourceError):
    """The one thing asked for is not there."""


class UnexpectedPayload(SourceError):
    """An answer or a record that cannot be understood."""


class LossSuspected(SourceError):
    """More records vanished at once than is believable; nothing was marked."""


class SourceBusy(SourceError):
    """Another process holds this source's lock."""


class StoreError(ConnectorError):
    """The store cannot be opened, read or written."""

    exit_code = EXIT_STORE
