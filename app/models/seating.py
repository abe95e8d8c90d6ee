"""The hall drawn to scale, who sits where, and what the hall lead knows of single guests.

All lengths are whole centimetres, from the hall's upper left corner: x to the right, y away from the upper wall, where
the stage usually stands. Everything lies square to the walls, so a turned thing is one with width and depth exchanged.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.record import Job
from app.models.reply import Companion
from app.models.user import User

__all__ = ["GuestMark", "HallItem", "HallPlan", "ItemKind", "PairRule", "PairWish", "Seat", "SeatStep"]


class ItemKind(StrEnum):
    """What stands in the hall."""

    ROUND_TABLE = "round_table"
    LONG_TABLE = "long_table"  # chairs on both long sides
    ROW = "row"  # of chairs that face the stage
    STAGE = "stage"
    ROSTRUM = "rostrum"
    AISLE = "aisle"  # to be kept free
    EXIT = "exit"
    ROLL_UP = "roll_up"
    DISPLAY = "display"  # the products
    DESK = "desk"
    PILLAR = "pillar"


class HallPlan(Base):
    """The hall of one event, and how its guests are seated there."""

    __tablename__ = "hall_plans"
    __table_args__ = (CheckConstraint("width > 0 AND depth > 0", name="size"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int]  # cm
    depth: Mapped[int]  # cm
    weights: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # wish -> 0 to 10; what is not there: standard
    reach: Mapped[int] = mapped_column(default=600)  # cm; as far as a rep is near to a guest
    cities_apart: Mapped[bool] = mapped_column(default=True)  # dealers of one city are rivals
    open_cities: Mapped[list[Any]] = mapped_column(JSON, default=list)  # except in these
    seed: Mapped[int] = mapped_column(default=1)
    solved_at: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))  # that seats, last
    shown_at: Mapped[datetime | None]  # since when guests see their seat on their own page
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    job: Mapped[Job | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class HallItem(Base):
    """One thing in the hall. Whatever has seats has a label by which people find it."""

    __tablename__ = "hall_items"
    __table_args__ = (
        CheckConstraint("width > 0 AND depth > 0", name="size"),
        CheckConstraint("seats >= 0 AND seats <= 60", name="seats"),
        Index(
            "uq_hall_items_table_label",
            "event_id",
            "label",
            unique=True,
            sqlite_where=text("seats > 0"),
            postgresql_where=text("seats > 0"),
        ),
        Index("ix_hall_items_event_id_id", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind))
    label: Mapped[str] = mapped_column(String(20), default="")
    x: Mapped[int]  # of the upper left corner
    y: Mapped[int]
    width: Mapped[int]
    depth: Mapped[int]
    seats: Mapped[int] = mapped_column(default=0)
    is_vip: Mapped[bool] = mapped_column(default=False)  # kept for guests of honour
    host_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who looks after the table
    version: Mapped[int] = mapped_column(default=1)

    host: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Seat(Base):
    """Somebody's seat: a guest's, or a companion's. An empty chair has no row."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("number > 0", name="number"),
        Index(
            "uq_seats_guest",
            "invitation_id",
            unique=True,
            sqlite_where=text("companion_id IS NULL"),
            postgresql_where=text("companion_id IS NULL"),
        ),
        Index(
            "uq_seats_companion",
            "companion_id",
            unique=True,
            sqlite_where=text("companion_id IS NOT NULL"),
            postgresql_where=text("companion_id IS NOT NULL"),
        ),
        Index("ix_seats_event_id_item_id", "event_id", "item_id"),
        Index("ix_seats_invitation_id", "invitation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("hall_items.id", ondelete="CASCADE"))
    number: Mapped[int]  # from 1, clockwise from the top, or along the row
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id", ondelete="CASCADE"))
    is_locked: Mapped[bool] = mapped_column(default=False)  # no solving moves it
    is_by_hand: Mapped[bool] = mapped_column(default=False)  # a person put it here
    placed_at: Mapped[datetime]  # since when it is this chair; a badge printed earlier says another one

    item: Mapped[HallItem] = relationship()
    invitation: Mapped[Invitation] = relationship()
    companion: Mapped[Companion | None] = relationship()


class GuestMark(Base):
    """What the hall lead says of a guest; None leaves it to what the other rooms know."""

    __tablename__ = "guest_marks"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True)
    is_vip: Mapped[bool | None]
    is_content: Mapped[bool | None]  # an existing dealer who speaks well of us
    stays_away_at: Mapped[datetime | None]  # given up on the day: has not come, the seat was given away


class PairRule(StrEnum):
    """What was said of two guests."""

    APART = "apart"
    MAY_MEET = "may_meet"  # although they would be kept apart otherwise


class PairWish(Base):
    """Two guests to be kept apart, or let sit together although they are rivals. The lower id comes first."""

    __tablename__ = "pair_wishes"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    rule: Mapped[PairRule] = mapped_column(choice(PairRule))

    one: Mapped[Invitation] = relationship(foreign_keys=one_id)
    other: Mapped[Invitation] = relationship(foreign_keys=other_id)


class SeatStep(Base):
    """One thing done to the seating, with what stood before, so that it can be undone: the newest first."""

    __tablename__ = "seat_steps"
    __table_args__ = (Index("ix_seat_steps_event_id_id", "event_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(24))
    # [invitation, companion, table or None, number, is_locked, is_by_hand, placed_at] of everybody it moved
    seats: Mapped[list[Any]] = mapped_column(JSON, default=list)
    tables: Mapped[list[Any]] = mapped_column(JSON, default=list)  # the columns of tables it took away
    # The hall as it stood before its plan was changed: size, all things with their columns, and which one was moved.
    hall: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    given_up: Mapped[list[Any]] = mapped_column(JSON, default=list)  # invitations whose seat it gave away
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
