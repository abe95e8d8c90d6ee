"""Talks with dealers in the hall: who sits with whom, and what is still open."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.invitation import Invitation
from app.models.user import User


class TalkState(StrEnum):
    """How a talk with a dealer on the day goes."""

    WAITING = "waiting"
    TALKING = "talking"
    STUCK = "stuck"  # somebody higher is wanted
    AGREED = "agreed"
    OFF = "off"


class Talk(Base):
    """Who sits with which dealer on the day, since when, and what is still open."""

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_event_id_state", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), unique=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    table_label: Mapped[str] = mapped_column(String(20), default="")
    open_points: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[TalkState] = mapped_column(choice(TalkState), default=TalkState.WAITING)
    since: Mapped[datetime]  # in this state
    version: Mapped[int] = mapped_column(default=1)

    invitation: Mapped[Invitation] = relationship()
    host: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
