"""A step of the seating remembers the hall before its plan was changed.

Revision: 20261124_1600, after 20261124_1550
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1600"
down_revision = "20261124_1550"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat_steps", sa.Column("hall", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("seat_steps", "hall")
