"""The programme of an event: sessions, slides, rehearsals, cues, people in front, publicity, the public page.

Revision: 20261124_1500, after 20261124_1310
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1500"
down_revision = "20261124_1310"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_pages",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_programme_pages_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_programme_pages")),
        sa.UniqueConstraint("token", name=op.f("uq_programme_pages_token")),
    )
    op.create_table(
        "publicity_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(length=80), nullable=False),
        sa.Column("piece", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cost_line", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("appeared_on", sa.Date(), nullable=True),
        sa.Column("proof_url", sa.String(length=300), nullable=False),
        sa.Column("proof_file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_publicity_entries_cost")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_publicity_entries_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_publicity_entries_owner_id_users")),
        sa.ForeignKeyConstraint(["proof_file_id"], ["files.id"], name=op.f("fk_publicity_entries_proof_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity_entries")),
    )
    with op.batch_alter_table("publicity_entries", schema=None) as batch_op:
        batch_op.create_index("ix_publicity_entries_event_id_due_on", ["event_id", "due_on"], unique=False)

    op.create_table(
        "front_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("body_en", sa.String(length=120), nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=True),
        sa.Column("mail", sa.String(length=120), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("rostrum_order", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("invitation_id IS NULL OR person_id IS NULL", name=op.f("ck_front_people_from_one_list")),
        sa.CheckConstraint("rostrum_order > 0", name=op.f("ck_front_people_rostrum_order")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_front_people_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["staff_people.id"], name=op.f("fk_front_people_host_id_staff_people")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_front_people_invitation_id_invitations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff_people.id"], name=op.f("fk_front_people_person_id_staff_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_front_people")),
        sa.UniqueConstraint("event_id", "invitation_id", name=op.f("uq_front_people_event_id_invitation_id")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_front_people_event_id_person_id")),
    )
    with op.batch_alter_table("front_people", schema=None) as batch_op:
        batch_op.create_index("ix_front_people_event_id_kind", ["event_id", "kind"], unique=False)

    op.create_table(
        "agenda_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_at >= began_at", name=op.f("ck_agenda_sessions_ended_after_began")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_agenda_sessions_minutes")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_agenda_sessions_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["front_people.id"],
            name=op.f("fk_agenda_sessions_speaker_id_front_people"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_sessions")),
    )
    with op.batch_alter_table("agenda_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_sessions_event_id_starts_at", ["event_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_sessions_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "rehearsals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("watched_by", sa.String(length=200), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("to_mend", sa.Text(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["logged_by_id"], ["users.id"], name=op.f("fk_rehearsals_logged_by_id_users")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["agenda_sessions.id"],
            name=op.f("fk_rehearsals_session_id_agenda_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["front_people.id"], name=op.f("fk_rehearsals_speaker_id_front_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
    )
    with op.batch_alter_table("rehearsals", schema=None) as batch_op:
        batch_op.create_index("ix_rehearsals_session_id_held_on", ["session_id", "held_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_rehearsals_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "run_cues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("cue", sa.String(length=120), nullable=False),
        sa.Column("sound", sa.String(length=120), nullable=False),
        sa.Column("light", sa.String(length=120), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_run_cues_done_by_id_users")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["agenda_sessions.id"],
            name=op.f("fk_run_cues_session_id_agenda_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_cues")),
    )
    with op.batch_alter_table("run_cues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_cues_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_points",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["agenda_sessions.id"],
            name=op.f("fk_session_points_session_id_agenda_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "point", name=op.f("pk_session_points")),
    )
    op.create_table(
        "slide_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_slide_sets_number")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_slide_sets_added_by_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_slide_sets_file_id_files")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["agenda_sessions.id"],
            name=op.f("fk_slide_sets_session_id_agenda_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slide_sets")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_slide_sets_session_id_number")),
    )


def downgrade() -> None:
    op.drop_table("slide_sets")
    op.drop_table("session_points")
    with op.batch_alter_table("run_cues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_cues_session_id"))

    op.drop_table("run_cues")
    with op.batch_alter_table("rehearsals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rehearsals_speaker_id"))
        batch_op.drop_index("ix_rehearsals_session_id_held_on")

    op.drop_table("rehearsals")
    with op.batch_alter_table("agenda_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_sessions_speaker_id"))
        batch_op.drop_index("ix_agenda_sessions_event_id_starts_at")

    op.drop_table("agenda_sessions")
    with op.batch_alter_table("front_people", schema=None) as batch_op:
        batch_op.drop_index("ix_front_people_event_id_kind")

    op.drop_table("front_people")
    with op.batch_alter_table("publicity_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_publicity_entries_event_id_due_on")

    op.drop_table("publicity_entries")
    op.drop_table("programme_pages")
