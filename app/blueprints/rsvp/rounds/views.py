"""The page before the day: when everybody is asked again, and how many will come."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app import clock, jobs
from app.access import Permission
from app.blueprints.rsvp import blueprint
from app.blueprints.rsvp.headcount.queries import head_count_three_ways
from app.blueprints.rsvp.rounds import actions, figures, queries
from app.blueprints.rsvp.rounds.rules import LIVE, next_due
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/confirm/")
@requires(P.VIEW_INVITATIONS)
def confirm(slug: str) -> Any:
    event = the_event(slug)
    now = clock.now()
    rep_id = own_rep_id()
    latest = queries.latest_round(event)
    timing, asked = queries.timing_of(event), queries.asked_of(latest)
    current = queries.current_round(event)
    due_at = next_due(now, timing, asked) if event.status in LIVE else None
    count = head_count_three_ways(event, rep_id)
    progress = queries.progress(current) if current else None
    return page(
        "rsvp/confirm.html",
        count=count,
        latest=latest,
        current=current,
        progress=progress,
        due_at=due_at,
        to_ask=queries.to_ask(event, (latest.number if latest else 0) + 1) if current is None else {},
        can_start=me().can(P.MANAGE_CONFIRMATIONS)
        and current is None
        and event.status in LIVE
        and now < event.starts_at,
        concerns=figures.concerns(event, current, count, rep_id),
        ways=figures.three_ways(event, count, rep_id),
        needs=figures.needs(event, count),
        kinds=figures.kinds(event, count),
        reps=figures.reps(event, count) if rep_id is None else [],
        own=rep_id is not None,
    )


@blueprint.post("/events/<slug>/confirm/start")
@requires(P.MANAGE_CONFIRMATIONS)
def start_round(slug: str) -> Any:
    """Ask at once. The round is a row; the worker asks, and the page shows how far it is."""
    event = the_event(slug)
    of_round = actions.begin_now(event, clock.now())
    db.session.flush()
    total = queries.progress(of_round).still_to_ask
    jobs.start("ask_again", event_id=event.id, arguments={"round_id": of_round.id}, by_id=me().id, total=total)
    db.session.commit()
    flash(_("The guests are being asked now."), "success")
    return back_to("rsvp.confirm", slug=slug)
