"""How a contract is signed: sessions, marks, every step with its witnesses, the seal, and the wall in the hall."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.contract import Contract
from app.models.record import File
from app.models.user import User


class SigningWay(StrEnum):
    """On what the dealer signs."""

    TABLET = "tablet"
    PHONE = "phone"  # the dealer's own, by QR
    PAPER = "paper"
    SERVICE = "service"  # a licensed signing service


class IdentityPaper(StrEnum):
    """Which paper the host has seen."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"  # of people from Hong Kong, Macao and Taiwan
    OTHER = "other"


class Signing(Base):
    """One sitting in which a dealer reads and signs. A second one makes the first one's link void."""

    __tablename__ = "signings"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)  # of the tablet's or phone's page
    way: Mapped[SigningWay] = mapped_column(choice(SigningWay))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # signed, or given up
    document_sha256: Mapped[str] = mapped_column(String(64))  # of what is read and signed
    identity_paper: Mapped[IdentityPaper | None] = mapped_column(choice(IdentityPaper))
    identity_last4: Mapped[str] = mapped_column(String(4), default="")
    identity_seen_at: Mapped[datetime | None]
    identity_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[datetime | None]  # the document was first open before the reader
    pages_read: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # page -> seconds
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # picture of the dealer's company stamp
    code_mobile: Mapped[str] = mapped_column(String(20), default="")  # E.164; where the code by SMS goes
    code_digest: Mapped[str] = mapped_column(String(64), default="")  # of that code
    code_sent_at: Mapped[datetime | None]
    codes_sent: Mapped[int] = mapped_column(default=0)
    code_tries: Mapped[int] = mapped_column(default=0)  # with the newest code
    code_passed_at: Mapped[datetime | None]
    remote_id: Mapped[str | None] = mapped_column(String(80), unique=True)  # at the licensed service
    remote_url: Mapped[str] = mapped_column(String(300), default="")

    contract: Mapped[Contract] = relationship()
    host: Mapped[User | None] = relationship(foreign_keys=host_id)
    stamp: Mapped[File | None] = relationship()


class Party(StrEnum):
    """Whose mark it is."""

    DEALER = "dealer"
    COMPANY = "company"


