"""Replies: our answer to a guest's question, who was put first on the waiting list, what a call changed.

Revision: 20261124_0610, after 20261124_0600
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0610"
down_revision = "20261124_0600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("replies", sa.Column("question_answer", sa.Text(), server_default="", nullable=False))
    op.add_column("replies", sa.Column("question_answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitations", sa.Column("waiting_priority", sa.Integer(), server_default="0", nullable=False))
    op.add_column("calls", sa.Column("before", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "before")
    op.drop_column("invitations", "waiting_priority")
    op.drop_column("replies", "question_answered_at")
    op.drop_column("replies", "question_answer")
