"""Packages of an event and the limits that hold there."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app import clock
from app.access import Role
from app.blueprints.territories.rules.authority import STANDARD, Limits
from app.blueprints.territories.rules.packages import Facts, objection
from app.extensions import db
from app.models import AuthorityLimit, Contract, ContractState, Event, Package, PaymentKind, Term

PLENTY = Decimal("Infinity")  # a first order that is large enough for every package


def packages_of(event: Event) -> Sequence[Package]:
    """Return all packages of an event in their order, with what they give."""
    statement = select(Package).where(Package.event_id == event.id).options(selectinload(Package.concessions))
    return db.session.scalars(statement.order_by(Package.position, Package.id)).all()


def takeable(event: Event, now: datetime | None = None) -> list[Package]:
    """Return the packages of an event that a contract may still name, whatever its first order."""
    at = now or clock.now()
    return [each for each in packages_of(event) if objection(facts_of(each), at, PLENTY) is None]


def facts_of(package: Package) -> Facts:
    """Return what the rule looks at."""
    return Facts(
        package.name,
        package.is_active,
        package.expires_at or package.event.ends_at,
        package.stock,
        package.taken,
        package.min_first_order,
    )


def first_order_of(contract: Contract) -> Decimal:
    """Return the sum of a contract's payments for a first order; without any, the contract's sum."""
    sums = [term.amount for term in contract.payment_terms if term.kind is PaymentKind.FIRST_ORDER]
    return sum(sums, Decimal(0)) if sums else contract.total


def has_already(package: Package, contract: Contract) -> bool:
    """Tell whether another signed paper of the same contract (itself or an amendment) has taken the package."""
    first_id = contract.amends_id or contract.id
    statement = select(Contract.id).where(
        or_(Contract.id == first_id, Contract.amends_id == first_id),
        Contract.id != contract.id,
        Contract.package_id == package.id,
        Contract.signed_at.is_not(None),
        Contract.state != ContractState.VOID,
    )
    return db.session.scalar(statement.limit(1)) is not None


def limits(event: Event | None) -> Limits:
    """Return how far each role may go: the standard, the company's own over it, the event's over both."""
    own = or_(AuthorityLimit.event_id.is_(None), AuthorityLimit.event_id == (event.id if event else None))
    rows = db.session.scalars(select(AuthorityLimit).where(own)).all()
    found: dict[tuple[Role, Term], Decimal] = dict(STANDARD)
    for row in sorted(rows, key=lambda row: row.event_id is not None):
        found[row.role, row.term] = row.limit
    return found


def limit_rows(event: Event | None) -> Sequence[AuthorityLimit]:
    """Return the limits set for an event itself, or (None) the company's own."""
    own = AuthorityLimit.event_id.is_(None) if event is None else AuthorityLimit.event_id == event.id
    return db.session.scalars(select(AuthorityLimit).where(own)).all()


def package(event: Event, package_id: int) -> Package | None:
    """Return one package of an event."""
    statement = select(Package).where(Package.event_id == event.id, Package.id == package_id)
    return db.session.scalar(statement.options(selectinload(Package.concessions)))


def is_named(package: Package) -> bool:
    """Tell whether a contract names the package."""
    return db.session.scalar(select(Contract.id).where(Contract.package_id == package.id).limit(1)) is not None


def named_by(event: Event) -> dict[int, int]:
    """Return how many contracts name each package of an event, signed or not."""
    statement = select(Contract.package_id, func.count()).where(Contract.event_id == event.id)
    rows = db.session.execute(statement.where(Contract.package_id.is_not(None)).group_by(Contract.package_id))
    return {package_id: count for package_id, count in rows if package_id is not None}
