"""Promising territory: holding, signing, letting go. Every verb locks the product lines first and never commits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from app import clock, journal
from app.blueprints.territories import queries
from app.blueprints.territories.bids import actions as bids
from app.blueprints.territories.locking import lock
from app.blueprints.territories.queries import TIMED_OUT, Wish
from app.blueprints.territories.rules.taken import (
    AlreadyHeld,
    HoldTooShort,
    TerritoryClosed,
    TerritoryNotHeld,
    TerritoryTaken,
)
from app.extensions import db
from app.models import (
    Contract,
    Dealer,
    Event,
    ProductLine,
    Region,
    RegionLevel,
    SalesChannel,
    TerritoryGrant,
    TerritoryState,
    User,
)

S = TerritoryState


def hold(
    event: Event | None,
    dealer: Dealer,
    region: Region,
    line: ProductLine,
    channel: SalesChannel | None,
    *,
    exclusive: bool,
    starts_on: date,
    ends_on: date,
    by: User | None,
    until: datetime,
) -> TerritoryGrant:
    """Hold a territory for a dealer until an instant and return the grant (flushed).

    `channel` None is all channels; both days belong to it. Raises TerritoryTaken, AlreadyHeld, TerritoryClosed or
    HoldTooShort. Before it looks, holds of the line whose time has run out are released and their queues served.
    """
    lock([line.id])
    now = clock.now()
    if until <= now:
        raise HoldTooShort
    _check_offered(region, line, channel)
    bids.release_expired([line.id], now)
    channel_id = channel.id if channel else None
    wish = Wish(region, line.id, channel_id, starts_on, ends_on, exclusive, dealer.id)
    if queries.own_promise(wish, now) is not None:
        raise AlreadyHeld(region=region.name)
    check_free(wish, now)
    grant = TerritoryGrant(
        event_id=event.id if event else None,
        dealer_id=dealer.id,
        region_id=region.id,
        line_id=line.id,
        channel_id=channel_id,
        is_exclusive=exclusive,
        starts_on=starts_on,
        ends_on=ends_on,
        held_by_id=by.id if by else None,
        held_at=now,
        held_until=until,
    )
    db.session.add(grant)
    said = {"dealer": dealer.company, "region": region.name, "line": line.name, "held_until": journal.plain(until)}
    journal.record("territory.held", grant, changes={name: [None, value] for name, value in said.items()})
    db.session.flush()
    bids.mark_won(grant)
    return grant


def check_free(wish: Wish, now: datetime) -> None:
    """Raise TerritoryTaken, with what is free nearby, when somebody else's promise stands against the wish."""
    other = queries.first_clash(wish, now)
    if other is not None:
        raise TerritoryTaken(queries.described(other), queries.free_choices(wish, now), wanted=wish.region.name)


def _check_offered(region: Region, line: ProductLine, channel: SalesChannel | None) -> None:
    is_empty = region.level is RegionLevel.GROUP and not region.members
    closed = [each.name for each in (region, line, channel) if each is not None and not each.is_active]
    if closed or is_empty:
        raise TerritoryClosed(name=closed[0] if closed else region.name)


def extend(grant: TerritoryGrant, until: datetime) -> None:
    """Let a hold last until another instant. One whose time has run out must still be free."""
    lock([grant.line_id])
    now = clock.now()
    if until <= now:
        raise HoldTooShort
    _refresh([grant])
    if not _may_be_taken_up(grant):
        raise TerritoryNotHeld(region=grant.region.name)
    check_free(queries.wish_of(grant), now)
    _take_up(grant)
    grant.held_until = until
    journal.record("territory.extended", grant)
    db.session.flush()
    bids.mark_won(grant)


def change(grant: TerritoryGrant, *, starts_on: date, ends_on: date, exclusive: bool) -> None:
    """Let a hold be for other days, or exclusive or not, as its contract is drafted; the rest stays."""
    lock([grant.line_id])
    _refresh([grant])
    if not _may_be_taken_up(grant):
        raise TerritoryNotHeld(region=grant.region.name)
    if (grant.starts_on, grant.ends_on, grant.is_exclusive) == (starts_on, ends_on, exclusive):
        return
    grant.starts_on, grant.ends_on, grant.is_exclusive = starts_on, ends_on, exclusive
    check_free(queries.wish_of(grant), clock.now())
    journal.record("territory.changed", grant)
    db.session.flush()


def release(grant: TerritoryGrant, why: str = "") -> None:
    """Let a hold go and offer the territory to whoever waits for it. Releasing twice does nothing more."""
    lock([grant.line_id])
    _refresh([grant])
    if grant.state is S.HELD:
        bids.let_go([grant], S.RELEASED, why)


def sign(grants: Sequence[TerritoryGrant] | Contract, at: datetime) -> None:
    """Turn the holds of a contract into promises signed at an instant.

    Call it in the transaction in which the dealer's mark is stored, before the mark counts. Under the lock every grant
    is checked again against every live one of others, also when its own time has run out. Raises TerritoryTaken or
    TerritoryNotHeld; then the whole transaction has to be rolled back. What is signed already stays so.
    """
    held = queries.grants_of(grants) if isinstance(grants, Contract) else list(grants)
    if not held:
        return
    lock({grant.line_id for grant in held})
    _refresh(held)
    now = clock.now()
    for grant in held:
        if grant.state is S.SIGNED:
            continue
        if not _may_be_taken_up(grant):
            raise TerritoryNotHeld(region=grant.region.name)
        check_free(queries.wish_of(grant), now)
        _take_up(grant)
        grant.state, grant.signed_at = S.SIGNED, at
        journal.record("territory.signed", grant)
        db.session.flush()
        bids.mark_won(grant)
        bids.tell_it_is_gone(grant)


def end(contract: Contract, why: str) -> list[TerritoryGrant]:
    """End everything a contract has or holds, because it is over or void, and offer it to whoever waits."""
    grants = queries.grants_of(contract)
    lock({grant.line_id for grant in grants})
    _refresh(grants)
    signed = [grant for grant in grants if grant.state is S.SIGNED]
    held = [grant for grant in grants if grant.state is S.HELD]
    bids.let_go(signed, S.ENDED, why)
    bids.let_go(held, S.RELEASED, why)
    return [*signed, *held]


def tie(grants: Collection[TerritoryGrant], contract: Contract) -> None:
    """Say that these holds are what the contract promises; those it had before and are not named are left alone."""
    for grant in grants:
        grant.contract_id = contract.id
    db.session.flush()


def _refresh(grants: Sequence[TerritoryGrant]) -> None:
    """Read again what was read before the lock: somebody else may have been quicker."""
    queries.grants_by_id([grant.id for grant in grants])


def _may_be_taken_up(grant: TerritoryGrant) -> bool:
    """A hold, or one that only time has ended: whoever comes back to it is checked like anybody else."""
    return grant.state is S.HELD or (grant.state is S.RELEASED and grant.ended_why == TIMED_OUT)


def _take_up(grant: TerritoryGrant) -> None:
    grant.state = S.HELD
    grant.ended_at, grant.ended_why = None, ""
