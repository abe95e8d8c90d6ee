"""Home and the quick search."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access import Permission, Role
from app.blueprints.home import blueprint, board, overseeing, queries
from app.blueprints.home.agenda import lines
from app.blueprints.home.job_views import LAST_JOBS, last_jobs
from app.models import Event, Milestone
from app.web import alarms
from app.web.guards import requires
from app.web.identity import me
from app.web.locale import DEFAULT_ZONE, day, span
from app.web.nav import door
from app.web.render import page

P = Permission
OVERSEERS = {Role.DIRECTOR, Role.ADMINISTRATOR}  # they want the whole of it, whoever's task it is


@blueprint.get("/")
@requires()
def index() -> Response:
    person, now = me(), clock.now()
    scope = _scope()
    ahead = queries.events_ahead(now, person.event_ids(P.VIEW_EVENTS))
    figures = queries.figures_of(ahead, scope)
    oversees = bool(OVERSEERS & set(person.roles))
    glance = board.board(queries.events_of_a_year(now), now, clock.today(DEFAULT_ZONE)) if oversees else None
    todo = lines.agenda(ahead, oversees=oversees)
    return page(
        "home/index.html",
        needs=[*_needs(ahead, figures), *map(lines.as_need, todo.late)],
        agenda=todo,
        ahead=ahead,
        figures=figures,
        is_whole=scope.is_whole,
        board=glance,
        approvals=overseeing.approvals(ahead) if glance else [],
        fires=overseeing.fires(glance) if glance else [],
        **last_jobs(LAST_JOBS),
        any_event=bool(ahead or (glance and glance.standings)) or queries.any_event(),
    )


def _needs(ahead: list[Event], figures: dict[int, queries.Figures]) -> list[dict[str, Any]]:
    """What needs this person: calls, messages that did not go, dates gone by, and what other rooms have to say."""
    person = me()
    rows = []
    oversees = bool(OVERSEERS & set(person.roles))
    calling = [event for event in ahead if figures[event.id].to_call]
    rows += [_calls(e, figures[e.id].to_call) for e in calling if oversees or person.can(P.RECORD_REPLIES, e.slug)]
    troubled = [event for event in ahead if figures[event.id].troubled]
    rows += [_troubled(e, figures[e.id].troubled) for e in troubled if person.can(P.VIEW_OUTBOX, e.slug)]
    owner = None if person.can(P.EDIT_EVENTS) or oversees else person.id
    late = queries.late_milestones(clock.today(DEFAULT_ZONE), owner, person.event_ids(P.VIEW_EVENTS))
    found = rows + [_late(each) for each in late] + alarms.of_events(ahead) + alarms.of_the_house()
    return sorted(found, key=lambda line: alarms.rank(line) > 0)  # an emergency stands above all else


def _scope() -> queries.Scope:
    """Whose guests the person may see: a duty that brings the whole list of one event brings it there only."""
    person = me()
    return queries.Scope(
        person.event_ids(P.VIEW_ALL_INVITATIONS), person.id if person.can(P.VIEW_INVITATIONS, None) else None
    )


def _calls(event: Event, count: int) -> dict[str, Any]:
    return {
        "tone": "orange",
        "icon": "phone-calling",
        "text": ngettext("%(num)d guest waits for a call", "%(num)d guests wait for a call", count),
        "detail": f"{event.name} · {span(event.starts_at, event.time_zone)}",
        "act": _act(_("Call list"), door("rsvp.calls", slug=event.slug)),
    }


def _troubled(event: Event, count: int) -> dict[str, Any]:
    return {
        "tone": "danger",
        "icon": "mail-x",
        "text": ngettext("%(num)d message did not go out for sure", "%(num)d messages did not go out for sure", count),
        "detail": event.name,
        "act": _act(_("Outbox"), door("messages.outbox", slug=event.slug, state=[s.value for s in queries.TROUBLED])),
    }


def _late(milestone: Milestone) -> dict[str, Any]:
    event = milestone.event
    owner = milestone.owner.name if milestone.owner else _("nobody’s task yet")
    due = _("due %(day)s (%(when)s)", day=day(milestone.due_on), when=span(milestone.due_on, event.time_zone))
    return {
        "tone": "danger",
        "icon": "alarm",
        "text": milestone.title,
        "detail": f"{event.name} · {due} · {owner}",
        "act": _act(_("Open the event"), door("events.overview", slug=event.slug)),
    }


def _act(label: str, url: str) -> dict[str, str] | None:
    return {"label": label, "url": url} if url else None


@blueprint.get("/search")
@requires()
def search() -> Response:
    """Find events, dealers and guests, as far as the person may see them."""
    person = me()
    typed = request.args.get("q", "").strip()[:80]
    return page(
        "home/search.html",
        fragment="home/_found.html",
        q=typed,
        events=queries.events_found(typed, person.event_ids(P.VIEW_EVENTS)),
        dealers=queries.dealers_found(typed) if person.can(P.VIEW_DEALERS) else [],
        invitations=queries.invitations_found(typed, _scope()) if person.can_somewhere(P.VIEW_INVITATIONS) else [],
        most=queries.MOST_FOUND,
    )
