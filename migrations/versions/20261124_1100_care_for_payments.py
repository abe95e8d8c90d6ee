"""Care for payments: adjustments with approvals, rules of refund and interest, problem accounts, tasks of reminders.

Revision: 20261124_1100, after 20261124_1045
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1100"
down_revision = "20261124_1045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_rules",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("late_rate", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("late_cap", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("early_rate", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("early_most_days", sa.Integer(), nullable=False),
        sa.Column("release_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("late_rate >= 0 AND early_rate >= 0", name=op.f("ck_payment_rules_rates")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_payment_rules_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_payment_rules")),
    )
    op.create_table(
        "problem_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.String(length=300), nullable=False),
        sa.Column("supply_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closing_note", sa.String(length=300), nullable=False),
        sa.CheckConstraint("decided_at IS NULL OR decision IS NOT NULL", name=op.f("ck_problem_accounts_decision")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["users.id"], name=op.f("fk_problem_accounts_closed_by_id_users")),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_problem_accounts_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_problem_accounts_decided_by_id_users")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("fk_problem_accounts_opened_by_id_users")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_problem_accounts_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_accounts")),
    )
    with op.batch_alter_table("problem_accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_accounts_dealer_id"), ["dealer_id"], unique=False)
        batch_op.create_index(
            "ix_problem_accounts_open",
            ["dealer_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index("ix_problem_accounts_owner_id_closed_at", ["owner_id", "closed_at"], unique=False)

    op.create_table(
        "refund_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("free_days", sa.Integer(), nullable=True),
        sa.Column("kept_percent", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=True),
        sa.Column("outlets_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("kept_percent >= 0", name=op.f("ck_refund_rules_kept_percent")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_refund_rules_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_rules")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_refund_rules_event_id_kind")),
    )
    op.create_table(
        "adjustments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("occasion", sa.String(length=24), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'refund') = (occasion IS NOT NULL)", name=op.f("ck_adjustments_occasion")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_adjustments_amount")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_adjustments_asked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivables.id"], name=op.f("fk_adjustments_receivable_id_receivables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
    )
    with op.batch_alter_table("adjustments", schema=None) as batch_op:
        batch_op.create_index("ix_adjustments_receivable_id_id", ["receivable_id", "id"], unique=False)
        batch_op.create_index("ix_adjustments_state_kind", ["state", "kind"], unique=False)

    op.create_table(
        "adjustment_entries",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("adjustment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustments.id"], name=op.f("fk_adjustment_entries_adjustment_id_adjustments")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_adjustment_entries_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_adjustment_entries")),
    )
    with op.batch_alter_table("adjustment_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_entries_adjustment_id"), ["adjustment_id"], unique=False)

    op.create_table(
        "adjustment_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adjustment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustments.id"], name=op.f("fk_adjustment_votes_adjustment_id_adjustments")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_adjustment_votes_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment_votes")),
        sa.UniqueConstraint("adjustment_id", "by_id", name=op.f("uq_adjustment_votes_adjustment_id_by_id")),
    )
    op.create_table(
        "agreed_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adjustment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_agreed_parts_amount")),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustments.id"], name=op.f("fk_agreed_parts_adjustment_id_adjustments")
        ),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivables.id"], name=op.f("fk_agreed_parts_receivable_id_receivables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_parts")),
        sa.UniqueConstraint("adjustment_id", "position", name=op.f("uq_agreed_parts_adjustment_id_position")),
    )
    with op.batch_alter_table("agreed_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreed_parts_receivable_id"), ["receivable_id"], unique=False)

    with op.batch_alter_table("reminder_levels", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("task", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_reminder_levels_person_id_users"), "users", ["person_id"], ["id"])

    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("task", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("done_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_reminders_open_task",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("task <> '' AND done_at IS NULL"),
            postgresql_where=sa.text("task <> '' AND done_at IS NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_reminders_done_by_id_users"), "users", ["done_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_reminders_person_id_users"), "users", ["person_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reminders_person_id_users"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_reminders_done_by_id_users"), type_="foreignkey")
        batch_op.drop_index(
            "ix_reminders_open_task",
            sqlite_where=sa.text("task <> '' AND done_at IS NULL"),
            postgresql_where=sa.text("task <> '' AND done_at IS NULL"),
        )
        batch_op.drop_column("done_by_id")
        batch_op.drop_column("done_at")
        batch_op.drop_column("person_id")
        batch_op.drop_column("task")

    with op.batch_alter_table("reminder_levels", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reminder_levels_person_id_users"), type_="foreignkey")
        batch_op.drop_column("person_id")
        batch_op.drop_column("task")
        batch_op.drop_column("text")

    with op.batch_alter_table("agreed_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreed_parts_receivable_id"))

    op.drop_table("agreed_parts")
    op.drop_table("adjustment_votes")
    with op.batch_alter_table("adjustment_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_entries_adjustment_id"))

    op.drop_table("adjustment_entries")
    with op.batch_alter_table("adjustments", schema=None) as batch_op:
        batch_op.drop_index("ix_adjustments_state_kind")
        batch_op.drop_index("ix_adjustments_receivable_id_id")

    op.drop_table("adjustments")
    op.drop_table("refund_rules")
    with op.batch_alter_table("problem_accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_accounts_owner_id_closed_at")
        batch_op.drop_index(
            "ix_problem_accounts_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_problem_accounts_dealer_id"))

    op.drop_table("problem_accounts")
    op.drop_table("payment_rules")
