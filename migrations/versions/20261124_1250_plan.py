"""The plan of an event as a controlled document, its timeline, and calendar links.

Revision: 20261124_1250, after 20261124_1245
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1250"
down_revision = "20261124_1245"
branch_labels = None
depends_on = None


# One revision of a document is open at a time.
OPEN = sa.text("state NOT IN ('approved', 'superseded')")


def upgrade() -> None:
    op.create_table(
        "calendar_links",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_calendar_links_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_links_token")),
    )
    op.create_table(
        "plan_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_plan_documents_created_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_plan_documents_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_documents")),
        sa.UniqueConstraint("event_id", name=op.f("uq_plan_documents_event_id")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_documents_number")),
    )
    op.create_table(
        "plan_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("after_id <> id", name=op.f("ck_plan_tasks_not_after_itself")),
        sa.CheckConstraint("starts_on <= due_on", name=op.f("ck_plan_tasks_starts_before_due")),
        sa.ForeignKeyConstraint(
            ["after_id"], ["plan_tasks.id"], name=op.f("fk_plan_tasks_after_id_plan_tasks"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_plan_tasks_done_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_plan_tasks_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_plan_tasks_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_tasks")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_plan_tasks_event_id_key")),
    )
    with op.batch_alter_table("plan_tasks", schema=None) as batch_op:
        batch_op.create_index("ix_plan_tasks_event_id_due_on", ["event_id", "due_on"], unique=False)
        batch_op.create_index("ix_plan_tasks_owner_id_done_at", ["owner_id", "done_at"], unique=False)

    op.create_table(
        "plan_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("control", sa.String(length=24), nullable=False),
        sa.Column("executing", sa.String(length=60), nullable=False),
        sa.Column("supervising", sa.String(length=60), nullable=False),
        sa.Column("verifying", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_by_id <> prepared_by_id", name=op.f("ck_plan_revisions_approved_by_another")),
        sa.CheckConstraint("reviewed_by_id <> prepared_by_id", name=op.f("ck_plan_revisions_reviewed_by_another")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_plan_revisions_approved_by_id_users")),
        sa.ForeignKeyConstraint(["approver_id"], ["users.id"], name=op.f("fk_plan_revisions_approver_id_users")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["plan_documents.id"],
            name=op.f("fk_plan_revisions_document_id_plan_documents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["users.id"], name=op.f("fk_plan_revisions_prepared_by_id_users")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["users.id"], name=op.f("fk_plan_revisions_reviewed_by_id_users")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_plan_revisions_reviewer_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_revisions")),
        sa.UniqueConstraint("document_id", "place", name=op.f("uq_plan_revisions_document_id_place")),
    )
    with op.batch_alter_table("plan_revisions", schema=None) as batch_op:
        batch_op.create_index("ix_plan_revisions_state", ["state"], unique=False)
        batch_op.create_index(
            "uq_plan_revisions_open", ["document_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )

    op.create_table(
        "plan_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("section_key", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_plan_remarks_by_id_users")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["plan_revisions.id"],
            name=op.f("fk_plan_remarks_revision_id_plan_revisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_remarks")),
    )
    with op.batch_alter_table("plan_remarks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_remarks_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "plan_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("frozen", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edited_by_id"], ["users.id"], name=op.f("fk_plan_sections_edited_by_id_users")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["plan_revisions.id"],
            name=op.f("fk_plan_sections_revision_id_plan_revisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_sections")),
    )
    with op.batch_alter_table("plan_sections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_sections_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "plan_writers",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["plan_revisions.id"],
            name=op.f("fk_plan_writers_revision_id_plan_revisions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_plan_writers_user_id_users")),
        sa.PrimaryKeyConstraint("revision_id", "user_id", name=op.f("pk_plan_writers")),
    )


def downgrade() -> None:
    op.drop_table("plan_writers")
    with op.batch_alter_table("plan_sections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_sections_revision_id"))

    op.drop_table("plan_sections")
    with op.batch_alter_table("plan_remarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_remarks_revision_id"))

    op.drop_table("plan_remarks")
    with op.batch_alter_table("plan_revisions", schema=None) as batch_op:
        batch_op.drop_index("uq_plan_revisions_open")
        batch_op.drop_index("ix_plan_revisions_state")

    op.drop_table("plan_revisions")
    with op.batch_alter_table("plan_tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_tasks_owner_id_done_at")
        batch_op.drop_index("ix_plan_tasks_event_id_due_on")

    op.drop_table("plan_tasks")
    op.drop_table("plan_documents")
    op.drop_table("calendar_links")
