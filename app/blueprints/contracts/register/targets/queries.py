"""What comes back about sales targets."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Float, Select, String, and_, case, cast, func, literal, or_, select, type_coerce
from sqlalchemy.orm import contains_eager, joinedload

from app.blueprints.contracts.register.rules.targets import FIRST_RESULT, SLACK, Course
from app.extensions import db
from app.models import Contract, ContractState, ContractTarget, ResultSource

OF = (ContractState.COUNTERSIGNED, ContractState.FILED, ContractState.ENDED)
T = ContractTarget
_LATELY = timedelta(days=31)  # what was missed longer ago calls nobody any more


def _days(first: Any, last: Any) -> Any:
    """Return the SQL of the days from one day to another."""
    if db.session.get_bind().dialect.name == "sqlite":
        return func.julianday(last) - func.julianday(first)
    return cast(last - first, Float)


def course(today: date) -> Any:
    """Return `rules.targets.course` in SQL. Both sums are raw numbers of the same scale on either database."""
    amount, achieved = type_coerce(T.amount, Float), type_coerce(T.achieved, Float)
    now = literal(today.isoformat()) if db.session.get_bind().dialect.name == "sqlite" else literal(today)
    days, gone = _days(T.starts_on, T.ends_on) + 1, _days(T.starts_on, now)
    return case(
        (achieved >= amount, Course.MET.value),
        (T.starts_on > today, Course.AHEAD.value),
        (and_(achieved.is_(None), gone < FIRST_RESULT, gone * 4 < days), Course.BEGUN.value),
        (achieved.is_(None), Course.UNKNOWN.value),
        (T.ends_on < today, Course.MISSED.value),
        (achieved * days < amount * gone * float(SLACK), Course.BEHIND.value),
        else_=Course.ON_COURSE.value,
    )


def _counts() -> Any:
    """Return the SQL of a contract in force or over.

    SQLite without statistics would begin with the state, which nearly every contract has, instead of with the days of
    the targets, whose index also gives the order; so the state is hidden from its indexes.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return type_coerce(func.coalesce(Contract.state, ""), String).in_([each.value for each in OF])
    return Contract.state.in_(OF)


def targets(only_of: int | None, since: date | None = None) -> Select[ContractTarget]:
    """Select the targets of contracts in force or over, with contract; of a rep their own.

    `since` leaves out those that were over before that day.
    """
    statement = select(ContractTarget).join(Contract, Contract.id == T.contract_id).where(_counts())
    if since is not None:
        statement = statement.where(T.ends_on >= since)
    return statement if only_of is None else statement.where(Contract.rep_id == only_of)


def one(contract: Contract, target_id: int) -> ContractTarget | None:
    return db.session.scalar(select(ContractTarget).where(T.id == target_id, T.contract_id == contract.id))


def hold_following(contract_ids: Collection[int]) -> Sequence[ContractTarget]:
    """Return the targets of these contracts, and of those they amend, of which nobody said what was achieved.

    All are held: where somebody lets a figure that was said follow the payments just now, one waits for the other.
    """
    amended = select(Contract.amends_id).where(Contract.id.in_(contract_ids), Contract.amends_id.is_not(None))
    statement = (
        select(T)
        .join(Contract, Contract.id == T.contract_id)
        .where(Contract.state.in_(OF), or_(T.contract_id.in_(contract_ids), T.contract_id.in_(amended)))
        .options(contains_eager(T.contract))
        .order_by(T.id)
        .with_for_update(of=T)
    )
    held = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    return [each for each in held if each.achieved_from in (None, ResultSource.PAYMENTS)]


def by_numbers(numbers: Collection[str]) -> dict[str, list[tuple[Contract, ContractTarget | None]]]:
    """Return contracts in force or over by their numbers, each with its targets in order; a query for 500 numbers."""
    found: dict[str, list[tuple[Contract, ContractTarget | None]]] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            select(Contract, ContractTarget)
            .outerjoin(ContractTarget, T.contract_id == Contract.id)
            .where(Contract.number.in_(wanted[start : start + 500]), Contract.state.in_(OF))
            .options(joinedload(Contract.dealer))
            .order_by(Contract.id, T.position)
        )
        for contract, target in rows:
            found.setdefault(contract.number or "", []).append((contract, target))
    return found


def behind_count(today: date, only_of: int | None) -> int:
    """Return how many targets are behind or were missed lately."""
    recent = today - _LATELY
    late = course(today).in_((Course.BEHIND.value, Course.MISSED.value))
    running = select(T.id).where(T.ends_on >= recent, T.starts_on <= today, late)
    statement = (
        select(func.count(T.id))
        .join(Contract, Contract.id == T.contract_id)
        .where(T.id.in_(running), Contract.state.in_(OF))
    )
    if only_of is not None:
        statement = statement.where(Contract.rep_id == only_of)
    return int(db.session.scalar(statement) or 0)
