"""The budget: lines, versions of the plan, expenses with invoices and payments, advances.

Revision: 20261124_1020, after 20261124_1015
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1020"
down_revision = "20261124_1015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("group", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("over_plan", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_budget_lines_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
        sa.UniqueConstraint("event_id", "group", "name", name=op.f("uq_budget_lines_event_id_group_name")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_budget_lines_event_id_key")),
    )
    op.create_table(
        "budget_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_budget_versions_approved_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_budget_versions_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_budget_versions_made_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_versions")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_budget_versions_event_id_number")),
    )
    op.create_table(
        "cash_advances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_cash_advances_amount")),
        sa.CheckConstraint("returned >= 0", name=op.f("ck_cash_advances_returned")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_cash_advances_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["users.id"], name=op.f("fk_cash_advances_given_by_id_users")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name=op.f("fk_cash_advances_settled_by_id_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cash_advances_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_advances")),
    )
    with op.batch_alter_table("cash_advances", schema=None) as batch_op:
        batch_op.create_index("ix_cash_advances_event_id_settled_at", ["event_id", "settled_at"], unique=False)

    op.create_table(
        "expenses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=120), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("approved", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("exception_reason", sa.String(length=200), nullable=False),
        sa.Column("exception_by_id", sa.Integer(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("advance_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_expenses_amount")),
        sa.CheckConstraint("approved >= 0", name=op.f("ck_expenses_approved")),
        sa.ForeignKeyConstraint(
            ["advance_id"], ["cash_advances.id"], name=op.f("fk_expenses_advance_id_cash_advances")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_expenses_decided_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_expenses_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["exception_by_id"], ["users.id"], name=op.f("fk_expenses_exception_by_id_users")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_lines.id"], name=op.f("fk_expenses_line_id_budget_lines")),
        sa.ForeignKeyConstraint(["photo_id"], ["files.id"], name=op.f("fk_expenses_photo_id_files")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["users.id"], name=op.f("fk_expenses_requested_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenses")),
        sa.UniqueConstraint("event_id", "client_id", name=op.f("uq_expenses_event_id_client_id")),
    )
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expenses_advance_id"), ["advance_id"], unique=False)
        batch_op.create_index("ix_expenses_event_id_requested_by_id", ["event_id", "requested_by_id"], unique=False)
        batch_op.create_index("ix_expenses_event_id_state", ["event_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_expenses_line_id"), ["line_id"], unique=False)

    op.create_table(
        "planned_sums",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_planned_sums_amount")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_lines.id"], name=op.f("fk_planned_sums_line_id_budget_lines")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["budget_versions.id"],
            name=op.f("fk_planned_sums_version_id_budget_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "line_id", name=op.f("pk_planned_sums")),
    )
    with op.batch_alter_table("planned_sums", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_sums_line_id"), ["line_id"], unique=False)

    op.create_table(
        "expense_invoices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("number_key", sa.String(length=160), nullable=True),
        sa.Column("seller", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("tax", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_expense_invoices_amount")),
        sa.CheckConstraint("tax >= 0 AND tax < amount", name=op.f("ck_expense_invoices_tax")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["users.id"], name=op.f("fk_expense_invoices_booked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["expense_id"], ["expenses.id"], name=op.f("fk_expense_invoices_expense_id_expenses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["files.id"], name=op.f("fk_expense_invoices_scan_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_invoices")),
        sa.UniqueConstraint("number_key", name=op.f("uq_expense_invoices_number_key")),
    )
    with op.batch_alter_table("expense_invoices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expense_invoices_expense_id"), ["expense_id"], unique=False)

    op.create_table(
        "expense_payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_expense_payments_amount")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["users.id"], name=op.f("fk_expense_payments_booked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["expense_id"], ["expenses.id"], name=op.f("fk_expense_payments_expense_id_expenses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_payments")),
    )
    with op.batch_alter_table("expense_payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expense_payments_expense_id"), ["expense_id"], unique=False)

    op.create_table(
        "expense_sources",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expense_id"], ["expenses.id"], name=op.f("fk_expense_sources_expense_id_expenses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_expense_sources")),
    )
    with op.batch_alter_table("expense_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expense_sources_expense_id"), ["expense_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("expense_sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expense_sources_expense_id"))

    op.drop_table("expense_sources")
    with op.batch_alter_table("expense_payments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expense_payments_expense_id"))

    op.drop_table("expense_payments")
    with op.batch_alter_table("expense_invoices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expense_invoices_expense_id"))

    op.drop_table("expense_invoices")
    with op.batch_alter_table("planned_sums", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_sums_line_id"))

    op.drop_table("planned_sums")
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expenses_line_id"))
        batch_op.drop_index("ix_expenses_event_id_state")
        batch_op.drop_index("ix_expenses_event_id_requested_by_id")
        batch_op.drop_index(batch_op.f("ix_expenses_advance_id"))

    op.drop_table("expenses")
    with op.batch_alter_table("cash_advances", schema=None) as batch_op:
        batch_op.drop_index("ix_cash_advances_event_id_settled_at")

    op.drop_table("cash_advances")
    op.drop_table("budget_versions")
    op.drop_table("budget_lines")
