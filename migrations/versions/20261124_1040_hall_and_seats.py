"""The hall drawn to scale, and who sits where.

Revision: 20261124_1040, after 20261124_1025
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1040"
down_revision = "20261124_1025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hall_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "round_table",
                "long_table",
                "row",
                "stage",
                "rostrum",
                "aisle",
                "exit",
                "roll_up",
                "display",
                "desk",
                "pillar",
                name="itemkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("is_vip", sa.Boolean(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0 AND seats <= 60", name=op.f("ck_hall_items_seats")),
        sa.CheckConstraint("width > 0 AND depth > 0", name=op.f("ck_hall_items_size")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hall_items_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["users.id"], name=op.f("fk_hall_items_host_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_items")),
    )
    op.create_index("ix_hall_items_event_id_id", "hall_items", ["event_id", "id"], unique=False)
    op.create_index(
        "uq_hall_items_table_label",
        "hall_items",
        ["event_id", "label"],
        unique=True,
        sqlite_where=sa.text("seats > 0"),
        postgresql_where=sa.text("seats > 0"),
    )
    op.create_table(
        "seat_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("given_up", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_seat_steps_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_seat_steps_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_steps")),
    )
    op.create_index("ix_seat_steps_event_id_id", "seat_steps", ["event_id", "id"], unique=False)
    op.create_table(
        "hall_plans",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("cities_apart", sa.Boolean(), nullable=False),
        sa.Column("open_cities", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 AND depth > 0", name=op.f("ck_hall_plans_size")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hall_plans_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_hall_plans_job_id_jobs"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_hall_plans")),
    )
    op.create_table(
        "guest_marks",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("is_vip", sa.Boolean(), nullable=True),
        sa.Column("is_content", sa.Boolean(), nullable=True),
        sa.Column("stays_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_guest_marks_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_guest_marks")),
    )
    op.create_table(
        "pair_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Enum("apart", "may_meet", name="pairrule", native_enum=False, length=24), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_pair_wishes_order")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_pair_wishes_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["invitations.id"], name=op.f("fk_pair_wishes_one_id_invitations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["invitations.id"], name=op.f("fk_pair_wishes_other_id_invitations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_wishes")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_pair_wishes_one_id_other_id")),
    )
    op.create_index(op.f("ix_pair_wishes_event_id"), "pair_wishes", ["event_id"], unique=False)
    op.create_index(op.f("ix_pair_wishes_other_id"), "pair_wishes", ["other_id"], unique=False)
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("companion_id", sa.Integer(), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_seats_number")),
        sa.ForeignKeyConstraint(
            ["companion_id"], ["companions.id"], name=op.f("fk_seats_companion_id_companions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_seats_event_id_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_seats_invitation_id_invitations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["hall_items.id"], name=op.f("fk_seats_item_id_hall_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_seats_item_id_number")),
    )
    op.create_index("ix_seats_event_id_item_id", "seats", ["event_id", "item_id"], unique=False)
    op.create_index("ix_seats_invitation_id", "seats", ["invitation_id"], unique=False)
    op.create_index(
        "uq_seats_companion",
        "seats",
        ["companion_id"],
        unique=True,
        sqlite_where=sa.text("companion_id IS NOT NULL"),
        postgresql_where=sa.text("companion_id IS NOT NULL"),
    )
    op.create_index(
        "uq_seats_guest",
        "seats",
        ["invitation_id"],
        unique=True,
        sqlite_where=sa.text("companion_id IS NULL"),
        postgresql_where=sa.text("companion_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("seats")
    op.drop_table("pair_wishes")
    op.drop_table("guest_marks")
    op.drop_table("hall_plans")
    op.drop_table("seat_steps")
    op.drop_table("hall_items")
