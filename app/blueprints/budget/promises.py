"""What other rooms promise by themselves, read from their own rows: orders, hired people's days, signed packages.

Nothing is stored here, so an order that is reduced, a duty that is refused or a contract that becomes void is followed
at once. An order without a price and a person without a rate promise nothing that could be counted.
"""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import func, select

from app import clock
from app.blueprints.budget.rules.figures import NOTHING, Entry, Origin
from app.blueprints.budget.template import MATERIALS, PACKAGES, line_of_staff
from app.extensions import db
from app.models import (
    Concession,
    Contract,
    ContractState,
    Dealer,
    Duty,
    DutyState,
    Event,
    Material,
    MaterialOrder,
    Package,
    Shift,
    StaffKind,
    StaffPerson,
)

LineOf = Mapping[tuple[int | None, str | None], int]


def of_events(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """Return one entry for each promise of these events: three queries. An event without a budget has none."""
    yield from _materials(ids, line_of)
    yield from _staff(ids, line_of)
    yield from _packages(ids, line_of)


def _materials(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    rows = db.session.execute(
        select(MaterialOrder, Material.event_id, Material.name)
        .join(Material, Material.id == MaterialOrder.material_id)
        .where(
            Material.event_id.in_(ids),
            MaterialOrder.cancelled_at.is_(None),
            MaterialOrder.from_stock.is_(False),
            MaterialOrder.unit_price > NOTHING,
        )
    )
    for order, event_id, name in rows:
        line = line_of.get((event_id, MATERIALS))
        if line is not None:
            key, text = f"materials:{order.id}", f"{name} × {order.quantity}"
            sum_ = order.quantity * (order.unit_price or NOTHING)
            yield Entry(
                event_id,
                line,
                Origin.MATERIALS,
                order.material_id,
                key,
                text,
                order.supplier,
                order.ordered_at,
                committed=sum_,
            )


def _staff(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """A hired person costs the rate once for each day with a duty; who only stands by as a deputy costs nothing."""
    rows = db.session.execute(
        select(
            Duty.event_id,
            StaffPerson.id,
            StaffPerson.name,
            StaffPerson.kind,
            StaffPerson.agency,
            StaffPerson.day_rate,
            Shift.starts_at,
            Duty.created_at,
            Event.time_zone,
        )
        .join(StaffPerson, StaffPerson.id == Duty.person_id)
        .join(Shift, Shift.id == Duty.shift_id)
        .join(Event, Event.id == Duty.event_id)
        .where(
            Duty.event_id.in_(ids),
            Duty.state != DutyState.REFUSED,
            Duty.is_deputy.is_(False),
            StaffPerson.kind != StaffKind.OWN,
            StaffPerson.day_rate > NOTHING,
        )
        .order_by(Duty.created_at, Duty.id)
    )
    seen: set[str] = set()
    for event_id, person_id, name, kind, agency, rate, starts_at, since, zone in rows:
        day = clock.local(starts_at, zone).date()
        key = f"staff:{event_id}:{person_id}:{day}"
        line = line_of.get((event_id, line_of_staff(kind)))
        if line is not None and key not in seen:
            seen.add(key)
            text = f"{name} · {day}"
            yield Entry(event_id, line, Origin.STAFF, person_id, key, text, agency, since, committed=rate or NOTHING)


def _packages(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    rows = db.session.execute(
        select(
            Contract.id,
            Contract.event_id,
            Contract.signed_at,
            Dealer.company,
            Package.name,
            func.sum(Concession.cost),
        )
        .join(Dealer, Dealer.id == Contract.dealer_id)
        .join(Package, Package.id == Contract.package_id)
        .join(Concession, Concession.package_id == Package.id)
        .where(Contract.event_id.in_(ids), Contract.signed_at.is_not(None), Contract.state != ContractState.VOID)
        .group_by(Contract.id, Contract.event_id, Contract.signed_at, Dealer.company, Package.name)
    )
    for contract_id, event_id, signed_at, company, name, cost in rows:
        line = line_of.get((event_id, PACKAGES))
        if line is not None and event_id is not None and signed_at is not None and cost:
            key = f"contract:{contract_id}"
            yield Entry(event_id, line, Origin.CONTRACT, contract_id, key, name, company, signed_at, committed=cost)
