"""Where guests sleep, what they eat, in which group they are, and what was handed out about it.

Nights, diets and companions are in the replies, tables in the seating; neither is kept here a second time.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.reply import Companion
from app.models.staff import StaffPerson
from app.models.user import User

__all__ = [
    "BlockRelease",
    "GroupMember",
    "GuestGroup",
    "IssuedSheet",
    "MealAway",
    "MealFor",
    "MealSitting",
    "Room",
    "RoomBlock",
    "RoomGuest",
    "RoomKind",
    "RoomPayer",
    "SheetKind",
]


class RoomKind(StrEnum):
    """How a room is furnished; how many sleep there is said by `travel.rules`."""

    SINGLE = "single"
    DOUBLE = "double"
    TWIN = "twin"


class RoomPayer(StrEnum):
    """Who pays for a room."""

    US = "us"
    GUEST = "guest"


class MealFor(StrEnum):
    """Who eats at a sitting."""

    EVERYBODY = "everybody"
    OVERNIGHT = "overnight"  # whoever sleeps at the hotel the night before (breakfast)
    ARRIVED_BEFORE = "arrived_before"  # whoever sleeps at the hotel the night after (dinner of the day before)
    DEALERS = "dealers"


class SheetKind(StrEnum):
    """What was handed out on paper or as a file."""

    RUN = "run"  # to a driver
    ROOMS = "rooms"  # to the hotel
    MEALS = "meals"  # to the kitchen
    GROUPS = "groups"  # to the leaders


class RoomBlock(Base):
    """Rooms of one kind that a hotel keeps for us on certain nights."""

    __tablename__ = "room_blocks"
    __table_args__ = (
        CheckConstraint("nights > 0", name="nights"),
        CheckConstraint("rooms > 0", name="rooms"),
        Index("ix_room_blocks_event_id_first_on", "event_id", "first_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    hotel: Mapped[str] = mapped_column(String(80))
    kind: Mapped[RoomKind] = mapped_column(choice(RoomKind))
    first_on: Mapped[date]  # the first night
    nights: Mapped[int]
    rooms: Mapped[int]
    rate: Mapped[Decimal | None]  # a room and night, as the hotel wrote it; what counts is in the budget
    note: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    releases: Mapped[list["BlockRelease"]] = relationship(
        back_populates="block", cascade="all, delete-orphan", order_by="BlockRelease.due_on"
    )

    __mapper_args__ = {"version_id_col": version}


class BlockRelease(Base):
    """Until when how many rooms of a block may be given back without cost, and how many were."""

    __tablename__ = "block_releases"
    __table_args__ = (
        UniqueConstraint("block_id", "due_on"),
        CheckConstraint("rooms > 0", name="rooms"),
        CheckConstraint("given_back IS NULL OR given_back >= 0", name="given_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("room_blocks.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    rooms: Mapped[int]  # at most
    given_back: Mapped[int | None]  # None: not decided yet
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    block: Mapped[RoomBlock] = relationship(back_populates="releases")
    decided_by: Mapped[User | None] = relationship()


class Room(Base):
    """A room of the rooming list. Its number is known when the hotel gives it."""

    __tablename__ = "rooms"
    __table_args__ = (Index("ix_rooms_event_id_id", "event_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    block_id: Mapped[int | None] = mapped_column(ForeignKey("room_blocks.id", ondelete="SET NULL"), index=True)
    kind: Mapped[RoomKind] = mapped_column(choice(RoomKind))
    number: Mapped[str] = mapped_column(String(12), default="")
    payer: Mapped[RoomPayer] = mapped_column(choice(RoomPayer), default=RoomPayer.US)
    note: Mapped[str] = mapped_column(String(200), default="")
    is_by_hand: Mapped[bool] = mapped_column(default=False)  # a person made it: no proposal breaks it up
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    block: Mapped[RoomBlock | None] = relationship()
    guests: Mapped[list["RoomGuest"]] = relationship(
        back_populates="room", cascade="all, delete-orphan", order_by="RoomGuest.id"
    )

    __mapper_args__ = {"version_id_col": version}


class RoomGuest(Base):
    """Who sleeps in a room. From when and how long is said in the reply."""

    __tablename__ = "room_guests"
    __table_args__ = (
        Index(
            "uq_room_guests_guest",
            "invitation_id",
            unique=True,
            sqlite_where=text("companion_id IS NULL"),
            postgresql_where=text("companion_id IS NULL"),
        ),
        Index(
            "uq_room_guests_companion",
            "companion_id",
            unique=True,
            sqlite_where=text("companion_id IS NOT NULL"),
            postgresql_where=text("companion_id IS NOT NULL"),
        ),
        Index("ix_room_guests_invitation_id", "invitation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id", ondelete="CASCADE"))

    room: Mapped[Room] = relationship(back_populates="guests")
    invitation: Mapped[Invitation] = relationship()
    companion: Mapped[Companion | None] = relationship()


class MealSitting(Base):
    """One meal. Who eats is counted, who eats otherwise is in the replies, who sits where in the seating."""

    __tablename__ = "meal_sittings"
    __table_args__ = (
        CheckConstraint("extra >= 0", name="extra"),
        Index("ix_meal_sittings_event_id_starts_at", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(80), default="")
    served_to: Mapped[MealFor] = mapped_column(choice(MealFor), default=MealFor.EVERYBODY)
    extra: Mapped[int] = mapped_column(default=0)  # covers for our own people and drivers
    at_tables: Mapped[bool] = mapped_column(default=False)  # at the tables of the seating
    note: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class MealAway(Base):
    """A guest, with companions, who does not eat at a sitting although the rule says so."""

    __tablename__ = "meals_away"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meal_sittings.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class GuestGroup(Base):
    """Guests who go together, one of them in the lead and one of ours as host."""

    __tablename__ = "guest_groups"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"), index=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    leader: Mapped[Invitation | None] = relationship()
    host: Mapped[StaffPerson | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class GroupMember(Base):
    """A guest is in one group of an event."""

    __tablename__ = "group_members"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("guest_groups.id", ondelete="CASCADE"), index=True)

    invitation: Mapped[Invitation] = relationship()
    group: Mapped[GuestGroup] = relationship()


class IssuedSheet(Base):
    """What stood on a sheet when it was handed out, so that the next one can mark what has changed."""

    __tablename__ = "issued_sheets"
    __table_args__ = (UniqueConstraint("event_id", "kind", "subject", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind))
    subject: Mapped[int] = mapped_column(default=0)  # the run; 0 where there is one sheet for the event
    number: Mapped[int]  # from 1
    fingerprint: Mapped[str] = mapped_column(String(64))  # of the lines
    lines: Mapped[dict[str, Any]] = mapped_column(JSON)  # key of a line -> what stood in its cells
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    event: Mapped[Event] = relationship()
    issued_by: Mapped[User | None] = relationship()
