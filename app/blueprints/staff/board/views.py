"""The three views of a staff plan."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import actions, blueprint, queries
from app.blueprints.staff.alarm_words import rows
from app.blueprints.staff.board import figures, timeline
from app.blueprints.staff.day.alarm_rows import rows_of_events as today_rows
from app.blueprints.staff.plan import Plan
from app.blueprints.staff.rules.hours import LIMIT
from app.extensions import db
from app.models import DutyState, Event, EventStatus
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


def _edits(event: Event) -> bool:
    return me().can(P.EDIT_STAFF) and event.status not in {EventStatus.CLOSED, EventStatus.ARCHIVED}


def _view(event: Event, template: str, plan: Plan, **context: Any) -> Any:
    """Answer a view of the plan. Without any role there is nothing to draw, only two ways to begin."""
    edits = _edits(event)
    if not plan.roles:
        sources = queries.sources(event) if edits else []
        return page("staff/start.html", edits=edits, sources=sources)
    return page(
        template,
        plan=plan,
        edits=edits,
        alarms=[*today_rows([event]).get(event.id, ()), *rows(event, plan.alarms)],
        stats=figures.stats(plan),
        tabs=figures.tabs(plan, str(request.endpoint)),
        here=request.full_path.rstrip("?"),
        limit_hours=LIMIT.total_seconds() / 3600,
        **context,
    )


@blueprint.get("/events/<slug>/staff/")
@requires(P.VIEW_STAFF)
def index(slug: str) -> Any:
    """By role: rows of roles, columns of shifts; beside them the people to drag."""
    event = the_event(slug)
    plan = queries.plan(event)
    return _view(
        event,
        "staff/by_role.html",
        plan,
        bench=queries.active_people() if _edits(event) and plan.roles else [],
        only_open=request.args.get("show") == "open",
    )


@blueprint.get("/events/<slug>/staff/by-person")
@requires(P.VIEW_STAFF)
def by_person(slug: str) -> Any:
    """By person: who does what, how long, and how far they are with their answer."""
    event = the_event(slug)
    plan = queries.plan(event)
    wanted = request.args.get("standing", "")
    standing = DutyState(wanted) if wanted in [each.value for each in DutyState] else None
    people = [each for each in plan.people if standing is None or plan.least_far.get(each.id) is standing]
    return _view(event, "staff/by_person.html", plan, people=people, standing=standing, counts=plan.counts())


@blueprint.get("/events/<slug>/staff/by-hour")
@requires(P.VIEW_STAFF)
def by_hour(slug: str) -> Any:
    """By hour: who stands where at what time of each day."""
    event = the_event(slug)
    plan = queries.plan(event)
    return _view(event, "staff/by_hour.html", plan, days=timeline.days(plan))


@blueprint.post("/events/<slug>/staff/prepare")
@requires(P.EDIT_STAFF)
def prepare(slug: str) -> BaseResponse:
    event = the_event(slug)
    actions.prepare(event)
    db.session.commit()
    return back_to("staff.index", slug=slug)
