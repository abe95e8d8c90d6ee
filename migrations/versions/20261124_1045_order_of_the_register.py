"""Indexes that count the chips of the register by themselves, and order dealers down to the last.

Revision: 20261124_1045, after 20261124_1040
"""

from alembic import op

revision = "20261124_1045"
down_revision = "20261124_1040"
branch_labels = None
depends_on = None

# name of the index before, after, table, columns before, column added
WIDENED = (
    ("ix_contracts_event_id_state", "ix_contracts_event_id_state_kind", "contracts", ["event_id", "state"], "kind"),
    ("ix_contracts_rep_id_state", "ix_contracts_rep_id_state_kind", "contracts", ["rep_id", "state"], "kind"),
    ("ix_dealers_sort_key", "ix_dealers_sort_key_id", "dealers", ["sort_key"], "id"),
)


def upgrade() -> None:
    for before, after, table, columns, added in WIDENED:
        op.create_index(after, table, [*columns, added])
        op.drop_index(before, table)


def downgrade() -> None:
    for before, after, table, columns, _added in WIDENED:
        op.create_index(before, table, columns)
        op.drop_index(after, table)
