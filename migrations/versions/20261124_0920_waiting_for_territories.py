"""A bid says for which days it waits and which short hold offers it; events set how long both last.

Revision: 20261124_0920, after 20261124_0915
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0920"
down_revision = "20261124_0915"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "territory_settings",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("offer_minutes", sa.Integer(), nullable=False),
        sa.Column("board_token", sa.String(length=60), nullable=True),
        sa.CheckConstraint("hold_minutes > 0 AND offer_minutes > 0", name=op.f("ck_territory_settings_minutes")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_territory_settings_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_territory_settings")),
        sa.UniqueConstraint("board_token", name=op.f("uq_territory_settings_board_token")),
    )
    with op.batch_alter_table("territory_bids", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("grant_id", sa.Integer(), nullable=True))
    op.execute("UPDATE territory_bids SET starts_on = DATE(waiting_since), ends_on = DATE(waiting_since)")
    with op.batch_alter_table("territory_bids", schema=None) as batch_op:
        batch_op.alter_column("starts_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("ends_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_territory_bids_grant_id_territory_grants"), "territory_grants", ["grant_id"], ["id"]
        )
        batch_op.create_index("ix_territory_bids_event_id_state", ["event_id", "state"], unique=False)
    with op.batch_alter_table("territory_grants", schema=None) as batch_op:
        batch_op.drop_index("ix_territory_grants_line_id_state")
        batch_op.create_index(
            "ix_territory_grants_line_id_region_id_state", ["line_id", "region_id", "state"], unique=False
        )
        batch_op.create_index("ix_territory_grants_state_held_until", ["state", "held_until"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("territory_grants", schema=None) as batch_op:
        batch_op.drop_index("ix_territory_grants_state_held_until")
        batch_op.drop_index("ix_territory_grants_line_id_region_id_state")
        batch_op.create_index("ix_territory_grants_line_id_state", ["line_id", "state"], unique=False)
    with op.batch_alter_table("territory_bids", schema=None) as batch_op:
        batch_op.drop_index("ix_territory_bids_event_id_state")
        batch_op.drop_constraint(batch_op.f("fk_territory_bids_grant_id_territory_grants"), type_="foreignkey")
        batch_op.drop_column("grant_id")
        batch_op.drop_column("ends_on")
        batch_op.drop_column("starts_on")
    op.drop_table("territory_settings")
