"""What an event may cost: the lines of its budget, the plan in versions, and rates."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.user import User

__all__ = [
    "BudgetGroup",
    "BudgetLine",
    "BudgetRate",
    "BudgetVersion",
    "OverPlan",
    "PlanState",
    "PlannedSum",
    "RateKind",
]


class BudgetGroup(StrEnum):
    """The two groups of the standard conference template."""

    CONFERENCE = "conference"
    PUBLICITY = "publicity"


class OverPlan(StrEnum):
    """What happens to an expense that its line's plan does not cover."""

    WARN = "warn"
    STOP = "stop"  # only an exception with a reason, by somebody who may spend so much, lets it through


class BudgetLine(Base):
    """One line of an event's budget: from the standard conference template, or added."""

    __tablename__ = "budget_lines"
    __table_args__ = (UniqueConstraint("event_id", "key"), UniqueConstraint("event_id", "group", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))  # of the template row it came from, or "own-…"
    group: Mapped[BudgetGroup] = mapped_column(choice(BudgetGroup))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    over_plan: Mapped[OverPlan] = mapped_column(choice(OverPlan), default=OverPlan.WARN)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RateKind(StrEnum):
    """What is reckoned with a price of its own as soon as somebody wants it."""

    ROOM_NIGHT = "room_night"  # hotel nights that guests asked for in their replies


class BudgetRate(Base):
    """What one of a kind costs at an event, tax included."""

    __tablename__ = "budget_rates"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RateKind] = mapped_column(choice(RateKind), primary_key=True)
    amount: Mapped[Decimal]


class PlanState(StrEnum):
    """How far a version of the plan is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"  # frozen


class BudgetVersion(Base):
    """One version of the plan. The newest approved one is what spending is measured against."""

    __tablename__ = "budget_versions"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(choice(PlanState), default=PlanState.DRAFT)
    reason: Mapped[str] = mapped_column(String(200), default="")  # why it was revised; the first needs none
    remark: Mapped[str] = mapped_column(String(200), default="")  # of whoever returned it
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    made_by: Mapped[User | None] = relationship(foreign_keys=made_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    sums: Mapped[list["PlannedSum"]] = relationship(back_populates="plan", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def total(self) -> Decimal:
        return sum((each.amount for each in self.sums), Decimal(0))


class PlannedSum(Base):
    """What a version plans for a line, in the event's currency."""

    __tablename__ = "planned_sums"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("budget_versions.id", ondelete="CASCADE"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("budget_lines.id"), primary_key=True, index=True)
    amount: Mapped[Decimal]

    plan: Mapped[BudgetVersion] = relationship(back_populates="sums")
    line: Mapped[BudgetLine] = relationship()
