"""An invitation of one dealer to one event, and the imports it came by."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.dealer import Dealer
from app.models.event import Event
from app.models.record import File, Job
from app.models.user import User


class GuestKind(StrEnum):
    """What somebody comes as."""

    DEALER = "dealer"
    EXPERT = "expert"
    MEDIA = "media"
    GOVERNMENT = "government"
    ASSOCIATION = "association"
    STAFF = "staff"


class Readiness(StrEnum):
    """How near a dealer is to signing at this event."""

    READY = "ready"
    LEANING = "leaning"
    WAVERING = "wavering"
    PROSPECT = "prospect"


class InvitationState(StrEnum):
    """Where an invitation stands. `rules.py` of the invitations room says which follows which."""

    LISTED = "listed"
    INVITED = "invited"
    NO_ANSWER = "no_answer"  # never replied, and has been asked again
    ACCEPTED = "accepted"
    WAITING = "waiting"  # would come, but the hall is full
    DECLINED = "declined"
    FIRM = "firm"
    SUBSTITUTE = "substitute"  # firm, but somebody else comes
    SILENT = "silent"  # asked again, has not answered: to be called
    DECLINED_LATE = "declined_late"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"


class Invitation(Base):
    """One dealer, one event."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("event_id", "dealer_id"),
        Index("ix_invitations_event_id_state", "event_id", "state"),
        Index("ix_invitations_event_id_rep_id", "event_id", "rep_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    kind: Mapped[GuestKind] = mapped_column(choice(GuestKind), default=GuestKind.DEALER)
    readiness: Mapped[Readiness] = mapped_column(choice(Readiness), default=Readiness.PROSPECT)
    is_lead_signer: Mapped[bool] = mapped_column(default=False)
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    companions_allowed: Mapped[int] = mapped_column(default=1)
    expected_amount: Mapped[Decimal | None]  # of the first contract, in the event's currency
    table_label: Mapped[str] = mapped_column(String(20), default="")
    notes: Mapped[str] = mapped_column(Text, default="")  # for our own people
    host_notes: Mapped[str] = mapped_column(String(200), default="")  # shown at the door

    token: Mapped[str] = mapped_column(String(40), unique=True)  # the personal reply link
    state: Mapped[InvitationState] = mapped_column(choice(InvitationState), default=InvitationState.LISTED)
    listed_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]  # the reply page was first seen by a person who pressed something
    waiting_since: Mapped[datetime | None]
    waiting_priority: Mapped[int] = mapped_column(default=0)  # put forward by hand: higher comes first
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    dealer: Mapped[Dealer] = relationship()
    rep: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ImportState(StrEnum):
    """How far an import is. The file is read in full before anything is changed."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REVERTING = "reverting"
    REVERTED = "reverted"
    FAILED = "failed"


class RowVerdict(StrEnum):
    """What an import does with one row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Import(Base):
    """One uploaded invite list."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    sheet: Mapped[str] = mapped_column(String(100), default="")
    sheets: Mapped[list[Any]] = mapped_column(JSON, default=list)  # names of the visible ones
    row_count: Mapped[int] = mapped_column(default=0)  # of the sheet, headings and titles included
    top_rows: Mapped[list[Any]] = mapped_column(JSON, default=list)  # the first ones, shortened, to map columns by
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.UPLOADED)
    header_row: Mapped[int] = mapped_column(default=0)  # index among the rows that are not blank; -1: there is none
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # field -> column index
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # verdict -> rows
    error_code: Mapped[str] = mapped_column(String(40), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))  # the one that checks, applies or reverts it
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    applied_at: Mapped[datetime | None]
    reverted_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    created_by: Mapped[User | None] = relationship()
    file: Mapped[File | None] = relationship()
    job: Mapped[Job | None] = relationship()


class ImportRow(Base):
    """One row of an import: what stood there, what became of it, and what stood before, so that it can be undone.

    Until the import is applied, verdict and changes are those of the dry run.
    """

    __tablename__ = "import_rows"
    __table_args__ = (UniqueConstraint("import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    line: Mapped[int]
    verdict: Mapped[RowVerdict] = mapped_column(choice(RowVerdict))
    cells: Mapped[list[Any]] = mapped_column(JSON)
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [field, reason code, detail]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # field -> [before, after]
    made_dealer: Mapped[bool] = mapped_column(default=False)  # and not only the invitation
    kept: Mapped[str] = mapped_column(String(24), default="")  # why a revert left the guest as they were
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id", ondelete="SET NULL"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)


class ColumnMapping(Base):
    """How somebody mapped the columns of a file with these headings, remembered for the next one."""

    __tablename__ = "column_mappings"

    signature: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[datetime]
