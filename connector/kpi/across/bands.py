"""Bands of the first reply's time (definitions, 6.0 and 6.2): chats and all other channels apart, by the clock on the
wall, since that is what a customer waits."""

from __future__ import annotations

import polars as pl

from connector.instants import HOUR, MINUTE, SECOND

CHAT, TICKET = "chat", "ticket"
NEVER = "never"

_UP_TO = {
    TICKET: ((HOUR, "0-1h"), (4 * HOUR, "1-4h"), (24 * HOUR, "4-24h"), (None, "24h+")),
    CHAT: ((2 * MINUTE, "0-2m"), (10 * MINUTE, "2-10m"), (None, "10m+")),
}
"""For each kind the bands: up to which time, that included, and the name."""

BANDS: dict[str, tuple[str, ...]] = {
    kind: (*(f"{kind} {name}" for _, name in bands), f"{kind} {NEVER}") for kind, bands in _UP_TO.items()
}
"""All bands of each kind, the fastest first, never answered last."""
FAST = {kind: names[0] for kind, names in BANDS.items()}

SPANS = {"handoff": "frt", "created": "frt_created", "first_customer_message": "frt_message"}
"""Option `frt.start` -> the span that begins there."""


def needs(start: str) -> frozenset[str]:
    """The columns that the bands are told by, under the option `frt.start`."""
    return frozenset({"channel", "by_agent", "first_reply_at", f"{SPANS[start]}_seconds"})


def with_bands(talks: pl.DataFrame, start: str) -> pl.DataFrame:
    """Conversations with their `kind` and `frt_band`; null where an agent opened it, so that no reply was due.

    `start` is the option `frt.start`. A reply whose wait the source does not say is timed from the creation.
    """
    since = (pl.col("first_reply_at") - pl.col("created_at")).clip(0) // SECOND
    seconds = pl.coalesce(f"{SPANS[start]}_seconds", since)
    return talks.with_columns(kind=kind()).with_columns(
        frt_seconds=pl.when(pl.col("first_reply_at").is_not_null()).then(seconds),
        frt_band=pl.when(~pl.col("by_agent")).then(
            pl.when(pl.col("first_reply_at").is_null())
            .then(pl.concat_str("kind", pl.lit(f" {NEVER}")))
            .when(pl.col("kind") == CHAT)
            .then(_band(CHAT, seconds))
            .otherwise(_band(TICKET, seconds))
        ),
    )


def kind() -> pl.Expr:
    """Whether a conversation is a chat or anything else."""
    return pl.when(pl.col("channel") == CHAT).then(pl.lit(CHAT)).otherwise(pl.lit(TICKET))


def bands_of(kinds: set[str]) -> tuple[str, ...]:
    """The bands of the kinds there are, chats last."""
    return tuple(name for one in (TICKET, CHAT) if one in kinds for name in BANDS[one])


def fast() -> pl.Expr:
    """Whether the reply came in the fastest band of its kind; null where none was due."""
    return pl.col("frt_band").is_in(list(FAST.values()))


def _band(kind: str, seconds: pl.Expr) -> pl.Expr:
    cases = [
        pl.when(seconds * SECOND <= limit).then(pl.lit(f"{kind} {name}"))
        for limit, name in _UP_TO[kind]
        if limit is not None
    ]
    return pl.coalesce(*cases, pl.lit(f"{kind} {_UP_TO[kind][-1][1]}"))
