"""Open money by the week in which it is expected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.rules import forecast as rules
from app.blueprints.receivables.rules.forecast import Basis, Expected, Item
from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import (
    DunningCall,
    DunningOutcome,
    Event,
    PayingHabit,
    Posting,
    PostingKind,
    PromiseState,
    Receipt,
    Receivable,
)

_SINCE = timedelta(days=730)  # older payments say little about how a dealer pays now
_CHUNK = 500
SHOWN = 500  # rows behind a figure; the page says so where there are more


@dataclass
class Week:
    """What is expected in one week in one currency; `starts_on` None: after the last week, or nobody knows when."""

    starts_on: date | None
    key: str
    sums: dict[Basis, Decimal] = field(default_factory=lambda: dict.fromkeys(Basis, ZERO))
    ids: list[int] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum(self.sums.values(), ZERO)


LATER, UNKNOWN = "later", "unknown"


def forecast(today: date, event: Event | None = None, only_of: int | None = None) -> dict[str, list[Week]]:
    """Return the weeks of each currency; together they are all that is open."""
    items, currency_of = _items(today, event, only_of)
    found: dict[str, list[Week]] = {}
    for item in items:
        weeks = found.setdefault(currency_of[item.id], _weeks(today))
        for each in rules.expect(item, today):
            week = weeks[_place(each, today)]
            week.sums[each.basis] += each.amount
            week.ids.append(each.receivable_id)
    return found


def _weeks(today: date) -> list[Week]:
    first = rules.week_of(today)
    days = [first + timedelta(weeks=number) for number in range(rules.WEEKS)]
    return [*(Week(day, day.isoformat()) for day in days), Week(None, LATER), Week(None, UNKNOWN)]


def _place(each: Expected, today: date) -> int:
    if each.on is None:
        return rules.WEEKS + 1
    return min((rules.week_of(each.on) - rules.week_of(today)).days // 7, rules.WEEKS)


def _items(today: date, event: Event | None, only_of: int | None) -> tuple[list[Item], dict[int, str]]:
    rows = db.session.execute(
        receivables.receivables(event, only_of)
        .where(receivables.IS_OPEN)
        .with_only_columns(
            Receivable.id,
            Receivable.dealer_id,
            Receivable.currency,
            Receivable.amount,
            Receivable.settled,
            Receivable.due_on,
        )
        .order_by(Receivable.id)
    ).all()
    promised = _promised(today, event, only_of)
    dealers = {row.dealer_id for row in rows}
    days, delays = _pay_days(dealers), _delays(dealers, today)
    items = [
        Item(
            row.id,
            row.amount - row.settled,
            row.due_on,
            *promised.get(row.id, (ZERO, None)),
            days.get(row.dealer_id),
            rules.usual_delay(delays.get(row.dealer_id, ())),
        )
        for row in rows
    ]
    return items, {row.id: row.currency for row in rows}


def _promised(today: date, event: Event | None, only_of: int | None) -> dict[int, tuple[Decimal, date | None]]:
    """Return what is still to come of running promises, by receivable."""
    running = (
        select(DunningCall.receivable_id)
        .where(DunningCall.outcome == DunningOutcome.PROMISED, DunningCall.promised_on >= today)
        .distinct()
    )
    rows = db.session.scalars(
        receivables.receivables(event, only_of).where(receivables.IS_OPEN, Receivable.id.in_(running))
    ).all()
    found: dict[int, tuple[Decimal, date | None]] = {}
    for receivable_id, promise in followup.promises(rows, today).items():
        if promise.state is PromiseState.RUNNING:
            assert promise.call.promised_amount is not None
            found[receivable_id] = (promise.call.promised_amount - promise.paid, promise.call.promised_on)
    return found


def _pay_days(dealers: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(PayingHabit.dealer_id, PayingHabit.pay_day).where(PayingHabit.pay_day.is_not(None))
    )
    return {dealer_id: pay_day for dealer_id, pay_day in rows if pay_day and dealer_id in dealers}


def _delays(dealers: Iterable[int], today: date) -> Mapping[int, Sequence[int]]:
    """Return how late each dealer paid what is paid in full, in days; one query for each 500 dealers."""
    found: dict[int, list[int]] = defaultdict(list)
    listed = sorted(dealers)
    for start in range(0, len(listed), _CHUNK):
        rows = db.session.execute(
            select(Receivable.dealer_id, Receivable.due_on, func.max(Receipt.received_on))
            .join(Posting, Posting.receivable_id == Receivable.id)
            .join(Receipt, Receipt.id == Posting.receipt_id)
            .where(
                Receivable.dealer_id.in_(listed[start : start + _CHUNK]),
                Receivable.settled >= Receivable.amount,
                Receivable.due_on >= today - _SINCE,
                Posting.kind == PostingKind.ALLOCATION,
                Receipt.bounced_at.is_(None),
            )
            .group_by(Receivable.id, Receivable.dealer_id, Receivable.due_on)
        )
        for dealer_id, due_on, came in rows:
            found[dealer_id].append((came - due_on).days)
    return found


def rows_of(ids: Sequence[int]) -> Sequence[Receivable]:
    """Return the sums behind a figure, the largest first, SHOWN at most."""
    statement = select(Receivable).where(Receivable.id.in_(ids)).options(*receivables.WHOLE)
    order = (Receivable.amount - Receivable.settled).desc()
    return db.session.scalars(statement.order_by(order, Receivable.id).limit(SHOWN)).all()
