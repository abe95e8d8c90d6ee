"""The report: figures kept at set days, next steps with guests who did not sign, photos, publicity pieces.

Revision: 20261124_1230, after 20261124_1100
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1230"
down_revision = "20261124_1100"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("taken_at", _INSTANT, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_report_snapshots_days")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_report_snapshots_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_snapshots")),
        sa.UniqueConstraint("event_id", "days", name=op.f("uq_report_snapshots_event_id_days")),
    )
    op.create_table(
        "next_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("said_at", _INSTANT, nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", _INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_next_steps_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_next_steps_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_next_steps_owner_id_users")),
        sa.ForeignKeyConstraint(["said_by_id"], ["users.id"], name=op.f("fk_next_steps_said_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_steps")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_next_steps_invitation_id")),
    )
    op.create_index("ix_next_steps_owner_id_done_at", "next_steps", ["owner_id", "done_at"])
    op.create_index(op.f("ix_next_steps_event_id"), "next_steps", ["event_id"])
    op.create_table(
        "report_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=120), nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_report_photos_added_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_report_photos_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_report_photos_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_photos")),
    )
    op.create_index(op.f("ix_report_photos_event_id"), "report_photos", ["event_id"])
    op.create_table(
        "publicity_pieces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", _INSTANT, nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edited_by_id"], ["users.id"], name=op.f("fk_publicity_pieces_edited_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_publicity_pieces_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity_pieces")),
        sa.UniqueConstraint("event_id", "kind", "language", name=op.f("uq_publicity_pieces_event_id_kind_language")),
    )


def downgrade() -> None:
    for table in ("publicity_pieces", "report_photos", "next_steps", "report_snapshots"):
        op.drop_table(table)
