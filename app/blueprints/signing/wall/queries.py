"""What the wall shows, and what its controls show. The figures of both come from the same rows."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.blueprints.signing.rules import wall as rules
from app.extensions import db
from app.models import Contract, ContractState, Event, Wall, WallEntry

SEALED = (ContractState.COUNTERSIGNED, ContractState.FILED)
SHOWN = 40  # newest entries on the screen; the counter counts all


@dataclass(frozen=True)
class Line:
    """An entry with what its contract says, as controls and screen show it."""

    entry: WallEntry
    contract: Contract
    light: rules.Light


@dataclass(frozen=True)
class Figures:
    """How far signing is. `total` is the sum of the sealed contracts in the event's currency."""

    signed: int
    target: int
    total: Decimal


def wall_of(event: Event) -> Wall | None:
    """Return how the event's wall is set, None while nobody has set it up."""
    return db.session.get(Wall, event.id)


def wall_by_token(token: str) -> tuple[Wall, Event] | None:
    """Return the wall of a screen's link with its event."""
    row = db.session.execute(
        select(Wall, Event).join(Event, Event.id == Wall.event_id).where(Wall.token == token)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def entry(event: Event, contract_id: int) -> WallEntry | None:
    """Return one entry of an event's wall."""
    return db.session.scalar(
        select(WallEntry)
        .where(WallEntry.event_id == event.id, WallEntry.contract_id == contract_id)
        .options(joinedload(WallEntry.contract, innerjoin=True))
    )


def _entries(event: Event) -> Select[WallEntry]:
    return (
        select(WallEntry)
        .join(WallEntry.contract)
        .where(WallEntry.event_id == event.id)
        .options(contains_eager(WallEntry.contract).joinedload(Contract.dealer, innerjoin=True))
        .order_by(func.coalesce(Contract.countersigned_at, Contract.signed_at).desc(), Contract.id.desc())
    )


def lines(event: Event, wall: Wall, *, limit: int = 300) -> list[Line]:
    """Return every dealer who signed, newest first, and how each stands."""
    void = WallEntry.contract.has(Contract.state == ContractState.VOID)
    return [
        Line(each, each.contract, rules.light(_facts(each, wall)))
        for each in db.session.scalars(_entries(event).where(~void).limit(limit))
    ]


def _facts(entry: WallEntry, wall: Wall) -> rules.Facts:
    return rules.Facts(
        is_consented=entry.is_consented,
        is_countersigned=entry.contract.state in SEALED,
        released_at=entry.released_at,
        withdrawn_at=entry.withdrawn_at,
        deposit_seen_at=entry.deposit_seen_at,
        after_deposit=wall.after_deposit,
        releases_itself=wall.releases_itself,
    )


def shown(event: Event, wall: Wall) -> list[WallEntry]:
    """Return the newest entries that are up, by the conditions of `rules.wall.light` (a test holds both alike)."""
    up = [WallEntry.is_consented, WallEntry.withdrawn_at.is_(None), Contract.state.in_(SEALED)]
    if wall.after_deposit:
        up.append(WallEntry.deposit_seen_at.is_not(None))
    if not wall.releases_itself:
        up.append(WallEntry.released_at.is_not(None))
    return list(db.session.scalars(_entries(event).where(and_(*up)).limit(SHOWN)))


def figures(event: Event) -> Figures:
    """Count the dealers whose contracts are sealed, whether named on the wall or not."""
    in_its_currency = case((Contract.currency == event.currency, Contract.total))
    row = db.session.execute(
        select(func.count(Contract.dealer_id.distinct()), func.coalesce(func.sum(in_its_currency), 0)).where(
            Contract.event_id == event.id, Contract.state.in_(SEALED), Contract.amends_id.is_(None)
        )
    ).one()
    return Figures(signed=row[0], target=event.signing_target, total=Decimal(row[1]))


def in_the_draw(event: Event) -> list[WallEntry]:
    """Return who may win: a sealed contract, agreed to be named, and has not won yet."""
    may = [WallEntry.is_consented, WallEntry.drawn_at.is_(None), Contract.state.in_(SEALED)]
    return list(db.session.scalars(_entries(event).where(and_(*may))))


def last_winner(event: Event) -> WallEntry | None:
    """Return whom the draw found last."""
    return db.session.scalar(
        _entries(event)
        .where(WallEntry.drawn_at.is_not(None))
        .order_by(None)
        .order_by(WallEntry.drawn_at.desc())
        .limit(1)
    )
