"""What one cell of the board tells, and what can be done there: hold, keep, let go, wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.access import Permission
from app.blueprints.invitations import queries as invitations
from app.blueprints.territories import actions, blueprint
from app.blueprints.territories import queries as territories
from app.blueprints.territories.bids import actions as bids
from app.blueprints.territories.board import queries
from app.blueprints.territories.board.forms import HoldForm
from app.blueprints.territories.regions import queries as regions
from app.blueprints.territories.rules.board import Taken, state_of
from app.blueprints.territories.rules.taken import TerritoryTaken
from app.errors import EventNotOpen
from app.extensions import db
from app.models import (
    Event,
    EventStatus,
    GuestKind,
    Invitation,
    ProductLine,
    SalesChannel,
    TerritoryGrant,
    TerritoryOffer,
    TerritoryState,
    User,
)
from app.web.guards import requires
from app.web.history import lines as history_lines
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.render import back_or, page

P = Permission
MOST_GUESTS = 500  # in the list to choose from


@dataclass(frozen=True)
class Asked:
    """What a sent form asks for."""

    guest: Invitation
    line: ProductLine
    channel: SalesChannel | None
    rep: User | None
    until: datetime


def may_act(event: Event, rep_id: int | None) -> bool:
    """Tell whether the person may keep or let go what a rep holds: the rep, and whoever sets territories up."""
    own = rep_id == me().id or me().can(P.EDIT_TERRITORIES)
    return own and me().can(P.HOLD_TERRITORIES) and event.status in {EventStatus.OPEN, EventStatus.RUNNING}


def _sees(rep_id: int | None) -> bool:
    own = own_rep_id()
    return own is None or rep_id == own


@blueprint.get("/events/<slug>/territories/<int:offer_id>")
@requires(P.VIEW_TERRITORIES)
def cell(slug: str, offer_id: int) -> Any:
    """Who holds or has it, until when, and who waits."""
    event = the_event(slug)
    offer = found(queries.offer(event, offer_id))
    claim = queries.claim_of(offer, queries.default_days(event))
    [block] = queries.board(event, [offer], clock.now()).blocks
    taken = [
        Taken(territories.wish_of(each).claim, each.state is TerritoryState.SIGNED) for each in block.cells[0].grants
    ]
    return page(
        "territories/cell.html",
        event=event,
        offer=offer,
        standing=state_of(claim, taken),
        grants=block.cells[0].grants,
        queue=queries.queue_of(event, claim),
        trail=regions.trails_of([offer.region])[offer.region_id],
        sees=_sees,
        may=lambda rep_id: may_act(event, rep_id),
        may_hold=may_act(event, me().id),
        history=history_lines(*block.cells[0].grants, limit=12) if own_rep_id() is None else [],
    )


def _guests(event: Event) -> list[Invitation]:
    """The dealers this person may hold something for, the readiest first."""
    order = (invitations.READINESS_ORDER, Invitation.id)
    statement = invitations.invitations(event, own_rep_id()).where(Invitation.kind == GuestKind.DEALER)
    return list(db.session.scalars(statement.order_by(*order).limit(MOST_GUESTS).options(*invitations.ROW_OPTIONS)))


def _the_offer(event: Event) -> TerritoryOffer | None:
    wanted = request.args.get("offer", "")
    return queries.offer(event, int(wanted)) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else None


@blueprint.route("/events/<slug>/territories/hold", methods=["GET", "POST"])
@requires(P.HOLD_TERRITORIES)
def hold(slug: str) -> Any:
    """Hold a territory for a dealer, or let the dealer wait when somebody else has it."""
    event = the_event(slug)
    if event.status not in {EventStatus.OPEN, EventStatus.RUNNING}:
        raise EventNotOpen
    form = HoldForm(event, _guests(event), _the_offer(event), data=_wanted(event))
    if not form.validate_on_submit():
        return page("territories/hold.html", status=422 if form.errors else 200, event=event, form=form, clash=None)
    try:
        return _held(event, form)
    except TerritoryTaken as taken:
        db.session.rollback()
        event = the_event(slug)
        form = HoldForm(event, _guests(event), None)
        return page(
            "territories/hold.html",
            status=409,
            event=event,
            form=form,
            clash=taken.clash,
            choices=taken.choices,
            sees_name=_sees(taken.clash.rep_id),
        )


def _wanted(event: Event) -> dict[str, Any]:
    """What the address says should stand in the form: a guest, a region, a line, a channel."""
    wanted: dict[str, Any] = {}
    for name, field in (("guest", "invitation_id"), ("line", "line_id"), ("channel", "channel_id")):
        value = request.args.get(name, "")
        if value.isascii() and value.isdecimal() and len(value) < 10:
            wanted[field] = int(value)
    region = request.args.get("region", "")
    if region.isascii() and region.isdecimal() and len(region) < 10:
        wanted["region"] = regions.region(int(region))
    return wanted


def _asked(event: Event, form: HoldForm) -> Asked:
    guest = found(invitations.invitation(event, form.invitation_id.data, own_rep_id()))
    return Asked(
        guest,
        found(db.session.get(ProductLine, form.line_id.data)),
        db.session.get(SalesChannel, form.channel_id.data) if form.channel_id.data else None,
        guest.rep or me().user,
        clock.now() + timedelta(minutes=int(form.minutes.data or 60)),
    )


def _held(event: Event, form: HoldForm) -> BaseResponse:
    asked, region = _asked(event, form), form.region.data
    assert region is not None  # the form wants one
    days = {"starts_on": form.starts_on.data, "ends_on": form.ends_on.data}
    what = (event, asked.guest.dealer, region, asked.line, asked.channel)
    if request.form.get("wait") == "1":
        bids.bid(*what, exclusive=form.exclusive.data, rep=asked.rep, **days)
        text = gettext("%(dealer)s waits for %(region)s.", dealer=asked.guest.dealer.company, region=region.name)
    else:
        actions.hold(*what, exclusive=form.exclusive.data, by=asked.rep, until=asked.until, **days)
        text = gettext("%(region)s is held for %(dealer)s.", dealer=asked.guest.dealer.company, region=region.name)
    db.session.commit()
    flash(text, "success")
    return back_or(url_for("territories.index", slug=event.slug, line=asked.line.id))


# --- What is held, and who waits ----------------------------------------------------------------------------


def _grant(slug: str, grant_id: int) -> tuple[Event, TerritoryGrant]:
    event = the_event(slug)
    grant = queries.grant(event, grant_id)
    return event, found(grant if grant is not None and may_act(event, grant.held_by_id) else None)


@blueprint.post("/events/<slug>/territories/holds/<int:grant_id>/extend")
@requires(P.HOLD_TERRITORIES)
def extend(slug: str, grant_id: int) -> BaseResponse:
    """Keep a hold for the event's usual time from now on; an offer of the queue is taken up by it."""
    event, grant = _grant(slug, grant_id)
    minutes = territories.settings_of(event.id).hold_minutes
    actions.extend(grant, clock.now() + timedelta(minutes=minutes))
    db.session.commit()
    flash(gettext("%(region)s is held for longer.", region=grant.region.name), "success")
    return back_or(url_for("territories.index", slug=slug))


@blueprint.post("/events/<slug>/territories/holds/<int:grant_id>/release")
@requires(P.HOLD_TERRITORIES)
def release(slug: str, grant_id: int) -> BaseResponse:
    """Let a hold go; the next in the queue is told."""
    _, grant = _grant(slug, grant_id)
    actions.release(grant)
    db.session.commit()
    flash(gettext("%(region)s is free again.", region=grant.region.name), "success")
    return back_or(url_for("territories.index", slug=slug))


@blueprint.post("/events/<slug>/territories/bids/<int:bid_id>/withdraw")
@requires(P.HOLD_TERRITORIES)
def leave_queue(slug: str, bid_id: int) -> BaseResponse:
    event = the_event(slug)
    bid = queries.bid(event, bid_id)
    bid = found(bid if bid is not None and may_act(event, bid.rep_id) else None)
    bids.withdraw(bid)
    db.session.commit()
    flash(gettext("%(dealer)s waits no longer.", dealer=bid.dealer.company), "success")
    return back_or(url_for("territories.index", slug=slug))
