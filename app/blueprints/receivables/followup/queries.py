"""What the follow-up knows: calls, promises and what became of them, habits."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.receivables import queries
from app.blueprints.receivables.rules import calls as rules
from app.blueprints.receivables.rules.calls import Facts, Why
from app.blueprints.receivables.rules.promises import promise as became
from app.blueprints.receivables.rules.sums import ZERO, days_late
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

MOST = 200  # of a call list; nobody calls more in a day
_CHUNK = 500


@dataclass(frozen=True)
class Promise:
    """A promise, and what came in for it until its day."""

    call: DunningCall
    paid: Decimal
    state: PromiseState


@dataclass(frozen=True)
class ToCall:
    """One line of the call list."""

    row: Receivable
    why: Why
    late: int
    promise: Promise | None
    last_call: DunningCall | None
    calls: int
    habit: PayingHabit | None


def promises(rows: Collection[Receivable], today: date) -> dict[int, Promise]:
    """Return the latest promise about each receivable, with what the receipts say: two queries for each 500."""
    found: dict[int, Promise] = {}
    listed = list(rows)
    for start in range(0, len(listed), _CHUNK):
        found |= _promises({row.id: row for row in listed[start : start + _CHUNK]}, today)
    return found


def _promises(rows: dict[int, Receivable], today: date) -> dict[int, Promise]:
    about = DunningCall.receivable_id.in_(rows), DunningCall.outcome == DunningOutcome.PROMISED
    latest = select(func.max(DunningCall.id)).where(*about).group_by(DunningCall.receivable_id)
    calls = db.session.scalars(select(DunningCall).where(DunningCall.id.in_(latest))).all()
    if not calls:
        return {}
    paid = paid_for([call.id for call in calls])
    return {
        call.receivable_id: _promise(call, rows[call.receivable_id], paid.get(call.id, ZERO), today) for call in calls
    }


def paid_for(call_ids: Collection[int]) -> dict[int, Decimal]:
    """Return what came in for promises.

    What was recorded since the call counts, when it came by the promised day; what was undone counts itself away.
    """
    if not call_ids:
        return {}
    paid_by = db.session.execute(
        select(DunningCall.id, func.sum(Posting.amount))
        .join(Posting, Posting.receivable_id == DunningCall.receivable_id)
        .join(Receipt, Receipt.id == Posting.receipt_id)
        .where(
            DunningCall.id.in_(call_ids),
            Posting.kind == PostingKind.ALLOCATION,
            Receipt.recorded_at >= DunningCall.called_at,
            Receipt.received_on <= DunningCall.promised_on,
        )
        .group_by(DunningCall.id)
    )
    return dict(paid_by.all())


def _promise(call: DunningCall, row: Receivable, paid: Decimal, today: date) -> Promise:
    assert call.promised_amount is not None
    assert call.promised_on is not None
    return Promise(call, paid, became(call.promised_amount, call.promised_on, paid, row.open_amount, today))


def call_list(today: date, event: Event | None = None, only_of: int | None = None, most: int = MOST) -> list[ToCall]:
    """Return whom to call, in order: a fixed number of queries."""
    rows = db.session.scalars(
        queries.receivables(event, only_of)
        .where(queries.IS_OPEN, Receivable.due_on <= today + timedelta(days=rules.SOON))
        .order_by(Receivable.due_on, Receivable.id)
        .limit(most)
        .options(*queries.WHOLE)
    ).all()
    by_id = {row.id: row for row in rows}
    known, last, counts, habits = promises(rows, today), *_calls(by_id), habits_of({row.dealer_id for row in rows})
    facts = [_facts(row, known.get(row.id), last.get(row.id), today) for row in rows]
    return [
        ToCall(
            row=by_id[each.id],
            why=reason,
            late=each.days_late,
            promise=known.get(each.id),
            last_call=last.get(each.id),
            calls=counts[each.id],
            habit=habits.get(by_id[each.id].dealer_id),
        )
        for reason, each in rules.order(facts, today)
    ]


def _facts(row: Receivable, known: Promise | None, last: DunningCall | None, today: date) -> Facts:
    zone = row.event.time_zone if row.event else "Asia/Shanghai"
    return Facts(
        id=row.id,
        open_amount=row.open_amount,
        days_late=days_late(row.due_on, today),
        promise=known.state if known else None,
        next_call_on=last.next_call_on if last else None,
        called_today=last is not None and clock.local(last.called_at, zone).date() == today,
    )


def _calls(ids: Collection[int]) -> tuple[dict[int, DunningCall], Counter[int]]:
    about = DunningCall.receivable_id.in_(ids)
    latest = select(func.max(DunningCall.id)).where(about).group_by(DunningCall.receivable_id)
    rows = db.session.scalars(
        select(DunningCall).where(DunningCall.id.in_(latest)).options(joinedload(DunningCall.caller))
    )
    counted = select(DunningCall.receivable_id, func.count()).where(about).group_by(DunningCall.receivable_id)
    return {row.receivable_id: row for row in rows}, Counter(dict(db.session.execute(counted).all()))


def habits_of(dealer_ids: Collection[int]) -> dict[int, PayingHabit]:
    """Return what is known of how these dealers pay."""
    rows = db.session.scalars(select(PayingHabit).where(PayingHabit.dealer_id.in_(dealer_ids)))
    return {row.dealer_id: row for row in rows}


def calls_of(row: Receivable) -> Sequence[DunningCall]:
    """Return the calls about a receivable, newest first."""
    statement = select(DunningCall).where(DunningCall.receivable_id == row.id).order_by(DunningCall.id.desc())
    return db.session.scalars(statement.options(joinedload(DunningCall.caller))).all()
