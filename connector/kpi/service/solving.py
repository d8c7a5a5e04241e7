"""When a conversation counts as solved."""

from __future__ import annotations

import polars as pl


def solved() -> pl.Expr:
    """Whether it is solved now; closed without being solved counts from the closing (5.4).

    A chat that ended without any reply from a person, while its customer waited or found nobody there, is over but
    not solved.
    """
    in_vain = (pl.col("missed").fill_null(False) | pl.col("offline").fill_null(False)) & pl.col(
        "first_reply_at"
    ).is_null()
    return pl.col("solved_at").is_not_null() & ~in_vain
