"""What comes back about receivables: lists, one, and the sums by age."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, bindparam, case, func, literal_column, select, type_coerce
from sqlalchemy.orm import joinedload

from app.blueprints.receivables.rules.sums import ZERO, OpenItem
from app.extensions import db
from app.models import AgeBucket, Amount, Dealer, Event, Receivable, ReceivableState, User

WHOLE = (
    joinedload(Receivable.dealer),
    joinedload(Receivable.event),
    joinedload(Receivable.rep),
    joinedload(Receivable.contract),
)
IS_OPEN = Receivable.cancelled_at.is_(None) & (Receivable.settled < Receivable.amount)
OPEN_SUM = type_coerce(func.sum(Receivable.amount - Receivable.settled), Amount())


def receivables(event: Event | None = None, only_of: int | None = None) -> Select[Receivable]:
    """Select the receivables of an event, or all; with `only_of` those this person chases."""
    statement = select(Receivable)
    if event is not None:
        statement = statement.where(Receivable.event_id == event.id)
    return statement if only_of is None else statement.where(Receivable.rep_id == only_of)


def receivable(receivable_id: int, only_of: int | None = None) -> Receivable | None:
    """Return one receivable with what its page shows, when this person may see it."""
    return db.session.scalar(receivables(only_of=only_of).where(Receivable.id == receivable_id).options(*WHOLE))


def open_of_dealer(dealer_id: int, currency: str) -> Sequence[Receivable]:
    """Return what a dealer still has to pay in a currency, oldest due first."""
    statement = select(Receivable).where(IS_OPEN, Receivable.dealer_id == dealer_id, Receivable.currency == currency)
    return db.session.scalars(
        statement.order_by(Receivable.due_on, Receivable.id).options(joinedload(Receivable.contract))
    ).all()


def items(rows: Sequence[Receivable]) -> list[OpenItem]:
    return [OpenItem(row.id, row.due_on, row.open_amount) for row in rows]


def of_dealer(dealer_id: int) -> Sequence[Receivable]:
    """Return everything a dealer had or has to pay, oldest due first."""
    statement = select(Receivable).where(Receivable.dealer_id == dealer_id)
    return db.session.scalars(statement.order_by(Receivable.due_on, Receivable.id).options(*WHOLE)).all()


def _day(value: date) -> ColumnElement[date]:
    """A day written into the statement itself: what is grouped by has to be the same text in both places."""
    return bindparam(None, value, type_=Date(), literal_execute=True)


def said(value: StrEnum) -> ColumnElement[str]:
    """A word written into the statement itself, for the same reason."""
    return literal_column(f"'{value.value}'", String())


def bucket_of(today: date) -> ColumnElement[str]:
    """The age of a row on a day, as `rules.sums.bucket` has it."""
    return case(
        (Receivable.due_on >= _day(today), said(AgeBucket.NOT_DUE)),
        (Receivable.due_on >= _day(today - timedelta(days=30)), said(AgeBucket.UP_TO_30)),
        (Receivable.due_on >= _day(today - timedelta(days=60)), said(AgeBucket.UP_TO_60)),
        (Receivable.due_on >= _day(today - timedelta(days=90)), said(AgeBucket.UP_TO_90)),
        else_=said(AgeBucket.OVER_90),
    )


def state_of(today: date) -> ColumnElement[str]:
    """Where a row stands on a day, as `rules.sums.state` has it."""
    return case(
        (Receivable.cancelled_at.is_not(None), said(ReceivableState.CANCELLED)),
        (Receivable.settled >= Receivable.amount, said(ReceivableState.SETTLED)),
        (Receivable.due_on < _day(today), said(ReceivableState.OVERDUE)),
        (Receivable.due_on == _day(today), said(ReceivableState.DUE_TODAY)),
        else_=said(ReceivableState.UPCOMING),
    )


@dataclass
class AgeRow:
    """What is open of one instalment, rep, region or event in one currency, by age."""

    key: Any
    label: str
    currency: str
    sums: dict[AgeBucket, Decimal] = field(default_factory=lambda: dict.fromkeys(AgeBucket, ZERO))
    counts: dict[AgeBucket, int] = field(default_factory=lambda: dict.fromkeys(AgeBucket, 0))

    @property
    def total(self) -> Decimal:
        return sum(self.sums.values(), ZERO)

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def overdue(self) -> Decimal:
        return self.total - self.sums[AgeBucket.NOT_DUE]


_BY: dict[str, Any] = {
    "kind": Receivable.kind,
    "rep": Receivable.rep_id,
    "region": Dealer.province,
    "event": Receivable.event_id,
}
AGEING_BY = tuple(_BY)


def ageing(by: str, today: date, event: Event | None = None, only_of: int | None = None) -> list[AgeRow]:
    """Return what is open by age: two queries at most. `by` is one of AGEING_BY; largest sums first."""
    key, age = _BY[by], bucket_of(today)
    statement = receivables(event, only_of).where(IS_OPEN)
    if by == "region":
        statement = statement.join(Dealer, Dealer.id == Receivable.dealer_id)
    # What is open is read first, from one index that holds all of it; to group it at once would read every row.
    rest = type_coerce(Receivable.amount - Receivable.settled, Amount())
    columns = (key.label("key"), Receivable.currency.label("currency"), age.label("age"), rest.label("rest"))
    aged = statement.with_only_columns(*columns, maintain_column_froms=True).cte("aged").prefix_with("MATERIALIZED")
    total = type_coerce(func.sum(aged.c.rest), Amount())
    cut = (aged.c.key, aged.c.currency, aged.c.age)
    grouped = select(*cut, total, func.count()).group_by(*cut)
    rows: dict[tuple[Any, str], AgeRow] = {}
    for row_key, currency, row_age, total, count in db.session.execute(grouped):
        row = rows.setdefault((row_key, currency), AgeRow(row_key, "", currency))
        row.sums[AgeBucket(row_age)] += total
        row.counts[AgeBucket(row_age)] += count
    names = _names(by, {row.key for row in rows.values()})
    for row in rows.values():
        row.label = names.get(row.key, "" if row.key is None or by in ("rep", "event") else str(row.key))
    return sorted(rows.values(), key=lambda row: (row.currency, -row.total, row.label))


def _names(by: str, keys: set[Any]) -> dict[Any, str]:
    """Return what reps or events are called; the sums are grouped without them, over one index."""
    if by not in ("rep", "event"):
        return {}
    model = User if by == "rep" else Event
    return dict(db.session.execute(select(model.id, model.name).where(model.id.in_(keys))).all())


def totals(rows: Sequence[AgeRow]) -> list[AgeRow]:
    """Return one row for each currency, the one with the most items first."""
    found: dict[str, AgeRow] = {}
    for row in rows:
        total = found.setdefault(row.currency, AgeRow(None, "", row.currency))
        for age in AgeBucket:
            total.sums[age] += row.sums[age]
            total.counts[age] += row.counts[age]
    return sorted(found.values(), key=lambda row: -row.count)


def reps(event: Event | None) -> dict[int, str]:
    """Return the names of all who chase a receivable."""
    chases = select(Receivable.rep_id).distinct()
    if event is not None:
        chases = chases.where(Receivable.event_id == event.id)
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(chases)).order_by(User.name)).all())


def events() -> dict[int, str]:
    """Return the names of all events somebody has to pay for."""
    owed = select(Receivable.event_id).distinct()
    found = select(Event.id, Event.name).where(Event.id.in_(owed)).order_by(Event.starts_at.desc())
    return dict(db.session.execute(found).all())


def overdue_by_dealer(dealer_ids: Collection[int], today: date) -> dict[int, dict[str, Decimal]]:
    """Return what dealers are late with, by currency."""
    found: dict[int, dict[str, Decimal]] = {}
    late = select(Receivable.dealer_id, Receivable.currency, OPEN_SUM).where(IS_OPEN, Receivable.due_on < today)
    grouped = late.where(Receivable.dealer_id.in_(dealer_ids)).group_by(Receivable.dealer_id, Receivable.currency)
    for dealer_id, currency, total in db.session.execute(grouped):
        found.setdefault(dealer_id, {})[currency] = total
    return found
