"""The site visit: what the hall must have, looked at one by one on a phone."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.materials import blueprint
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.materials.uploads import kept, shown
from app.blueprints.materials.zones import actions, queries
from app.blueprints.materials.zones.forms import FindingForm, RequirementForm
from app.extensions import db
from app.models import Event, Fitness, HallRequirement
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, page

P = Permission


def _row(slug: str, requirement_id: int) -> tuple[Event, HallRequirement]:
    event = the_event(slug)
    return event, found(queries.requirement(event, requirement_id))


@blueprint.get("/events/<slug>/zones/site")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zone_site(slug: str) -> Any:
    event = the_event(slug)
    return _site(event, RequirementForm(formdata=None))


@blueprint.post("/events/<slug>/zones/site/new")
@requires(P.EDIT_MATERIALS)
def zone_site_add(slug: str) -> Any:
    event = the_event(slug)
    form = RequirementForm()
    if not form.validate_on_submit():
        return _site(event, form)
    row = actions.add_requirement(event, form.text.data or "")
    db.session.commit()
    flash(_("The requirement is added."), "success")
    return back_to("materials.zone_site", slug=slug, _anchor=f"requirement-{row.id}")


def _site(event: Event, form: RequirementForm) -> Any:
    rows = queries.requirements(event)
    counts = {each: sum(row.fitness is each for row in rows) for each in Fitness}
    return page(
        "materials/zones/site.html",
        status=422 if form.errors else 200,
        event=event,
        rows=rows,
        counts=counts,
        checkers=queries.checkers(rows),
        form=form,
    )


@blueprint.route("/events/<slug>/zones/site/<int:requirement_id>", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def zone_site_check(slug: str, requirement_id: int) -> Any:
    event, row = _row(slug, requirement_id)
    form = FindingForm(row)
    file = None
    if form.validate_on_submit():
        if form.file.data:
            file = kept(form.file, PICTURES)
        if file is not None or not form.file.data:
            note = form.note.data or ""
            actions.check(event, row, fitness=form.fitness.data, note=note, file=file, by_id=me().id)
            db.session.commit()
            flash(_("Noted: %(text)s", text=row.text), "success")
            return back_or(url_for("materials.zone_site", slug=slug, _anchor=f"requirement-{row.id}"))
    status = 422 if form.is_submitted() else 200
    return page("materials/zones/finding.html", status=status, event=event, row=row, form=form)


@blueprint.post("/events/<slug>/zones/site/<int:requirement_id>/fits")
@requires(P.EDIT_MATERIALS)
def zone_site_fits(slug: str, requirement_id: int) -> Any:
    event, row = _row(slug, requirement_id)
    actions.check(event, row, fitness=Fitness.FITS, note=row.note, by_id=me().id)
    db.session.commit()
    return back_to("materials.zone_site", slug=slug, _anchor=f"requirement-{row.id}")


@blueprint.post("/events/<slug>/zones/site/<int:requirement_id>/remove")
@requires(P.EDIT_MATERIALS)
def zone_site_remove(slug: str, requirement_id: int) -> Any:
    event, row = _row(slug, requirement_id)
    actions.remove_requirement(event, row)
    db.session.commit()
    flash(_("The requirement is removed."), "success")
    return back_to("materials.zone_site", slug=slug)


@blueprint.get("/events/<slug>/zones/site/<int:requirement_id>/photo")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zone_site_photo(slug: str, requirement_id: int) -> Any:
    _event, row = _row(slug, requirement_id)
    return shown(found(queries.photo(row)))
