"""Problem accounts, and what a dealer's credit standing is worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.rules.credit import History, standing
from app.blueprints.receivables.rules.sums import days_late
from app.extensions import db
from app.models import (
    Contract,
    CreditStanding,
    Dealer,
    DunningCall,
    DunningOutcome,
    Posting,
    PostingKind,
    ProblemAccount,
    Receipt,
    Receivable,
    TerritoryGrant,
    TerritoryState,
    User,
)

_WHOLE = (
    joinedload(ProblemAccount.dealer),
    joinedload(ProblemAccount.owner),
    joinedload(ProblemAccount.opened_by),
    joinedload(ProblemAccount.decided_by),
)


def accounts(only_of: int | None = None) -> Select[ProblemAccount]:
    """Select problem accounts; with `only_of` those this person owns or whose dealer they chase."""
    statement = select(ProblemAccount).options(*_WHOLE)
    if only_of is None:
        return statement
    chased = exists().where(Receivable.dealer_id == ProblemAccount.dealer_id, Receivable.rep_id == only_of)
    return statement.where(or_(ProblemAccount.owner_id == only_of, chased))


def account(account_id: int, only_of: int | None = None) -> ProblemAccount | None:
    return db.session.scalar(accounts(only_of).where(ProblemAccount.id == account_id))


def open_of(dealer_id: int) -> ProblemAccount | None:
    """Return the open problem account of a dealer."""
    found = accounts().where(ProblemAccount.dealer_id == dealer_id, ProblemAccount.closed_at.is_(None))
    return db.session.scalar(found)


def to_decide(today: date, owner_id: int | None = None) -> Sequence[ProblemAccount]:
    """Return the open accounts whose day to decide has come, the longest waiting first."""
    statement = accounts().where(
        ProblemAccount.closed_at.is_(None), ProblemAccount.decided_at.is_(None), ProblemAccount.decide_by <= today
    )
    if owner_id is not None:
        statement = statement.where(ProblemAccount.owner_id == owner_id)
    return db.session.scalars(statement.order_by(ProblemAccount.decide_by, ProblemAccount.id)).all()


def to_release(today: date) -> Sequence[int]:
    """Return the open accounts whose territory is to go now."""
    found = select(ProblemAccount.id).where(
        ProblemAccount.closed_at.is_(None),
        ProblemAccount.released_at.is_(None),
        ProblemAccount.release_on <= today,
    )
    return db.session.scalars(found.order_by(ProblemAccount.id)).all()


def overdue_of(dealer_id: int, today: date) -> Sequence[Receivable]:
    """Return what a dealer is late with, the oldest first."""
    return [row for row in receivables.of_dealer(dealer_id) if row.open_amount and row.due_on < today]


def owners() -> dict[int, str]:
    """Return who may own a problem account: everybody with an account of ours."""
    return dict(db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name)).all())


def granted_contracts(dealer_id: int) -> Sequence[Contract]:
    """Return the dealer's contracts that give a territory now."""
    given = exists().where(
        TerritoryGrant.contract_id == Contract.id,
        TerritoryGrant.state.in_((TerritoryState.SIGNED, TerritoryState.HELD)),
    )
    found = select(Contract).where(Contract.dealer_id == dealer_id, given).order_by(Contract.id)
    return db.session.scalars(found).all()


def grants_of(dealer_id: int) -> Sequence[TerritoryGrant]:
    """Return the territories a dealer has now."""
    statement = select(TerritoryGrant).where(
        TerritoryGrant.dealer_id == dealer_id,
        TerritoryGrant.state.in_((TerritoryState.SIGNED, TerritoryState.HELD)),
    )
    loads = (joinedload(TerritoryGrant.region), joinedload(TerritoryGrant.line))
    return db.session.scalars(statement.order_by(TerritoryGrant.id).options(*loads)).all()


@dataclass(frozen=True)
class Credit:
    """A dealer's credit standing and what it is worked out from."""

    standing: CreditStanding
    history: History
    account: ProblemAccount | None


def credit_of(dealer: Dealer, today: date) -> Credit:
    """Work out the credit standing of a dealer: six queries."""
    rows = [row for row in receivables.of_dealer(dealer.id) if row.cancelled_at is None]
    late = [days_late(row.due_on, today) for row in rows if row.open_amount > 0 and row.due_on < today]
    delays = [days for _due, days in _delays(dealer.id)]
    kept, broken = _promises(dealer.id, today)
    bad = open_of(dealer.id)
    history = History(
        paid=len(delays),
        average_late=max(0, round(sum(delays) / len(delays))) if delays else 0,
        overdue=len(late),
        longest_late=max(late, default=0),
        broken=broken,
        kept=kept,
        bounced=_bounced(dealer.id),
        is_problem=bad is not None,
        was_written_off=_was_written_off(dealer.id),
    )
    return Credit(standing(history), history, bad)


def _delays(dealer_id: int) -> list[tuple[date, int]]:
    last = func.max(Receipt.received_on)
    statement = (
        select(Receivable.due_on, last)
        .join(Posting, Posting.receivable_id == Receivable.id)
        .join(Receipt, Receipt.id == Posting.receipt_id)
        .where(Receivable.dealer_id == dealer_id, Receivable.settled >= Receivable.amount)
        .where(Receipt.bounced_at.is_(None))
        .group_by(Receivable.id, Receivable.due_on)
    )
    return [(due_on, (came - due_on).days) for due_on, came in db.session.execute(statement)]


def _promises(dealer_id: int, today: date) -> tuple[int, int]:
    """Return how many promises whose day is over were kept and broken; one that a later one replaced does not count."""
    calls = db.session.scalars(
        select(DunningCall)
        .join(Receivable, Receivable.id == DunningCall.receivable_id)
        .where(Receivable.dealer_id == dealer_id, DunningCall.outcome == DunningOutcome.PROMISED)
        .order_by(DunningCall.id)
    ).all()
    paid = followup.paid_for([call.id for call in calls])
    kept = broken = 0
    for place, call in enumerate(calls):
        assert call.promised_on is not None
        assert call.promised_amount is not None
        same = (later for later in calls[place + 1 :] if later.receivable_id == call.receivable_id)
        is_replaced = any(later.called_at.date() <= call.promised_on for later in same)
        if paid.get(call.id, 0) >= call.promised_amount:
            kept += 1
        elif call.promised_on < today and not is_replaced:
            broken += 1
    return kept, broken


def _bounced(dealer_id: int) -> int:
    """How many payments bounced. A row of the bank that finance matched wrongly is not the dealer's fault."""
    gone = select(func.count()).select_from(Receipt).where(Receipt.dealer_id == dealer_id)
    bounced = gone.where(Receipt.bounced_at.is_not(None), ~Receipt.is_withdrawn)
    return int(db.session.scalar(bounced) or 0)


def _was_written_off(dealer_id: int) -> bool:
    rows = select(func.sum(Posting.amount)).join(Receivable, Receivable.id == Posting.receivable_id)
    given_up = rows.where(Receivable.dealer_id == dealer_id, Posting.kind == PostingKind.WRITE_OFF)
    return bool(db.session.scalar(given_up))
