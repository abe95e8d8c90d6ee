"""What other rooms promise by themselves: orders, hired people's days, hotel nights, what signed packages give.

Nothing is stored here, so an order that is reduced, a duty that is refused, a guest who declines or a contract that
becomes void is followed at once. Without a price, a day rate or the rate of a night nothing can be counted.

A room above this one that promises money (publicity, for instance) registers a source: `@promises.source`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sqlalchemy import func, select

from app import clock
from app.blueprints.budget.rules.figures import NOTHING, Entry, Origin
from app.blueprints.budget.template import LODGING, MATERIALS, PACKAGES, line_of_staff
from app.blueprints.rsvp.seats.queries import seat_is_held
from app.extensions import db
from app.models import (
    BudgetRate,
    Concession,
    Contract,
    ContractState,
    Dealer,
    Duty,
    DutyState,
    Event,
    Invitation,
    Material,
    MaterialOrder,
    Package,
    RateKind,
    Reply,
    Shift,
    StaffKind,
    StaffPerson,
)

LineOf = Mapping[tuple[int | None, str | None], int]
Source = Callable[[Collection[int], LineOf], Iterable[Entry]]

_SOURCES: list[Source] = []


def source(find: Source) -> Source:
    """Register what another room promises: entries of several events, found with a fixed number of queries.

    It gets the ids of lines by (event, key of the line), and leaves out what has no line.
    """
    _SOURCES.append(find)
    return find


def of_events(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """Return one entry for each promise of these events: one query a source. An event without a budget has none."""
    for find in _SOURCES:
        yield from find(ids, line_of)


@source
def _materials(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """An order of materials is paid by the line that its material names, else by that of the materials."""
    rows = db.session.execute(
        select(MaterialOrder, Material.event_id, Material.name, Material.cost_line)
        .join(Material, Material.id == MaterialOrder.material_id)
        .where(
            Material.event_id.in_(ids),
            MaterialOrder.cancelled_at.is_(None),
            MaterialOrder.from_stock.is_(False),
            MaterialOrder.unit_price > NOTHING,
        )
    )
    for order, event_id, name, cost_line in rows:
        line = line_of.get((event_id, cost_line)) or line_of.get((event_id, MATERIALS))
        if line is not None:
            key, text = f"materials:{order.id}", f"{name} × {order.quantity}"
            sum_ = order.quantity * (order.unit_price or NOTHING)
            who, at = order.supplier, order.ordered_at
            yield Entry(event_id, line, Origin.MATERIALS, order.material_id, key, text, who, at, committed=sum_)


@source
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


@source
def _rooms(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """Hotel nights of guests who hold a seat, at the rate that the event names; one entry for an event."""
    rows = db.session.execute(
        select(
            Invitation.event_id,
            BudgetRate.amount,
            Event.venue,
            func.sum(Reply.hotel_nights),
            func.max(Reply.answered_at, type_=Reply.answered_at.type),
        )
        .join(Reply, Reply.invitation_id == Invitation.id)
        .join(BudgetRate, BudgetRate.event_id == Invitation.event_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(
            Invitation.event_id.in_(ids), BudgetRate.kind == RateKind.ROOM_NIGHT, Reply.hotel_nights > 0, seat_is_held()
        )
        .group_by(Invitation.event_id, BudgetRate.amount, Event.venue)
    )
    for event_id, rate, venue, nights, since in rows:
        line = line_of.get((event_id, LODGING))
        if line is not None and rate:
            key, text = f"rooms:{event_id}", str(nights)
            yield Entry(event_id, line, Origin.ROOMS, event_id, key, text, venue, since, committed=nights * rate)


@source
def _packages(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """A contract and its amendments give a package once, however many of them name it: the first one signed counts."""
    family = func.coalesce(Contract.amends_id, Contract.id)
    rows = db.session.execute(
        select(
            Contract.id,
            family,
            Package.id,
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
        .group_by(
            *(Contract.id, family, Package.id, Contract.event_id, Contract.signed_at, Dealer.company, Package.name)
        )
        .order_by(Contract.signed_at, Contract.id)
    )
    seen: set[tuple[int, int]] = set()
    for contract_id, first_id, package_id, event_id, signed_at, company, name, cost in rows:
        line = line_of.get((event_id, PACKAGES))
        is_new = (first_id, package_id) not in seen
        seen.add((first_id, package_id))
        if is_new and line is not None and event_id is not None and signed_at is not None and cost:
            key = f"contract:{contract_id}"
            yield Entry(event_id, line, Origin.CONTRACT, contract_id, key, name, company, signed_at, committed=cost)
