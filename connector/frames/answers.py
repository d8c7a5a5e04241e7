"""The frame of survey answers: one row per answer, and per offer that nobody answered.

An answer belongs to a conversation of its own source, or, imported from a file, to one that it names: by its number
where only one source has it, else led by the source's name or kind (`helpdesk:101`, `zendesk:101`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting
from connector.frames.lines import read_contents

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_OWN = (
    "LEFT JOIN conversations c ON c.source_id = a.source_id AND c.conversation_id = a.conversation_id "
    "LEFT JOIN conversation_times t ON t.source_id = a.source_id AND t.conversation_id = a.conversation_id"
)
_ABOUT = (
    *("conversation_source_id", "conversation", "channel", "agent_id", "group", "solved_at"),
    *("order_source_id", "conversation_order_id"),
)
"""What is known of an answer through its conversation."""


def read_answers(connection: Connection) -> pl.DataFrame:
    """All answers and offers of all time in the order of their key, with what their conversations tell.

    `score` null = an offer. `conversation` is null where the conversation is not known. Instants in microseconds UTC.
    """
    columns = {
        "source_id": Column("a.source_id"),
        "answer_id": Column("a.answer_id", "text"),
        "survey": Column("a.survey", "text"),
        "kind": Column("a.kind", "text"),
        "metric": Column("a.metric", "text"),
        "scale": Column("a.scale", "text"),
        "score": Column("a.score"),
        "rest_micros": Column("a.score_rest_micros"),
        "offered_at": Column("a.offered_at"),
        "answered_at": Column("a.answered_at"),
        "named": Column("a.conversation_id", "text"),
        "order_id": Column("a.order_id", "text"),
        "account_id": Column("a.account_id", "text"),
        "email": Column("a.email", "text"),
        "email_key": Column("a.email_key", "text"),
        "person_id": Column("a.person_id"),
        "conversation_source_id": Column("COALESCE(t.part_of_source_id, c.source_id)"),
        "conversation": Column("COALESCE(t.part_of_id, c.conversation_id)", "text"),
        "channel": Column("COALESCE(a.channel, c.channel)", "text"),
        "agent_id": Column("COALESCE(a.agent_id, c.agent_id)", "text"),
        "group": Column("c.group_name", "text"),
        "solved_at": Column("COALESCE(t.solved_at, c.solved_at)"),
        "order_source_id": Column("c.order_source_id"),
        "conversation_order_id": Column("c.order_id", "text"),
    }
    where = "a.metric IN ('nps', 'csat', 'ces') AND a.gone_at IS NULL AND NOT a.superseded"
    answers = read_frame(connection, Query("survey_answers", "a", "answer_id", columns, _OWN, where))
    return _with_foreign(connection, answers)


def _with_foreign(connection: Connection, answers: pl.DataFrame) -> pl.DataFrame:
    """The answers with the conversations of other sources that they name."""
    import polars as pl

    desks = connection.execute(text("SELECT DISTINCT source_id FROM conversations")).scalars().all()
    # A desk means its own conversations, those too that are not stored (yet).
    elsewhere = pl.col("named").is_not_null() & ~pl.col("source_id").is_in(list(desks))
    if not answers.select(elsewhere.any()).item():
        return answers
    named = answers.filter(elsewhere)["named"].unique()
    found = _named(connection, named)
    joined = answers.join(found, on="named", how="left", suffix="_there", maintain_order="left")
    given = ("channel", "agent_id")  # what the answer itself says goes before what its conversation says
    return joined.with_columns(
        pl.when(elsewhere & (pl.lit(name not in given) | pl.col(name).is_null()))
        .then(pl.col(f"{name}_there"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in _ABOUT
    ).select(answers.columns)


def _named(connection: Connection, named: pl.Series) -> pl.DataFrame:
    """For each name the one conversation it can mean."""
    import polars as pl

    sources = {row[0]: (row[1], row[2]) for row in connection.execute(text("SELECT id, name, adapter FROM sources"))}
    columns = {
        "conversation_source_id": Column("COALESCE(t.part_of_source_id, c.source_id)"),
        "conversation": Column("COALESCE(t.part_of_id, c.conversation_id)", "text"),
        "id": Column("c.conversation_id", "text"),
        "own_source_id": Column("c.source_id"),
        "channel": Column("c.channel", "text"),
        "agent_id": Column("c.agent_id", "text"),
        "group": Column("c.group_name", "text"),
        "solved_at": Column("COALESCE(t.solved_at, c.solved_at)"),
        "order_source_id": Column("c.order_source_id"),
        "conversation_order_id": Column("c.order_id", "text"),
    }
    join = "LEFT JOIN conversation_times t ON t.source_id = c.source_id AND t.conversation_id = c.conversation_id"
    every = read_frame(connection, Query("conversations", "c", "conversation_id", columns, join, "c.gone_at IS NULL"))
    ways = [every.with_columns(pl.col("id").alias("named"))]
    for place in (0, 1):  # by the source's name, and by its kind
        led = {number: words[place] for number, words in sources.items()}
        beginning = pl.col("own_source_id").replace_strict(led, default=None, return_dtype=pl.String)
        ways.append(every.with_columns(pl.concat_str([beginning, pl.lit(":"), pl.col("id")]).alias("named")))
    found = pl.concat(ways).filter(pl.col("named").is_in(named.implode()))
    once = found.unique(["named", "conversation_source_id", "conversation"])
    return once.filter(pl.len().over("named") == 1).select("named", *_ABOUT)


CONTENT = ("product", "category", "product_named")
"""What an answer is about through the goods of its order, each a list: names of products and of categories, and all
that a product may be asked for by."""


def with_content(connection: Connection, answers: pl.DataFrame, *, within: int) -> pl.DataFrame:
    """The answers with what was in their orders.

    That is the order that an answer names, else that of its conversation; where it belongs to none, the last one that
    the person who answers had placed in the `within` microseconds before.
    """
    import polars as pl

    order = ["source_id", "order_id"]
    lines = read_contents(connection, Counting(), amounts=False).lines
    named = pl.concat_list(
        *(pl.col(name) for name in ("product_id", "sku", "known_sku", "name", "known_name", "product"))
    )
    goods = lines.group_by(order).agg(
        pl.col("product").drop_nulls().unique(),
        pl.col("category").explode().drop_nulls().unique(),
        named.explode().drop_nulls().unique().alias("product_named"),
    )
    orders = _orders(connection)
    found = answers.with_columns(written=_comparable("order_id")).join(
        _meant(orders), on="written", how="left", maintain_order="left"
    )
    found = _lately(found, orders, within)
    alone = pl.col("conversation").is_null()
    own, about = pl.col("meant_source_id").is_not_null(), pl.col("order_source_id").is_not_null()
    keyed = found.with_columns(
        pl.when(own).then(f"meant_{key}").when(about).then(of_talk).when(alone).then(f"last_{key}").alias(f"of_{key}")
        for key, of_talk in (("source_id", "order_source_id"), ("order_id", "conversation_order_id"))
    )
    goods = goods.rename({key: f"of_{key}" for key in order})
    whole = keyed.join(goods, on=[f"of_{key}" for key in order], how="left", maintain_order="left")
    return whole.select(*answers.columns, *CONTENT)


def _orders(connection: Connection) -> pl.DataFrame:
    """All orders with their numbers, in the order of their key."""
    columns = {
        "source_id": Column("o.source_id"),
        "order_id": Column("o.order_id", "text"),
        "number": Column("o.number", "text"),
        "person_id": Column("CASE WHEN o.countable AND o.gone_at IS NULL THEN o.person_id END"),
        "created_at": Column("o.created_at"),
    }
    return read_frame(connection, Query("orders", "o", "order_id", columns))


def _meant(orders: pl.DataFrame) -> pl.DataFrame:
    """The one order that a number as people write it means: by the shop's number, else by its id."""
    import polars as pl

    keys = {"meant_source_id": "source_id", "meant_order_id": "order_id"}
    by_number, by_id = (
        orders.select(**keys, written=_comparable(name)).drop_nulls("written").filter(pl.len().over("written") == 1)
        for name in ("number", "order_id")
    )
    return pl.concat([by_number, by_id.join(by_number, on="written", how="anti")])


