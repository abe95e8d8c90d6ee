"""The publicity plan."""

from decimal import Decimal
from typing import Any

from flask import flash
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, DecimalField, SelectField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from app import clock
from app.blueprints.budget import queries as budgets
from app.blueprints.budget.template import LINES
from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.agenda.forms import number
from app.blueprints.programme.loading import P, may_edit, the_entry
from app.blueprints.programme.publicity import actions
from app.blueprints.programme.publicity.actions import Row
from app.extensions import db
from app.models import BudgetGroup, Event
from app.texts import gettext as said_in
from app.web.fields import LineField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.locale import language
from app.web.render import back_to, invalid, page

_MOST = Decimal(100_000_000)


class EntryForm(FlaskForm):
    """A row of the publicity plan."""

    medium = LineField(_("Medium"), [DataRequired(_("Please enter the medium.")), Length(max=80)])
    piece = LineField(_("What it carries"), [DataRequired(_("Please say what it carries.")), Length(max=160)])
    due_on = DateField(_("Appears on"), [DataRequired(_("Please enter a day."))])
    cost_line = SelectField(_("Cost line"))
    cost = DecimalField(_("Cost"), [Optional(), NumberRange(0, _MOST, _("From nothing to 100 million."))])
    owner_id = SelectField(_("Person in charge"), coerce=number)
    appeared_on = DateField(_("Appeared on"), [Optional()])
    proof_url = URLField(
        _("Proof that it appeared"),
        [
            Optional(),
            Length(max=300),
            Regexp(r"^https?://[^\s<>\"]+$", message=_("Please enter a whole address that begins with http.")),
        ],
    )

    def offer(self, event: Event) -> None:
        """Set the lines of the budget and whom one can choose."""
        self.cost_line.choices = [SelectChoice(key, name) for key, name in line_names(event).items()]
        self.owner_id.choices = [
            SelectChoice("", gettext("Nobody yet")),
            *(SelectChoice(key, name) for key, name in queries.people()),
        ]


def line_names(event: Event) -> dict[str, str]:
    """Return the lines that may pay, those of publicity first; before there is a budget, those of the template."""
    rows = sorted(budgets.lines(event), key=lambda each: each.group is not BudgetGroup.PUBLICITY)
    names = {each.key: each.name for each in rows if each.key}
    return names or {each.key: said_in(language(), each.name) for each in reversed(LINES)}


def _row(form: EntryForm) -> Row:
    assert form.due_on.data is not None
    return Row(
        medium=form.medium.data or "",
        piece=form.piece.data or "",
        due_on=form.due_on.data,
        cost_line=form.cost_line.data,
        cost=form.cost.data,
        owner_id=form.owner_id.data,
        appeared_on=form.appeared_on.data,
        proof_url=form.proof_url.data or "",
    )


@blueprint.get("/events/<slug>/programme/publicity/")
@requires(P.VIEW_PROGRAMME)
def publicity(slug: str) -> Any:
    event = the_event(slug)
    rows = queries.publicity(event)
    sees_sums = me().can(P.VIEW_BUDGET)
    return page(
        "programme/publicity.html",
        rows=rows,
        today=clock.today(event.time_zone),
        lines=line_names(event) if sees_sums else {},
        total=sum((each.cost or Decimal(0) for each in rows), Decimal(0)),
        sees_sums=sees_sums,
        may_edit=may_edit(event),
    )


@blueprint.route("/events/<slug>/programme/publicity/new", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def publicity_new(slug: str) -> Any:
    event = the_event(slug)
    form = EntryForm(cost_line="media")
    form.offer(event)
    if form.validate_on_submit():
        actions.add(event, _row(form))
        db.session.commit()
        flash(gettext("The row is in the publicity plan."), "success")
        return back_to("programme.publicity", slug=slug)
    return (invalid if form.errors else page)("programme/entry.html", form=form, row=None)


@blueprint.route("/events/<slug>/programme/publicity/<int:entry_id>", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def publicity_edit(slug: str, entry_id: int) -> Any:
    event = the_event(slug)
    row = the_entry(event, entry_id)
    form = EntryForm(obj=row)
    form.offer(event)
    if form.validate_on_submit():
        actions.edit(event, row, _row(form))
        db.session.commit()
        flash(gettext("The row is changed."), "success")
        return back_to("programme.publicity", slug=slug)
    return (invalid if form.errors else page)("programme/entry.html", form=form, row=row)


@blueprint.post("/events/<slug>/programme/publicity/<int:entry_id>/remove")
@requires(P.EDIT_PROGRAMME)
def publicity_remove(slug: str, entry_id: int) -> Any:
    event = the_event(slug)
    actions.remove(event, the_entry(event, entry_id))
    db.session.commit()
    flash(gettext("The row is out of the publicity plan."), "success")
    return back_to("programme.publicity", slug=slug)
