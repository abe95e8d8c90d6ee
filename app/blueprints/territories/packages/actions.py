"""Taking a package of the day, and giving it back. Nothing here commits."""

from typing import cast

from sqlalchemy import ColumnElement, CursorResult, or_, update

from app import clock, journal
from app.blueprints.territories.packages import queries
from app.blueprints.territories.rules.packages import PackageOfOtherEvent, PackageSoldOut, objection
from app.extensions import db
from app.models import Contract, Package


def take(package: Package, contract: Contract) -> None:
    """Count a contract that is being signed with the package.

    Call it once, in the transaction in which the dealer's mark is stored, after `territories.actions.sign` (both lock
    rows, and everybody in this order). Raises PackageExpired, PackageSoldOut, PackageWithdrawn, FirstOrderTooSmall or
    PackageOfOtherEvent. Of two who want the last one at the same moment one gets it.
    """
    if package.event_id != contract.event_id:
        raise PackageOfOtherEvent(name=package.name)
    db.session.refresh(package)
    _refuse(package, contract)
    counted = _update(
        package, Package.is_active.is_(True), or_(Package.stock.is_(None), Package.taken < Package.stock), by=1
    )
    if not counted:
        _refuse(package, contract)
        raise PackageSoldOut(name=package.name)
    journal.record("package.taken", package, changes={"contract": [None, contract.number or contract.id]})


def give_back(package: Package, contract: Contract) -> None:
    """Let somebody else have what a contract had taken: it became void. Call it once."""
    if _update(package, Package.taken > 0, by=-1):
        journal.record("package.given_back", package, changes={"contract": [contract.number or contract.id, None]})


def _refuse(package: Package, contract: Contract) -> None:
    fault = objection(queries.facts_of(package), clock.now(), queries.first_order_of(contract))
    if fault is not None:
        raise fault


def _update(package: Package, *conditions: ColumnElement[bool], by: int) -> bool:
    """Count up or down where the conditions hold at that very moment; tell whether they did."""
    statement = update(Package).where(Package.id == package.id, *conditions).values(taken=Package.taken + by)
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.refresh(package)
    return cast("CursorResult[None]", result).rowcount == 1
