"""The overview: what needs a person first, then where the event stands, then the figures behind it."""

from typing import Any

from flask_babel import gettext, lazy_gettext

from app import clock
from app.access import Permission
from app.blueprints.dealers.rules import sees_only_own
from app.blueprints.events import blueprint, concern_words, figures, queries
from app.blueprints.events.rules.attention import Concern, Facts, Matter, concerns
from app.blueprints.events.rules.head_count import INVITED_STEP, HeadCount
from app.blueprints.events.rules.rail import rail
from app.blueprints.events.rules.status import Standing, possible_steps
from app.models import Event, EventStatus, InvitationState, Milestone, Stage
from app.web import alarms, room_figures
from app.web.guards import requires
from app.web.history import Line, in_words
from app.web.identity import me
from app.web.load import the_event
from app.web.locale import number
from app.web.render import page

_ = lazy_gettext
S = EventStatus

# What a rep can do something about; the rest is the planner's.
OF_REP = frozenset({Matter.NOT_INVITED, Matter.UNANSWERED, Matter.QUESTIONS_OPEN, Matter.SILENT_NOT_CALLED})
STEPS = {
    (S.DRAFT, S.OPEN): (_("Open the event"), "door"),
    (S.OPEN, S.RUNNING): (_("Set it running"), "player-play"),
    (S.OPEN, S.CLOSED): (_("Close the event"), "lock"),
    (S.OPEN, S.DRAFT): (_("Back to draft"), "pencil"),
    (S.RUNNING, S.CLOSED): (_("Close the event"), "lock"),
    (S.RUNNING, S.OPEN): (_("Not running yet"), "arrow-back-up"),
    (S.CLOSED, S.ARCHIVED): (_("Archive"), "archive"),
    (S.CLOSED, S.RUNNING): (_("Open the doors again"), "arrow-back-up"),
    (S.ARCHIVED, S.CLOSED): (_("Take out of the archive"), "arrow-back-up"),
}


@blueprint.get("/<slug>/")
@requires(Permission.VIEW_EVENTS)
def overview(slug: str) -> Any:
    event = the_event(slug)
    rep_id = me().id if sees_only_own(me().permissions_here) else None
    everybody = queries.head_count(event)
    count = everybody if rep_id is None else everybody.where(rep_id=rep_id)
    milestones = queries.milestones(event)
    facts = queries.facts(event, count, milestones, rep_id)
    steps = rail(facts.milestones, _happened(everybody, facts), facts.today, event.status)
    return page(
        "events/overview.html",
        rep_id=rep_id,
        count=count,
        everybody=everybody,
        facts=facts,
        concerns=_needs(event, facts, rep_id),
        calm=_calm(everybody, facts) if rep_id is None else _calm_of_rep(count),
        rail=figures.rail(event, steps, everybody, facts),
        stats=figures.stats(event, count, facts),
        bands=room_figures.of_event(event),
        steps=_steps(event, everybody),
        stages=_by_stage(milestones),
        history=_history(event),
        **_plots(event, count, rep_id),
    )


def _needs(event: Event, facts: Facts, rep_id: int | None) -> list[dict[str, Any]]:
    """What needs this person, with what the rooms above have to say of the event; grave things first."""
    ours = [concern_words.row(each, facts, event, me().id) for each in _concerns(facts, rep_id)]
    return sorted([*ours, *alarms.of_event(event)], key=alarms.rank)


def _concerns(facts: Facts, rep_id: int | None) -> list[Concern]:
    return [each for each in concerns(facts) if rep_id is None or each.matter in OF_REP]


def _history(event: Event) -> list[Line] | None:
    """Who changed what, for those who look after events: a duty at this one brings the work, not the record."""
    return in_words(queries.history(event)) if me().can(Permission.VIEW_EVENTS, None) else None


def _plots(event: Event, count: HeadCount, rep_id: int | None) -> dict[str, Any]:
    if not count.guests:
        return {}
    reps = queries.names_of([each for each in count.by("rep_id") if each is not None])
    last = min(clock.now(), event.ends_at)
    return {
        "funnel": figures.funnel(event, count),
        "seats": figures.seats(count),
        "readiness": figures.by_readiness(event, count),
        "legend": figures.legend(event, count),
        "kinds": figures.by_kind(event, count),
        "reps": figures.by_rep(event, count, reps),
        "cities": figures.by_city(event, queries.guests_by_city(event, rep_id)),
        "answers": figures.answers(queries.answers_by_day(event, last, rep_id=rep_id)),
    }


def _happened(count: HeadCount, facts: Facts) -> dict[Stage, bool]:
    over = facts.status in (S.CLOSED, S.ARCHIVED)
    listed = count.where({InvitationState.LISTED}).guests
    silent = count.where({InvitationState.SILENT}).guests
    return {
        Stage.INVITE: over or bool(count.guests and not listed),
        Stage.RECONFIRM: over or (facts.round_was_asked and not silent),
        Stage.CHECK_IN: over,
    }


def _calm(count: HeadCount, facts: Facts) -> str:
    """Say that nothing is wrong, with the figure that shows it."""
    if facts.status is S.ARCHIVED:
        return gettext("The event is archived.")
    firm, seats = number(count.firm.people), number(facts.capacity)
    if not count.guests:
        return gettext("Nothing is late.")
    if facts.is_ahead:
        return gettext("Nothing is late. %(firm)s of %(seats)s seats are firm.", firm=firm, seats=seats)
    arrived = number(count.where({InvitationState.ARRIVED}).guests)
    return gettext("Nothing is late. %(arrived)s guests have come.", arrived=arrived)


def _calm_of_rep(count: HeadCount) -> str:
    """The event as a whole may be late with something; a rep's own guests are not waiting."""
    firm, guests = number(count.firm.guests), number(count.guests)
    return gettext("None of your guests needs you now. Firm: %(firm)s of %(guests)s.", firm=firm, guests=guests)


def _steps(event: Event, count: HeadCount) -> list[dict[str, Any]]:
    """Return the steps the event's status may take now, for whoever may take them."""
    if not me().can(Permission.EDIT_EVENTS):
        return []
    standing = Standing(
        clock.now(),
        event.starts_at,
        count.where(INVITED_STEP).guests,
        count.where({InvitationState.ARRIVED}).guests,
    )
    return [
        {"to": to.value, "label": STEPS[event.status, to][0], "icon": STEPS[event.status, to][1], "post": True}
        for to in possible_steps(event.status, standing)
    ]


def _by_stage(milestones: list[Milestone]) -> list[tuple[Stage, list[Milestone]]]:
    return [(stage, [row for row in milestones if row.stage is stage]) for stage in Stage]
