"""The register of contracts: who opened what, what was told before a contract ends, and what was destroyed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.contract import Contract
from app.models.user import User


class OpenedPart(StrEnum):
    """What of a contract somebody looked at."""

    PAGE = "page"
    DOCUMENT = "document"
    SEALED = "sealed"
    ATTACHMENT = "attachment"


class Opening(Base):
    """Somebody opened a contract's page or took one of its files. Rows are only ever added."""

    __tablename__ = "contract_openings"
    __table_args__ = (Index("ix_contract_openings_contract_id_id", "contract_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    part: Mapped[OpenedPart] = mapped_column(choice(OpenedPart))
    name: Mapped[str] = mapped_column(String(120), default="")  # of the file
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(45), default="")
    by_release: Mapped[bool] = mapped_column(default=False)  # let in for a time, not by a right of their own

    user: Mapped[User] = relationship()


class ExpiryNotice(Base):
    """Rep and contract administrators were told that a contract ends in so many days. Told once for each last day."""

    __tablename__ = "expiry_notices"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    ends_on: Mapped[date] = mapped_column(primary_key=True)
    days_before: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


class Destruction(Base):
    """The papers of a contract past its retention are destroyed: one person proposes it, another one does it.

    The contract's row, number, terms and steps stay: they say that there was one and what became of it.
    """

    __tablename__ = "contract_destructions"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    why: Mapped[str] = mapped_column(String(200))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
