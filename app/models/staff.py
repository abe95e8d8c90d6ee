"""Who works at an event: roles, people, shifts, duties, what goes wrong on the day, and what each has to close out."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Grant
from app.models.base import Base, choice
from app.models.event import Event
from app.models.user import User


class StaffKind(StrEnum):
    """Own staff, or hired for the day."""

    OWN = "own"
    HOST = "host"
    RECEPTIONIST = "receptionist"
    CEREMONY = "ceremony"
    OTHER = "other"


class StaffRole(Base):
    """A role at one event, with its duties: from the standard conference template, or added."""

    __tablename__ = "staff_roles"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))  # of the template row it came from
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    held_by: Mapped[str] = mapped_column(String(60), default="")  # whom the template names: "general manager"
    department: Mapped[str] = mapped_column(String(60), default="")
    duties: Mapped[str] = mapped_column(Text, default="")  # one a line
    stations: Mapped[str] = mapped_column(Text, default="")  # one a line: the first person stands at the first, ...
    for_kind: Mapped[StaffKind] = mapped_column(choice(StaffKind), default=StaffKind.OWN)  # who mostly does it
    is_lead: Mapped[bool] = mapped_column(default=False)  # a lead role wants a deputy
    grant: Mapped[Grant] = mapped_column(choice(Grant), default=Grant.NONE)
    grant_days: Mapped[int | None]  # so many days before the event the rights begin; None: with the duty
    # What whoever holds the role settles, returns and hands over after the event: one a line.
    settles: Mapped[str] = mapped_column(Text, default="")
    returns: Mapped[str] = mapped_column(Text, default="")
    hands_over: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def duty_lines(self) -> list[str]:
        return [line.strip() for line in self.duties.splitlines() if line.strip()]

    @property
    def station_names(self) -> list[str]:
        return [line.strip() for line in self.stations.splitlines() if line.strip()]

    def station_of(self, slot: int) -> str:
        """Return where the holder of a place (counted from 1) stands, "" where the role names no such station."""
        names = self.station_names
        return names[slot - 1] if slot <= len(names) else ""


class ClothingCut(StrEnum):
    """Which work clothes somebody wears."""

    MEN = "men"
    WOMEN = "women"


class StaffPerson(Base):
    """Somebody who works at events: one of our own (then with `user`), or hired through an agency."""

    __tablename__ = "staff_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    kind: Mapped[StaffKind] = mapped_column(choice(StaffKind), default=StaffKind.OWN)
    name: Mapped[str] = mapped_column(String(80))
    mobile: Mapped[str | None] = mapped_column(String(20), unique=True)  # E.164
    mail: Mapped[str | None] = mapped_column(String(120))
    agency: Mapped[str] = mapped_column(String(120), default="")
    day_rate: Mapped[Decimal | None]  # in the event's currency
    cut: Mapped[ClothingCut | None] = mapped_column(choice(ClothingCut))
    clothing_size: Mapped[str] = mapped_column(String(10), default="")
    locale: Mapped[str | None] = mapped_column(String(10))
    notes: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)  # off: has left, and is not suggested
    search_key: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(String(120), default="", index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    user: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_here(self) -> bool:
        """Tell whether the person still works for us: neither has left nor lost the account."""
        return self.is_active and (self.user is None or self.user.is_active)


class Shift(Base):
    """A stretch of time in which people are on duty. It may pass midnight; instants make that no matter."""

    __tablename__ = "shifts"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))  # of the template row it came from
    name: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # The event's start and zone that the shift was laid out for: when the event has others, it has moved away.
    for_start_at: Mapped[datetime]
    for_time_zone: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class StaffNeed(Base):
    """How many people a role needs in a shift. Without a row it needs none."""

    __tablename__ = "staff_needs"
    __table_args__ = (CheckConstraint("required > 0", name="required"),)

    role_id: Mapped[int] = mapped_column(ForeignKey("staff_roles.id", ondelete="CASCADE"), primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), primary_key=True, index=True)
    required: Mapped[int]


class DutyState(StrEnum):
    """Whether the person knows, and has said yes."""

    PLANNED = "planned"  # not told yet
    CHANGED = "changed"  # told once, but it has changed since; never stored, `staff.rules.duty.standing` finds it out
    TOLD = "told"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


class Duty(Base):
    """One person in one role for one shift, in one of its places.

    Places are numbered from 1, deputies' on their own. Two planners who fill the last one at the same moment are told
    apart by the constraint. A place beyond what the role needs is allowed: somebody has wanted one more.
    """

    __tablename__ = "duties"
    __table_args__ = (
        UniqueConstraint("role_id", "person_id", "shift_id"),
        UniqueConstraint("role_id", "shift_id", "is_deputy", "slot"),
        CheckConstraint("slot > 0", name="slot"),
        Index("ix_duties_event_id_person_id", "event_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    role_id: Mapped[int] = mapped_column(ForeignKey("staff_roles.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_people.id"), index=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    slot: Mapped[int]
    station: Mapped[str] = mapped_column(String(60), default="")
    is_deputy: Mapped[bool] = mapped_column(default=False)  # stands in; until called, free for other duties
    state: Mapped[DutyState] = mapped_column(choice(DutyState), default=DutyState.PLANNED)
    told_at: Mapped[datetime | None]
    told_digest: Mapped[str] = mapped_column(String(64), default="")  # of what was told; another one asks again
    answered_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    role: Mapped[StaffRole] = relationship()
    person: Mapped[StaffPerson] = relationship()
    shift: Mapped[Shift] = relationship()

    __mapper_args__ = {"version_id_col": version}


class DutyTick(Base):
    """One line of a role's duties, done by somebody."""

    __tablename__ = "duty_ticks"
    __table_args__ = (UniqueConstraint("duty_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"))
    line: Mapped[str] = mapped_column(String(200))  # the words, so that editing the role's duties moves no tick
    done_at: Mapped[datetime]