def _comparable(name: str) -> pl.Expr:
    """The form of a number in which two spellings are equal, as `connector.conversations.numbers` has it."""
    import polars as pl

    plain = pl.col(name).str.strip_chars().str.strip_chars_start("#").str.strip_chars().str.to_uppercase()
    digits = plain.str.strip_chars_start("0")
    of_digits = pl.when(digits == "").then(pl.lit("0")).otherwise(digits)
    return pl.when(plain.str.contains(r"^\d+$")).then(of_digits).otherwise(plain)


def _lately(answers: pl.DataFrame, orders: pl.DataFrame, within: int) -> pl.DataFrame:
    """The answers with the last order of their person before (`last_source_id`, `last_order_id`), in their order."""
    import polars as pl

    bought = orders.drop_nulls(["person_id", "created_at"]).select(
        "person_id", "created_at", last_source_id="source_id", last_order_id="order_id"
    )
    asked = answers.with_row_index("place").with_columns(asked_at=pl.coalesce("answered_at", "offered_at", pl.lit(0)))
    return (
        asked.sort("asked_at")
        .join_asof(
            bought.sort("created_at", maintain_order=True),
            left_on="asked_at",
            right_on="created_at",
            by="person_id",
            strategy="backward",
            tolerance=within,
            check_sortedness=False,
        )
        .sort("place")
    )
