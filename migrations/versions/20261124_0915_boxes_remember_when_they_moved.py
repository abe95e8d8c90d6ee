"""When a box came to its place, so that phones may tell it late.

Revision: 20261124_0915, after 20261124_0905
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0915"
down_revision = "20261124_0905"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and dropping the old one takes what is in the boxes along.
    op.add_column("boxes", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("boxes", "moved_at")
