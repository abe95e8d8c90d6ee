"""Dealers who came and did not sign: what happens next with each, who does it, and until when."""

from datetime import timedelta
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.report import blueprint, queries, shown
from app.blueprints.report.rules.facts import Fact, Mark, dealers
from app.blueprints.report.steps import actions
from app.blueprints.report.steps import queries as steps
from app.blueprints.report.steps.forms import StepForm
from app.extensions import db
from app.models import Event, Readiness
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.nav import door
from app.web.render import back_or, page

P = Permission
_ORDER = [*Readiness]
_USUAL_DAYS = 3  # a guest who did not sign is called within so many days


def _unsigned(event: Event) -> list[Fact]:
    """Those the person may see: everybody's, or only their own guests."""
    own = own_rep_id() if not me().can(P.VIEW_REPORT) else None
    rows = [
        each
        for each in dealers(queries.facts(event)).facts
        if Mark.ARRIVED in each.marks and Mark.SIGNED not in each.marks and own in (None, each.rep_id)
    ]
    return sorted(rows, key=lambda one: (_ORDER.index(one.readiness) if one.readiness else 9, -one.expected))


def _list(event: Event, *, status: int = 200, form: StepForm | None = None, opened: int | None = None) -> Any:
    said = steps.of_event(event)
    rows = _unsigned(event)
    today = clock.today(event.time_zone)
    open_rows = [each for each in rows if each.invitation_id not in said]
    people = steps.people() if me().can(P.EDIT_INVITATIONS) else []
    return page(
        "report/unsigned.html",
        status=status,
        tabs=shown.tabs(event.slug, "report.unsigned"),
        rows=[*open_rows, *(each for each in rows if each.invitation_id in said)],
        said=said,
        form=form,
        opened=opened,
        people=people,
        usual=today + timedelta(days=_USUAL_DAYS),
        today=today,
        nobody=len(open_rows),
        url_of=lambda fact: door("invitations.show", slug=event.slug, invitation_id=fact.invitation_id),
    )


@blueprint.get("/events/<slug>/report/unsigned")
@requires(P.VIEW_REPORT, P.EDIT_INVITATIONS)
def unsigned(slug: str) -> Any:
    return _list(the_event(slug), opened=request.args.get("open", type=int))


@blueprint.post("/events/<slug>/report/unsigned/<int:invitation_id>")
@requires(P.EDIT_INVITATIONS)
def say_step(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    guest = found(steps.guest(event, invitation_id, own_rep_id()))
    form = StepForm()
    form.owner_id.choices = steps.people()
    if not form.validate_on_submit():
        return _list(event, status=422, form=form, opened=invitation_id)
    actions.say(guest, form.text.data or "", owner_id=form.owner_id.data, due_on=form.due_on.data, by_id=me().id)
    db.session.commit()
    flash(_("The next step is written down."), "success")
    return back_or(url_for("report.unsigned", slug=slug))


@blueprint.post("/events/<slug>/report/unsigned/<int:invitation_id>/done")
@requires(P.EDIT_INVITATIONS)
def step_done(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    guest = found(steps.guest(event, invitation_id, own_rep_id()))
    actions.done(found(steps.of_guest(guest)))
    db.session.commit()
    flash(_("Ticked off."), "success")
    return back_or(url_for("report.unsigned", slug=slug))
