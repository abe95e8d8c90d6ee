"""The day of the staff: who is here, who is missing with the number to call, and what has gone wrong."""

from typing import Any

from flask import flash
from flask_babel import gettext

from app import journal
from app.access import Permission
from app.blueprints.staff import blueprint
from app.blueprints.staff.day.board import ON_THE_DAY, DayBoard, board
from app.blueprints.staff.day.forms import GraceForm
from app.blueprints.staff.incidents import queries as incidents
from app.blueprints.staff.rules.presence import Presence
from app.extensions import db
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission
ORDER = (Presence.MISSING, Presence.DUE, Presence.HERE, Presence.LATER, Presence.STANDBY)


def _day(event: Event, form: GraceForm, *, status: int = 200) -> Any:
    today = board(event)
    return page(
        "staff/day.html",
        status=status,
        board=today,
        groups=[(presence, people) for presence in ORDER if (people := today.of(presence))],
        numbers=_numbers(today),
        incidents=incidents.open_of([event]).get(event.id, []),
        live=event.status in ON_THE_DAY,
        form=form,
    )


def _numbers(today: DayBoard) -> dict[str, int]:
    numbers = {presence.value: len(today.of(presence)) for presence in ORDER}
    return numbers | {"expected": sum(numbers[each] for each in ("missing", "due", "here"))}


@blueprint.get("/events/<slug>/staff/day")
@requires(P.VIEW_STAFF)
def day(slug: str) -> Any:
    """Whoever needs a call comes first."""
    event = the_event(slug)
    form = GraceForm(data={"minutes": event.staff_grace_minutes, "version": event.version})
    return _day(event, form)


@blueprint.post("/events/<slug>/staff/day/grace")
@requires(P.EDIT_STAFF)
def day_grace(slug: str) -> Any:
    """Say how long after the start of a shift somebody counts as missing."""
    event = the_event(slug)
    form = GraceForm()
    if not form.validate_on_submit():
        return _day(event, form, status=422)
    event.staff_grace_minutes = int(form.minutes.data or 0)
    journal.record("event.edited", event, event_id=event.id)
    db.session.commit()
    flash(gettext("The changes are saved."), "success")
    return back_to("staff.day", slug=slug)