class Mark(Base):
    """A signature on a contract. The unique row is what makes one signing happen once."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("contract_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    party: Mapped[Party] = mapped_column(choice(Party))
    client_id: Mapped[str] = mapped_column(String(40), unique=True)  # made on the device: sending again changes nothing
    signing_id: Mapped[int | None] = mapped_column(ForeignKey("signings.id"))
    way: Mapped[SigningWay] = mapped_column(choice(SigningWay))
    name: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(60), default="")
    strokes: Mapped[list[Any] | None] = mapped_column(JSON)  # [[x, y, ms, pressure], ...] a stroke, in the pad's pixels
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # of the strokes, or the scanned paper
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # the company stamp's picture
    document_sha256: Mapped[str] = mapped_column(String(64))  # of what was signed
    signed_at: Mapped[datetime]  # by our clock
    device_at: Mapped[datetime | None]  # by the device's
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # our officer
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(200), default="")

    contract: Mapped[Contract] = relationship()
    signing: Mapped[Signing | None] = relationship()
    picture: Mapped[File | None] = relationship(foreign_keys=picture_id)
    stamp: Mapped[File | None] = relationship(foreign_keys=stamp_id)


class StepKind(StrEnum):
    """One thing that happened on the way of a contract to its seal."""

    DOCUMENT_MADE = "document_made"
    OPENED = "opened"
    IDENTITY_SEEN = "identity_seen"
    PAGE_READ = "page_read"
    CODE_SENT = "code_sent"
    CODE_PASSED = "code_passed"
    CODE_REFUSED = "code_refused"
    DEALER_SIGNED = "dealer_signed"
    PAPER_PRINTED = "paper_printed"
    PAPER_RECEIVED = "paper_received"
    PAPER_CHECKED = "paper_checked"
    PAPER_RETURNED = "paper_returned"
    COUNTERSIGNED = "countersigned"
    SEALED = "sealed"
    COPY_SENT = "copy_sent"
    DOWNLOADED = "downloaded"
    VERIFIED = "verified"
    GIVEN_UP = "given_up"
    VOIDED = "voided"


class Step(Base):
    """A row of the audit trail. Rows are only ever added; the certificate page is nothing but a view of them."""

    __tablename__ = "contract_steps"
    __table_args__ = (Index("ix_contract_steps_contract_id_id", "contract_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    kind: Mapped[StepKind] = mapped_column(choice(StepKind))
    at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(40), default="")  # where it happened
    actor: Mapped[str] = mapped_column(String(80), default="")
    host: Mapped[str] = mapped_column(String(80), default="")
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(200), default="")
    sha256_before: Mapped[str] = mapped_column(String(64), default="")
    sha256_after: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # page, seconds, paper: nothing secret


class Seal(Base):
    """The sealed document of a contract. It is made once; its bytes never change."""

    __tablename__ = "seals"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_at: Mapped[datetime]
    certificate: Mapped[str] = mapped_column(String(64))  # SHA-256 of the certificate it was sealed with
    is_trial: Mapped[bool] = mapped_column(default=False)  # a self-made certificate, not a licensed CA's
    is_timestamped: Mapped[bool] = mapped_column(default=False)
    copy_token: Mapped[str] = mapped_column(String(40), unique=True)  # the dealer's own copy, by QR or mail
    copy_until: Mapped[datetime]

    contract: Mapped[Contract] = relationship()
    file: Mapped[File] = relationship()


class OfficerSignature(Base):
    """The signature an officer has drawn once, to stand under every contract they countersign."""

    __tablename__ = "officer_signatures"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    strokes: Mapped[list[Any]] = mapped_column(JSON)
    drawn_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class CompanyStamp(Base):
    """A picture of our own company stamp. The newest one that is not retired stands in sealed documents."""

    __tablename__ = "company_stamps"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    retired_at: Mapped[datetime | None]

    file: Mapped[File] = relationship()


class ServiceCall(Base):
    """A call that a licensed signing service made to us. Its id is taken once, so a replay changes nothing."""

    __tablename__ = "service_calls"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)  # as the service names the call
    signing_id: Mapped[int] = mapped_column(ForeignKey("signings.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]


class PaperScan(Base):
    """A scan or photo of a contract signed on paper, waiting to be checked page by page."""

    __tablename__ = "paper_scans"
    __table_args__ = (UniqueConstraint("contract_id", "page", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"))
    page: Mapped[int]  # as its QR says
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(200), default="")

    file: Mapped[File] = relationship()


class WallEntry(Base):
    """What the big screen in the hall says about a signed contract, once the dealer agrees and the host lets it."""

    __tablename__ = "wall_entries"
    __table_args__ = (Index("ix_wall_entries_event_id_released_at", "event_id", "released_at"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))  # short
    city: Mapped[str] = mapped_column(String(40), default="")
    is_consented: Mapped[bool] = mapped_column(default=False)  # by the dealer
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    deposit_seen_at: Mapped[datetime | None]  # for walls that show nobody before it has come
    deposit_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    drawn_at: Mapped[datetime | None]  # won the draw among those who signed

    contract: Mapped[Contract] = relationship()


class Wall(Base):
    """How one event's signing wall behaves."""

    __tablename__ = "walls"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)  # opens the wall on the hall's computer
    after_deposit: Mapped[bool] = mapped_column(default=False)  # not before the deposit is confirmed
    shows_sums: Mapped[bool] = mapped_column(default=False)
    shows_bands: Mapped[bool] = mapped_column(default=True)
    releases_itself: Mapped[bool] = mapped_column(default=False)  # else the host lets each one up
