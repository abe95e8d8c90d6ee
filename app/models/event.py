"""A dealer recruitment conference and the dates it has to keep."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, choice
from app.models.user import User


class EventStatus(StrEnum):
    """How far an event is. Guests may answer while it is open; the door works while it is open or running."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Stage(StrEnum):
    """The life of an event, as its rail shows it."""

    PLAN = "plan"
    INVITE = "invite"
    RECONFIRM = "reconfirm"
    CHECK_IN = "check_in"
    SIGN = "sign"
    SETTLE = "settle"
    REPORT = "report"


class Event(Base):
    """One conference."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("reconfirm_days_before >= 0", name="reconfirm_days"),
        Index("ix_events_status_starts_at", "status", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    theme: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[EventStatus] = mapped_column(choice(EventStatus), default=EventStatus.DRAFT)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(40), default="Asia/Shanghai")
    venue: Mapped[str] = mapped_column(String(120), default="")
    venue_address: Mapped[str] = mapped_column(String(200), default="")
    hall: Mapped[str] = mapped_column(String(80), default="")
    map_url: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[int] = mapped_column(default=120)
    organizer: Mapped[str] = mapped_column(String(120), default="")
    co_organizer: Mapped[str] = mapped_column(String(200), default="")
    purposes: Mapped[str] = mapped_column(Text, default="")  # one a line
    contact_name: Mapped[str] = mapped_column(String(80), default="")  # whom a guest calls
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    language: Mapped[str] = mapped_column(String(10), default="zh_CN")  # of letters, badges and messages

    signing_target: Mapped[int] = mapped_column(default=0)  # dealers who should sign on the day
    replies_close_at: Mapped[datetime | None]  # None: when the event starts
    reconfirm_days_before: Mapped[int] = mapped_column(default=3)
    reconfirm_at: Mapped[time] = mapped_column(default=time(10, 0))  # wall clock of the event's zone
    silent_after_hours: Mapped[int] = mapped_column(default=4)  # an unanswered question becomes a call
    quiet_from: Mapped[time] = mapped_column(default=time(21, 0))
    quiet_until: Mapped[time] = mapped_column(default=time(8, 30))
    spare_percent: Mapped[int] = mapped_column(default=5)  # bags and badges on top of the head count
    staff_grace_minutes: Mapped[int] = mapped_column(default=10)  # from the start of a shift until somebody is missing

    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    version: Mapped[int] = mapped_column(default=1)

    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="event", cascade="all, delete-orphan", order_by="Milestone.due_on"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def local_start(self) -> datetime:
        return clock.local(self.starts_at, self.time_zone)

    @property
    def local_end(self) -> datetime:
        return clock.local(self.ends_at, self.time_zone)

    @property
    def replies_close(self) -> datetime:
        return self.replies_close_at or self.starts_at


class Milestone(Base):
    """A date in the life of an event: from the standard conference template, or added by the planner."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))  # of the template row it came from
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    title: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    event: Mapped[Event] = relationship(back_populates="milestones")
    owner: Mapped[User | None] = relationship()


class ClosingWaiver(Base):
    """Something that would stand in the way of closing an event, let pass by somebody, with the reason.

    `source` names the room's hindrance (`events.hindrances`), `ref` the row it is about.
    """

    __tablename__ = "closing_waivers"
    __table_args__ = (UniqueConstraint("event_id", "source", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(40))
    ref: Mapped[int]
    about: Mapped[str] = mapped_column(String(120))  # in words, for whoever reads it later
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    by: Mapped[User | None] = relationship()
