"""Countersigning: signatures of officers, the company stamp, and calls of a signing service.

Revision: 20261124_0955, after 20261124_0950
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0955"
down_revision = "20261124_0950"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officer_signatures",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("strokes", sa.JSON(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_officer_signatures_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_officer_signatures")),
    )
    op.create_table(
        "company_stamps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_company_stamps_added_by_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_company_stamps_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_stamps")),
    )
    op.create_table(
        "service_calls",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("signing_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["signing_id"], ["signings.id"], name=op.f("fk_service_calls_signing_id_signings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_calls")),
    )
    op.create_index(op.f("ix_service_calls_signing_id"), "service_calls", ["signing_id"])


def downgrade() -> None:
    op.drop_table("service_calls")
    op.drop_table("company_stamps")
    op.drop_table("officer_signatures")
