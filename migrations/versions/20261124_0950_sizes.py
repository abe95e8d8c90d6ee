"""Work clothes are ordered by cut and size.

Revision: 20261124_0950, after 20261124_0930
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0950"
down_revision = "20261124_0930"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("material_orders") as batch:
        batch.add_column(sa.Column("cut", sa.String(length=24), nullable=True))
        batch.add_column(sa.Column("size", sa.String(length=10), nullable=False, server_default=""))
    with op.batch_alter_table("material_orders") as batch:
        batch.alter_column("size", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("material_orders") as batch:
        batch.drop_column("size")
        batch.drop_column("cut")
