"""Badges, scans and arrivals."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.invitation import Invitation, InvitationState
from app.models.reply import Companion
from app.models.user import User


class Badge(Base):
    """A badge with its code. A reprint is a new badge; the old one is revoked."""

    __tablename__ = "badges"
    __table_args__ = (
        # One valid badge for the guest, and one for each companion.
        Index(
            "uq_badges_valid_guest",
            "invitation_id",
            unique=True,
            sqlite_where=text("companion_id IS NULL AND revoked_at IS NULL"),
            postgresql_where=text("companion_id IS NULL AND revoked_at IS NULL"),
        ),
        Index(
            "uq_badges_valid_companion",
            "companion_id",
            unique=True,
            sqlite_where=text("companion_id IS NOT NULL AND revoked_at IS NULL"),
            postgresql_where=text("companion_id IS NOT NULL AND revoked_at IS NULL"),
        ),
        Index("ix_badges_invitation_id", "invitation_id"),
        Index("ix_badges_event_id_printed_at", "event_id", "printed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    created_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    invitation: Mapped[Invitation] = relationship()
    companion: Mapped[Companion | None] = relationship()


class Verdict(StrEnum):
    """What the door says."""

    ADMIT = "admit"
    ALREADY_IN = "already_in"
    DECLINED = "declined"
    NOT_INVITED = "not_invited"  # on the list, but no invitation went out
    WAITING = "waiting"  # would come, but the hall was full
    UNKNOWN = "unknown"
    OTHER_EVENT = "other_event"
    REVOKED = "revoked"


class Scan(Base):
    """One try at the door, whatever came of it."""

    __tablename__ = "scans"
    __table_args__ = (
        UniqueConstraint("event_id", "scan_id"),
        Index("ix_scans_event_id_scanned_at", "event_id", "scanned_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    scan_id: Mapped[str] = mapped_column(String(40))  # made by the desk: the same scan sent twice is one scan
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id", ondelete="SET NULL"))
    staff_pass_id: Mapped[int | None] = mapped_column(ForeignKey("staff_passes.id"))  # of the staff, then no guest
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    door: Mapped[str] = mapped_column(String(40), default="")
    scanned_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]


class Arrival(Base):
    """Somebody is in the hall. Undoing takes the row away; the scan stays."""

    __tablename__ = "arrivals"
    __table_args__ = (
        # The second of two simultaneous scans meets one of these and becomes ALREADY_IN.
        Index(
            "uq_arrivals_guest",
            "invitation_id",
            unique=True,
            sqlite_where=text("companion_id IS NULL"),
            postgresql_where=text("companion_id IS NULL"),
        ),
        Index(
            "uq_arrivals_companion",
            "companion_id",
            unique=True,
            sqlite_where=text("companion_id IS NOT NULL"),
            postgresql_where=text("companion_id IS NOT NULL"),
        ),
        Index("ix_arrivals_invitation_id", "invitation_id"),
        Index("ix_arrivals_event_id_arrived_at", "event_id", "arrived_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"))
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id"))
    arrived_at: Mapped[datetime]
    door: Mapped[str] = mapped_column(String(40), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    scan_id: Mapped[str] = mapped_column(String(40))
    state_before: Mapped[InvitationState] = mapped_column(choice(InvitationState))  # what an Undo goes back to

    invitation: Mapped[Invitation] = relationship()
    by: Mapped[User | None] = relationship()
