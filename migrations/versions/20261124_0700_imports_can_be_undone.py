"""Imports: what the file looks like, which job works on it, and all that undoing a row takes.

Revision: 20261124_0700, after 20261124_0610
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0700"
down_revision = "20261124_0610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("imports") as batch:
        batch.add_column(sa.Column("sheet", sa.String(length=100), server_default="", nullable=False))
        batch.add_column(sa.Column("sheets", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("row_count", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("top_rows", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("job_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_imports_job_id_jobs"), "jobs", ["job_id"], ["id"])
    with op.batch_alter_table("import_rows") as batch:
        batch.drop_column("before")
        batch.add_column(sa.Column("changes", sa.JSON(), server_default="{}", nullable=False))
        batch.add_column(sa.Column("made_dealer", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("kept", sa.String(length=24), server_default="", nullable=False))
        batch.create_index(batch.f("ix_import_rows_dealer_id"), ["dealer_id"])
        batch.create_index(batch.f("ix_import_rows_invitation_id"), ["invitation_id"])
    # Taking a guest off asks every table that points at guests; the partial indexes there cannot answer.
    op.create_index(op.f("ix_badges_invitation_id"), "badges", ["invitation_id"])
    op.create_index(op.f("ix_arrivals_invitation_id"), "arrivals", ["invitation_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_arrivals_invitation_id"), "arrivals")
    op.drop_index(op.f("ix_badges_invitation_id"), "badges")
    with op.batch_alter_table("import_rows") as batch:
        batch.drop_index(batch.f("ix_import_rows_invitation_id"))
        batch.drop_index(batch.f("ix_import_rows_dealer_id"))
        batch.drop_column("kept")
        batch.drop_column("made_dealer")
        batch.drop_column("changes")
        batch.add_column(sa.Column("before", sa.JSON(), nullable=True))
    with op.batch_alter_table("imports") as batch:
        batch.drop_constraint(batch.f("fk_imports_job_id_jobs"), type_="foreignkey")
        for name in ("job_id", "top_rows", "row_count", "sheets", "sheet"):
            batch.drop_column(name)
