"""What dealers owe and what came in: receivables, receipts, and the ledger between them.

Nothing here is edited. Sums are rows: a posting takes a sum off a receivable (or puts interest on it), and is undone by
one that says the opposite. `Receivable.settled` and `Receipt.used` are the running totals of those rows, counted under
the row's lock in the transaction that posts; constraints let neither go beyond the sum, whoever posts at the same time.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, column, exists, table, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.models.base import Base, choice
from app.models.contract import Contract, PaymentKind
from app.models.dealer import Dealer
from app.models.event import Event
from app.models.message import Message
from app.models.record import File
from app.models.user import User

_OPEN = text("cancelled_at IS NULL AND settled < amount")
_FREE = text("bounced_at IS NULL AND used < amount")
_UNSEEN = text("bounced_at IS NULL AND confirmed_at IS NULL")
# All that ageing asks of an open sum, so that it reads nothing but this index.
_AGED = ("event_id", "rep_id", "dealer_id", "kind", "currency", "due_on", "amount", "settled", "cancelled_at")
_PROVISIONAL = text("confirmed_at IS NULL AND bounced_at IS NULL")
# Of `BankMatch`, which stands above this module: what tells a receipt taken back from one that bounced.
_MATCHES = table("bank_matches", *map(column, ("receipt_id", "kind", "reverses_id", "reason")))


class Receivable(Base):
    """One sum a dealer is to pay by a day. Made from a contract's terms in the transaction that seals it."""

    __tablename__ = "receivables"
    __table_args__ = (
        UniqueConstraint("contract_id", "position"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("settled <= amount", name="settled"),
        Index("ix_receivables_due_on", "due_on"),
        Index("ix_receivables_rep_id_due_on", "rep_id", "due_on"),
        Index("ix_receivables_event_id_due_on", "event_id", "due_on"),
        Index("ix_receivables_aged", *_AGED, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_receivables_open", "due_on", "event_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
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
    settled: Mapped[Decimal] = mapped_column(default=Decimal(0))  # the sum of its postings; below zero with interest
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]  # the contract became void

    contract: Mapped[Contract] = relationship()
    event: Mapped[Event | None] = relationship()
    dealer: Mapped[Dealer] = relationship()
    rep: Mapped[User | None] = relationship()

    @property
    def open_amount(self) -> Decimal:
        """What is still to be paid, in the receivable's currency."""
        return Decimal(0) if self.cancelled_at else self.amount - self.settled


class ReceivableState(StrEnum):
    """Where a receivable stands on a day."""

    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class AgeBucket(StrEnum):
    """How long what is open has been due."""

    NOT_DUE = "not_due"
    UP_TO_30 = "up_to_30"
    UP_TO_60 = "up_to_60"
    UP_TO_90 = "up_to_90"
    OVER_90 = "over_90"


class ReceiptWay(StrEnum):
    """How money came."""

    TRANSFER = "transfer"
    POS = "pos"
    CASH = "cash"
    CHEQUE = "cheque"
    OTHER = "other"


class ReceiptState(StrEnum):
    """Whether money is really there: told by a slip, seen at the bank, or gone again.

    WITHDRAWN was never this dealer's: a row of the bank was matched wrongly, and that was undone.
    """

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"


class Receipt(Base):
    """Money that a dealer paid. What happened to it stands in stamps, each set once; the sum never changes."""

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("used >= 0 AND used <= amount", name="used"),
        Index("ix_receipts_received_on_id", "received_on", "id"),
        Index("ix_receipts_free", "dealer_id", "currency", sqlite_where=_FREE, postgresql_where=_FREE),
        Index("ix_receipts_unseen", "received_on", sqlite_where=_UNSEEN, postgresql_where=_UNSEEN),
        Index("ix_receipts_provisional", "dealer_id", sqlite_where=_PROVISIONAL, postgresql_where=_PROVISIONAL),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    way: Mapped[ReceiptWay] = mapped_column(choice(ReceiptWay))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal]
    used: Mapped[Decimal] = mapped_column(default=Decimal(0))  # the sum of what was taken from it
    received_on: Mapped[date]
    payer: Mapped[str] = mapped_column(String(120), default="")  # who paid, when it is not the dealer's company
    reference: Mapped[str] = mapped_column(String(60), default="")  # number of the slip or transfer
    note: Mapped[str] = mapped_column(String(200), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    bounced_at: Mapped[datetime | None]
    bounced_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    bounce_reason: Mapped[str] = mapped_column(String(200), default="")

    # The bank's row that made the receipt was undone, for the very reason the receipt is gone.
    is_withdrawn: Mapped[bool] = column_property(
        exists().where(
            _MATCHES.c.receipt_id == id,  # noqa: A003 - the column above
            _MATCHES.c.kind == "receipt",
            _MATCHES.c.reverses_id.is_not(None),
            _MATCHES.c.reason == bounce_reason,
        )
    )

    dealer: Mapped[Dealer] = relationship()
    file: Mapped[File | None] = relationship()
    recorded_by: Mapped[User | None] = relationship(foreign_keys=recorded_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
    postings: Mapped[list["Posting"]] = relationship(back_populates="receipt", order_by="Posting.id")

    @property
    def state(self) -> ReceiptState:
        if self.bounced_at:
            return ReceiptState.WITHDRAWN if self.is_withdrawn else ReceiptState.BOUNCED
        return ReceiptState.CONFIRMED if self.confirmed_at else ReceiptState.PROVISIONAL

    @property
    def free(self) -> Decimal:
        """What is not used yet; nothing once it has bounced."""
        return Decimal(0) if self.bounced_at else self.amount - self.used


class PostingKind(StrEnum):
    """What a row of the ledger does."""

    ALLOCATION = "allocation"  # money of a receipt pays a receivable
    REFUND = "refund"  # money of a receipt that pays nothing goes back
    WRITE_OFF = "write_off"  # given up
    BONUS = "bonus"  # for paying early
    INTEREST = "interest"  # for paying late; makes the receivable larger, so its sum is negative
    # Paid money that is settled: RELEASE says that it need not be held any more; the others say where it went.
    RELEASE = "release"
    RETURN = "return"  # to the dealer; negative
    FORFEIT = "forfeit"  # kept by us for good; negative
    COMPENSATION = "compensation"  # as much again for earnest money when we withdraw; it leaves with a RETURN
    RESCHEDULE = "reschedule"  # owed on new days now: an instalment agreement


class Posting(Base):
    """One row of the ledger, in the receivable's and the receipt's currency. It is never changed or deleted."""

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("reverses_id"),
        CheckConstraint("amount <> 0", name="amount"),
        CheckConstraint("receivable_id IS NOT NULL OR receipt_id IS NOT NULL", name="about"),
        CheckConstraint("(receipt_id IS NOT NULL) = (kind IN ('allocation', 'refund'))", name="money"),
        CheckConstraint("(receivable_id IS NULL) = (kind = 'refund')", name="receivable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PostingKind] = mapped_column(choice(PostingKind))
    receivable_id: Mapped[int | None] = mapped_column(ForeignKey("receivables.id"), index=True)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"), index=True)
    amount: Mapped[Decimal]  # off the receivable, out of the receipt; a reversal says the opposite
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    receivable: Mapped[Receivable | None] = relationship()
    receipt: Mapped[Receipt | None] = relationship(back_populates="postings")
    by: Mapped[User | None] = relationship()


class DunningOutcome(StrEnum):
    """What came of a call about money."""

    PROMISED = "promised"
    NOT_REACHED = "not_reached"
    CALL_BACK = "call_back"
    SAYS_PAID = "says_paid"
    DISPUTES = "disputes"


class PromiseState(StrEnum):
    """What became of a promise to pay, worked out from the receipts."""

    RUNNING = "running"
    KEPT = "kept"
    BROKEN = "broken"


class DunningCall(Base):
    """A call about a receivable, and what was promised: a sum by a day."""

    __tablename__ = "dunning_calls"
    __table_args__ = (
        Index("ix_dunning_calls_receivable_id_id", "receivable_id", "id"),
        CheckConstraint(
            "(outcome = 'promised') = (promised_amount IS NOT NULL AND promised_on IS NOT NULL)", name="promise"
        ),
        CheckConstraint("promised_amount IS NULL OR promised_amount > 0", name="promised_amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receivable_id: Mapped[int] = mapped_column(ForeignKey("receivables.id"))
    called_at: Mapped[datetime]
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[DunningOutcome] = mapped_column(choice(DunningOutcome))
    note: Mapped[str] = mapped_column(String(300), default="")
    next_call_on: Mapped[date | None]
    promised_amount: Mapped[Decimal | None]
    promised_on: Mapped[date | None]  # the last day of the promise

    receivable: Mapped[Receivable] = relationship()
    caller: Mapped[User | None] = relationship()


class Tone(StrEnum):
    """How a reminder speaks."""

    FRIENDLY = "friendly"
    FIRM = "firm"
    FINAL = "final"


class ReminderBy(StrEnum):
    """What a level of reminding does: writes to the dealer, or gives a person a task."""

    MAIL = "mail"
    SMS = "sms"
    CALL = "call"


class ReminderLevel(Base):
    """One level of an event's reminding. Without rows the house's levels hold."""

    __tablename__ = "reminder_levels"
    __table_args__ = (UniqueConstraint("event_id", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    days: Mapped[int]  # after the due date; before it when negative
    by: Mapped[ReminderBy] = mapped_column(choice(ReminderBy))
    tone: Mapped[Tone] = mapped_column(choice(Tone))
    text: Mapped[str] = mapped_column(Text, default="")  # in the event's language; "" is the wording of the tone
    task: Mapped[str] = mapped_column(String(120), default="")  # what a person does then, besides the message
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who; None: the rep


class Reminder(Base):
    """That a receivable was reminded of at a level: once, whatever happens. With a task it waits to be done."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("receivable_id", "days"),
        Index(
            "ix_reminders_open_task",
            "person_id",
            sqlite_where=text("task <> '' AND done_at IS NULL"),
            postgresql_where=text("task <> '' AND done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receivable_id: Mapped[int] = mapped_column(ForeignKey("receivables.id"))
    days: Mapped[int]  # the level's
    by: Mapped[ReminderBy] = mapped_column(choice(ReminderBy))
    tone: Mapped[Tone] = mapped_column(choice(Tone))
    is_raised: Mapped[bool] = mapped_column(default=False)  # a broken promise brought it earlier
    made_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    task: Mapped[str] = mapped_column(String(120), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # whose task it is
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    receivable: Mapped[Receivable] = relationship()
    message: Mapped[Message | None] = relationship()
    person: Mapped[User | None] = relationship(foreign_keys=person_id)
    done_by: Mapped[User | None] = relationship(foreign_keys=done_by_id)


class PayingHabit(Base):
    """What is known of how a dealer pays."""

    __tablename__ = "paying_habits"
    __table_args__ = (CheckConstraint("pay_day IS NULL OR (pay_day >= 1 AND pay_day <= 31)", name="pay_day"),)

    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id", ondelete="CASCADE"), primary_key=True)
    no_mornings: Mapped[bool] = mapped_column(default=False)  # nobody asks for money before noon
    pay_day: Mapped[int | None]  # of the month
    payer: Mapped[str] = mapped_column(String(120), default="")  # who pays for the company
    note: Mapped[str] = mapped_column(String(200), default="")
