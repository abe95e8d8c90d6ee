"""The publicity plan."""

from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.agenda.actions import lock
from app.blueprints.programme.loading import P, may_edit, the_entry
from app.blueprints.programme.overtaken import overtaken
from app.blueprints.programme.publicity import actions, lines
from app.blueprints.programme.publicity.actions import Row
from app.blueprints.programme.publicity.forms import EntryForm, line_names
from app.blueprints.programme.removed_views import removed
from app.content_kind import DOCUMENTS, PICTURES
from app.extensions import db
from app.models import Event, File, PublicityEntry
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.uploads import kept, shown


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


def _proof(form: EntryForm) -> File | None:
    """Keep what was uploaded, if anything was; what is no picture and no PDF leaves an error beside the field."""
    return kept(form.proof, {*PICTURES, *DOCUMENTS}) if form.proof.data else None


@blueprint.get("/events/<slug>/programme/publicity/")
@requires(P.VIEW_PROGRAMME)
def publicity(slug: str) -> Any:
    event = the_event(slug)
    rows = queries.publicity(event)
    sees_sums = me().can(P.VIEW_BUDGET)
    return page(
        "programme/publicity.html",
        rows=rows,
        alerts=[each.line for each in lines.of(event, rows)],
        today=clock.today(event.time_zone),
        lines=line_names(event) if sees_sums else {},
        total=sum((each.cost or Decimal(0) for each in rows), Decimal(0)),
        sees_sums=sees_sums,
        may_edit=may_edit(event),
    )


@blueprint.get("/events/<slug>/programme/publicity/<int:entry_id>/proof")
@requires(P.VIEW_PROGRAMME)
def publicity_proof(slug: str, entry_id: int) -> Any:
    """The picture or PDF that shows that the piece appeared."""
    return shown(found(the_entry(the_event(slug), entry_id).proof_file))


@blueprint.route("/events/<slug>/programme/publicity/new", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def publicity_new(slug: str) -> Any:
    event = the_event(slug)
    form = EntryForm(cost_line="media")
    form.offer(event)
    if form.validate_on_submit():
        file = _proof(form)
        if not form.proof.errors:
            actions.add(event, _row(form), proof=file)
            db.session.commit()
            flash(_("The row is in the publicity plan."), "success")
            return back_to("programme.publicity", slug=slug)
    status = 422 if form.errors else 200
    return page("programme/entry.html", status=status, form=form, row=None)


@blueprint.route("/events/<slug>/programme/publicity/<int:entry_id>", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def publicity_edit(slug: str, entry_id: int) -> Any:
    event = the_event(slug)
    if request.method == "POST":
        lock(event)
    row = the_entry(event, entry_id)
    form, by_then = EntryForm(obj=row), None
    form.offer(event)
    if form.validate_on_submit() and not (by_then := overtaken(form, row.version, _stored(event, row), row)):
        file = _proof(form)
        if not form.proof.errors:
            actions.edit(event, row, _row(form), proof=file, without_proof=form.without_proof.data)
            db.session.commit()
            flash(_("The row is changed."), "success")
            return back_to("programme.publicity", slug=slug)
    status = 409 if by_then else 422 if form.errors else 200
    return page("programme/entry.html", status=status, form=form, row=row, overtaken=by_then)


def _stored(event: Event, row: PublicityEntry) -> EntryForm:
    form = EntryForm(None, obj=row)
    form.offer(event)
    return form


@blueprint.post("/events/<slug>/programme/publicity/<int:entry_id>/remove")
@requires(P.EDIT_PROGRAMME)
def publicity_remove(slug: str, entry_id: int) -> Any:
    event = the_event(slug)
    kept = actions.remove(event, the_entry(event, entry_id), by_id=me().id)
    db.session.commit()
    return removed(slug, kept)
