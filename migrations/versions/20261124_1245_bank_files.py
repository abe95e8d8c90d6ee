"""Bank files: our accounts, the bank's rows, what was decided of each, who pays for whom.

Revision: 20261124_1245, after 20261124_1240
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1245"
down_revision = "20261124_1240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("mappings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_bank_accounts_created_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_bank_accounts_name")),
    )
    op.create_table(
        "bank_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("payer_account", sa.String(length=60), nullable=False),
        sa.Column("memo", sa.String(length=500), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("is_odd", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_bank_rows_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_rows_account_id_bank_accounts")
        ),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_bank_rows_dealer_id_dealers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_rows")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_bank_rows_account_id_key")),
    )
    with op.batch_alter_table("bank_rows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bank_rows_open",
            ["dealer_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "payer_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learnt_by_id", sa.Integer(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dealer_id"], ["dealers.id"], name=op.f("fk_payer_aliases_dealer_id_dealers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["learnt_by_id"], ["users.id"], name=op.f("fk_payer_aliases_learnt_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_aliases")),
        sa.UniqueConstraint("name_key", "dealer_id", name=op.f("uq_payer_aliases_name_key_dealer_id")),
    )
    with op.batch_alter_table("payer_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payer_aliases_dealer_id"), ["dealer_id"], unique=False)

    op.create_table(
        "bank_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("sheet", sa.String(length=100), nullable=False),
        sa.Column("top_rows", sa.JSON(), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_files_account_id_bank_accounts")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_bank_files_created_by_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_bank_files_file_id_files")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_bank_files_job_id_jobs"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_files")),
    )
    with op.batch_alter_table("bank_files", schema=None) as batch_op:
        batch_op.create_index("ix_bank_files_account_id_id", ["account_id", "id"], unique=False)

    op.create_table(
        "bank_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("rate", sa.String(length=20), nullable=False),
        sa.Column("postings", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(receipt_id IS NULL) = (kind = 'ignored')", name=op.f("ck_bank_matches_receipt")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_bank_matches_by_id_users")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_bank_matches_receipt_id_receipts")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["bank_matches.id"], name=op.f("fk_bank_matches_reverses_id_bank_matches")
        ),
        sa.ForeignKeyConstraint(["row_id"], ["bank_rows.id"], name=op.f("fk_bank_matches_row_id_bank_rows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_matches")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_bank_matches_reverses_id")),
    )
    with op.batch_alter_table("bank_matches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_matches_receipt_id"), ["receipt_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bank_matches_row_id"), ["row_id"], unique=False)

    op.create_table(
        "bank_file_rows",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["bank_files.id"], name=op.f("fk_bank_file_rows_file_id_bank_files"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["row_id"], ["bank_rows.id"], name=op.f("fk_bank_file_rows_row_id_bank_rows")),
        sa.PrimaryKeyConstraint("file_id", "row_id", name=op.f("pk_bank_file_rows")),
    )
    with op.batch_alter_table("bank_file_rows", schema=None) as batch_op:
        batch_op.create_index("ix_bank_file_rows_row_id", ["row_id"], unique=False)

    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_receipts_provisional",
            ["dealer_id"],
            unique=False,
            sqlite_where=sa.text("confirmed_at IS NULL AND bounced_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND bounced_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_receipts_provisional",
            sqlite_where=sa.text("confirmed_at IS NULL AND bounced_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND bounced_at IS NULL"),
        )

    with op.batch_alter_table("bank_file_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_file_rows_row_id")

    op.drop_table("bank_file_rows")
    with op.batch_alter_table("bank_matches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_matches_row_id"))
        batch_op.drop_index(batch_op.f("ix_bank_matches_receipt_id"))

    op.drop_table("bank_matches")
    with op.batch_alter_table("bank_files", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_files_account_id_id")

    op.drop_table("bank_files")
    with op.batch_alter_table("payer_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payer_aliases_dealer_id"))

    op.drop_table("payer_aliases")
    with op.batch_alter_table("bank_rows", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_bank_rows_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )

    op.drop_table("bank_rows")
    op.drop_table("bank_accounts")
