"""What happens at an event and who is in front: sessions, slides, rehearsals, cues, people, publicity."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.record import File
from app.models.staff import StaffPerson
from app.models.user import User

__all__ = [
    "AgendaSession",
    "FrontKind",
    "FrontPerson",
    "Point",
    "ProgrammePage",
    "PublicityEntry",
    "Rehearsal",
    "RunCue",
    "SessionKind",
    "SessionPoint",
    "SlideSet",
]


class FrontKind(StrEnum):
    """As what somebody stands in front or is received apart."""

    SPEAKER = "speaker"
    LEADER = "leader"  # of our own company
    HONOUR = "honour"
    OFFICIAL = "official"
    PRESS = "press"


class FrontPerson(Base):
    """A speaker, a guest of honour, an official or a journalist, with who looks after them and where they sit.

    Whoever is on the invite list or among the staff is named there; `name` then keeps what it was when chosen.
    """

    __tablename__ = "front_people"
    __table_args__ = (
        UniqueConstraint("event_id", "invitation_id"),
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("rostrum_order > 0", name="rostrum_order"),
        CheckConstraint("invitation_id IS NULL OR person_id IS NULL", name="from_one_list"),
        Index("ix_front_people_event_id_kind", "event_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[FrontKind] = mapped_column(choice(FrontKind))
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(80), default="")  # position
    title_en: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(String(120), default="")  # company, office or paper
    body_en: Mapped[str] = mapped_column(String(120), default="")
    mobile: Mapped[str | None] = mapped_column(String(20))  # E.164; of somebody who is on neither list
    mail: Mapped[str | None] = mapped_column(String(120))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("staff_people.id"))  # who of us looks after them
    rostrum_order: Mapped[int | None]  # by rank: 1 sits in the middle; None: not on the rostrum
    note: Mapped[str] = mapped_column(String(200), default="")
    told_at: Mapped[datetime | None]
    told_digest: Mapped[str] = mapped_column(String(64), default="")  # of what was told; another one asks again
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    person: Mapped[StaffPerson | None] = relationship(foreign_keys=person_id)
    host: Mapped[StaffPerson | None] = relationship(foreign_keys=host_id)

    __mapper_args__ = {"version_id_col": version}

    def name_in(self, language: str) -> str:
        """Return the name in a language, where one was given."""
        return (self.name_en if language == "en" else "") or self.name

    def title_in(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title

    def body_in(self, language: str) -> str:
        return (self.body_en if language == "en" else "") or self.body


class SessionKind(StrEnum):
    """What a session is. Only talks are rehearsed and answer the dealers' questions."""

    TALK = "talk"
    CEREMONY = "ceremony"  # opening, words of welcome, closing
    SIGNING = "signing"
    BREAK = "break"
    MEAL = "meal"


class Point(StrEnum):
    """What a talk answers for a dealer, and what it makes a dealer trust."""

    MARKET = "market"
    MARGIN = "margin"
    SUPPORT = "support"
    COMPANY = "company"
    TRUST_COMPANY = "trust_company"
    TRUST_PRODUCT = "trust_product"
    TRUST_MODEL = "trust_model"
    TRUST_MARGIN = "trust_margin"
    TRUST_CONTRACT = "trust_contract"


