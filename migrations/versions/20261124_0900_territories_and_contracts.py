"""Territories, packages, qualification papers, contract templates, contracts, their signing, and receivables.

Revision: 20261124_0900, after 20261124_0710
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0900"
down_revision = "20261124_0710"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_templates")),
        sa.UniqueConstraint("key", name=op.f("uq_contract_templates_key")),
    )
    op.create_table(
        "number_series",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "product_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_lines")),
        sa.UniqueConstraint("key", name=op.f("uq_product_lines_key")),
    )
    op.create_table(
        "regions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("latin_name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["regions.id"], name=op.f("fk_regions_parent_id_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
        sa.UniqueConstraint("code", name=op.f("uq_regions_code")),
    )
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.create_index("ix_regions_parent_id_position", ["parent_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_regions_path"), ["path"], unique=False)

    op.create_table(
        "sales_channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_channels")),
        sa.UniqueConstraint("key", name=op.f("uq_sales_channels_key")),
    )
    op.create_table(
        "region_members",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["regions.id"], name=op.f("fk_region_members_group_id_regions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_region_members_region_id_regions")),
        sa.PrimaryKeyConstraint("group_id", "region_id", name=op.f("pk_region_members")),
    )
    with op.batch_alter_table("region_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_members_region_id"), ["region_id"], unique=False)

    op.create_table(
        "template_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_template_versions_created_by_id_users")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_template_versions_decided_by_id_users")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["contract_templates.id"],
            name=op.f("fk_template_versions_template_id_contract_templates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_versions")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_template_versions_template_id_number")),
    )
    op.create_table(
        "authority_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("term", sa.String(length=24), nullable=False),
        sa.Column("limit", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_authority_limits_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_limits")),
        sa.UniqueConstraint("event_id", "role", "term", name=op.f("uq_authority_limits_event_id_role_term")),
    )
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("heading_en", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("condition", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["template_versions.id"],
            name=op.f("fk_clauses_template_version_id_template_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
    )
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clauses_template_version_id"), ["template_version_id"], unique=False)

    op.create_table(
        "packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("min_first_order", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stock IS NULL OR taken <= stock", name=op.f("ck_packages_stock")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_packages_taken")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_packages_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_packages_event_id_key")),
    )
    op.create_table(
        "qualification_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("is_stamped", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["users.id"], name=op.f("fk_qualification_papers_checked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["dealer_id"], ["dealers.id"], name=op.f("fk_qualification_papers_dealer_id_dealers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_qualification_papers_file_id_files")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["users.id"], name=op.f("fk_qualification_papers_submitted_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_papers")),
    )
    with op.batch_alter_table("qualification_papers", schema=None) as batch_op:
        batch_op.create_index("ix_qualification_papers_dealer_id_kind", ["dealer_id", "kind"], unique=False)

    op.create_table(
        "screenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("screened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dealer_id"], ["dealers.id"], name=op.f("fk_screenings_dealer_id_dealers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["screened_by_id"], ["users.id"], name=op.f("fk_screenings_screened_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings")),
    )
    with op.batch_alter_table("screenings", schema=None) as batch_op:
        batch_op.create_index("ix_screenings_dealer_id_id", ["dealer_id", "id"], unique=False)

    op.create_table(
        "template_variables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["template_versions.id"],
            name=op.f("fk_template_variables_template_version_id_template_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_variables")),
        sa.UniqueConstraint("template_version_id", "key", name=op.f("uq_template_variables_template_version_id_key")),
    )
    op.create_table(
        "territory_bids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("is_exclusive", sa.Boolean(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channels.id"], name=op.f("fk_territory_bids_channel_id_sales_channels")
        ),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_territory_bids_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_territory_bids_event_id_events")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["product_lines.id"], name=op.f("fk_territory_bids_line_id_product_lines")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_territory_bids_region_id_regions")),
        sa.ForeignKeyConstraint(["rep_id"], ["users.id"], name=op.f("fk_territory_bids_rep_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_bids")),
        sa.UniqueConstraint(
            "dealer_id",
            "region_id",
            "line_id",
            "channel_id",
            "event_id",
            name=op.f("uq_territory_bids_dealer_id_region_id_line_id_channel_id_event_id"),
        ),
    )
    with op.batch_alter_table("territory_bids", schema=None) as batch_op:
        batch_op.create_index("ix_territory_bids_line_id_state", ["line_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_bids_region_id"), ["region_id"], unique=False)

    op.create_table(
        "territory_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("is_exclusive", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channels.id"], name=op.f("fk_territory_offers_channel_id_sales_channels")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_territory_offers_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["product_lines.id"], name=op.f("fk_territory_offers_line_id_product_lines")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_territory_offers_region_id_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_offers")),
        sa.UniqueConstraint(
            "event_id",
            "region_id",
            "line_id",
            "channel_id",
            name=op.f("uq_territory_offers_event_id_region_id_line_id_channel_id"),
        ),
    )
    with op.batch_alter_table("territory_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_offers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "concessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("cost", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_concessions_cost")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_concessions_value")),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages.id"], name=op.f("fk_concessions_package_id_packages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concessions")),
    )
    with op.batch_alter_table("concessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concessions_package_id"), ["package_id"], unique=False)

    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=True),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("package_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=24), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("deposit", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("deposit_refund", sa.String(length=200), nullable=False),
        sa.Column("discount_percent", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("rebate_percent", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("signatory_kind", sa.String(length=24), nullable=False),
        sa.Column("signatory", sa.String(length=60), nullable=False),
        sa.Column("signatory_title", sa.String(length=60), nullable=False),
        sa.Column("signatory_mobile", sa.String(length=20), nullable=False),
        sa.Column("signing_position", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("document_pages", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_why", sa.String(length=200), nullable=False),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("deposit >= 0", name=op.f("ck_contracts_deposit")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_contracts_ends_after_start")
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_contracts_total")),
        sa.ForeignKeyConstraint(["amends_id"], ["contracts.id"], name=op.f("fk_contracts_amends_id_contracts")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_contracts_created_by_id_users")),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_contracts_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["document_id"], ["files.id"], name=op.f("fk_contracts_document_id_files")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_contracts_event_id_events")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_contracts_invitation_id_invitations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_contracts_package_id_packages")),
        sa.ForeignKeyConstraint(["rep_id"], ["users.id"], name=op.f("fk_contracts_rep_id_users")),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["template_versions.id"],
            name=op.f("fk_contracts_template_version_id_template_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint("number", name=op.f("uq_contracts_number")),
    )
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_amends_id"), ["amends_id"], unique=False)
        batch_op.create_index("ix_contracts_dealer_id_id", ["dealer_id", "id"], unique=False)
        batch_op.create_index("ix_contracts_event_id_state", ["event_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_package_id"), ["package_id"], unique=False)
        batch_op.create_index("ix_contracts_rep_id_state", ["rep_id", "state"], unique=False)
        batch_op.create_index("ix_contracts_signed_at_id", ["signed_at", "id"], unique=False)
        batch_op.create_index("ix_contracts_state_ends_on", ["state", "ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_template_version_id"), ["template_version_id"], unique=False)

    op.create_table(
        "talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("table_label", sa.String(length=20), nullable=False),
        sa.Column("open_points", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_talks_event_id_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["host_id"], ["users.id"], name=op.f("fk_talks_host_id_users")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_talks_invitation_id_invitations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_talks_invitation_id")),
    )
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.create_index("ix_talks_event_id_state", ["event_id", "state"], unique=False)

    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_approvals_asked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_approvals_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_approvals_decided_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index("ix_approvals_decided_at_level", ["decided_at", "level"], unique=False)

    op.create_table(
        "contract_attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_contract_attachments_added_by_id_users")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_attachments_contract_id_contracts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_contract_attachments_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_attachments")),
    )
    with op.batch_alter_table("contract_attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_attachments_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "contract_goods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("specification", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_contract_goods_quantity")),
        sa.CheckConstraint("unit_price >= 0", name=op.f("ck_contract_goods_price")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_goods_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_goods")),
    )
    with op.batch_alter_table("contract_goods", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_goods_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "contract_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("host", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("sha256_before", sa.String(length=64), nullable=False),
        sa.Column("sha256_after", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_steps_contract_id_contracts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_steps")),
    )
    with op.batch_alter_table("contract_steps", schema=None) as batch_op:
        batch_op.create_index("ix_contract_steps_contract_id_id", ["contract_id", "id"], unique=False)

    op.create_table(
        "contract_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("achieved", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_contract_targets_amount")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_targets_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_targets_contract_id_contracts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_targets")),
    )
    with op.batch_alter_table("contract_targets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_targets_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "gate_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_gate_overrides_by_id_users")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_gate_overrides_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_overrides")),
        sa.UniqueConstraint("contract_id", "point", name=op.f("uq_gate_overrides_contract_id_point")),
    )
    op.create_table(
        "lookup_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_lookup_requests_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_lookup_requests_decided_by_id_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_lookup_requests_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup_requests")),
    )
    with op.batch_alter_table("lookup_requests", schema=None) as batch_op:
        batch_op.create_index("ix_lookup_requests_contract_id_user_id", ["contract_id", "user_id"], unique=False)

    op.create_table(
        "paper_scans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["users.id"], name=op.f("fk_paper_scans_checked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_paper_scans_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_paper_scans_file_id_files")),
        sa.ForeignKeyConstraint(["received_by_id"], ["users.id"], name=op.f("fk_paper_scans_received_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_scans")),
        sa.UniqueConstraint("contract_id", "page", "file_id", name=op.f("uq_paper_scans_contract_id_page_file_id")),
    )
    op.create_table(
        "payment_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(due_days IS NULL) <> (due_on IS NULL)", name=op.f("ck_payment_terms_one_due_date")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_terms_amount")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_payment_terms_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_terms")),
        sa.UniqueConstraint("contract_id", "position", name=op.f("uq_payment_terms_contract_id_position")),
    )
    op.create_table(
        "receivables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receivables_amount")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_receivables_contract_id_contracts")),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_receivables_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_receivables_event_id_events")),
        sa.ForeignKeyConstraint(["rep_id"], ["users.id"], name=op.f("fk_receivables_rep_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receivables")),
        sa.UniqueConstraint("contract_id", "position", name=op.f("uq_receivables_contract_id_position")),
    )
    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receivables_dealer_id"), ["dealer_id"], unique=False)
        batch_op.create_index("ix_receivables_due_on", ["due_on"], unique=False)
        batch_op.create_index("ix_receivables_event_id_due_on", ["event_id", "due_on"], unique=False)
        batch_op.create_index("ix_receivables_rep_id_due_on", ["rep_id", "due_on"], unique=False)

    op.create_table(
        "seals",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certificate", sa.String(length=64), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("is_timestamped", sa.Boolean(), nullable=False),
        sa.Column("copy_token", sa.String(length=40), nullable=False),
        sa.Column("copy_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_seals_contract_id_contracts")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_seals_file_id_files")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_seals")),
        sa.UniqueConstraint("copy_token", name=op.f("uq_seals_copy_token")),
        sa.UniqueConstraint("sha256", name=op.f("uq_seals_sha256")),
    )
    op.create_table(
        "signings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("identity_paper", sa.String(length=24), nullable=True),
        sa.Column("identity_last4", sa.String(length=4), nullable=False),
        sa.Column("identity_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_seen_by_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pages_read", sa.JSON(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=True),
        sa.Column("code_mobile", sa.String(length=20), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("code_passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remote_id", sa.String(length=80), nullable=True),
        sa.Column("remote_url", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_signings_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["users.id"], name=op.f("fk_signings_host_id_users")),
        sa.ForeignKeyConstraint(
            ["identity_seen_by_id"], ["users.id"], name=op.f("fk_signings_identity_seen_by_id_users")
        ),
        sa.ForeignKeyConstraint(["stamp_id"], ["files.id"], name=op.f("fk_signings_stamp_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signings")),
        sa.UniqueConstraint("remote_id", name=op.f("uq_signings_remote_id")),
        sa.UniqueConstraint("token", name=op.f("uq_signings_token")),
    )
    with op.batch_alter_table("signings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signings_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "territory_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("dealer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("is_exclusive", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_territory_grants_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channels.id"], name=op.f("fk_territory_grants_channel_id_sales_channels")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_territory_grants_contract_id_contracts")
        ),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_territory_grants_dealer_id_dealers")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_territory_grants_event_id_events")),
        sa.ForeignKeyConstraint(["held_by_id"], ["users.id"], name=op.f("fk_territory_grants_held_by_id_users")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["product_lines.id"], name=op.f("fk_territory_grants_line_id_product_lines")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_territory_grants_region_id_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_grants")),
    )
    with op.batch_alter_table("territory_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_grants_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_grants_dealer_id"), ["dealer_id"], unique=False)
        batch_op.create_index("ix_territory_grants_event_id_state", ["event_id", "state"], unique=False)
        batch_op.create_index("ix_territory_grants_line_id_state", ["line_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_grants_region_id"), ["region_id"], unique=False)

    op.create_table(
        "wall_entries",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("city", sa.String(length=40), nullable=False),
        sa.Column("is_consented", sa.Boolean(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deposit_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deposit_seen_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_wall_entries_contract_id_contracts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_wall_entries_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deposit_seen_by_id"], ["users.id"], name=op.f("fk_wall_entries_deposit_seen_by_id_users")
        ),
        sa.ForeignKeyConstraint(["released_by_id"], ["users.id"], name=op.f("fk_wall_entries_released_by_id_users")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_wall_entries")),
    )
    with op.batch_alter_table("wall_entries", schema=None) as batch_op:
        batch_op.create_index("ix_wall_entries_event_id_released_at", ["event_id", "released_at"], unique=False)

    op.create_table(
        "walls",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("after_deposit", sa.Boolean(), nullable=False),
        sa.Column("shows_sums", sa.Boolean(), nullable=False),
        sa.Column("shows_bands", sa.Boolean(), nullable=False),
        sa.Column("releases_itself", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_walls_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_walls")),
        sa.UniqueConstraint("token", name=op.f("uq_walls_token")),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=24), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("signing_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("strokes", sa.JSON(), nullable=True),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("stamp_id", sa.Integer(), nullable=True),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_marks_contract_id_contracts")),
        sa.ForeignKeyConstraint(["picture_id"], ["files.id"], name=op.f("fk_marks_picture_id_files")),
        sa.ForeignKeyConstraint(["signing_id"], ["signings.id"], name=op.f("fk_marks_signing_id_signings")),
        sa.ForeignKeyConstraint(["stamp_id"], ["files.id"], name=op.f("fk_marks_stamp_id_files")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_marks_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("client_id", name=op.f("uq_marks_client_id")),
        sa.UniqueConstraint("contract_id", "party", name=op.f("uq_marks_contract_id_party")),
    )


def downgrade() -> None:
    op.drop_table("marks")
    op.drop_table("walls")
    with op.batch_alter_table("wall_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_wall_entries_event_id_released_at")

    op.drop_table("wall_entries")
    with op.batch_alter_table("territory_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_grants_region_id"))
        batch_op.drop_index("ix_territory_grants_line_id_state")
        batch_op.drop_index("ix_territory_grants_event_id_state")
        batch_op.drop_index(batch_op.f("ix_territory_grants_dealer_id"))
        batch_op.drop_index(batch_op.f("ix_territory_grants_contract_id"))

    op.drop_table("territory_grants")
    with op.batch_alter_table("signings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signings_contract_id"))

    op.drop_table("signings")
    op.drop_table("seals")
    with op.batch_alter_table("receivables", schema=None) as batch_op:
        batch_op.drop_index("ix_receivables_rep_id_due_on")
        batch_op.drop_index("ix_receivables_event_id_due_on")
        batch_op.drop_index("ix_receivables_due_on")
        batch_op.drop_index(batch_op.f("ix_receivables_dealer_id"))

    op.drop_table("receivables")
    op.drop_table("payment_terms")
    op.drop_table("paper_scans")
    with op.batch_alter_table("lookup_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_lookup_requests_contract_id_user_id")

    op.drop_table("lookup_requests")
    op.drop_table("gate_overrides")
    with op.batch_alter_table("contract_targets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_targets_contract_id"))

    op.drop_table("contract_targets")
    with op.batch_alter_table("contract_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_steps_contract_id_id")

    op.drop_table("contract_steps")
    with op.batch_alter_table("contract_goods", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_goods_contract_id"))

    op.drop_table("contract_goods")
    with op.batch_alter_table("contract_attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_attachments_contract_id"))

    op.drop_table("contract_attachments")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index("ix_approvals_decided_at_level")
        batch_op.drop_index(batch_op.f("ix_approvals_contract_id"))

    op.drop_table("approvals")
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.drop_index("ix_talks_event_id_state")

    op.drop_table("talks")
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contracts_template_version_id"))
        batch_op.drop_index("ix_contracts_state_ends_on")
        batch_op.drop_index("ix_contracts_signed_at_id")
        batch_op.drop_index("ix_contracts_rep_id_state")
        batch_op.drop_index(batch_op.f("ix_contracts_package_id"))
        batch_op.drop_index(batch_op.f("ix_contracts_invitation_id"))
        batch_op.drop_index("ix_contracts_event_id_state")
        batch_op.drop_index("ix_contracts_dealer_id_id")
        batch_op.drop_index(batch_op.f("ix_contracts_amends_id"))

    op.drop_table("contracts")
    with op.batch_alter_table("concessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concessions_package_id"))

    op.drop_table("concessions")
    with op.batch_alter_table("territory_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_offers_region_id"))

    op.drop_table("territory_offers")
    with op.batch_alter_table("territory_bids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_bids_region_id"))
        batch_op.drop_index("ix_territory_bids_line_id_state")

    op.drop_table("territory_bids")
    op.drop_table("template_variables")
    with op.batch_alter_table("screenings", schema=None) as batch_op:
        batch_op.drop_index("ix_screenings_dealer_id_id")

    op.drop_table("screenings")
    with op.batch_alter_table("qualification_papers", schema=None) as batch_op:
        batch_op.drop_index("ix_qualification_papers_dealer_id_kind")

    op.drop_table("qualification_papers")
    op.drop_table("packages")
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clauses_template_version_id"))

    op.drop_table("clauses")
    op.drop_table("authority_limits")
    op.drop_table("template_versions")
    with op.batch_alter_table("region_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_members_region_id"))

    op.drop_table("region_members")
    op.drop_table("sales_channels")
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regions_path"))
        batch_op.drop_index("ix_regions_parent_id_position")

    op.drop_table("regions")
    op.drop_table("product_lines")
    op.drop_table("number_series")
    op.drop_table("contract_templates")
