"""What has to be in the hall: things, how many, where they are, and the zones they stand in."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.record import File
from app.models.staff import ClothingCut, StaffPerson
from app.models.user import User


class Zone(Base):
    """A part of the hall: from the standard conference template, or added."""

    __tablename__ = "zones"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80))
    accepted_at: Mapped[datetime | None]  # by the hall lead, when all of it stands
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    tasks: Mapped[list["ZoneTask"]] = relationship(
        back_populates="zone", cascade="all, delete-orphan", order_by="ZoneTask.position"
    )

    __mapper_args__ = {"version_id_col": version}


class QuantityRule(StrEnum):
    """What a quantity depends on."""

    FIXED = "fixed"
    PER_GUEST = "per_guest"  # everyone who is expected, companions too
    PER_EXCLUSIVE_DEALER = "per_exclusive_dealer"
    PER_STAFF = "per_staff"  # by clothing size
    PER_ROSTRUM = "per_rostrum"  # people on the rostrum
    BY_SITE = "by_site"  # typed after the site visit
    AS_PLANNED = "as_planned"  # typed when it is planned
    AS_NEEDED = "as_needed"  # typed when somebody asks


class MaterialState(StrEnum):
    """How far a material is."""

    PLANNED = "planned"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    SET_UP = "set_up"
    CLOSED = "closed"  # returned, used up or written off


class ProofState(StrEnum):
    """How far the printed design is."""

    NOT_NEEDED = "not_needed"
    WANTED = "wanted"
    SUBMITTED = "submitted"
    SIGNED_OFF = "signed_off"
    RETURNED = "returned"


class Material(Base):
    """One kind of thing for one event. A kit (the tote bag) has parts, each counted by its quantity in one kit."""

    __tablename__ = "materials"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        Index("ix_materials_event_id_state", "event_id", "state"),
        CheckConstraint("base_quantity >= 0", name="base_quantity"),
        CheckConstraint("extra_quantity >= 0", name="extra_quantity"),
        CheckConstraint("pack_size > 0", name="pack_size"),
        CheckConstraint("spare_percent >= 0", name="spare_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))
    kit_id: Mapped[int | None] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    rule: Mapped[QuantityRule] = mapped_column(choice(QuantityRule), default=QuantityRule.FIXED)
    base_quantity: Mapped[int] = mapped_column(default=1)  # the whole number, or how many per head or per kit
    extra_quantity: Mapped[int] = mapped_column(default=0)  # on top of those the rule counts: our own on the rostrum
    spare_percent: Mapped[int] = mapped_column(default=0)
    pack_size: Mapped[int] = mapped_column(default=1)  # ordered in whole packs
    unit: Mapped[str] = mapped_column(String(12), default="")
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zones.id", ondelete="SET NULL"))
    place: Mapped[str] = mapped_column(String(80), default="")
    department: Mapped[str] = mapped_column(String(60), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    supplier: Mapped[str] = mapped_column(String(120), default="")
    unit_price: Mapped[Decimal | None]
    cost_line: Mapped[str] = mapped_column(String(40), default="")  # key of the budget line that pays; "": materials
    lead_days: Mapped[int] = mapped_column(default=7)  # from order to delivery
    needed_on: Mapped[date | None]  # None: the day before the event
    state: Mapped[MaterialState] = mapped_column(choice(MaterialState), default=MaterialState.PLANNED)
    design_text: Mapped[str] = mapped_column(Text, default="")  # {theme} {organizer} {co_organizer} {event} {day}
    proof: Mapped[ProofState] = mapped_column(choice(ProofState), default=ProofState.NOT_NEEDED)
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    proof_note: Mapped[str] = mapped_column(String(200), default="")
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_returnable: Mapped[bool] = mapped_column(default=False)  # comes back into stock
    stock_item_id: Mapped[int | None] = mapped_column(ForeignKey("stock_items.id"))  # None: the one of the same name
    notes: Mapped[str] = mapped_column(Text, default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    zone: Mapped[Zone | None] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    kit: Mapped["Material | None"] = relationship(remote_side="Material.id")

    __mapper_args__ = {"version_id_col": version}


class MaterialOrder(Base):
    """So many ordered from a supplier; a second order tops up the first."""

    __tablename__ = "material_orders"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]
    from_stock: Mapped[bool] = mapped_column(default=False)
    supplier: Mapped[str] = mapped_column(String(120), default="")
    unit_price: Mapped[Decimal | None]
    ordered_at: Mapped[datetime]
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    cut: Mapped[ClothingCut | None] = mapped_column(choice(ClothingCut))  # of work clothes
    size: Mapped[str] = mapped_column(String(10), default="")
    cancelled_at: Mapped[datetime | None]

    material: Mapped[Material] = relationship()


class MovementKind(StrEnum):
    """What somebody saw or did with a material."""

    DELIVERED = "delivered"
    DAMAGED = "damaged"
    COUNTED = "counted"  # so many are here: a count, not a change
    TICKED = "ticked"  # it stands where it belongs
    UNTICKED = "unticked"
    MOVED = "moved"
    RETURNED = "returned"
    USED_UP = "used_up"
    LOST = "lost"
    KEPT = "kept"
    PHOTO = "photo"


class Movement(Base):
    """One entry of the log of a material. Phones queue them without network; `client_id` makes each count once."""

    __tablename__ = "movements"
    __table_args__ = (
        UniqueConstraint("event_id", "client_id"),
        Index("ix_movements_material_id_happened_at", "material_id", "happened_at"),
        CheckConstraint("quantity >= 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(40))  # made on the device
    kind: Mapped[MovementKind] = mapped_column(choice(MovementKind))
    quantity: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    happened_at: Mapped[datetime]  # by the device's clock
    received_at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(String(80))
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"))
    taken_back_at: Mapped[datetime | None]  # entered by mistake: it stays in the log and counts no more

    material: Mapped[Material] = relationship()
    file: Mapped[File | None] = relationship()


class Box(Base):
    """A box with a label. Blank labels are printed first and bound to a box by scanning."""

    __tablename__ = "boxes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    bound_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]  # when it came to its place; phones may tell it late

    contents: Mapped[list["BoxContent"]] = relationship(
        back_populates="box", cascade="all, delete-orphan", order_by="BoxContent.material_id"
    )

    @property
    def is_bound(self) -> bool:
        """Tell whether the label stands on a box; else it is blank."""
        return self.bound_at is not None


class BoxContent(Base):
    """So many of a material in a box."""

    __tablename__ = "box_contents"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    box_id: Mapped[int] = mapped_column(ForeignKey("boxes.id", ondelete="CASCADE"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"), primary_key=True)
    quantity: Mapped[int]

    box: Mapped[Box] = relationship(back_populates="contents")
    material: Mapped[Material] = relationship()


class StockItem(Base):
    """What the company keeps from event to event. The quantity is the sum of its changes."""

    __tablename__ = "stock_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    place: Mapped[str] = mapped_column(String(80), default="")


class StockChange(Base):
    """So many into stock (after an event) or out of it (for an event); `reason` makes each happen once."""

    __tablename__ = "stock_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_items.id"), index=True)
    quantity: Mapped[int]  # negative: taken out
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    reason: Mapped[str] = mapped_column(String(120), unique=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    item: Mapped[StockItem] = relationship()


class ZoneTask(Base):
    """One thing to set up in a zone: who, until when, with which material; a photo is the proof."""

    __tablename__ = "zone_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zones.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"))
    due_at: Mapped[datetime | None]  # None: an hour before the doors
    material_id: Mapped[int | None] = mapped_column(ForeignKey("materials.id", ondelete="SET NULL"))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(80), default="")
    told_digest: Mapped[str] = mapped_column(
        String(64), default=""
    )  # of what its owner was told; another one asks again
    version: Mapped[int] = mapped_column(default=1)

    zone: Mapped[Zone] = relationship(back_populates="tasks")
    owner: Mapped[StaffPerson | None] = relationship()
    material: Mapped[Material | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Fitness(StrEnum):
    """What the site visit found."""

    UNSEEN = "unseen"
    FITS = "fits"
    FAILS = "fails"


class HallRequirement(Base):
    """Something the hall must have or be, checked at the site visit."""

    __tablename__ = "hall_requirements"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(200))
    fitness: Mapped[Fitness] = mapped_column(choice(Fitness), default=Fitness.UNSEEN)
    note: Mapped[str] = mapped_column(String(300), default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
