"""After the event: close-out lists, what may be waived when an event closes, and a material's stock item.

Revision: 20261124_0930, after 20261124_0925
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0930"
down_revision = "20261124_0925"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing_waivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_closing_waivers_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_closing_waivers_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_waivers")),
        sa.UniqueConstraint("event_id", "source", "ref", name=op.f("uq_closing_waivers_event_id_source_ref")),
    )
    with op.batch_alter_table("staff_roles") as batch:
        for name in ("settles", "returns", "hands_over"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("closeout_items") as batch:
        batch.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default="2026-11-24 00:00:00")
        )
        batch.add_column(sa.Column("given_by", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("done_by", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.create_index(batch.f("ix_closeout_items_event_id_done_at"), ["event_id", "done_at"])
    with op.batch_alter_table("materials") as batch:
        batch.add_column(sa.Column("stock_item_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_materials_stock_item_id_stock_items"), "stock_items", ["stock_item_id"], ["id"]
        )
    for table, names in (
        ("staff_roles", ("settles", "returns", "hands_over")),
        ("closeout_items", ("position", "created_at", "given_by", "done_by", "version")),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("materials") as batch:
        batch.drop_constraint(batch.f("fk_materials_stock_item_id_stock_items"), type_="foreignkey")
        batch.drop_column("stock_item_id")
    with op.batch_alter_table("closeout_items") as batch:
        batch.drop_index(batch.f("ix_closeout_items_event_id_done_at"))
        for name in ("version", "done_by", "given_by", "created_at", "position"):
            batch.drop_column(name)
    with op.batch_alter_table("staff_roles") as batch:
        for name in ("hands_over", "returns", "settles"):
            batch.drop_column(name)
    op.drop_table("closing_waivers")
