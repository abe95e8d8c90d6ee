"""Taking a package of the day and giving it back, and setting packages and limits up. Nothing here commits."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, or_, update

from app import clock, journal
from app.access import Role
from app.blueprints.territories.packages import queries, template
from app.blueprints.territories.rules.packages import PackageInUse, PackageOfOtherEvent, PackageSoldOut, objection
from app.extensions import db
from app.models import AuthorityLimit, Concession, Contract, Event, Package, Term


def take(package: Package, contract: Contract) -> None:
    """Count a contract that is being signed with the package.

    Call it once, in the transaction in which the dealer's mark is stored, after `territories.actions.sign` (both lock
    rows, and everybody in this order). Raises PackageExpired, PackageSoldOut, PackageWithdrawn, FirstOrderTooSmall or
    PackageOfOtherEvent. Of two who want the last one at the same moment one gets it. An amendment that names the
    package its contract has taken already takes no second one.
    """
    if package.event_id != contract.event_id:
        raise PackageOfOtherEvent(name=package.name)
    if queries.has_already(package, contract):
        return
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
    """Let somebody else have what a contract had taken: it became void. Call it once.

    It stays taken while another signed paper of the same contract names it.
    """
    if not queries.has_already(package, contract) and _update(package, Package.taken > 0, by=-1):
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


# --- Setting up ---------------------------------------------------------------------------------------------


def prepare(event: Event) -> int:
    """Give an event the standard packages it does not have yet; returns how many came."""
    known = {each.key for each in queries.packages_of(event)}
    last = clock.local(event.ends_at, event.time_zone)
    added = 0
    for position, row in enumerate(template.PACKAGES):
        if row.key in known:
            continue
        package = Package(
            event_id=event.id,
            key=row.key,
            position=position,
            name=row.name,
            description=row.description,
            stock=row.stock,
            min_first_order=row.min_first_order,
            expires_at=None if row.whole_event else min(last, last.replace(hour=18, minute=0, second=0)),
            is_active=True,
        )
        package.concessions = [Concession(position=n, **vars(each)) for n, each in enumerate(row.concessions)]
        db.session.add(package)
        added += 1
    db.session.flush()
    if added:
        journal.record("package.prepared", event, event_id=event.id, changes={"packages": [None, added]})
    return added


def save(package: Package, values: Mapping[str, Any], concessions: Sequence[Mapping[str, Any]]) -> None:
    """Set what a package is and gives. `values` are columns; `concessions` are rows in their order."""
    for name, value in values.items():
        setattr(package, name, value)
    is_new = package.id is None
    if is_new:
        db.session.add(package)
    said = {name: pair for name, pair in journal.changes_of(package).items() if name != "event_id"}
    before = [f"{each.name} {each.value:f}" for each in package.concessions]
    package.concessions = [Concession(position=n, **each) for n, each in enumerate(concessions)]
    after = [f"{each.name} {each.value:f}" for each in package.concessions]
    if before != after:
        said["concessions"] = [before, after]
    db.session.flush()
    journal.record("package.added" if is_new else "package.edited", package, changes=said)


def remove(package: Package) -> None:
    """Delete a package that no contract names. Raises PackageInUse."""
    if queries.is_named(package):
        raise PackageInUse(name=package.name)
    journal.record("package.removed", package, changes={"name": [package.name, None]})
    db.session.delete(package)
    db.session.flush()


def set_limits(event: Event | None, wanted: Mapping[tuple[Role, Term], Decimal | None]) -> int:
    """Set how far roles may go, for an event or (None) for the company. Returns how many limits changed.

    A limit of None is taken away, so that the next wider one holds.
    """
    rows = {(row.role, row.term): row for row in queries.limit_rows(event)}
    changes: dict[str, Any] = {}
    for (role, term), limit in wanted.items():
        row = rows.get((role, term))
        if (row.limit if row else None) == limit:
            continue
        changes[f"{role.value}.{term.value}"] = [str(row.limit) if row else None, None if limit is None else str(limit)]
        if row is None and limit is not None:
            db.session.add(AuthorityLimit(event_id=event.id if event else None, role=role, term=term, limit=limit))
        elif row is not None and limit is None:
            db.session.delete(row)
        elif row is not None and limit is not None:
            row.limit = limit
    db.session.flush()
    if changes and event is not None:
        journal.record("event.limits_set", event, event_id=event.id, changes=changes)
    elif changes:
        journal.record_unknown("company.limits_set", AuthorityLimit.__tablename__).changes = changes
    return len(changes)
