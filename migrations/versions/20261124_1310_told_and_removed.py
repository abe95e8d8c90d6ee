"""What the owner of a task in the hall was told, and what was removed and can still come back.

Revision: 20261124_1310, after 20261124_1300
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1310"
down_revision = "20261124_1300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("zone_tasks", sa.Column("told_digest", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_removals_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_removals_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
    )
    op.create_index("ix_removals_event_id_id", "removals", ["event_id", "id"])


def downgrade() -> None:
    op.drop_table("removals")
    op.drop_column("zone_tasks", "told_digest")
