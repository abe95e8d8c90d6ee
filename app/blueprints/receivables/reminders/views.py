"""The levels of an event's reminding, what was reminded of, and the tasks that came of it."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.messages.wording_variables import PAYMENT
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_receivable
from app.blueprints.receivables.reminders import actions, queries, typed
from app.blueprints.receivables.reminders.typed import Row
from app.blueprints.receivables.views import tabs
from app.errors import SigningDayError
from app.extensions import db
from app.models import Event, ReminderBy, Tone
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, page
from app.web.words import choices

P = Permission
AT = "/events/<slug>/payments/reminders"


@blueprint.get(AT)
@requires(*MAY_SEE)
def reminders(slug: str) -> Any:
    return _shown(the_event(slug))


def _shown(event: Event, *, fault: str = "", rows: list[Row] | None = None) -> Any:
    return page(
        "receivables/reminders.html",
        status=422 if fault else 200,
        rows=rows if rows is not None else typed.rows_of(queries.levels_of(event)),
        fault=fault,
        is_own=queries.has_own_levels(event),
        ways=choices(ReminderBy),
        tones=choices(Tone),
        people=queries.people_for_tasks(),
        variables=list(PAYMENT),
        made=queries.latest(event, own_id()),
        tabs=tabs("receivables.reminders", event),
    )


@blueprint.post(AT)
@requires(P.MANAGE_REMINDERS)
def set_reminders(slug: str) -> Any:
    """Set the levels; rows without days are left out, and without any row the house's levels hold again."""
    event = the_event(slug)
    rows = typed.rows_from(request.form)
    levels, fault = typed.levels_from(rows, set(queries.people_for_tasks()))
    if fault:
        return _shown(event, fault=fault, rows=rows)
    try:
        actions.set_levels(event, levels)
    except SigningDayError as wrong:
        return _shown(event, fault=sentence(wrong), rows=rows)
    db.session.commit()
    flash(_("Kept. Sums that were reminded of at a level are not reminded of at it again."), "success")
    return back_to("receivables.reminders", slug=slug)


@blueprint.post("/payments/<int:receivable_id>/reminders/<int:reminder_id>/done")
@requires(P.CHASE_PAYMENTS)
def task_done(receivable_id: int, reminder_id: int) -> Any:
    """Tick the task of a reminder; it may have been given to somebody who is not the rep."""
    task = next((each for each in queries.open_tasks(me().id) if each.id == reminder_id), None)
    if task is None:
        row = the_receivable(receivable_id)
        task = found(next((each for each in queries.of_receivable(row) if each.id == reminder_id and each.task), None))
    actions.task_done(task, by_id=me().id)
    db.session.commit()
    flash(_("Done: %(task)s", task=task.task), "success")
    return back_or(url_for("receivables.show", receivable_id=receivable_id))
