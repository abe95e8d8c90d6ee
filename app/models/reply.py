"""What a guest answered, who comes along, and the question asked again before the day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.invitation import Invitation
from app.models.user import User


class Answer(StrEnum):
    """The three answers a guest can give, to the invitation and to the question before the day."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    SUBSTITUTE = "substitute"


class Via(StrEnum):
    """How an answer reached us."""

    LINK = "link"  # the guest pressed the button
    PHONE = "phone"  # one of us recorded it


class TravelMode(StrEnum):
    """How a guest arrives."""

    TRAIN = "train"
    FLIGHT = "flight"
    CAR = "car"
    OTHER = "other"


class Reply(Base):
    """The answer on record to one invitation. Earlier answers are in the journal."""

    __tablename__ = "replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), unique=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    decline_reason: Mapped[str] = mapped_column(String(200), default="")
    substitute_name: Mapped[str] = mapped_column(String(60), default="")
    substitute_mobile: Mapped[str] = mapped_column(String(20), default="")
    travel_mode: Mapped[TravelMode | None] = mapped_column(choice(TravelMode))
    travel_number: Mapped[str] = mapped_column(String(20), default="")
    arrives_at: Mapped[datetime | None]
    pickup_wanted: Mapped[bool] = mapped_column(default=False)
    hotel_from: Mapped[date | None]
    hotel_nights: Mapped[int] = mapped_column(default=0)
    diet: Mapped[str] = mapped_column(String(120), default="")
    question: Mapped[str] = mapped_column(Text, default="")
    question_answer: Mapped[str] = mapped_column(Text, default="")  # the guest reads it on the personal page
    question_answered_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]
    via: Mapped[Via] = mapped_column(choice(Via))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    invitation: Mapped[Invitation] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Companion(Base):
    """Somebody who comes along with a guest."""

    __tablename__ = "companions"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))

    invitation: Mapped[Invitation] = relationship()


class Round(Base):
    """One asking-again of an event. A second one exists only when the event was moved after the first."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    event_starts_at: Mapped[datetime]  # the start it was asked for
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Confirmation(Base):
    """The question asked again to one guest in one round, and the answer."""

    __tablename__ = "confirmations"
    __table_args__ = (UniqueConstraint("invitation_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(choice(Answer))
    answered_at: Mapped[datetime | None]
    via: Mapped[Via | None] = mapped_column(choice(Via))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    invitation: Mapped[Invitation] = relationship()
    round: Mapped[Round] = relationship()


class CallOutcome(StrEnum):
    """What came of a call."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    SUBSTITUTE = "substitute"
    CALL_BACK = "call_back"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"


class Call(Base):
    """One call to a guest."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_invitation_id_called_at", "invitation_id", "called_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    called_at: Mapped[datetime]
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[CallOutcome] = mapped_column(choice(CallOutcome))
    note: Mapped[str] = mapped_column(String(300), default="")
    next_call_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what stood before, so that it can be undone

    invitation: Mapped[Invitation] = relationship()
    caller: Mapped[User | None] = relationship()
