"""Staff on the day: their scans at the door, when somebody is missing, and who was told of it.

Revision: 20261124_0925, after 20261124_0920
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0925"
down_revision = "20261124_0920"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("staff_grace_minutes", sa.Integer(), nullable=False, server_default="10"))
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("staff_pass_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_scans_staff_pass_id_staff_passes"), "staff_passes", ["staff_pass_id"], ["id"]
        )
    op.create_table(
        "staff_alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_staff_alerts_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff_people.id"], name=op.f("fk_staff_alerts_person_id_staff_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_staff_alerts_shift_id_shifts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_alerts")),
        sa.UniqueConstraint("person_id", "shift_id", name=op.f("uq_staff_alerts_person_id_shift_id")),
    )
    with op.batch_alter_table("staff_alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_alerts_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_alerts_shift_id"), ["shift_id"], unique=False)


def downgrade() -> None:
    op.drop_table("staff_alerts")
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_scans_staff_pass_id_staff_passes"), type_="foreignkey")
        batch_op.drop_column("staff_pass_id")
    op.drop_column("events", "staff_grace_minutes")
