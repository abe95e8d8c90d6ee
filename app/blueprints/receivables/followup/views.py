"""The call list for a phone in one hand, and how a dealer pays."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.followup import actions, queries
from app.blueprints.receivables.followup.forms import CallForm, HabitForm
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_receivable, today
from app.blueprints.receivables.rules import calls as rules
from app.blueprints.receivables.rules.calls import Why
from app.blueprints.receivables.views import shown, tabs
from app.errors import SigningDayError
from app.extensions import db
from app.models import Event, Receivable
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_or, back_to, page
from app.web.words import word

P = Permission


@blueprint.get("/events/<slug>/payments/calls")
@requires(*MAY_SEE)
def calls(slug: str) -> Any:
    return _list(the_event(slug))


def _list(event: Event, wrong: tuple[int, CallForm] | None = None) -> Any:
    day = today()
    found = queries.call_list(day, event, own_id())
    return page(
        "receivables/calls.html",
        status=422 if wrong else 200,
        to_call=[each for each in found if each.why is not Why.PAUSED],
        paused=[each for each in found if each.why is Why.PAUSED],
        offers={each.row.id: rules.offers(day, each.habit.pay_day if each.habit else None) for each in found},
        wrong_id=wrong[0] if wrong else None,
        wrong=wrong[1] if wrong else None,
        today=day,
        tabs=tabs("receivables.calls", event),
    )


@blueprint.post("/payments/<int:receivable_id>/call")
@requires(P.CHASE_PAYMENTS)
def call(receivable_id: int) -> Any:
    row, form = the_receivable(receivable_id), CallForm()
    fault = None
    if form.validate():
        try:
            made = actions.log_call(row, form.said(row), today=today(), by_id=me().id)
        except SigningDayError as error:
            fault = sentence(error)
    if form.errors or fault:
        if fault:
            form.amount.errors = [fault]
        return _list(row.event, (row.id, form)) if row.event else shown(row, status=422)
    db.session.commit()
    flash(_("%(name)s: %(outcome)s", name=row.dealer.contact, outcome=word(made.outcome).text), "success")
    return back_or(_home(row))


def _home(row: Receivable) -> str:
    if row.event is not None:
        return url_for("receivables.calls", slug=row.event.slug)
    return url_for("receivables.show", receivable_id=row.id)


@blueprint.post("/payments/<int:receivable_id>/habits")
@requires(P.CHASE_PAYMENTS)
def habits(receivable_id: int) -> Any:
    """Note how the dealer of this receivable pays."""
    row, form = the_receivable(receivable_id), HabitForm()
    if not form.validate():
        return shown(row, status=422, habit_form=form)
    actions.note_habit(
        row.dealer,
        no_mornings=bool(form.no_mornings.data),
        pay_day=form.pay_day.data,
        payer=form.payer.data or "",
        note=form.note.data or "",
    )
    db.session.commit()
    flash(_("Noted."), "success")
    return back_to("receivables.show", receivable_id=row.id)