class AgendaSession(Base):
    """A session. Instants make it no matter that one passes midnight. On the day it has a true start and end too."""

    __tablename__ = "agenda_sessions"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("ended_at >= began_at", name="ended_after_began"),
        Index("ix_agenda_sessions_event_id_starts_at", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[SessionKind] = mapped_column(choice(SessionKind), default=SessionKind.TALK)
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    room: Mapped[str] = mapped_column(String(80), default="")
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("front_people.id", ondelete="SET NULL"), index=True)
    is_public: Mapped[bool] = mapped_column(default=True)  # stands in the programme that guests see
    note: Mapped[str] = mapped_column(String(300), default="")
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    speaker: Mapped[FrontPerson | None] = relationship()
    points: Mapped[list["SessionPoint"]] = relationship(cascade="all, delete-orphan", order_by="SessionPoint.point")
    slides: Mapped[list["SlideSet"]] = relationship(
        cascade="all, delete-orphan", order_by="SlideSet.number.desc()", back_populates="session"
    )
    rehearsals: Mapped[list["Rehearsal"]] = relationship(
        cascade="all, delete-orphan", order_by="Rehearsal.held_on.desc(), Rehearsal.id.desc()", back_populates="session"
    )
    cues: Mapped[list["RunCue"]] = relationship(
        cascade="all, delete-orphan", order_by="RunCue.offset, RunCue.id", back_populates="session"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def covered(self) -> frozenset[Point]:
        return frozenset(each.point for each in self.points)

    def title_in(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title


class SessionPoint(Base):
    """A session covers a point."""

    __tablename__ = "session_points"

    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_sessions.id", ondelete="CASCADE"), primary_key=True)
    point: Mapped[Point] = mapped_column(choice(Point), primary_key=True)


class SlideSet(Base):
    """Slides of a session. The highest number is what is shown; the unique row tells two uploads apart."""

    __tablename__ = "slide_sets"
    __table_args__ = (UniqueConstraint("session_id", "number"), CheckConstraint("number > 0", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_sessions.id", ondelete="CASCADE"))
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    note: Mapped[str] = mapped_column(String(120), default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    session: Mapped[AgendaSession] = relationship(back_populates="slides")
    file: Mapped[File] = relationship()
    added_by: Mapped[User | None] = relationship()


class Rehearsal(Base):
    """A rehearsal of a session by whoever was to speak then: another speaker has to pass one anew."""

    __tablename__ = "rehearsals"
    __table_args__ = (Index("ix_rehearsals_session_id_held_on", "session_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_sessions.id", ondelete="CASCADE"))
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("front_people.id", ondelete="SET NULL"), index=True)
    held_on: Mapped[date]
    watched_by: Mapped[str] = mapped_column(String(200), default="")
    questions: Mapped[str] = mapped_column(Text, default="")  # that were asked: one a line
    to_mend: Mapped[str] = mapped_column(Text, default="")  # one a line
    is_ready: Mapped[bool]
    logged_at: Mapped[datetime]
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    session: Mapped[AgendaSession] = relationship(back_populates="rehearsals")
    speaker: Mapped[FrontPerson | None] = relationship()
    logged_by: Mapped[User | None] = relationship()

    @property
    def question_lines(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def mend_lines(self) -> list[str]:
        return [line.strip() for line in self.to_mend.splitlines() if line.strip()]


class RunCue(Base):
    """A line of the run sheet, so many minutes from its session's start: it moves and is late together with it."""

    __tablename__ = "run_cues"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_sessions.id", ondelete="CASCADE"), index=True)
    offset: Mapped[int] = mapped_column(default=0)  # minutes; before the start it is negative
    who: Mapped[str] = mapped_column(String(80), default="")
    what: Mapped[str] = mapped_column(String(200))
    cue: Mapped[str] = mapped_column(String(120), default="")  # at which sign
    sound: Mapped[str] = mapped_column(String(120), default="")
    light: Mapped[str] = mapped_column(String(120), default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    session: Mapped[AgendaSession] = relationship(back_populates="cues")

    __mapper_args__ = {"version_id_col": version}


class PublicityEntry(Base):
    """A row of the publicity plan: what a medium carries and when. A known cost is a commitment of the budget."""

    __tablename__ = "publicity_entries"
    __table_args__ = (
        CheckConstraint("cost >= 0", name="cost"),
        Index("ix_publicity_entries_event_id_due_on", "event_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    medium: Mapped[str] = mapped_column(String(80))
    piece: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[date]
    cost_line: Mapped[str] = mapped_column(String(40), default="media")  # the key of a budget line
    cost: Mapped[Decimal | None]  # in the event's currency, tax included
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    appeared_on: Mapped[date | None]
    proof_url: Mapped[str] = mapped_column(String(300), default="")
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # a picture or a PDF of the piece
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    owner: Mapped[User | None] = relationship()
    proof_file: Mapped[File | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ProgrammePage(Base):
    """The address under which guests read the programme. Taken back, it is gone; a new one is another address."""

    __tablename__ = "programme_pages"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
