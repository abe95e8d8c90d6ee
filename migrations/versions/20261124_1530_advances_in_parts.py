"""An advance is accounted for in parts: one row for each settlement, and payments name theirs.

Revision: 20261124_1530, after 20261124_1520
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1530"
down_revision = "20261124_1520"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")
# What was settled before is one settlement to the end; its payments are those that were not taken back.
_ONE_EACH = """
INSERT INTO advance_settlements (advance_id, spent, returned, topped_up, is_final, at, by_id)
SELECT id, amount + topped_up - returned, returned, topped_up, :yes, settled_at, settled_by_id
FROM cash_advances WHERE state = 'settled' AND settled_at IS NOT NULL
"""
_NAMED = """
UPDATE expense_payments SET settlement_id =
(SELECT id FROM advance_settlements WHERE advance_settlements.advance_id = expense_payments.advance_id)
WHERE advance_id IS NOT NULL AND taken_back_at IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "advance_settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advance_id", sa.Integer(), nullable=False),
        sa.Column("spent", AMOUNT, nullable=False),
        sa.Column("returned", AMOUNT, nullable=False),
        sa.Column("topped_up", AMOUNT, nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("returned >= 0", name=op.f("ck_advance_settlements_returned")),
        sa.CheckConstraint("topped_up >= 0", name=op.f("ck_advance_settlements_topped_up")),
        sa.ForeignKeyConstraint(
            ["advance_id"],
            ["cash_advances.id"],
            name=op.f("fk_advance_settlements_advance_id_cash_advances"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_advance_settlements_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance_settlements")),
    )
    op.create_index(op.f("ix_advance_settlements_advance_id"), "advance_settlements", ["advance_id"])
    with op.batch_alter_table("expense_payments") as batch_op:
        batch_op.add_column(sa.Column("settlement_id", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_expense_payments_settlement_id"), ["settlement_id"])
        batch_op.create_foreign_key(
            op.f("fk_expense_payments_settlement_id_advance_settlements"),
            "advance_settlements",
            ["settlement_id"],
            ["id"],
        )
    op.get_bind().execute(sa.text(_ONE_EACH), {"yes": True})
    op.execute(_NAMED)


def downgrade() -> None:
    with op.batch_alter_table("expense_payments") as batch_op:
        batch_op.drop_constraint(op.f("fk_expense_payments_settlement_id_advance_settlements"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_expense_payments_settlement_id"))
        batch_op.drop_column("settlement_id")
    op.drop_table("advance_settlements")
