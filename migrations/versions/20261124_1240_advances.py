"""Advances are asked for and approved, materials name the line that pays them, and nights have a price.

Revision: 20261124_1240, after 20261124_1230
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1240"
down_revision = "20261124_1230"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "budget_rates",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount", AMOUNT, nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_budget_rates_amount")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_budget_rates_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_budget_rates")),
    )
    with op.batch_alter_table("cash_advances") as batch_op:
        batch_op.drop_index("ix_cash_advances_event_id_settled_at")
        batch_op.add_column(sa.Column("state", sa.String(length=24), nullable=False, server_default="paid_out"))
        batch_op.add_column(sa.Column("settle_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("client_id", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("remark", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("topped_up", AMOUNT, nullable=False, server_default="0"))
        batch_op.alter_column("given_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.create_check_constraint(op.f("ck_cash_advances_topped_up"), "topped_up >= 0")
        batch_op.create_unique_constraint(op.f("uq_cash_advances_event_id_client_id"), ["event_id", "client_id"])
        batch_op.create_foreign_key(op.f("fk_cash_advances_decided_by_id_users"), "users", ["decided_by_id"], ["id"])
    op.execute("UPDATE cash_advances SET requested_at = given_at")
    op.execute("UPDATE cash_advances SET state = 'settled' WHERE settled_at IS NOT NULL")
    with op.batch_alter_table("cash_advances") as batch_op:
        batch_op.alter_column("requested_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("state", existing_type=sa.String(length=24), server_default=None)
        batch_op.alter_column("remark", existing_type=sa.String(length=200), server_default=None)
        batch_op.alter_column("topped_up", existing_type=AMOUNT, server_default=None)
        batch_op.create_index("ix_cash_advances_event_id_state", ["event_id", "state"])
        batch_op.create_index(op.f("ix_cash_advances_user_id"), ["user_id"])
    with op.batch_alter_table("expense_payments") as batch_op:
        batch_op.add_column(sa.Column("advance_id", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_expense_payments_advance_id"), ["advance_id"])
        batch_op.create_foreign_key(
            op.f("fk_expense_payments_advance_id_cash_advances"), "cash_advances", ["advance_id"], ["id"]
        )
    # Not in a batch: making the table anew would take its orders and movements along on SQLite.
    op.add_column("materials", sa.Column("cost_line", sa.String(length=40), nullable=False, server_default=""))
    op.execute("UPDATE budget_lines SET key = 'own-' || id WHERE key IS NULL")


def downgrade() -> None:
    op.execute("UPDATE budget_lines SET key = NULL WHERE key LIKE 'own-%'")
    op.drop_column("materials", "cost_line")
    with op.batch_alter_table("expense_payments") as batch_op:
        batch_op.drop_constraint(op.f("fk_expense_payments_advance_id_cash_advances"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_expense_payments_advance_id"))
        batch_op.drop_column("advance_id")
    op.execute("DELETE FROM cash_advances WHERE given_at IS NULL")
    with op.batch_alter_table("cash_advances") as batch_op:
        batch_op.drop_index(op.f("ix_cash_advances_user_id"))
        batch_op.drop_index("ix_cash_advances_event_id_state")
        batch_op.drop_constraint(op.f("fk_cash_advances_decided_by_id_users"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_cash_advances_event_id_client_id"), type_="unique")
        batch_op.drop_constraint(op.f("ck_cash_advances_topped_up"), type_="check")
        batch_op.alter_column("given_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for name in ("topped_up", "remark", "decided_by_id", "decided_at", "requested_at", "client_id", "settle_by"):
            batch_op.drop_column(name)
        batch_op.drop_column("state")
        batch_op.create_index("ix_cash_advances_event_id_settled_at", ["event_id", "settled_at"])
    op.drop_table("budget_rates")
