"""What stands behind a dealer before a contract: screening and the qualification papers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.dealer import Dealer
from app.models.record import File
from app.models.user import User


class PaperKind(StrEnum):
    """Which paper. `dealers.rules` says which ones a contract needs."""

    BUSINESS_LICENCE = "business_licence"
    INDUSTRY_LICENCE = "industry_licence"
    QUALITY_CERTIFICATE = "quality_certificate"  # GSP, for medicine
    TAX_REGISTRATION = "tax_registration"
    VAT_CERTIFICATE = "vat_certificate"
    AUTHORIZATION = "authorization"  # of the signatory, by the legal representative
    AGENT_ID = "agent_id"
    BUYER_CERTIFICATE = "buyer_certificate"


class PaperState(StrEnum):
    """What compliance said of a paper."""

    WANTED = "wanted"  # not there yet
    SUBMITTED = "submitted"
    PASSED = "passed"
    RETURNED = "returned"


class QualificationPaper(Base):
    """One paper of one dealer. A newer one of the same kind takes its place; the older row stays."""

    __tablename__ = "qualification_papers"
    __table_args__ = (Index("ix_qualification_papers_dealer_id_kind", "dealer_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id", ondelete="CASCADE"))
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind))
    state: Mapped[PaperState] = mapped_column(choice(PaperState), default=PaperState.SUBMITTED)
    number: Mapped[str] = mapped_column(String(60), default="")
    holder: Mapped[str] = mapped_column(String(80), default="")  # the authorized person, on an authorization
    scope: Mapped[str] = mapped_column(String(300), default="")  # what it licenses, keys of product lines or words
    is_stamped: Mapped[bool] = mapped_column(default=False)  # with the dealer's company seal
    valid_until: Mapped[date | None]  # None: no end
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")  # why it was returned
    replaced_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    dealer: Mapped[Dealer] = relationship()
    file: Mapped[File | None] = relationship()
    checked_by: Mapped[User | None] = relationship(foreign_keys=checked_by_id)

    __mapper_args__ = {"version_id_col": version}


class ScreeningVerdict(StrEnum):
    """What screening said of a dealer."""

    PASSED = "passed"
    REFUSED = "refused"


class Screening(Base):
    """One screening of a dealer against the selection criteria. The newest counts."""

    __tablename__ = "screenings"
    __table_args__ = (Index("ix_screenings_dealer_id_id", "dealer_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id", ondelete="CASCADE"))
    verdict: Mapped[ScreeningVerdict] = mapped_column(choice(ScreeningVerdict))
    score: Mapped[int | None]  # 0–100
    reason: Mapped[str] = mapped_column(String(300), default="")  # for every refusal or exception
    screened_at: Mapped[datetime]
    screened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    dealer: Mapped[Dealer] = relationship()
    screened_by: Mapped[User | None] = relationship()
