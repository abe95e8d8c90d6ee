"""The company's file of dealers and other guests."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.user import User


class Standing(StrEnum):
    """Where a dealer stands with the company; readiness, by contrast, is about one event."""

    SIGNED = "signed"
    LETTER_OF_INTENT = "letter_of_intent"
    KEY = "key"
    PROGRESSING = "progressing"
    POTENTIAL = "potential"
    TRACKING = "tracking"


class Dealer(Base):
    """A company with the one person to be invited. Experts, press and officials are kept here too."""

    __tablename__ = "dealers"
    __table_args__ = (
        Index("ix_dealers_company_key_contact", "company_key", "contact"),
        Index("ix_dealers_sort_key_id", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company: Mapped[str] = mapped_column(String(120))
    company_key: Mapped[str] = mapped_column(
        String(120)
    )  # without legal form, blanks and width: finds likely duplicates
    contact: Mapped[str] = mapped_column(String(60))
    contact_title: Mapped[str] = mapped_column(String(60), default="")
    latin_name: Mapped[str] = mapped_column(String(80), default="")  # below the name on the badge; empty: pinyin
    mobile: Mapped[str | None] = mapped_column(String(20), unique=True)  # E.164; one mobile is one person
    mail: Mapped[str | None] = mapped_column(String(120), index=True)  # lower case
    province: Mapped[str] = mapped_column(String(40), default="")
    city: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    standing: Mapped[Standing] = mapped_column(choice(Standing), default=Standing.POTENTIAL, index=True)
    locale: Mapped[str | None] = mapped_column(String(10))  # None: the event's language
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)  # None: in the pool
    notes: Mapped[str] = mapped_column(Text, default="")
    search_key: Mapped[str] = mapped_column(Text, default="")  # see app.names.search_key
    sort_key: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)

    __mapper_args__ = {"version_id_col": version}
