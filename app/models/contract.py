"""Contracts: their terms, who approved them, and the numbers they are filed under."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.dealer import Dealer
from app.models.event import Event
from app.models.invitation import Invitation
from app.models.record import File
from app.models.template import ContractKind, TemplateVersion
from app.models.territory import Package, TerritoryGrant
from app.models.user import User


class ContractState(StrEnum):
    """Where a contract stands. `contracts.rules.life` says which follows which."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"  # with remarks: edit it and submit it again
    APPROVED = "approved"  # its document is made and frozen; it may be signed
    SIGNING = "signing"  # the pen is in the dealer's hand
    SIGNED = "signed"  # by the dealer
    COUNTERSIGNED = "countersigned"  # by our officer, and sealed
    FILED = "filed"
    VOID = "void"
    ENDED = "ended"


class Tier(StrEnum):
    """What the dealer becomes."""

    EXCLUSIVE = "exclusive"
    GENERAL = "general"
    SUB_DEALER = "sub_dealer"
    TRIAL = "trial"


class SignatoryKind(StrEnum):
    """By which right somebody signs for the dealer."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    AUTHORIZED = "authorized"  # by a letter of authorization


class Contract(Base):
    """One document between the company and a dealer. An amendment is one of its own, tied to the one it changes."""

    __tablename__ = "contracts"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_contracts_event_id_state_kind", "event_id", "state", "kind"),
        Index("ix_contracts_dealer_id_id", "dealer_id", "id"),
        Index("ix_contracts_rep_id_state_kind", "rep_id", "state", "kind"),
        Index("ix_contracts_state_ends_on", "state", "ends_on"),
        Index("ix_contracts_signed_at_id", "signed_at", "id"),
        Index("ix_contracts_state_kind", "state", "kind"),
        Index("ix_contracts_total_id", "total", "id"),
        Index("ix_contracts_ends_on_id", "ends_on", "id"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("deposit >= 0", name="deposit"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(30))  # given on approval, without gaps per year and kind
    kind: Mapped[ContractKind] = mapped_column(choice(ContractKind), default=ContractKind.DISTRIBUTION)
    state: Mapped[ContractState] = mapped_column(choice(ContractState), default=ContractState.DRAFT)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    template_version_id: Mapped[int] = mapped_column(ForeignKey("template_versions.id"), index=True)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True)
    package_id: Mapped[int | None] = mapped_column(ForeignKey("packages.id"), index=True)

    tier: Mapped[Tier] = mapped_column(choice(Tier), default=Tier.GENERAL)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]  # the last day
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    total: Mapped[Decimal] = mapped_column(default=Decimal(0))  # the contract's sum, in its currency
    deposit: Mapped[Decimal] = mapped_column(default=Decimal(0))
    deposit_refund: Mapped[str] = mapped_column(String(200), default="")  # the rule: "when 5 outlets are opened"
    discount_percent: Mapped[Decimal] = mapped_column(default=Decimal(0))
    rebate_percent: Mapped[Decimal] = mapped_column(default=Decimal(0))
    credit_days: Mapped[int] = mapped_column(default=0)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # variable key -> what was typed, as text
    signatory_kind: Mapped[SignatoryKind] = mapped_column(
        choice(SignatoryKind), default=SignatoryKind.LEGAL_REPRESENTATIVE
    )
    signatory: Mapped[str] = mapped_column(String(60), default="")
    signatory_title: Mapped[str] = mapped_column(String(60), default="")
    signatory_mobile: Mapped[str] = mapped_column(String(20), default="")  # E.164

    signing_position: Mapped[int | None]  # in the signing order of the event; lead signers first
    document_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # what is approved, read and signed
    document_pages: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]  # by the dealer
    countersigned_at: Mapped[datetime | None]
    filed_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    void_why: Mapped[str] = mapped_column(String(200), default="")
    retain_until: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    dealer: Mapped[Dealer] = relationship()
    rep: Mapped[User | None] = relationship(foreign_keys=rep_id)
    template_version: Mapped[TemplateVersion] = relationship()
    amends: Mapped["Contract | None"] = relationship(remote_side="Contract.id")
    package: Mapped[Package | None] = relationship()
    document: Mapped[File | None] = relationship()
    grants: Mapped[list[TerritoryGrant]] = relationship(foreign_keys=TerritoryGrant.contract_id)
    goods: Mapped[list["ContractGoods"]] = relationship(cascade="all, delete-orphan", order_by="ContractGoods.position")
    targets: Mapped[list["ContractTarget"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="ContractTarget.position"
    )
    payment_terms: Mapped[list["PaymentTerm"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="PaymentTerm.position"
    )
    approvals: Mapped[list["Approval"]] = relationship(back_populates="contract", order_by="Approval.id")

    __mapper_args__ = {"version_id_col": version}


class ContractGoods(Base):
    """One row of the table of goods."""

    __tablename__ = "contract_goods"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price >= 0", name="price"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    specification: Mapped[str] = mapped_column(String(80), default="")
    unit: Mapped[str] = mapped_column(String(12), default="")
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]


class ResultSource(StrEnum):
    """Where it is known from what was achieved of a target."""

    TYPED = "typed"
    IMPORTED = "imported"
    PAYMENTS = "payments"  # follows the payments room until somebody says another figure


class ContractTarget(Base):
    """How much the dealer is to sell in a stretch of time."""

    __tablename__ = "contract_targets"
    __table_args__ = (
        Index("ix_contract_targets_ends_on", "ends_on"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("(achieved IS NULL) = (achieved_from IS NULL)", name="known_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    amount: Mapped[Decimal]  # in the contract's currency
    achieved: Mapped[Decimal | None]  # None: not known yet
    achieved_from: Mapped[ResultSource | None] = mapped_column(choice(ResultSource))
    achieved_at: Mapped[datetime | None]  # when the figure was said, or last changed with the payments

    contract: Mapped[Contract] = relationship(back_populates="targets")


class PaymentKind(StrEnum):
    """What a payment is for, in law.

    Earnest money (定金) binds both sides and counts up to 20 % of the contract (Civil Code of the PRC, art. 586, 587);
    a prepayment (订金) is just paid early.
    """

    INTENT = "intent"
    PREPAYMENT = "prepayment"
    EARNEST = "earnest"
    DEPOSIT = "deposit"
    FIRST_ORDER = "first_order"
    INSTALMENT = "instalment"


class PaymentTerm(Base):
    """One payment agreed on: due so many days after signing, or on a day."""

    __tablename__ = "payment_terms"
    __table_args__ = (
        UniqueConstraint("contract_id", "position"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(due_days IS NULL) <> (due_on IS NULL)", name="one_due_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[PaymentKind] = mapped_column(choice(PaymentKind))
    amount: Mapped[Decimal]  # in the contract's currency
    due_days: Mapped[int | None]  # after signing
    due_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="payment_terms")


class Decision(StrEnum):
    """What somebody said who was asked to approve."""

    APPROVED = "approved"
    RETURNED = "returned"


class ApprovalLevel(StrEnum):
    """Who has to approve: everything passes the sales manager, what is beyond limits the director."""

    MANAGER = "manager"
    DIRECTOR = "director"


class Approval(Base):
    """One question to approve a contract, and its answer. Submitting it again asks anew."""

    __tablename__ = "approvals"
    __table_args__ = (Index("ix_approvals_decided_at_level", "decided_at", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), index=True)
    level: Mapped[ApprovalLevel] = mapped_column(choice(ApprovalLevel))
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [term, asked, limit] beyond the rep's authority
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    remarks: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None]  # the contract was taken back before an answer

    contract: Mapped[Contract] = relationship(back_populates="approvals")
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)


class GateOverride(Base):
    """A missing point of the readiness gate that somebody with the right to has let pass, with the reason."""

    __tablename__ = "gate_overrides"
    __table_args__ = (UniqueConstraint("contract_id", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"))
    point: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship()


class NumberSeries(Base):
    """The last number given in a year to a kind of document. Counted up in the transaction that uses the number."""

    __tablename__ = "number_series"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class ContractAttachment(Base):
    """A file kept with a contract."""

    __tablename__ = "contract_attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    file: Mapped[File] = relationship()
    added_by: Mapped[User | None] = relationship()


class LookupRequest(Base):
    """Somebody without the right asks to see a contract; who has it lets them, for a time."""

    __tablename__ = "lookup_requests"
    __table_args__ = (Index("ix_lookup_requests_contract_id_user_id", "contract_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_granted: Mapped[bool] = mapped_column(default=False)
    until: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship()
    user: Mapped[User] = relationship(foreign_keys=user_id)
