"""From how many days before the event a role's rights hold.

Revision: 20261124_0905, after 20261124_0900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0905"
down_revision = "20261124_0900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and dropping the old one takes the duties along.
    op.add_column("staff_roles", sa.Column("grant_days", sa.Integer(), nullable=True))
    # Reception's rights begin on the day of the set-up, as in the template.
    op.execute("UPDATE staff_roles SET grant_days = 1 WHERE \"grant\" = 'door'")


def downgrade() -> None:
    op.drop_column("staff_roles", "grant_days")
