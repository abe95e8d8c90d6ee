"""What the ledger says of sales targets."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, type_coerce, union_all
from sqlalchemy.orm import aliased, joinedload

from app import clock
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.register.targets.queries import OF
from app.blueprints.receivables.ledger.queries import LEFT
from app.blueprints.receivables.rules import results
from app.blueprints.receivables.rules.refunds import GOODS
from app.blueprints.receivables.rules.results import Payment
from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import Amount, Contract, ContractTarget, Posting, PostingKind, Receipt, Receivable

T, R, P = ContractTarget, Receivable, Posting
_OWN = aliased(ContractTarget)
_HAS_OWN = exists().where(_OWN.contract_id == Contract.id)
# Whose targets count what is paid under a contract: its own, or else those of the contract it amends.
_COUNTED_FOR = case((or_(Contract.amends_id.is_(None), _HAS_OWN), Contract.id), else_=Contract.amends_id)


@dataclass
class Goods:
    """What was to be paid for goods under a contract, and what came in."""

    due: list[date] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)


def goods(contract_ids: Collection[int]) -> Mapping[int, Goods]:
    """Return, by contract, what counts for its targets: two queries."""
    found: dict[int, Goods] = defaultdict(Goods)
    # An "or" over two columns, or the state, would keep SQLite from the keys and let it read every contract in force.
    papers = union_all(
        select(Contract.id).where(Contract.id.in_(contract_ids)),
        select(Contract.id).where(Contract.amends_id.in_(contract_ids)),
    )
    owed = (
        select(R.id, _COUNTED_FOR, Contract.state, R.due_on, R.cancelled_at)
        .join(Contract, Contract.id == R.contract_id)
        .where(R.contract_id.in_(papers), R.kind.in_(GOODS))
        .order_by(R.id)
    )
    counted_for: dict[int, int] = {}
    for receivable_id, contract_id, state, due_on, cancelled_at in db.session.execute(owed):
        if state not in OF:
            continue
        counted_for[receivable_id] = contract_id
        if cancelled_at is None:
            found[contract_id].due.append(due_on)
    paid, gone = _money(counted_for)
    for each in results.kept(paid, gone):
        found[counted_for[each.receivable_id]].payments.append(each)
    return found


def _money(receivable_ids: Collection[int]) -> tuple[list[Payment], dict[int, Decimal]]:
    """Return confirmed payments of receivables, and what is no longer there of each."""
    if not receivable_ids:
        return [], {}
    is_paid = and_(P.kind == PostingKind.ALLOCATION, Receipt.confirmed_at.is_not(None))
    rows = db.session.execute(
        select(P.receivable_id, P.receipt_id, Receipt.received_on, type_coerce(func.sum(P.amount), Amount()))
        .outerjoin(Receipt, Receipt.id == P.receipt_id)
        .where(P.receivable_id.in_(receivable_ids), or_(is_paid, P.kind.in_(LEFT)))
        .group_by(P.receivable_id, P.receipt_id, Receipt.received_on)
    )
    paid: list[Payment] = []
    gone: dict[int, Decimal] = {}
    for receivable_id, receipt_id, received_on, amount in rows:
        assert receivable_id is not None
        if receipt_id is None:
            gone[receivable_id] = -amount
        elif amount > ZERO:
            paid.append(Payment(receivable_id, receipt_id, received_on, amount, amount))
    return paid, gone


def figures(targets: Sequence[ContractTarget], today: date | None = None) -> dict[int, Decimal]:
    """Return what the payments say was achieved, by target; without those of which they know nothing yet."""
    known, day = goods({each.contract_id for each in targets}), today or clock.today(ZONE)
    said = {
        each.id: results.figure(of.payments, of.due, each.starts_on, each.ends_on, day)
        for each in targets
        if (of := known.get(each.contract_id)) is not None
    }
    return {target_id: amount for target_id, amount in said.items() if amount is not None}


def rows(target: ContractTarget) -> list[tuple[Payment, Receipt, Receivable]]:
    """Return the payments a target's figure is made of, oldest first."""
    known = goods([target.contract_id]).get(target.contract_id, Goods())
    counted = results.within(known.payments, target.starts_on, target.ends_on)
    receipts = select(Receipt).where(Receipt.id.in_({each.receipt_id for each in counted}))
    owed = select(R).where(R.id.in_({each.receivable_id for each in counted})).options(joinedload(R.contract))
    by_receipt = {each.id: each for each in db.session.scalars(receipts)}
    by_receivable = {each.id: each for each in db.session.scalars(owed)}
    return [(each, by_receipt[each.receipt_id], by_receivable[each.receivable_id]) for each in counted]


def newly_known(today: date, most: int) -> list[int]:
    """Return contracts with a target of which nobody said anything, and of which the payments know something now."""
    statement = (
        select(T.contract_id)
        .distinct()
        .join(Contract, Contract.id == T.contract_id)
        .where(T.achieved.is_(None), T.starts_on < today, Contract.state.in_(OF))
        .where(or_(*(condition for same in (True, False) for condition in _known(today, is_same=same))))
        .order_by(T.contract_id)
        .limit(most)
    )
    return list(db.session.scalars(statement))


def _known(today: date, *, is_same: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What `rules.results.figure` asks, in SQL: of the contract itself, or of an amendment without own targets."""
    paper, own = aliased(Contract), aliased(ContractTarget)
    counts = (
        (paper.id == T.contract_id,)
        if is_same
        else (paper.amends_id == T.contract_id, ~exists().where(own.contract_id == paper.id))
    )
    owed: Select[Any] = (
        select(R.id).join(paper, paper.id == R.contract_id).where(*counts, paper.state.in_(OF), R.kind.in_(GOODS))
    )
    is_due = owed.where(R.cancelled_at.is_(None), R.due_on.between(T.starts_on, T.ends_on), R.due_on < today)
    paid = (
        owed.join(P, P.receivable_id == R.id)
        .join(Receipt, Receipt.id == P.receipt_id)
        .where(P.kind == PostingKind.ALLOCATION, Receipt.confirmed_at.is_not(None))
        .where(Receipt.received_on.between(T.starts_on, T.ends_on))
        .group_by(R.id)
        .having(func.sum(P.amount) > ZERO)
    )
    return is_due.correlate(T).exists(), paid.correlate(T).exists()
