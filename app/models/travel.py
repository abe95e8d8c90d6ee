"""How guests get here and away again.

What guests answer themselves (arrival, train or flight, pick-up, nights, diet, companions) is in their reply and is not
kept here a second time. Here stands what our own people add and decide.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.reply import TravelMode
from app.models.staff import StaffPerson

__all__ = ["Direction", "Journey", "Passenger", "PickupRun", "RoomWish", "RunStop", "TravelPlan", "Vehicle"]


class Direction(StrEnum):
    """Whether somebody is fetched or brought away."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"


class RoomWish(StrEnum):
    """Whether a guest would share a room."""

    SINGLE = "single"
    SHARED = "shared"


class TravelPlan(Base):
    """What holds for all pick-ups of an event. One row an event."""

    __tablename__ = "travel_plans"
    __table_args__ = (
        CheckConstraint("window_minutes > 0", name="window_minutes"),
        CheckConstraint("ready_minutes >= 0", name="ready_minutes"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    train_station: Mapped[str] = mapped_column(String(60), default="")  # where trains arrive unless a guest's is noted
    airport: Mapped[str] = mapped_column(String(60), default="")
    window_minutes: Mapped[int] = mapped_column(default=45)  # as long the first of a run waits for the last
    ready_minutes: Mapped[int] = mapped_column(default=15)  # from arrival until somebody stands at the exit
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Journey(Base):
    """What our people know of a guest's journey beyond the reply: the station, the way back, the wish to share."""

    __tablename__ = "journeys"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True)
    arrival_place: Mapped[str] = mapped_column(String(60), default="")  # where the guest arrives; empty: the plan's
    leaves_by: Mapped[TravelMode | None] = mapped_column(choice(TravelMode))
    leaves_number: Mapped[str] = mapped_column(String(20), default="")
    leaves_at: Mapped[datetime | None]
    leaves_from: Mapped[str] = mapped_column(String(60), default="")  # empty: the plan's
    ride_wanted: Mapped[bool] = mapped_column(default=False)  # to the train or flight back
    room_wish: Mapped[RoomWish | None] = mapped_column(choice(RoomWish))
    shares_with_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    invitation: Mapped[Invitation] = relationship(foreign_keys=invitation_id)
    shares_with: Mapped[Invitation | None] = relationship(foreign_keys=shares_with_id)

    __mapper_args__ = {"version_id_col": version}


class Vehicle(Base):
    """A car or coach that stands ready for one event."""

    __tablename__ = "vehicles"
    __table_args__ = (CheckConstraint("seats > 0", name="seats"), UniqueConstraint("event_id", "label"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(40))  # number plate, or what people call it
    model: Mapped[str] = mapped_column(String(60), default="")
    seats: Mapped[int]  # for passengers, the host among them
    driver_name: Mapped[str] = mapped_column(String(60), default="")
    driver_mobile: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PickupRun(Base):
    """One drive: from one or more stops to the hotel or the hall, or the other way."""

    __tablename__ = "pickup_runs"
    __table_args__ = (Index("ix_pickup_runs_event_id_starts_at", "event_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    direction: Mapped[Direction] = mapped_column(choice(Direction))
    starts_at: Mapped[datetime]  # arrival: from when on the host stands there; departure: leaves the hotel
    destination: Mapped[str] = mapped_column(String(80), default="")  # empty: the venue
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicles.id", ondelete="SET NULL"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"), index=True)  # who meets the guests
    note: Mapped[str] = mapped_column(String(200), default="")
    told_at: Mapped[datetime | None]  # since when its guests have their message
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    vehicle: Mapped[Vehicle | None] = relationship()
    host: Mapped[StaffPerson | None] = relationship()
    stops: Mapped[list["RunStop"]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="RunStop.position"
    )

    __mapper_args__ = {"version_id_col": version}


class RunStop(Base):
    """Where a run takes people in (arrival) or lets them out (departure)."""

    __tablename__ = "run_stops"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pickup_runs.id", ondelete="CASCADE"))
    position: Mapped[int]
    place: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    run: Mapped[PickupRun] = relationship(back_populates="stops")


class Passenger(Base):
    """A guest, with all companions, on a run. One is fetched once and brought away once."""

    __tablename__ = "passengers"
    __table_args__ = (UniqueConstraint("invitation_id", "direction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pickup_runs.id", ondelete="CASCADE"), index=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("run_stops.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    direction: Mapped[Direction] = mapped_column(choice(Direction))  # the run's, so that the constraint can see it
    is_by_hand: Mapped[bool] = mapped_column(default=False)  # a person put them here: no grouping moves them
    met_at: Mapped[datetime | None]

    run: Mapped[PickupRun] = relationship()
    stop: Mapped[RunStop] = relationship()
    invitation: Mapped[Invitation] = relationship()
