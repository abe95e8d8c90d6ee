"""Which contracts end when, by their last day in force."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.access import Role
from app.blueprints.contracts.register.queries import IN_FORCE, last_day, main_contracts
from app.extensions import db
from app.models import Contract, ContractKind, ContractState, ExpiryNotice, TerritoryGrant, User, UserRole

AT_ONCE = 200  # in one run of a step; the next minute goes on


def ends_between(first: date | None, last: date) -> ColumnElement[bool]:
    """Return the condition that a contract's last day in force lies between two days, both included.

    The second condition alone would say it; the first lets both databases begin with an index, whatever else they
    think they know about states.
    """
    own, amendment = aliased(Contract), aliased(Contract)

    def within(column: Any) -> ColumnElement[bool]:
        return column <= last if first is None else and_(column >= first, column <= last)

    dated = select(own.id).where(own.state.in_(IN_FORCE), within(own.ends_on))
    amended = select(amendment.amends_id).where(
        amendment.kind == ContractKind.AMENDMENT, amendment.state.in_(IN_FORCE), within(amendment.ends_on)
    )
    return and_(Contract.id.in_(union(dated, amended)), within(last_day()))


def to_tell(first: date, last: date, days: int) -> list[tuple[Contract, date]]:
    """Return contracts that end between two days and of which nobody was told so many days before; with the day."""
    told = exists().where(
        ExpiryNotice.contract_id == Contract.id,
        ExpiryNotice.ends_on == last_day(),
        ExpiryNotice.days_before == days,
    )
    statement = (
        main_contracts()
        .add_columns(last_day())
        .where(ends_between(first, last), ~told)
        .options(joinedload(Contract.dealer), joinedload(Contract.rep))
        .order_by(Contract.ends_on, Contract.id)
        .limit(AT_ONCE)
    )
    return [(contract, day) for contract, day in db.session.execute(statement)]


def over(today: date) -> list[int]:
    """Return the ids of contracts whose last day in force is before today."""
    statement = main_contracts().where(ends_between(None, date.fromordinal(today.toordinal() - 1)))
    return list(db.session.scalars(statement.with_only_columns(Contract.id).order_by(Contract.id).limit(AT_ONCE)))


def void_without_retention() -> list[int]:
    """Return the ids of void contracts of which nothing says how long they are kept: they were never filed."""
    statement = select(Contract.id).where(Contract.state == ContractState.VOID, Contract.retain_until.is_(None))
    return list(db.session.scalars(statement.order_by(Contract.id).limit(AT_ONCE)))


def ending_count(today: date, last: date, only_of: int | None) -> int:
    """Return how many contracts in force end until a day; with `only_of` those this person is the rep of."""
    statement = main_contracts().where(ends_between(today, last))
    if only_of is not None:
        statement = statement.where(Contract.rep_id == only_of)
    return int(db.session.scalar(statement.with_only_columns(func.count(Contract.id))) or 0)


def with_amendments(contract_id: int) -> list[Contract]:
    """Return a contract and its amendments in force, with their territories."""
    statement: Select[Contract] = select(Contract).where(
        or_(Contract.id == contract_id, Contract.amends_id == contract_id), Contract.state.in_(IN_FORCE)
    )
    loaded = statement.options(selectinload(Contract.grants).joinedload(TerritoryGrant.region))
    return list(db.session.scalars(loaded.order_by(Contract.id)))


def administrators() -> list[User]:
    """Return the contract administrators."""
    holds = select(UserRole.user_id).where(UserRole.role == Role.CONTRACT_ADMINISTRATOR)
    return list(db.session.scalars(select(User).where(User.is_active, User.id.in_(holds)).order_by(User.id)))
