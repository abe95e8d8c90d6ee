"""Ageing reads one index; receipts that are free or not confirmed are found by their own.

Revision: 20261124_1300, after 20261124_1250
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1300"
down_revision = "20261124_1250"
branch_labels = None
depends_on = None

_AGED = ["event_id", "rep_id", "dealer_id", "kind", "currency", "due_on", "amount", "settled", "cancelled_at"]
_INDEXES = (
    ("ix_receivables_aged", "receivables", _AGED, "cancelled_at IS NULL AND settled < amount"),
    ("ix_receipts_free", "receipts", ["dealer_id", "currency"], "bounced_at IS NULL AND used < amount"),
    ("ix_receipts_unseen", "receipts", ["received_on"], "bounced_at IS NULL AND confirmed_at IS NULL"),
)


def upgrade() -> None:
    for name, table, columns, where in _INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, _columns, _where in _INDEXES:
        op.drop_index(name, table)
