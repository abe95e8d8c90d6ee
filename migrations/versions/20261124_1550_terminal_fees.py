"""What a card terminal takes off its slips is kept beside each of them.

Revision: 20261124_1550, after 20261124_1540
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1550"
down_revision = "20261124_1540"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.add_column("bank_matches", sa.Column("fee", AMOUNT, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("bank_matches", "fee")
