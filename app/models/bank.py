"""The bank's side of payments: our accounts, the files the bank gives us, their rows, and what was decided of each.

A row of the bank is a fact and never changes; it is known again by its `key`, so a file that comes twice adds nothing.
What is decided of a row is a `BankMatch`, and is undone by one that says the opposite.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.dealer import Dealer
from app.models.receivable import Receipt
from app.models.record import File, Job
from app.models.user import User

__all__ = [
    "BankAccount",
    "BankFile",
    "BankFileRow",
    "BankFileState",
    "BankMatch",
    "BankMatchKind",
    "BankRow",
    "BankRowState",
    "BankVerdict",
    "PayerAlias",
]


class BankAccount(Base):
    """One of our accounts. It remembers how its bank's files are to be read."""

    __tablename__ = "bank_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[str] = mapped_column(String(40), default="")
    currency: Mapped[str] = mapped_column(String(3))
    mappings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # signature of the headings -> {field: column}
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class BankFileState(StrEnum):
    """How far a bank file is."""

    UNREAD = "unread"  # something cannot be read; a person says what the columns hold, or discards it
    WORKING = "working"  # the worker takes it in
    READY = "ready"  # its rows are there, with what is proposed for them
    CONFIRMING = "confirming"  # the worker books what is certain


class BankFile(Base):
    """A file that somebody brought from the bank."""

    __tablename__ = "bank_files"
    __table_args__ = (Index("ix_bank_files_account_id_id", "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))  # xlsx, csv, ofx, camt, ...
    sheet: Mapped[str] = mapped_column(String(100), default="")
    top_rows: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [line, cells] of the first rows of a table
    header_row: Mapped[int] = mapped_column(default=-1)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # field -> column
    state: Mapped[BankFileState] = mapped_column(choice(BankFileState))
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [line, code, what stands there]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # rows: in the file, new, known before
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    account: Mapped[BankAccount] = relationship()
    file: Mapped[File] = relationship()
    job: Mapped[Job | None] = relationship()
    created_by: Mapped[User | None] = relationship()


class BankVerdict(StrEnum):
    """What the matcher makes of a row that nobody has decided on yet."""

    CERTAIN = "certain"  # one dealer and one way to book it
    LIKELY = "likely"  # one proposal, which a person looks at
    TIE = "tie"  # several fit equally: a person chooses
    NONE = "none"  # nothing fits
    OUTGOING = "outgoing"  # money that left the account


class BankRowState(StrEnum):
    """What was decided of a row."""

    OPEN = "open"
    MATCHED = "matched"
    IGNORED = "ignored"


_OPEN = text("state = 'open'")


class BankRow(Base):
    """One line of the account as the bank has it. Sums that left the account are below zero."""

    __tablename__ = "bank_rows"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_bank_rows_open", "dealer_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    key: Mapped[str] = mapped_column(String(80))  # by which the same row is known in another file
    booked_on: Mapped[date]
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    payer: Mapped[str] = mapped_column(String(200), default="")  # the other side, also of what left the account
    payer_account: Mapped[str] = mapped_column(String(60), default="")
    memo: Mapped[str] = mapped_column(String(500), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")  # the bank's own number
    is_odd: Mapped[bool] = mapped_column(default=False)  # the bank's number stands at another sum as well
    state: Mapped[BankRowState] = mapped_column(choice(BankRowState), default=BankRowState.OPEN)
    verdict: Mapped[BankVerdict | None] = mapped_column(choice(BankVerdict))  # None: not looked at yet
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [code, detail] of the proposal
    proposal: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # receipt, shares; of a tie its choices
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealers.id"))  # the one proposed

    account: Mapped[BankAccount] = relationship()
    dealer: Mapped[Dealer | None] = relationship()
    matches: Mapped[list["BankMatch"]] = relationship(back_populates="row", order_by="BankMatch.id")


class BankFileRow(Base):
    """That a row stands in a file: the same row may stand in several that overlap."""

    __tablename__ = "bank_file_rows"
    __table_args__ = (Index("ix_bank_file_rows_row_id", "row_id"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("bank_files.id", ondelete="CASCADE"), primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("bank_rows.id"), primary_key=True)
    line: Mapped[int]
    is_new: Mapped[bool]

    row: Mapped[BankRow] = relationship()


class BankMatchKind(StrEnum):
    """What became of a bank row."""

    RECEIPT = "receipt"  # a receipt was made of it
    CONFIRMATION = "confirmation"  # a receipt taken down before was confirmed by it
    REFUND = "refund"  # it is money given back
    BOUNCE = "bounce"  # it takes a receipt back
    IGNORED = "ignored"  # it has nothing to do with dealers


class BankMatch(Base):
    """One decision about a bank row. It is never changed; a second row that `reverses` it undoes it."""

    __tablename__ = "bank_matches"
    __table_args__ = (
        UniqueConstraint("reverses_id"),
        CheckConstraint("(receipt_id IS NULL) = (kind = 'ignored')", name="receipt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("bank_rows.id"), index=True)
    kind: Mapped[BankMatchKind] = mapped_column(choice(BankMatchKind))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"), index=True)
    amount: Mapped[Decimal]  # of the row, in its currency
    fee: Mapped[Decimal] = mapped_column(default=Decimal(0))  # that a terminal took off the receipt before
    rate: Mapped[str] = mapped_column(
        String(20), default=""
    )  # typed by finance, where the receipt has another currency
    postings: Mapped[list[Any]] = mapped_column(JSON, default=list)  # ids of the ledger's rows it brought about
    reason: Mapped[str] = mapped_column(String(200), default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("bank_matches.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    row: Mapped[BankRow] = relationship(back_populates="matches")
    receipt: Mapped[Receipt | None] = relationship()
    by: Mapped[User | None] = relationship()


class PayerAlias(Base):
    """That somebody pays for a dealer under another name; learnt when a match is confirmed."""

    __tablename__ = "payer_aliases"
    __table_args__ = (UniqueConstraint("name_key", "dealer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id", ondelete="CASCADE"), index=True)
    learnt_at: Mapped[datetime]
    learnt_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    forgotten_at: Mapped[datetime | None]

    dealer: Mapped[Dealer] = relationship()
