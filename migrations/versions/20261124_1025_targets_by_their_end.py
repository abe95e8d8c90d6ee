"""Targets are found by their last day: who is behind now, among a hundred thousand.

Revision: 20261124_1025, after 20261124_1020
"""

from alembic import op

revision = "20261124_1025"
down_revision = "20261124_1020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_contract_targets_ends_on", "contract_targets", ["ends_on"])


def downgrade() -> None:
    op.drop_index("ix_contract_targets_ends_on", "contract_targets")
