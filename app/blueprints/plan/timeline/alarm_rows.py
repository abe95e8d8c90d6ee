"""What plan and timeline need somebody for, as lines of the overview and home."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.access import Permission
from app.blueprints.plan.rules import life
from app.blueprints.plan.timeline import queries
from app.blueprints.plan.timeline.rules import days_late
from app.extensions import db
from app.models import Event, PlanDocument, PlanRevision, PlanTask, RevisionState
from app.rights import OVER
from app.web import alarms
from app.web.alarms import Row
from app.web.locale import DEFAULT_ZONE
from app.web.nav import door

_VERY_LATE = 7  # days
_SOON = timedelta(days=30)


@alarms.source("plan.timeline", _("Timeline"), Permission.VIEW_PLAN)
def late_rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return the late tasks of events that are not closed, the longest overdue first: one query."""
    alive = {event.id: event for event in events if event.status not in OVER}
    if not alive:
        return {}
    found: dict[int, list[Row]] = defaultdict(list)
    latest = max(clock.today(event.time_zone) for event in alive.values())
    for task in queries.late(alive.keys(), latest):
        event = alive[task.event_id]
        if days := days_late(task.due_on, clock.today(event.time_zone)):
            found[event.id].append(_late(event, task, days))
    return found


def _late(event: Event, task: PlanTask, days: int) -> Row:
    late = ngettext("%(num)d day late", "%(num)d days late", days)
    text = gettext("%(task)s: %(late)s", task=task.title, late=late)
    url = door("plan.timeline", slug=event.slug, show="late")
    act = {"label": gettext("Open the timeline"), "url": url} if url else None
    who = task.owner.name if task.owner else task.department or gettext("Nobody is in charge")
    return Row(text, "calendar-x", days > _VERY_LATE, who, act)


@alarms.source("plan.show", _("The plan"), Permission.VIEW_PLAN)
def document_rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what waits for a review or an approval, and events near their day without an approved plan: one query."""
    alive = {event.id: event for event in events if event.status not in OVER}
    if not alive:
        return {}
    states: dict[int, set[RevisionState]] = defaultdict(set)
    rows = db.session.execute(
        select(PlanDocument.event_id, PlanRevision.state)
        .join(PlanRevision, PlanRevision.document_id == PlanDocument.id)
        .where(PlanDocument.event_id.in_(alive.keys()))
    )
    for event_id, state in rows:
        states[event_id].add(state)
    return {event_id: lines for event_id, of in states.items() if (lines := _of(alive[event_id], of))}


def _of(event: Event, states: set[RevisionState]) -> list[Row]:
    url = door("plan.show", slug=event.slug)
    lines = []
    for state, text, label in (
        (RevisionState.IN_REVIEW, gettext("The plan waits for its review"), gettext("Read and review")),
        (RevisionState.REVIEWED, gettext("The plan waits for approval"), gettext("Read and approve")),
        (RevisionState.RETURNED, gettext("The plan was returned with remarks"), gettext("Mend it")),
    ):
        if state in states:
            lines.append(Row(text, "file-text", act={"label": label, "url": url} if url else None))
    if not states & life.LOCKED and event.starts_at - clock.now() < _SOON:
        act = {"label": gettext("Open the plan"), "url": url} if url else None
        lines.append(Row(gettext("No plan has been approved yet"), "file-alert", True, act=act))
    return lines


@alarms.house_source
def own_late() -> Sequence[dict[str, Any]]:
    """Tell at home how many of one's own tasks are late, whatever one may see of the event besides: one query."""
    today = clock.today(DEFAULT_ZONE)
    late = [
        each for each in queries.of_person(current_user.id) if each.done_at is None and days_late(each.due_on, today)
    ]
    if not late:
        return []
    text = ngettext("%(num)d of your tasks is late", "%(num)d of your tasks are late", len(late))
    act = {"label": gettext("Open my tasks"), "url": door("plan.mine")}
    return [
        Row(
            text, "checklist", any(days_late(each.due_on, today) > _VERY_LATE for each in late), late[0].title, act
        ).line
    ]
