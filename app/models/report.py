"""What is kept of an event afterwards besides its rows: figures at set days, next steps, photos, publicity pieces."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.record import File
from app.models.user import User

__all__ = ["NextStep", "PieceKind", "PublicityPiece", "ReportPhoto", "ReportSnapshot"]


class ReportSnapshot(Base):
    """The figures of an event's report as they were so many days after it. The unique row makes each happen once."""

    __tablename__ = "report_snapshots"
    __table_args__ = (UniqueConstraint("event_id", "days"), CheckConstraint("days >= 0", name="days"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    days: Mapped[int]  # after the event's last day
    taken_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # name -> a whole number, a sum as text, or null

    event: Mapped[Event] = relationship()


class NextStep(Base):
    """What happens next with a guest who did not sign, who does it and until when."""

    __tablename__ = "next_steps"
    __table_args__ = (Index("ix_next_steps_owner_id_done_at", "owner_id", "done_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), unique=True)
    text: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    said_at: Mapped[datetime]
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation] = relationship()
    owner: Mapped[User] = relationship(foreign_keys=owner_id)

    __mapper_args__ = {"version_id_col": version}


class ReportPhoto(Base):
    """A photo of the event that stands in its report."""

    __tablename__ = "report_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    caption: Mapped[str] = mapped_column(String(120), default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    file: Mapped[File] = relationship()


class PieceKind(StrEnum):
    """What marketing publishes about an event."""

    NEWS = "news"
    POST = "post"  # in a chat group
    THANKS = "thanks"  # to everybody who came


class PublicityPiece(Base):
    """A publicity piece as somebody has worded it; without a row the draft of the house is shown."""

    __tablename__ = "publicity_pieces"
    __table_args__ = (UniqueConstraint("event_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[PieceKind] = mapped_column(choice(PieceKind))
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)  # {facts} in braces are filled in when it is shown
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    edited_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
