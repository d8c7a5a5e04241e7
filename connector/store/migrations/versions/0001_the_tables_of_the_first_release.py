"""The tables of the first release"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "agent_groups",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "group_id"),
    )
    op.create_table(
        "agents",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "agent_id"),
    )
    op.create_table(
        "backups",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "business_schedules",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("schedule_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("intervals", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "schedule_id"),
    )
    op.create_table(
        "carts",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cart_id", sa.Text(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("modified_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("products", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("has_address", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "cart_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("carts", schema=None) as batch_op:
        batch_op.create_index("ix_carts_account", ["source_id", "account_id"], unique=False)
        batch_op.create_index("ix_carts_email", ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_carts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "conversation_events",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "event_id"),
    )
    with op.batch_alter_table("conversation_events", schema=None) as batch_op:
        batch_op.create_index("ix_conversation_events_conversation", ["source_id", "conversation_id"], unique=False)

    op.create_table(
        "conversation_marks",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "conversation_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_numbers",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "conversation_id", "position"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("conversation_numbers", schema=None) as batch_op:
        batch_op.create_index("ix_conversation_numbers_number", ["number"], unique=False)

    op.create_table(
        "conversation_replies",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("replied_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seconds", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "conversation_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_spans",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "conversation_id", "from_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_times",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("countable", sa.Boolean(), nullable=False),
        sa.Column("part_of_source_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("part_of_id", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("first_customer_message_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("handoff_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_bot_reply_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_reply_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_from_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_created_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_created_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_message_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_message_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("second_reply_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("second_reply_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("waiting_since_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reply_gap_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reply_gap_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_solved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("solved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_reopened_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_resolution_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_resolution_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("resolution_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("resolution_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("requester_wait_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("requester_wait_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_wait_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_wait_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("handle_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("estimated_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("queue_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("customer_messages", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("replies", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("bot_replies", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agents", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reopens", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("thanks_reopens", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=True),
        sa.Column("bot_only", sa.Boolean(), nullable=True),
        sa.Column("has_messages", sa.Boolean(), nullable=False),
        sa.Column("has_history", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "conversation_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("conversation_times", schema=None) as batch_op:
        batch_op.create_index(
            "ix_conversation_times_merged_into",
            ["source_id", "merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_conversation_times_part_of",
            ["part_of_source_id", "part_of_id"],
            unique=False,
            sqlite_where=sa.text("part_of_id IS NOT NULL"),
            postgresql_where=sa.text("part_of_id IS NOT NULL"),
        )

    op.create_table(
        "conversations",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.Column("self_ref", sa.Text(), nullable=True),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("channel_raw", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("countable", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=True),
        sa.Column("order_numbers", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("updated_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_customer_message_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("handoff_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_reply_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("first_solved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("solved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("frt_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("resolution_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("resolution_business_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("requester_wait_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_wait_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("handle_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("queue_seconds", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("replies", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reopens", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("order_source_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("order_reason", sa.Text(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "conversation_id"),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index("ix_conversations_account", ["source_id", "account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_conversations_email", ["email_key"], unique=False)
        batch_op.create_index(
            "ix_conversations_order",
            ["order_source_id", "order_id"],
            unique=False,
            sqlite_where=sa.text("order_id IS NOT NULL"),
            postgresql_where=sa.text("order_id IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_conversations_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_conversations_same_as", ["same_as"], unique=False)
        batch_op.create_index("ix_conversations_self_ref", ["self_ref"], unique=False)

    op.create_table(
        "customer_accounts",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("registered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "account_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("customer_accounts", schema=None) as batch_op:
        batch_op.create_index("ix_customer_accounts_email", ["email_key"], unique=False)
        batch_op.create_index("ix_customer_accounts_person", ["person_id"], unique=False)

    op.create_table(
        "erasure_keys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "erasures",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "digest"),
    )
    op.create_table(
        "identity_marks",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("length", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("order_numbers", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "message_id"),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_conversation", ["source_id", "conversation_id"], unique=False)

    op.create_table(
        "order_events",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("amount_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "event_id"),
    )
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.create_index("ix_order_events_order", ["source_id", "order_id"], unique=False)

    op.create_table(
        "order_lines",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("variation_id", sa.Text(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("quantity_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "order_id", "line_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "order_link_marks",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "order_taxes",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("rate_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("rate_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("taxable_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("tax_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "order_id", "rate_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "orders",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_raw", sa.Text(), nullable=False),
        sa.Column("status_known", sa.Boolean(), nullable=False),
        sa.Column("countable", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("paid_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("completed_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("modified_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("total_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shipping_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rate_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("payment_method", sa.Text(), nullable=True),
        sa.Column("shipping_method", sa.Text(), nullable=True),
        sa.Column("coupons", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=True),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.Column("created_via", sa.Text(), nullable=True),
        sa.Column("cart_id", sa.Text(), nullable=True),
        sa.Column("attribution_type", sa.Text(), nullable=True),
        sa.Column("attribution_source", sa.Text(), nullable=True),
        sa.Column("attribution_medium", sa.Text(), nullable=True),
        sa.Column("attribution_campaign", sa.Text(), nullable=True),
        sa.Column("device_type", sa.Text(), nullable=True),
        sa.Column("refunds_named", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "order_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_account", ["source_id", "account_id"], unique=False)
        batch_op.create_index("ix_orders_email", ["email_key"], unique=False)
        batch_op.create_index(
            "ix_orders_number",
            ["number"],
            unique=False,
            sqlite_where=sa.text("number <> order_id"),
            postgresql_where=sa.text("number <> order_id"),
        )
        batch_op.create_index(
            "ix_orders_person",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("person_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL"),
        )

    op.create_table(
        "person_aliases",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "key"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("person_aliases", schema=None) as batch_op:
        batch_op.create_index("ix_person_aliases_person", ["person_id"], unique=False)

    op.create_table(
        "person_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "person_phones",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("phone_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "key", "phone_key"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("person_phones", schema=None) as batch_op:
        batch_op.create_index("ix_person_phones_phone", ["phone_key"], unique=False)

    op.create_table(
        "persons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("merged_into", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "products",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("categories", sa.Text(), nullable=True),
        sa.Column("price_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("modified_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "product_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "raw_records",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("dictionary", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("stamp", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "stream", "record_id"),
    )
    with op.batch_alter_table("raw_records", schema=None) as batch_op:
        batch_op.create_index(
            "ix_raw_records_gone",
            ["source_id", "stream"],
            unique=False,
            sqlite_where=sa.text("gone_at IS NOT NULL"),
            postgresql_where=sa.text("gone_at IS NOT NULL"),
        )

    op.create_table(
        "refund_lines",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("order_line_id", sa.Text(), nullable=True),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("quantity_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "refund_id", "line_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refunds",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("total_micros", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("shipping_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "refund_id"),
    )
    with op.batch_alter_table("refunds", schema=None) as batch_op:
        batch_op.create_index("ix_refunds_order", ["source_id", "order_id"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("finished_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("requests", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("records", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inserted", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("updated", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unchanged", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gone", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("set_aside", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bytes", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("error_advice", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_started_at"), ["started_at"], unique=False)

    op.create_table(
        "set_aside",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("dictionary", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("read_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "stream", "record_id"),
    )
    op.create_table(
        "sla_targets",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("target_seconds", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("business", sa.Boolean(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "target_id"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stream_states",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("last_success_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("last_attempt_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("last_sweep_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("failing_since", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("error_advice", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "stream"),
    )
    op.create_table(
        "survey_answers",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("score", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("score_rest_micros", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("gone_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source_id", "answer_id"),
    )
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.create_index("ix_survey_answers_account", ["source_id", "account_id"], unique=False)
        batch_op.create_index("ix_survey_answers_conversation", ["source_id", "conversation_id"], unique=False)
        batch_op.create_index("ix_survey_answers_email", ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_answers_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_survey_answers_response", ["source_id", "response_id"], unique=False)
