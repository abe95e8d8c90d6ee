"""What an event costs: what is spent and with whose consent, invoices, payments and advances."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.budget import BudgetLine
from app.models.event import Event
from app.models.record import File
from app.models.user import User

__all__ = [
    "AdvanceSettlement",
    "AdvanceState",
    "CashAdvance",
    "Expense",
    "ExpenseInvoice",
    "ExpenseKind",
    "ExpensePayment",
    "ExpenseSource",
    "ExpenseState",
    "InvoiceKind",
]


class ExpenseKind(StrEnum):
    """How money is spent."""

    PURCHASE = "purchase"  # the company orders and pays
    CLAIM = "claim"  # somebody has paid, and gets it back
    PETTY_CASH = "petty_cash"  # out of the cash box, on the day


class ExpenseState(StrEnum):
    """Where an expense stands; `budget.rules.standing` finds it from what has been written down."""

    REQUESTED = "requested"
    APPROVED = "approved"
    ORDERED = "ordered"
    INVOICED = "invoiced"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Expense(Base):
    """Something money is spent on. What is approved is kept apart from what is asked, so that more can be asked."""

    __tablename__ = "expenses"
    __table_args__ = (
        UniqueConstraint("event_id", "client_id"),
        Index("ix_expenses_event_id_state", "event_id", "state"),
        Index("ix_expenses_event_id_requested_by_id", "event_id", "requested_by_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("approved >= 0", name="approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    line_id: Mapped[int] = mapped_column(ForeignKey("budget_lines.id"), index=True)
    kind: Mapped[ExpenseKind] = mapped_column(choice(ExpenseKind), default=ExpenseKind.PURCHASE)
    state: Mapped[ExpenseState] = mapped_column(choice(ExpenseState), default=ExpenseState.REQUESTED)
    purpose: Mapped[str] = mapped_column(String(200))
    payee: Mapped[str] = mapped_column(String(120), default="")  # the supplier
    spent_on: Mapped[date | None]  # of a claim or petty cash
    amount: Mapped[Decimal]  # asked, tax included, in the event's currency
    approved: Mapped[Decimal] = mapped_column(default=Decimal(0))  # as far as it has been consented to
    client_id: Mapped[str | None] = mapped_column(String(40))  # of the form, so that sending it twice counts once
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    remark: Mapped[str] = mapped_column(String(200), default="")  # of whoever refused or cancelled it
    exception_reason: Mapped[str] = mapped_column(String(200), default="")  # why it may go over the plan of its line
    exception_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ordered_at: Mapped[datetime | None]
    advance_id: Mapped[int | None] = mapped_column(ForeignKey("cash_advances.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    line: Mapped[BudgetLine] = relationship()
    photo: Mapped[File | None] = relationship()
    requested_by: Mapped[User | None] = relationship(foreign_keys=requested_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    exception_by: Mapped[User | None] = relationship(foreign_keys=exception_by_id)
    advance: Mapped["CashAdvance | None"] = relationship(back_populates="expenses")
    invoices: Mapped[list["ExpenseInvoice"]] = relationship(back_populates="expense", order_by="ExpenseInvoice.id")
    payments: Mapped[list["ExpensePayment"]] = relationship(back_populates="expense", order_by="ExpensePayment.id")
    sources: Mapped[list["ExpenseSource"]] = relationship(cascade="all, delete-orphan", order_by="ExpenseSource.key")

    __mapper_args__ = {"version_id_col": version}


class ExpenseSource(Base):
    """A row of another room whose commitment this expense stands for now. Each goes into one expense only."""

    __tablename__ = "expense_sources"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)  # "materials:12", "staff:3:40", "contract:7"
    expense_id: Mapped[int] = mapped_column(ForeignKey("expenses.id", ondelete="CASCADE"), index=True)


class InvoiceKind(StrEnum):
    """What kind of voucher proves an expense."""

    VAT_SPECIAL = "vat_special"  # its tax can be deducted
    VAT_NORMAL = "vat_normal"
    TICKET = "ticket"  # train, flight, toll
    RECEIPT = "receipt"  # no fapiao; finance decides whether that will do


class ExpenseInvoice(Base):
    """A fapiao, booked on an expense. The same one is booked once; taken back, its number is free again."""

    __tablename__ = "expense_invoices"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("tax >= 0 AND tax < amount", name="tax"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    expense_id: Mapped[int] = mapped_column(ForeignKey("expenses.id", ondelete="CASCADE"), index=True)
    kind: Mapped[InvoiceKind] = mapped_column(choice(InvoiceKind))
    number: Mapped[str] = mapped_column(String(40))  # as it stands there, code in front where there is one
    number_key: Mapped[str | None] = mapped_column(String(160), unique=True)  # None: taken back
    seller: Mapped[str] = mapped_column(String(120), default="")
    issued_on: Mapped[date]
    amount: Mapped[Decimal]  # tax included
    tax: Mapped[Decimal] = mapped_column(default=Decimal(0))
    is_final: Mapped[bool] = mapped_column(default=True)  # nothing more will come for this expense
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    booked_at: Mapped[datetime]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]

    expense: Mapped[Expense] = relationship(back_populates="invoices")
    scan: Mapped[File | None] = relationship()
    booked_by: Mapped[User | None] = relationship()


class ExpensePayment(Base):
    """Money that left for an expense. It is taken back by a mark, never removed."""

    __tablename__ = "expense_payments"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    expense_id: Mapped[int] = mapped_column(ForeignKey("expenses.id", ondelete="CASCADE"), index=True)
    amount: Mapped[Decimal]
    paid_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(120), default="")  # the bank's number, for instance
    advance_id: Mapped[int | None] = mapped_column(ForeignKey("cash_advances.id"), index=True)  # that it came out of
    settlement_id: Mapped[int | None] = mapped_column(ForeignKey("advance_settlements.id"), index=True)  # that paid it
    booked_at: Mapped[datetime]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]

    expense: Mapped[Expense] = relationship(back_populates="payments")
    advance: Mapped["CashAdvance | None"] = relationship()
    booked_by: Mapped[User | None] = relationship()


class AdvanceState(StrEnum):
    """How far a cash advance is."""

    REQUESTED = "requested"
    APPROVED = "approved"
    PAID_OUT = "paid_out"  # in somebody's pocket, and not accounted for
    SETTLED = "settled"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class CashAdvance(Base):
    """Cash given to somebody before the event. It costs nothing until it is spent.

    Settled, the expenses paid out of it, and what came back less what was added, are the sum again.
    """

    __tablename__ = "cash_advances"
    __table_args__ = (
        Index("ix_cash_advances_event_id_state", "event_id", "state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("returned >= 0", name="returned"),
        CheckConstraint("topped_up >= 0", name="topped_up"),
        UniqueConstraint("event_id", "client_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[AdvanceState] = mapped_column(choice(AdvanceState), default=AdvanceState.REQUESTED)
    amount: Mapped[Decimal]
    purpose: Mapped[str] = mapped_column(String(200), default="")
    settle_by: Mapped[date | None]  # None: a week after the event
    client_id: Mapped[str | None] = mapped_column(String(40))  # of the form, so that sending it twice counts once
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    remark: Mapped[str] = mapped_column(String(200), default="")  # of whoever refused or cancelled it
    given_at: Mapped[datetime | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    returned: Mapped[Decimal] = mapped_column(default=Decimal(0))  # in cash, over all its settlements
    topped_up: Mapped[Decimal] = mapped_column(default=Decimal(0))  # paid to the holder, who had spent more
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship(foreign_keys=user_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    given_by: Mapped[User | None] = relationship(foreign_keys=given_by_id)
    settled_by: Mapped[User | None] = relationship(foreign_keys=settled_by_id)
    expenses: Mapped[list[Expense]] = relationship(back_populates="advance", order_by="Expense.id")
    settlements: Mapped[list["AdvanceSettlement"]] = relationship(
        back_populates="advance", order_by="AdvanceSettlement.id"
    )

    __mapper_args__ = {"version_id_col": version}


class AdvanceSettlement(Base):
    """One time that an advance was accounted for, in part or to the end. Taken back by a mark, never removed."""

    __tablename__ = "advance_settlements"
    __table_args__ = (
        CheckConstraint("returned >= 0", name="returned"),
        CheckConstraint("topped_up >= 0", name="topped_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    advance_id: Mapped[int] = mapped_column(ForeignKey("cash_advances.id", ondelete="CASCADE"), index=True)
    spent: Mapped[Decimal]  # the claims it paid
    returned: Mapped[Decimal] = mapped_column(default=Decimal(0))  # in cash, this time
    topped_up: Mapped[Decimal] = mapped_column(default=Decimal(0))
    is_final: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]

    advance: Mapped[CashAdvance] = relationship(back_populates="settlements")
    by: Mapped[User | None] = relationship()
