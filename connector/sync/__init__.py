"""The loop: ask an adapter for a page, keep what may be kept, save it with its cursor, write the run down.

It knows pages, cursors and stamps, and no shop by name.
"""

from connector.sync.outcome import Progress, RunError, RunResult
from connector.sync.source import SourceJob, sync_source
from connector.sync.together import sync_sources

__all__ = ["Progress", "RunError", "RunResult", "SourceJob", "sync_source", "sync_sources"]
