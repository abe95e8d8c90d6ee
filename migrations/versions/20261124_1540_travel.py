"""Journeys, pick-up runs, rooms, meals, groups, and the sheets handed out about them.

Revision: 20261124_1540, after 20261124_1530
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1540"
down_revision = "20261124_1530"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_issued_sheets_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["issued_by_id"], ["users.id"], name=op.f("fk_issued_sheets_issued_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_sheets")),
        sa.UniqueConstraint(
            "event_id", "kind", "subject", "number", name=op.f("uq_issued_sheets_event_id_kind_subject_number")
        ),
    )
    op.create_table(
        "meal_sittings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("served_to", sa.String(length=24), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("at_tables", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("extra >= 0", name=op.f("ck_meal_sittings_extra")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_meal_sittings_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_sittings")),
    )
    op.create_index("ix_meal_sittings_event_id_starts_at", "meal_sittings", ["event_id", "starts_at"], unique=False)
    op.create_table(
        "room_blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hotel", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("nights > 0", name=op.f("ck_room_blocks_nights")),
        sa.CheckConstraint("rooms > 0", name=op.f("ck_room_blocks_rooms")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_room_blocks_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_blocks")),
    )
    op.create_index("ix_room_blocks_event_id_first_on", "room_blocks", ["event_id", "first_on"], unique=False)
    op.create_table(
        "travel_plans",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("train_station", sa.String(length=60), nullable=False),
        sa.Column("airport", sa.String(length=60), nullable=False),
        sa.Column("window_minutes", sa.Integer(), nullable=False),
        sa.Column("ready_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ready_minutes >= 0", name=op.f("ck_travel_plans_ready_minutes")),
        sa.CheckConstraint("window_minutes > 0", name=op.f("ck_travel_plans_window_minutes")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_travel_plans_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_travel_plans")),
    )
    op.create_table(
        "vehicles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("driver_name", sa.String(length=60), nullable=False),
        sa.Column("driver_mobile", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_vehicles_seats")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_vehicles_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicles")),
        sa.UniqueConstraint("event_id", "label", name=op.f("uq_vehicles_event_id_label")),
    )
    op.create_table(
        "block_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("given_back", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("given_back IS NULL OR given_back >= 0", name=op.f("ck_block_releases_given_back")),
        sa.CheckConstraint("rooms > 0", name=op.f("ck_block_releases_rooms")),
        sa.ForeignKeyConstraint(
            ["block_id"], ["room_blocks.id"], name=op.f("fk_block_releases_block_id_room_blocks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_block_releases_decided_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_releases")),
        sa.UniqueConstraint("block_id", "due_on", name=op.f("uq_block_releases_block_id_due_on")),
    )
    op.create_table(
        "pickup_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destination", sa.String(length=80), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_pickup_runs_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["staff_people.id"], name=op.f("fk_pickup_runs_host_id_staff_people")),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicles.id"], name=op.f("fk_pickup_runs_vehicle_id_vehicles"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_runs")),
    )
    op.create_index("ix_pickup_runs_event_id_starts_at", "pickup_runs", ["event_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_pickup_runs_host_id"), "pickup_runs", ["host_id"], unique=False)
    op.create_index(op.f("ix_pickup_runs_vehicle_id"), "pickup_runs", ["vehicle_id"], unique=False)
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("payer", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["block_id"], ["room_blocks.id"], name=op.f("fk_rooms_block_id_room_blocks"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_rooms_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
    )
    op.create_index(op.f("ix_rooms_block_id"), "rooms", ["block_id"], unique=False)
    op.create_index("ix_rooms_event_id_id", "rooms", ["event_id", "id"], unique=False)
    op.create_table(
        "run_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["pickup_runs.id"], name=op.f("fk_run_stops_run_id_pickup_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_stops")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_run_stops_run_id_position")),
    )
    op.create_table(
        "guest_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_guest_groups_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["staff_people.id"], name=op.f("fk_guest_groups_host_id_staff_people")),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["invitations.id"], name=op.f("fk_guest_groups_leader_id_invitations"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_groups")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_guest_groups_event_id_name")),
    )
    op.create_index(op.f("ix_guest_groups_host_id"), "guest_groups", ["host_id"], unique=False)
    op.create_index(op.f("ix_guest_groups_leader_id"), "guest_groups", ["leader_id"], unique=False)
    op.create_table(
        "journeys",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("arrival_place", sa.String(length=60), nullable=False),
        sa.Column("leaves_by", sa.String(length=24), nullable=True),
        sa.Column("leaves_number", sa.String(length=20), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leaves_from", sa.String(length=60), nullable=False),
        sa.Column("ride_wanted", sa.Boolean(), nullable=False),
        sa.Column("room_wish", sa.String(length=24), nullable=True),
        sa.Column("shares_with_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_journeys_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shares_with_id"],
            ["invitations.id"],
            name=op.f("fk_journeys_shares_with_id_invitations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_journeys")),
    )
    op.create_index(op.f("ix_journeys_shares_with_id"), "journeys", ["shares_with_id"], unique=False)
    op.create_table(
        "meals_away",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_meals_away_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["meal_sittings.id"],
            name=op.f("fk_meals_away_sitting_id_meal_sittings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sitting_id", "invitation_id", name=op.f("pk_meals_away")),
    )
    op.create_index(op.f("ix_meals_away_invitation_id"), "meals_away", ["invitation_id"], unique=False)
    op.create_table(
        "passengers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_passengers_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["pickup_runs.id"], name=op.f("fk_passengers_run_id_pickup_runs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["run_stops.id"], name=op.f("fk_passengers_stop_id_run_stops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passengers")),
        sa.UniqueConstraint("invitation_id", "direction", name=op.f("uq_passengers_invitation_id_direction")),
    )
    op.create_index(op.f("ix_passengers_run_id"), "passengers", ["run_id"], unique=False)
    op.create_index(op.f("ix_passengers_stop_id"), "passengers", ["stop_id"], unique=False)
    op.create_table(
        "group_members",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["guest_groups.id"], name=op.f("fk_group_members_group_id_guest_groups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_group_members_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_group_id"), "group_members", ["group_id"], unique=False)
    op.create_table(
        "room_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("companion_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["companion_id"], ["companions.id"], name=op.f("fk_room_guests_companion_id_companions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_room_guests_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms.id"], name=op.f("fk_room_guests_room_id_rooms"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_guests")),
    )
    op.create_index("ix_room_guests_invitation_id", "room_guests", ["invitation_id"], unique=False)
    op.create_index(op.f("ix_room_guests_room_id"), "room_guests", ["room_id"], unique=False)
    op.create_index(
        "uq_room_guests_companion",
        "room_guests",
        ["companion_id"],
        unique=True,
        sqlite_where=sa.text("companion_id IS NOT NULL"),
        postgresql_where=sa.text("companion_id IS NOT NULL"),
    )
    op.create_index(
        "uq_room_guests_guest",
        "room_guests",
        ["invitation_id"],
        unique=True,
        sqlite_where=sa.text("companion_id IS NULL"),
        postgresql_where=sa.text("companion_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("room_guests")
    op.drop_table("group_members")
    op.drop_table("passengers")
    op.drop_table("meals_away")
    op.drop_table("journeys")
    op.drop_table("guest_groups")
    op.drop_table("run_stops")
    op.drop_table("rooms")
    op.drop_table("pickup_runs")
    op.drop_table("block_releases")
    op.drop_table("vehicles")
    op.drop_table("travel_plans")
    op.drop_table("room_blocks")
    op.drop_table("meal_sittings")
    op.drop_table("issued_sheets")
