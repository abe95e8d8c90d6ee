"""A target's result says where it is known from, and since when.

Revision: 20261124_1520, after 20261124_1500
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1520"
down_revision = "20261124_1500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contract_targets") as table:
        table.add_column(sa.Column("achieved_from", sa.String(length=24), nullable=True))
        table.add_column(sa.Column("achieved_at", sa.DateTime(timezone=True), nullable=True))
    # Until now somebody typed every figure, or took it from a list; the two cannot be told apart any more.
    op.execute("UPDATE contract_targets SET achieved_from = 'typed' WHERE achieved IS NOT NULL")
    with op.batch_alter_table("contract_targets") as table:
        table.create_check_constraint(
            op.f("ck_contract_targets_known_from"), "(achieved IS NULL) = (achieved_from IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("contract_targets") as table:
        table.drop_constraint(op.f("ck_contract_targets_known_from"), type_="check")
        table.drop_column("achieved_at")
        table.drop_column("achieved_from")
