"""Waiting for a territory, and handing on what has become free. Nothing here commits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from app import clock, journal, outbox
from app.blueprints.territories import queries
from app.blueprints.territories.bids import letters
from app.blueprints.territories.bids import queries as waiting
from app.blueprints.territories.locking import lock
from app.blueprints.territories.queries import TIMED_OUT, Wish
from app.blueprints.territories.rules.taken import AlreadyQueued, NothingToWaitFor
from app.extensions import db
from app.models import (
    BidState,
    Dealer,
    Event,
    ProductLine,
    Region,
    SalesChannel,
    TerritoryBid,
    TerritoryGrant,
    TerritoryState,
    User,
)


def bid(
    event: Event,
    dealer: Dealer,
    region: Region,
    line: ProductLine,
    channel: SalesChannel | None,
    *,
    exclusive: bool,
    starts_on: date,
    ends_on: date,
    rep: User | None,
) -> TerritoryBid:
    """Let a dealer wait for what somebody else holds. Who waited before and gave up goes to the end of the queue."""
    lock([line.id])
    now, channel_id = clock.now(), channel.id if channel else None
    wish = Wish(region, line.id, channel_id, starts_on, ends_on, exclusive, dealer.id)
    if queries.first_clash(wish, now) is None:
        raise NothingToWaitFor(region=region.name)
    row = waiting.bid_of(event.id, dealer.id, region.id, line.id, channel_id)
    if row is None:
        row = TerritoryBid(
            event_id=event.id, dealer_id=dealer.id, region_id=region.id, line_id=line.id, channel_id=channel_id
        )
        db.session.add(row)
    elif row.state in {BidState.WAITING, BidState.OFFERED}:
        raise AlreadyQueued(region=region.name)
    row.is_exclusive, row.starts_on, row.ends_on = exclusive, starts_on, ends_on
    row.rep_id = rep.id if rep else None
    row.state, row.waiting_since, row.told_at, row.grant_id = BidState.WAITING, now, None, None
    said = {"dealer": dealer.company, "region": region.name, "line": line.name}
    journal.record("territory.queued", row, changes={name: [None, value] for name, value in said.items()})
    db.session.flush()
    return row


def withdraw(row: TerritoryBid) -> None:
    """Take a dealer out of the queue; what was offered goes to the next."""
    lock([row.line_id])
    db.session.refresh(row)
    if row.state is BidState.OFFERED and row.grant_id is not None:
        let_go(queries.grants_by_id([row.grant_id]), TerritoryState.RELEASED, "")
    if row.state in {BidState.WAITING, BidState.OFFERED}:
        row.state = BidState.WITHDRAWN
        journal.record("territory.left_queue", row)
    db.session.flush()


# --- Called behind the lock ---------------------------------------------------------------------------------


def let_go(grants: Sequence[TerritoryGrant], state: TerritoryState, why: str) -> None:
    """End grants (released or ended) and offer what they covered to whoever waits. The lines are locked."""
    now = clock.now()
    for grant in grants:
        grant.state, grant.ended_at, grant.ended_why = state, now, why[:200]
        action = "territory.ended" if state is TerritoryState.ENDED else "territory.released"
        journal.record("territory.timed_out" if why == TIMED_OUT else action, grant)
        row = waiting.bid_offered(grant.id)
        if row is not None:
            row.state = BidState.LAPSED if why == TIMED_OUT else BidState.WITHDRAWN
    db.session.flush()
    for grant in grants:
        offer_next(grant.region, grant.line_id, now)


def release_expired(line_ids: Collection[int], now: datetime) -> int:
    """Release the holds of these lines whose time has run out, and serve the queues. Returns how many they were."""
    expired = queries.grants_by_id(waiting.expired(line_ids, now))
    let_go(expired, TerritoryState.RELEASED, TIMED_OUT)
    return len(expired)


def offer_next(region: Region, line_id: int, now: datetime) -> None:
    """Hold what has become free for the first in the queue who may have it, for a short while, and tell the rep.

    Several are served when what they want does not clash: two cities of a province that was let go.
    """
    for row in waiting.waiting_for(region, line_id, now):
        wish = Wish(row.region, line_id, row.channel_id, row.starts_on, row.ends_on, row.is_exclusive, row.dealer_id)
        if queries.first_clash(wish, now) is None:
            _offer(row, now)


def _offer(row: TerritoryBid, now: datetime) -> None:
    grant = TerritoryGrant(
        event_id=row.event_id,
        dealer_id=row.dealer_id,
        region_id=row.region_id,
        line_id=row.line_id,
        channel_id=row.channel_id,
        is_exclusive=row.is_exclusive,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        held_by_id=row.rep_id,
        held_at=now,
        held_until=now + timedelta(minutes=queries.settings_of(row.event_id).offer_minutes),
    )
    db.session.add(grant)
    db.session.flush()
    row.state, row.told_at, row.grant_id = BidState.OFFERED, now, grant.id
    said = {"dealer": row.dealer.company, "region": row.region.name, "line": row.line.name}
    journal.record("territory.offered", row, changes={name: [None, value] for name, value in said.items()})
    _tell(row, f"territory_offered:{grant.id}", letters.OFFERED, grant)
    db.session.flush()


def mark_won(grant: TerritoryGrant) -> None:
    """Note that a dealer who waited has it now: the offer was taken up, or it was simply free."""
    for row in waiting.bids_won_by(grant):
        row.state, row.grant_id = BidState.WON, grant.id
    db.session.flush()


def tell_it_is_gone(grant: TerritoryGrant) -> None:
    """Tell the reps of those who wait for what was just signed. They keep their place: a contract may become void."""
    for row in waiting.waiting_for(grant.region, grant.line_id, clock.now()):
        if row.dealer_id != grant.dealer_id:
            _tell(row, f"territory_gone:{row.id}:{grant.id}", letters.GONE, grant)


def _tell(row: TerritoryBid, key: str, kind: letters.Kind, grant: TerritoryGrant) -> None:
    """Write to the rep, once for the same key. A bid without a rep is seen on the board only."""
    if row.rep is None or not row.rep.is_active or row.event is None:
        return
    letter = letters.write(kind, row.event, row.rep, row, grant)
    outbox.post(
        key=key,
        template=kind.template,
        channel=letter.channel,
        address=letter.address,
        locale=letter.locale,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        event_id=row.event_id,
        user_id=row.rep_id,
    )
