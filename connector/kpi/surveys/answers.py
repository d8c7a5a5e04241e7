"""Answers as the figures take them: with their day, and with what each of them is one answer of.

All of it follows from the stored rows alone, whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

LEGACY = "good-bad"
"""The scale of a help desk's older survey: of answers about one conversation those to the newer survey win."""

_BETWEEN = "\x1f"


def prepared(answers: pl.DataFrame, agents: Mapping[tuple[int, str], str]) -> pl.DataFrame:
    """Every stored row with the `agent` by name, its `occasion` and its `unit`. `agents` by source and number."""
    names = pl.DataFrame(
        [(source, number, name) for (source, number), name in agents.items()],
        schema={"agent_source_id": pl.Int64, "agent_id": pl.String, "agent_name": pl.String},
        orient="row",
    )
    known = answers.with_columns(
        pl.coalesce("conversation_source_id", "source_id").alias("agent_source_id"),
        # A conversation that is not stored (yet) is one all the same.
        pl.coalesce(_keyed("conversation_source_id", "conversation"), _keyed("source_id", "named")).alias("talk"),
        _person().alias("who"),
    ).join(names, on=["agent_source_id", "agent_id"], how="left", maintain_order="left")
    occasion = pl.coalesce(
        pl.when(_by_person()).then(pl.col("who")),
        pl.col("talk"),
        pl.concat_str([pl.lit("order"), "order_id"], separator=_BETWEEN),
        "who",
        pl.concat_str([pl.lit("answer"), "answer_id"], separator=_BETWEEN),
    )
    known = known.with_columns(pl.coalesce("agent_name", "agent_id").alias("agent"), occasion.alias("occasion"))
    # A help desk asks once about a conversation, whichever of its surveys it asks with.
    survey = pl.when(pl.col("occasion") == pl.col("talk")).then(pl.lit("")).otherwise(pl.col("survey"))
    parts = [pl.col("source_id").cast(pl.String), "metric", "kind", survey, "occasion"]
    return known.with_columns(pl.concat_str(parts, separator=_BETWEEN).alias("unit"))


def merged(rows: pl.DataFrame) -> pl.DataFrame:
    """Answers alone, without those of an older survey about conversations that a newer one has an answer about."""
    answers = rows.filter(pl.col("score").is_not_null() & pl.col("answered_at").is_not_null())
    of_talk = pl.col("talk").is_not_null() & (pl.col("occasion") == pl.col("talk"))
    newer = ((pl.col("scale") != LEGACY) & of_talk).any().over("unit")
    return answers.filter(~((pl.col("scale") == LEGACY) & of_talk & newer))


def dated(answers: pl.DataFrame, *, solved: bool) -> pl.DataFrame:
    """The answers in their order, with the day they count on in `at`: their own, or that of the solution."""
    day = pl.col("solved_at") if solved else pl.col("answered_at")
    return answers.with_columns(day.alias("at")).sort("answered_at", "source_id", "answer_id")


def offers(rows: pl.DataFrame) -> pl.DataFrame:
    """What was offered, each survey once: `at`, the first offer, and whether it was `answered`."""
    known = rows.filter(pl.col("offered_at").is_not_null())
    answered = rows.filter(pl.col("score").is_not_null())["unit"].unique()
    first = known.sort("offered_at", "source_id", "answer_id").unique("unit", keep="first", maintain_order=True)
    return first.with_columns(
        pl.col("offered_at").alias("at"), pl.col("unit").is_in(answered.implode()).alias("answered")
    )


def _by_person() -> pl.Expr:
    """Whether a survey asks each person once: about the whole, and always whether they would recommend the shop."""
    return (pl.col("metric") == "nps") | (pl.col("kind") == "relational")


def _person() -> pl.Expr:
    """Who answered, as far as that is known."""
    return pl.coalesce(
        pl.concat_str([pl.lit("person"), pl.col("person_id").cast(pl.String)], separator=_BETWEEN),
        pl.concat_str([pl.lit("email"), "email_key"], separator=_BETWEEN),
        pl.concat_str([pl.lit("account"), pl.col("source_id").cast(pl.String), "account_id"], separator=_BETWEEN),
    )


def _keyed(source: str, name: str) -> pl.Expr:
    return pl.concat_str([pl.lit("talk"), pl.col(source).cast(pl.String), name], separator=_BETWEEN)