class StaffPass(Base):
    """What lets a person in and opens their own page at one event: a badge code and an unguessable link."""

    __tablename__ = "staff_passes"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_people.id"))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    printed_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]  # at the door
    arrived_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    event: Mapped[Event] = relationship()
    person: Mapped[StaffPerson] = relationship()


class StaffAlert(Base):
    """The commander was told that somebody has not come. Once a person and shift, whoever looks how often."""

    __tablename__ = "staff_alerts"
    __table_args__ = (UniqueConstraint("person_id", "shift_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_people.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    told_at: Mapped[datetime]


class Severity(StrEnum):
    """How bad an incident is. Emergencies stand on top."""

    EMERGENCY = "emergency"
    SERIOUS = "serious"
    MINOR = "minor"


class Incident(Base):
    """Something that went wrong on the day, who acts, and what came of it."""

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_event_id_done_at", "event_id", "done_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(80), default="")
    severity: Mapped[Severity] = mapped_column(choice(Severity), default=Severity.MINOR)
    reported_at: Mapped[datetime]
    reported_by: Mapped[str] = mapped_column(String(80), default="")
    acting_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"))
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    acting: Mapped[StaffPerson | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class CloseoutKind(StrEnum):
    """What somebody has to do after the event."""

    SETTLE = "settle"
    RETURN = "return"
    HAND_OVER = "hand_over"


class CloseoutItem(Base):
    """One thing a person settles, returns or hands over. The event closes when all are done or waived.

    `key` is made from the words of the role's line, so that making a list twice makes each item once; an item added by
    hand has none.
    """

    __tablename__ = "closeout_items"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "key"),
        Index("ix_closeout_items_event_id_done_at", "event_id", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_people.id"))
    key: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[CloseoutKind] = mapped_column(choice(CloseoutKind))
    text: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    given_by: Mapped[str] = mapped_column(String(80), default="")  # whose item it was, when somebody took it over
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(80), default="")
    waived_at: Mapped[datetime | None]
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    waived_why: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    person: Mapped[StaffPerson] = relationship()
    waived_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.waived_at is None
