"""What is agreed about money beyond paying it: refunds, write-offs, bonus, interest, instalments, problem accounts.

An adjustment is asked for, shown as figures, approved by other people, and only then written into the ledger. Its
figures are frozen in `facts` when it is asked for, so that what was approved can be read years later.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.contract import PaymentKind
from app.models.dealer import Dealer
from app.models.receivable import Posting, Receivable
from app.models.user import User


class AdjustmentKind(StrEnum):
    """What is asked for."""

    REFUND = "refund"  # paid money goes back to the dealer, or is kept for good
    WRITE_OFF = "write_off"
    BONUS = "bonus"  # for paying early
    INTEREST = "interest"  # for paying late
    INSTALMENTS = "instalments"  # what is open is paid in parts, on new days


class AdjustmentState(StrEnum):
    """Where an adjustment stands."""

    ASKED = "asked"
    POSTED = "posted"  # approved, and in the ledger
    REFUSED = "refused"
    REVERSED = "reversed"  # its rows of the ledger were taken back


class Occasion(StrEnum):
    """Why paid money goes back, or does not."""

    PERFORMED = "performed"  # the contract has run its course
    OUTLETS = "outlets"  # as many outlets are open as the deposit's rule asks for
    DEALER_WITHDRAWS = "dealer_withdraws"
    WE_WITHDRAW = "we_withdraw"
    AGREED = "agreed"  # both end it, or nobody is at fault
    BREACH = "breach"  # the dealer broke the contract


class Adjustment(Base):
    """One change of the ledger that somebody asked for."""

    __tablename__ = "adjustments"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(kind = 'refund') = (occasion IS NOT NULL)", name="occasion"),
        Index("ix_adjustments_state_kind", "state", "kind"),
        Index("ix_adjustments_receivable_id_id", "receivable_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AdjustmentKind] = mapped_column(choice(AdjustmentKind))
    state: Mapped[AdjustmentState] = mapped_column(choice(AdjustmentState), default=AdjustmentState.ASKED)
    receivable_id: Mapped[int] = mapped_column(ForeignKey("receivables.id"))
    amount: Mapped[Decimal]  # goes to the dealer, is given up, is added, or is divided: as its kind says
    occasion: Mapped[Occasion | None] = mapped_column(choice(Occasion))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # how it was worked out, sums as text
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]  # posted or refused

    receivable: Mapped[Receivable] = relationship()
    asked_by: Mapped[User | None] = relationship()
    votes: Mapped[list["AdjustmentVote"]] = relationship(order_by="AdjustmentVote.id")
    parts: Mapped[list["AgreedPart"]] = relationship(order_by="AgreedPart.position")
    entries: Mapped[list["AdjustmentEntry"]] = relationship(order_by="AdjustmentEntry.posting_id")


class AdjustmentVote(Base):
    """What one person said to an adjustment. Nobody says it twice."""

    __tablename__ = "adjustment_votes"
    __table_args__ = (UniqueConstraint("adjustment_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    adjustment_id: Mapped[int] = mapped_column(ForeignKey("adjustments.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    is_yes: Mapped[bool]
    remarks: Mapped[str] = mapped_column(String(300), default="")

    by: Mapped[User] = relationship()


class AdjustmentEntry(Base):
    """A row of the ledger that an adjustment brought about."""

    __tablename__ = "adjustment_entries"

    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    adjustment_id: Mapped[int] = mapped_column(ForeignKey("adjustments.id"), index=True)

    posting: Mapped[Posting] = relationship()


class AgreedPart(Base):
    """One part of an instalment agreement; once it is approved, the receivable it became."""

    __tablename__ = "agreed_parts"
    __table_args__ = (UniqueConstraint("adjustment_id", "position"), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    adjustment_id: Mapped[int] = mapped_column(ForeignKey("adjustments.id"))
    position: Mapped[int]
    due_on: Mapped[date]
    amount: Mapped[Decimal]
    receivable_id: Mapped[int | None] = mapped_column(ForeignKey("receivables.id"), index=True)

    receivable: Mapped[Receivable | None] = relationship()


class RefundRule(Base):
    """When money of a kind goes back, at one event. Without a row the house's rule holds."""

    __tablename__ = "refund_rules"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        CheckConstraint("kept_percent >= 0", name="kept_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[PaymentKind] = mapped_column(choice(PaymentKind))
    free_days: Mapped[int | None]  # after paying, in which all of it goes back; None: no such time
    kept_percent: Mapped[Decimal] = mapped_column(default=Decimal(0))  # kept after that when the dealer withdraws
    outlets: Mapped[int | None]  # so many opened outlets bring the deposit back early
    outlets_days: Mapped[int | None]  # after signing, in which they have to be open


class PaymentRules(Base):
    """What early and late payment is worth at an event, and when a problem account loses its territory."""

    __tablename__ = "payment_rules"
    __table_args__ = (CheckConstraint("late_rate >= 0 AND early_rate >= 0", name="rates"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    late_rate: Mapped[Decimal]  # percent a day
    grace_days: Mapped[int]  # after the due date, free of interest
    late_cap: Mapped[Decimal]  # percent of the sum that interest never goes beyond
    early_rate: Mapped[Decimal]  # percent a day
    early_most_days: Mapped[int]  # so many days early are rewarded at most
    release_days: Mapped[int]  # from opening a problem account to letting the territory go


class ProblemDecision(StrEnum):
    """What was decided about a problem account."""

    CHASE = "chase"  # go on calling, closer
    INSTALMENTS = "instalments"
    LAWYER = "lawyer"
    WRITE_OFF = "write_off"


class ProblemAccount(Base):
    """A dealer whose account went bad: who sees to it, how, by when it is decided, and what was. One open a dealer."""

    __tablename__ = "problem_accounts"
    __table_args__ = (
        Index(
            "ix_problem_accounts_open",
            "dealer_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_problem_accounts_owner_id_closed_at", "owner_id", "closed_at"),
        CheckConstraint("decided_at IS NULL OR decision IS NOT NULL", name="decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    plan: Mapped[str] = mapped_column(Text, default="")
    decide_by: Mapped[date]
    decision: Mapped[ProblemDecision | None] = mapped_column(choice(ProblemDecision))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision_note: Mapped[str] = mapped_column(String(300), default="")
    supply_stopped_at: Mapped[datetime | None]
    release_on: Mapped[date | None]  # the territory goes to whoever waits for it, unless it is paid before
    released_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closing_note: Mapped[str] = mapped_column(String(300), default="")

    dealer: Mapped[Dealer] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)


class CreditStanding(StrEnum):
    """How far a dealer can be trusted to pay, worked out from what they did."""

    NEW = "new"  # nothing was due yet
    GOOD = "good"
    FAIR = "fair"
    WATCH = "watch"
    BAD = "bad"


__all__ = [
    "Adjustment",
    "AdjustmentEntry",
    "AdjustmentKind",
    "AdjustmentState",
    "AdjustmentVote",
    "AgreedPart",
    "CreditStanding",
    "Occasion",
    "PaymentRules",
    "ProblemAccount",
    "ProblemDecision",
    "RefundRule",
]
