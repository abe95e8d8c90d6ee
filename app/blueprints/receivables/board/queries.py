"""The figures of each rep: what is open, overdue, due soon, and what came in this month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select, type_coerce
from sqlalchemy.orm import aliased, joinedload

from app.blueprints.receivables import queries
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import (
    Amount,
    DunningCall,
    DunningOutcome,
    Event,
    Posting,
    PostingKind,
    PromiseState,
    Receipt,
    Receivable,
    User,
)

SOON = timedelta(days=7)
_MOST_BROKEN = 200


@dataclass(frozen=True)
class RepFigures:
    """What one rep's dealers owe in one currency, and what they paid this month."""

    rep_id: int | None
    name: str
    currency: str
    open_sum: Decimal
    count: int
    overdue: Decimal
    overdue_count: int
    soon: Decimal
    soon_count: int
    received: Decimal = ZERO


def by_rep(today: date, only_of: int | None = None) -> list[RepFigures]:
    """Return the figures of all reps, or of one, the most overdue first: three queries."""
    paid, owed = _received(today.replace(day=1), only_of), _open(today, only_of)
    names = _names({key[0] for key in paid} | {row["rep_id"] for row in owed})
    seen = {(row["rep_id"], row["currency"]) for row in owed}
    found = [
        RepFigures(**row, name=names.get(row["rep_id"], ""), received=paid.get((row["rep_id"], row["currency"]), ZERO))
        for row in owed
    ]
    for (rep_id, currency), came in paid.items():
        if (rep_id, currency) not in seen:
            name = names.get(rep_id, "")
            found.append(RepFigures(rep_id, name, currency, ZERO, 0, ZERO, 0, ZERO, 0, received=came))
    return sorted(found, key=lambda row: (row.currency != "CNY", row.currency, -row.overdue, -row.open_sum, row.name))


def _open(today: date, only_of: int | None) -> list[dict[str, Any]]:
    # As in `receivables.queries.ageing`: what is open is read first, from one index that holds all of it.
    rest = type_coerce(Receivable.amount - Receivable.settled, Amount())
    columns = (Receivable.rep_id, Receivable.currency, Receivable.due_on, rest.label("rest"))
    rows = queries.receivables(only_of=only_of).where(queries.IS_OPEN).with_only_columns(*columns)
    owed = rows.cte("owed").prefix_with("MATERIALIZED")
    late, soon = owed.c.due_on < today, owed.c.due_on.between(today, today + SOON)
    statement = select(
        owed.c.rep_id,
        owed.c.currency,
        type_coerce(func.sum(owed.c.rest), Amount()).label("open_sum"),
        func.count().label("count"),
        _sum_where(late, owed.c.rest).label("overdue"),
        func.count(case((late, 1))).label("overdue_count"),
        _sum_where(soon, owed.c.rest).label("soon"),
        func.count(case((soon, 1))).label("soon_count"),
    ).group_by(owed.c.rep_id, owed.c.currency)
    return [dict(row) for row in db.session.execute(statement).mappings()]


def _sum_where(condition: ColumnElement[bool], amount: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    return type_coerce(func.sum(case((condition, amount), else_=type_coerce(ZERO, Amount()))), Amount())


def _received(since: date, only_of: int | None) -> dict[tuple[int | None, str], Decimal]:
    """Return what came in since a day, by rep and currency; what bounced or was reversed counts itself away."""
    total = type_coerce(func.sum(Posting.amount), Amount())
    statement = (
        select(Receivable.rep_id, Receivable.currency, total)
        .select_from(Receipt)
        .join(Posting, Posting.receipt_id == Receipt.id)
        .join(Receivable, Receivable.id == Posting.receivable_id)
        .where(Receipt.received_on >= since, Posting.kind == PostingKind.ALLOCATION)
        .group_by(Receivable.rep_id, Receivable.currency)
    )
    if only_of is not None:
        statement = statement.where(Receivable.rep_id == only_of)
    return {(rep_id, currency): came for rep_id, currency, came in db.session.execute(statement)}


def _names(ids: set[int | None]) -> dict[int | None, str]:
    known = [each for each in ids if each is not None]
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(known))).all())


def latest_money(rep_id: int, limit: int = 5) -> Sequence[Posting]:
    """Return the newest payments on what a rep chases."""
    statement = (
        select(Posting)
        .join(Receivable, Receivable.id == Posting.receivable_id)
        .where(Receivable.rep_id == rep_id, Posting.kind == PostingKind.ALLOCATION, Posting.reverses_id.is_(None))
        .order_by(Posting.id.desc())
        .limit(limit)
        .options(joinedload(Posting.receipt), joinedload(Posting.receivable).joinedload(Receivable.dealer))
    )
    return db.session.scalars(statement).all()


def broken(today: date, events: Sequence[Event] | None = None, only_of: int | None = None) -> list[Receivable]:
    """Return open sums whose latest promise was broken, the largest first."""
    later = aliased(DunningCall)
    promised = exists().where(
        DunningCall.receivable_id == Receivable.id,
        DunningCall.promised_on < today,
        ~exists().where(
            later.receivable_id == DunningCall.receivable_id,
            later.id > DunningCall.id,
            later.outcome == DunningOutcome.PROMISED,
        ),
    )
    statement = queries.receivables(only_of=only_of).where(queries.IS_OPEN, promised)
    if events is not None:
        statement = statement.where(Receivable.event_id.in_([event.id for event in events]))
    largest = statement.order_by((Receivable.amount - Receivable.settled).desc(), Receivable.id).limit(_MOST_BROKEN)
    rows = db.session.scalars(largest.options(joinedload(Receivable.dealer))).all()
    became = followup.promises(rows, today)
    return [row for row in rows if row.id in became and became[row.id].state is PromiseState.BROKEN]


def long_overdue(
    today: date, events: Sequence[Event] | None = None, only_of: int | None = None, days: int = 30
) -> dict[int | None, list[tuple[str, Decimal, int]]]:
    """Return by event what is overdue for more than so many days: (currency, sum, number)."""
    statement = queries.receivables(only_of=only_of).where(
        queries.IS_OPEN, Receivable.due_on < today - timedelta(days=days)
    )
    if events is not None:
        statement = statement.where(Receivable.event_id.in_([event.id for event in events]))
    grouped = statement.with_only_columns(
        Receivable.event_id, Receivable.currency, queries.OPEN_SUM, func.count()
    ).group_by(Receivable.event_id, Receivable.currency)
    found: dict[int | None, list[tuple[str, Decimal, int]]] = {}
    for event_id, currency, total, number in db.session.execute(grouped.order_by(Receivable.currency)):
        found.setdefault(event_id, []).append((currency, total, number))
    return found
