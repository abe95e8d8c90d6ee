"""What the overview and home should know of territories: holds that are about to run out, and offers to be answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.access import Permission
from app.extensions import db
from app.models import BidState, Event, TerritoryBid, TerritoryGrant, TerritoryState
from app.web import alarms
from app.web.identity import own_rep_id
from app.web.locale import at

SOON = timedelta(minutes=15)


@alarms.source("territories.index", _("Territories"), Permission.VIEW_TERRITORIES)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[alarms.Row]]:
    """Return the holds with less than a quarter of an hour left: a rep's own, or everybody's for who sees all."""
    now, own = clock.now(), own_rep_id()
    by_id = {event.id: event for event in events}
    statement = select(TerritoryGrant).where(
        TerritoryGrant.event_id.in_(by_id),
        TerritoryGrant.state == TerritoryState.HELD,
        TerritoryGrant.held_until > now,
        TerritoryGrant.held_until <= now + SOON,
    )
    if own is not None:
        statement = statement.where(TerritoryGrant.held_by_id == own)
    eager = (joinedload(TerritoryGrant.region), joinedload(TerritoryGrant.dealer))
    grants = db.session.scalars(statement.order_by(TerritoryGrant.held_until).options(*eager)).all()
    offered = _offered([grant.id for grant in grants])
    found: dict[int, list[alarms.Row]] = defaultdict(list)
    for grant in grants:
        event = by_id[grant.event_id or 0]
        found[event.id].append(_row(event, grant, is_offer=grant.id in offered))
    return found


def _offered(grant_ids: Sequence[int]) -> set[int | None]:
    if not grant_ids:
        return set()
    statement = select(TerritoryBid.grant_id).where(
        TerritoryBid.grant_id.in_(grant_ids), TerritoryBid.state == BidState.OFFERED
    )
    return set(db.session.scalars(statement))


def _row(event: Event, grant: TerritoryGrant, *, is_offer: bool) -> alarms.Row:
    places = {"region": grant.region.name, "time": at(grant.held_until, event.time_zone)}
    if is_offer:
        text = gettext("%(region)s has come to the next in the queue, until %(time)s", **places)
    else:
        text = gettext("The hold on %(region)s runs out at %(time)s", **places)
    extend = url_for("territories.extend", slug=event.slug, grant_id=grant.id)
    act = {"label": gettext("Keep"), "url": extend, "post": True}
    return alarms.Row(text, "bell" if is_offer else "clock-x", is_grave=is_offer, detail=grant.dealer.company, act=act)
