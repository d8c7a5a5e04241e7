"""How many conversations could be joined with buyers at all: said first, since a figure speaks of those alone (6.0)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from connector.kpi.across.view import View
from connector.kpi.measured import Banded, Measured
from connector.kpi.result import Flag
from connector.messages import Message
from connector.messages.kpi import KPI

LOW = 0.5
"""Below this share of either kind a figure describes an identified minority."""


def match(view: View) -> dict[str, int]:
    """The period's counted conversations, those of them with an e-mail, and of these the ones of a buyer.

    A desk may say the address with the account and not with each conversation: then the person stands for it.
    """
    talks = view.talks.rows
    known = talks.filter(pl.col("email").is_not_null() | pl.col("person_id").is_not_null())
    matched = known.join(view.always(_buyers), on="person_id", how="semi")
    return {"conversations": talks.height, "with_email": known.height, "matched": matched.height}


def _buyers(view: View) -> pl.DataFrame:
    return view.history.filter("first").select("person_id")


def with_match(view: View, computed: Measured | Banded, *notes: Message | None) -> Measured | Banded:
    """The figure with the match rate before everything else, and `notes` about what it does not prove."""
    if not view.has_desk:
        return _each(computed, lambda one: one.with_notes(*notes))
    found = view.once(match)
    said = KPI("note.match", **found)
    low = found["with_email"] < LOW * found["conversations"] or found["matched"] < LOW * found["with_email"]
    flag = Flag("low_match") if low else None

    def with_it(one: Measured) -> Measured:
        told = replace(one, notes=(said, *one.notes), extra={"match": found, **one.extra})
        return told.with_notes(*notes).with_flags(flag)

    return _each(computed, with_it)


def _each(computed: Measured | Banded, change: Callable[[Measured], Measured]) -> Measured | Banded:
    if isinstance(computed, Measured):
        return change(computed)
    total = change(computed.total) if computed.total is not None else None
    return replace(computed, bands=tuple((name, change(one)) for name, one in computed.bands), total=total)
