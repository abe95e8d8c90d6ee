"""The register: who opened what, what was told before an end, what was destroyed; indexes for a hundred thousand.

Revision: 20261124_1010, after 20261124_0955
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1010"
down_revision = "20261124_0955"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_contracts_state_kind": ["state", "kind"],
    "ix_contracts_total_id": ["total", "id"],
    "ix_contracts_ends_on_id": ["ends_on", "id"],
}


def upgrade() -> None:
    op.create_table(
        "contract_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("by_release", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_openings_contract_id_contracts")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contract_openings_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_openings")),
    )
    op.create_index("ix_contract_openings_contract_id_id", "contract_openings", ["contract_id", "id"])
    op.create_table(
        "expiry_notices",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_expiry_notices_contract_id_contracts")
        ),
        sa.PrimaryKeyConstraint("contract_id", "ends_on", "days_before", name=op.f("pk_expiry_notices")),
    )
    op.create_table(
        "contract_destructions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_destructions_contract_id_contracts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_contract_destructions_proposed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_contract_destructions_confirmed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_destructions")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "contracts", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "contracts")
    for table in ("contract_destructions", "expiry_notices", "contract_openings"):
        op.drop_table(table)
