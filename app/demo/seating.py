"""The sample's hall: drawn, hosted by the reps, everybody seated with reasons, the lead signers locked in front."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select, update

from app import clock
from app.blueprints.seating import actions, queries
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.layout import Wanted
from app.blueprints.seating.rules.search import solve
from app.blueprints.seating.situation import Keep, Situation
from app.extensions import db
from app.models import Dealer, Event, Invitation, InvitationState, ItemKind, Readiness, Seat, Standing

_CONTENT = 14  # dealers of ours among the guests, who speak well of us


def make(event: Event, coming: Event) -> None:
    """The hall of the conference in full swing, and of the one being planned."""
    running(event)
    planned(coming)


def running(event: Event) -> None:
    """A hall of round tables for everybody who may come; seated yesterday, guests are coming in now."""
    _make_content(event)
    halls.lay_out(event, Wanted(2100, 2100, 130, honoured=8), by_id=None)
    now = queries.situation(event)
    crowded = Counter(each.city for each in now.coming if each.is_dealer and each.city)
    tables = sum(1 for each in now.tables if not each.is_vip)
    actions.set_rules(
        event,
        weights=now.weights,
        reach=600,
        cities_apart=True,
        open_cities=[city for city, number in crowded.items() if number > tables * 2 // 3],
        seed=1,
    )
    _give_hosts(queries.situation(event))
    now = queries.situation(event)
    actions.seat(now, solve(now.problem(Keep.LOCKED)), by_id=None)
    db.session.expire_all()
    now = queries.situation(event)
    lead = {each.id for each in db.session.scalars(select(Invitation).where(Invitation.is_lead_signer))}
    actions.keep(now, [each for each in now.coming if each.id in lead], locked=True, by_id=None)
    actions.show(event, shown=True)
    assert now.plan is not None
    # The day before, and so before the badges were printed.
    now.plan.solved_at = min(clock.now(), event.starts_at - timedelta(hours=26))
    db.session.execute(update(Seat).where(Seat.event_id == event.id).values(placed_at=now.plan.solved_at))
    db.session.flush()


def _make_content(event: Event) -> None:
    """Some of the guests sell for us already: they came back, and speak well of us."""
    rows = (
        select(Dealer)
        .join(Invitation, Invitation.dealer_id == Dealer.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.readiness.in_((Readiness.LEANING, Readiness.PROSPECT)),
            Invitation.state.in_((InvitationState.FIRM, InvitationState.ARRIVED)),
            Dealer.owner_id.is_not(None),
        )
        .order_by(Dealer.id)
    )
    for dealer in db.session.scalars(rows).all()[:_CONTENT]:
        dealer.standing = Standing.SIGNED
    db.session.flush()


def _give_hosts(now: Situation) -> None:
    """Each rep looks after as many tables as their dealers fill."""
    reps = Counter(each.rep_id for each in now.coming if each.rep_id is not None and not each.is_vip)
    free = [each for each in now.tables if not each.is_vip]
    people = sum(reps.values())
    wanted = [
        rep_id for rep_id, number in reps.most_common() for _ in range(max(1, round(number * len(free) / people)))
    ]
    for table, rep_id in zip(free, wanted, strict=False):
        table.host_id = rep_id
    db.session.flush()


def planned(event: Event) -> None:
    """The next hall is drawn, and somebody has put a desk before an exit."""
    halls.lay_out(event, Wanted(1800, 1900, 90, honoured=6), by_id=None)
    things = queries.items(event)
    way = next(each for each in things if each.kind is ItemKind.EXIT)
    desk = next(each for each in things if each.kind is ItemKind.DESK)
    desk.x, desk.y = way.x, way.y - 90
    db.session.flush()
