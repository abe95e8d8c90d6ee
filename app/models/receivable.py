"""What dealers owe: made from the terms of a contract in the transaction that seals it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.contract import Contract, PaymentKind
from app.models.dealer import Dealer
from app.models.user import User


class Receivable(Base):
    """One sum a dealer is to pay by a day."""

    __tablename__ = "receivables"
    __table_args__ = (
        UniqueConstraint("contract_id", "position"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_receivables_due_on", "due_on"),
        Index("ix_receivables_rep_id_due_on", "rep_id", "due_on"),
        Index("ix_receivables_event_id_due_on", "event_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    position: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who signed the dealer chases the payment
    kind: Mapped[PaymentKind] = mapped_column(choice(PaymentKind))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal]
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]  # the contract became void

    contract: Mapped[Contract] = relationship()
    dealer: Mapped[Dealer] = relationship()
    rep: Mapped[User | None] = relationship()
