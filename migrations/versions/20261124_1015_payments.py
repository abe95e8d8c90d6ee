"""Payments: receipts, the ledger, calls and promises, reminders.

Revision: 20261124_1015, after 20261124_1010
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1015"
down_revision = "20261124_1010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paying_habits",
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("no_mornings", sa.Boolean(), nullable=False),
        sa.Column("pay_day", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "pay_day IS NULL OR (pay_day >= 1 AND pay_day <= 31)", name=op.f("ck_paying_habits_pay_day")
        ),
        sa.ForeignKeyConstraint(
            ["dealer_id"], ["dealers.id"], name=op.f("fk_paying_habits_dealer_id_dealers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dealer_id", name=op.f("pk_paying_habits")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("used", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_by_id", sa.Integer(), nullable=True),
        sa.Column("bounce_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipts_amount")),
        sa.CheckConstraint("used >= 0 AND used <= amount", name=op.f("ck_receipts_used")),
        sa.ForeignKeyConstraint(["bounced_by_id"], ["users.id"], name=op.f("fk_receipts_bounced_by_id_users")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_receipts_confirmed_by_id_users")),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_receipts_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_receipts_file_id_files")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_receipts_recorded_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_dealer_id"), ["dealer_id"], unique=False)
        batch_op.create_index("ix_receipts_received_on_id", ["received_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipts_recorded_by_id"), ["recorded_by_id"], unique=False)

    op.create_table(
        "reminder_levels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=24), nullable=False),
        sa.Column("tone", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_reminder_levels_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_levels")),
        sa.UniqueConstraint("event_id", "days", name=op.f("uq_reminder_levels_event_id_days")),
    )
    op.create_table(
        "dunning_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("next_call_on", sa.Date(), nullable=True),
        sa.Column("promised_amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'promised') = (promised_amount IS NOT NULL AND promised_on IS NOT NULL)",
            name=op.f("ck_dunning_calls_promise"),
        ),
        sa.CheckConstraint(
            "promised_amount IS NULL OR promised_amount > 0", name=op.f("ck_dunning_calls_promised_amount")
        ),
        sa.ForeignKeyConstraint(["caller_id"], ["users.id"], name=op.f("fk_dunning_calls_caller_id_users")),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivables.id"], name=op.f("fk_dunning_calls_receivable_id_receivables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dunning_calls")),
    )
    with op.batch_alter_table("dunning_calls", schema=None) as batch_op:
        batch_op.create_index("ix_dunning_calls_receivable_id_id", ["receivable_id", "id"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=True),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(receipt_id IS NOT NULL) = (kind IN ('allocation', 'refund'))", name=op.f("ck_postings_money")
        ),
        sa.CheckConstraint("(receivable_id IS NULL) = (kind = 'refund')", name=op.f("ck_postings_receivable")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_postings_amount")),
        sa.CheckConstraint("receivable_id IS NOT NULL OR receipt_id IS NOT NULL", name=op.f("ck_postings_about")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_postings_by_id_users")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_postings_receipt_id_receipts")),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivables.id"], name=op.f("fk_postings_receivable_id_receivables")
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["postings.id"], name=op.f("fk_postings_reverses_id_postings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_postings_reverses_id")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_receipt_id"), ["receipt_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_receivable_id"), ["receivable_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=24), nullable=False),
        sa.Column("tone", sa.String(length=24), nullable=False),
        sa.Column("is_raised", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_reminders_message_id_messages"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivables.id"], name=op.f("fk_reminders_receivable_id_receivables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("receivable_id", "days", name=op.f("uq_reminders_receivable_id_days")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_message_id"), ["message_id"], unique=False)

    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "settled", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False, server_default="0"
            )
        )
        batch_op.create_check_constraint(batch_op.f("ck_receivables_settled"), "settled <= amount")
    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.create_index(
            "ix_receivables_open",
            ["due_on", "event_id"],
            unique=False,
            sqlite_where=sa.text("cancelled_at IS NULL AND settled < amount"),
            postgresql_where=sa.text("cancelled_at IS NULL AND settled < amount"),
        )


def downgrade() -> None:
    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_receivables_open",
            sqlite_where=sa.text("cancelled_at IS NULL AND settled < amount"),
            postgresql_where=sa.text("cancelled_at IS NULL AND settled < amount"),
        )
        batch_op.drop_constraint(batch_op.f("ck_receivables_settled"), type_="check")
    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.drop_column("settled")

    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_message_id"))

    op.drop_table("reminders")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postings_receivable_id"))
        batch_op.drop_index(batch_op.f("ix_postings_receipt_id"))

    op.drop_table("postings")
    with op.batch_alter_table("dunning_calls", schema=None) as batch_op:
        batch_op.drop_index("ix_dunning_calls_receivable_id_id")

    op.drop_table("dunning_calls")
    op.drop_table("reminder_levels")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipts_recorded_by_id"))
        batch_op.drop_index("ix_receipts_received_on_id")
        batch_op.drop_index(batch_op.f("ix_receipts_dealer_id"))

    op.drop_table("receipts")
    op.drop_table("paying_habits")
