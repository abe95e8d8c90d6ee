"""People and things: staff roles and duties, materials, boxes, stock and hall zones.

Revision: 20261124_0710, after 20261124_0700
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0710"
down_revision = "20261124_0700"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "stock_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_items")),
        sa.UniqueConstraint("name", name=op.f("uq_stock_items_name")),
    )
    op.create_table(
        "staff_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=True),
        sa.Column("mail", sa.String(length=120), nullable=True),
        sa.Column("agency", sa.String(length=120), nullable=False),
        sa.Column("day_rate", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("cut", sa.String(length=24), nullable=True),
        sa.Column("clothing_size", sa.String(length=10), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_staff_people_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_people")),
        sa.UniqueConstraint("mobile", name=op.f("uq_staff_people_mobile")),
        sa.UniqueConstraint("user_id", name=op.f("uq_staff_people_user_id")),
    )
    with op.batch_alter_table("staff_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_people_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "boxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_boxes_event_id_events"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boxes")),
        sa.UniqueConstraint("code", name=op.f("uq_boxes_code")),
    )
    with op.batch_alter_table("boxes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_boxes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "closeout_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_by_id", sa.Integer(), nullable=True),
        sa.Column("waived_why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_closeout_items_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff_people.id"], name=op.f("fk_closeout_items_person_id_staff_people")
        ),
        sa.ForeignKeyConstraint(["waived_by_id"], ["users.id"], name=op.f("fk_closeout_items_waived_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closeout_items")),
        sa.UniqueConstraint("event_id", "person_id", "key", name=op.f("uq_closeout_items_event_id_person_id_key")),
    )
    op.create_table(
        "hall_requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("fitness", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["users.id"], name=op.f("fk_hall_requirements_checked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hall_requirements_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["files.id"], name=op.f("fk_hall_requirements_photo_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_requirements")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_hall_requirements_event_id_key")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.Column("acting_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["acting_id"], ["staff_people.id"], name=op.f("fk_incidents_acting_id_staff_people")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_incidents_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index("ix_incidents_event_id_done_at", ["event_id", "done_at"], unique=False)

    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("for_start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("for_time_zone", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shifts_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_shifts_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_shifts_event_id_key")),
    )

    op.create_table(
        "staff_passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["arrived_by_id"], ["users.id"], name=op.f("fk_staff_passes_arrived_by_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_staff_passes_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff_people.id"], name=op.f("fk_staff_passes_person_id_staff_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passes")),
        sa.UniqueConstraint("code", name=op.f("uq_staff_passes_code")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_staff_passes_event_id_person_id")),
        sa.UniqueConstraint("token", name=op.f("uq_staff_passes_token")),
    )
    op.create_table(
        "staff_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("held_by", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("stations", sa.Text(), nullable=False),
        sa.Column("for_kind", sa.String(length=24), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("grant", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_staff_roles_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_roles")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_staff_roles_event_id_key")),
    )
    op.create_table(
        "stock_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_stock_changes_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_stock_changes_event_id_events")),
        sa.ForeignKeyConstraint(["item_id"], ["stock_items.id"], name=op.f("fk_stock_changes_item_id_stock_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_changes")),
        sa.UniqueConstraint("reason", name=op.f("uq_stock_changes_reason")),
    )
    with op.batch_alter_table("stock_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_changes_item_id"), ["item_id"], unique=False)

    op.create_table(
        "zones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["users.id"], name=op.f("fk_zones_accepted_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_zones_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zones")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_zones_event_id_key")),
    )
    op.create_table(
        "staff_needs",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.CheckConstraint("required > 0", name=op.f("ck_staff_needs_required")),
        sa.ForeignKeyConstraint(
            ["role_id"], ["staff_roles.id"], name=op.f("fk_staff_needs_role_id_staff_roles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_staff_needs_shift_id_shifts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", "shift_id", name=op.f("pk_staff_needs")),
    )
    with op.batch_alter_table("staff_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_needs_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=60), nullable=False),
        sa.Column("is_deputy", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_digest", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("slot > 0", name=op.f("ck_duties_slot")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_duties_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["staff_people.id"], name=op.f("fk_duties_person_id_staff_people")),
        sa.ForeignKeyConstraint(
            ["role_id"], ["staff_roles.id"], name=op.f("fk_duties_role_id_staff_roles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_duties_shift_id_shifts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("role_id", "person_id", "shift_id", name=op.f("uq_duties_role_id_person_id_shift_id")),
        sa.UniqueConstraint(
            "role_id", "shift_id", "is_deputy", "slot", name=op.f("uq_duties_role_id_shift_id_is_deputy_slot")
        ),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index("ix_duties_event_id_person_id", ["event_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("kit_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("base_quantity", sa.Integer(), nullable=False),
        sa.Column("extra_quantity", sa.Integer(), nullable=False),
        sa.Column("spare_percent", sa.Integer(), nullable=False),
        sa.Column("pack_size", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.String(length=120), nullable=False),
        sa.Column("unit_price", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("design_text", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(length=24), nullable=False),
        sa.Column("proof_file_id", sa.Integer(), nullable=True),
        sa.Column("proof_note", sa.String(length=200), nullable=False),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("is_returnable", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("base_quantity >= 0", name=op.f("ck_materials_base_quantity")),
        sa.CheckConstraint("extra_quantity >= 0", name=op.f("ck_materials_extra_quantity")),
        sa.CheckConstraint("pack_size > 0", name=op.f("ck_materials_pack_size")),
        sa.CheckConstraint("spare_percent >= 0", name=op.f("ck_materials_spare_percent")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_materials_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kit_id"], ["materials.id"], name=op.f("fk_materials_kit_id_materials"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_materials_owner_id_users")),
        sa.ForeignKeyConstraint(["proof_file_id"], ["files.id"], name=op.f("fk_materials_proof_file_id_files")),
        sa.ForeignKeyConstraint(["signed_off_by_id"], ["users.id"], name=op.f("fk_materials_signed_off_by_id_users")),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zones.id"], name=op.f("fk_materials_zone_id_zones"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_materials_event_id_key")),
    )
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.create_index("ix_materials_event_id_state", ["event_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_materials_kit_id"), ["kit_id"], unique=False)

    op.create_table(
        "box_contents",
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_box_contents_quantity")),
        sa.ForeignKeyConstraint(
            ["box_id"], ["boxes.id"], name=op.f("fk_box_contents_box_id_boxes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_box_contents_material_id_materials"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("box_id", "material_id", name=op.f("pk_box_contents")),
    )
    op.create_table(
        "duty_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duties.id"], name=op.f("fk_duty_ticks_duty_id_duties"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_ticks")),
        sa.UniqueConstraint("duty_id", "line", name=op.f("uq_duty_ticks_duty_id_line")),
    )
    op.create_table(
        "material_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("from_stock", sa.Boolean(), nullable=False),
        sa.Column("supplier", sa.String(length=120), nullable=False),
        sa.Column("unit_price", sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_material_orders_quantity")),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_material_orders_material_id_materials"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["users.id"], name=op.f("fk_material_orders_ordered_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_orders")),
    )
    with op.batch_alter_table("material_orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_orders_material_id"), ["material_id"], unique=False)

    op.create_table(
        "movements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=80), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_movements_quantity")),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["staff_people.id"], name=op.f("fk_movements_by_person_id_staff_people")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_movements_by_user_id_users")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_movements_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_movements_file_id_files")),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_movements_material_id_materials"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movements")),
        sa.UniqueConstraint("event_id", "client_id", name=op.f("uq_movements_event_id_client_id")),
    )
    with op.batch_alter_table("movements", schema=None) as batch_op:
        batch_op.create_index("ix_movements_material_id_happened_at", ["material_id", "happened_at"], unique=False)

    op.create_table(
        "zone_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("material_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_zone_tasks_material_id_materials"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_people.id"], name=op.f("fk_zone_tasks_owner_id_staff_people")),
        sa.ForeignKeyConstraint(["photo_id"], ["files.id"], name=op.f("fk_zone_tasks_photo_id_files")),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zones.id"], name=op.f("fk_zone_tasks_zone_id_zones"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_tasks")),
    )
    with op.batch_alter_table("zone_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_tasks_zone_id"), ["zone_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("zone_tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_tasks_zone_id"))

    op.drop_table("zone_tasks")
    with op.batch_alter_table("movements", schema=None) as batch_op:
        batch_op.drop_index("ix_movements_material_id_happened_at")

    op.drop_table("movements")
    with op.batch_alter_table("material_orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_orders_material_id"))

    op.drop_table("material_orders")
    op.drop_table("duty_ticks")
    op.drop_table("box_contents")
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_materials_kit_id"))
        batch_op.drop_index("ix_materials_event_id_state")

    op.drop_table("materials")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duties_shift_id"))
        batch_op.drop_index(batch_op.f("ix_duties_person_id"))
        batch_op.drop_index("ix_duties_event_id_person_id")

    op.drop_table("duties")
    with op.batch_alter_table("staff_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_needs_shift_id"))

    op.drop_table("staff_needs")
    op.drop_table("zones")
    with op.batch_alter_table("stock_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stock_changes_item_id"))

    op.drop_table("stock_changes")
    op.drop_table("staff_roles")
    op.drop_table("staff_passes")
    op.drop_table("shifts")
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_index("ix_incidents_event_id_done_at")

    op.drop_table("incidents")
    op.drop_table("hall_requirements")
    op.drop_table("closeout_items")
    with op.batch_alter_table("boxes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_boxes_event_id"))

    op.drop_table("boxes")
    with op.batch_alter_table("staff_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_people_sort_key"))

    op.drop_table("staff_people")
    op.drop_table("stock_items")
