"""The tree of regions as pages, and as what the picker asks for."""

from typing import Any

from flask import flash, jsonify, request
from flask_babel import gettext

from app.access import Permission
from app.blueprints.territories import blueprint
from app.blueprints.territories.regions import actions, fields, queries
from app.blueprints.territories.regions.forms import AccountForm, GroupForm
from app.extensions import db
from app.models import Region, RegionLevel
from app.web.guards import requires
from app.web.load import found
from app.web.render import back_to, page
from app.web.words import word

P = Permission


def _asked() -> tuple[str, Region | None]:
    """What was typed, or the place whose parts are wanted."""
    text = request.args.get("q", "").strip()[:60]
    text = text if text.isprintable() else ""
    parent = request.args.get("in", "")
    place = queries.region(int(parent)) if parent.isascii() and parent.isdecimal() and len(parent) < 10 else None
    return text, place


@blueprint.get("/regions/")
@requires(P.VIEW_TERRITORIES)
def regions() -> Any:
    """Show the tree a level at a time, what a search finds, and the company's own regions."""
    text, place = _asked()
    rows = queries.search(text) if text else queries.parts(place)
    trail = [*queries.trails_of([place])[place.id], place] if place else []
    own = queries.own_regions() if not text and place is None else []
    return page(
        "territories/regions.html",
        rows=[row for row in rows if row.region.level is not RegionLevel.GROUP or text],
        text=text,
        place=place,
        trail=trail,
        own=own,
        counts=queries.counts(),
    )


@blueprint.get("/regions/choices")
@requires(P.VIEW_TERRITORIES)
def choices() -> Any:
    """Answer what the picker shows: what a search finds, or the parts of a place, with the way there."""
    text, place = _asked()
    rows = queries.search(text) if text else queries.parts(place)
    trail = [*queries.trails_of([place])[place.id], place] if place else []
    return jsonify(
        trail=[{"id": each.id, "name": each.name} for each in trail],
        here=_choice(place, "", has_parts=False) if place else None,
        rows=[_choice(each.region, each.where, has_parts=each.has_parts) for each in rows],
    )


def _choice(region: Region, where: str, *, has_parts: bool) -> dict[str, Any]:
    return {
        "id": region.id,
        "value": fields.label(region),
        "name": region.name,
        "where": where,
        "kind": str(word(region.level).text),
        "parts": has_parts,
    }


@blueprint.route("/regions/groups/new", methods=["GET", "POST"])
@requires(P.EDIT_TERRITORIES)
def group_create() -> Any:
    form = GroupForm()
    if form.validate_on_submit():
        region = actions.add_group(form.name.data or "", form.members.data)
        db.session.commit()
        flash(gettext("%(name)s is added.", name=region.name), "success")
        return back_to("territories.regions")
    return page("territories/region_form.html", status=422 if form.errors else 200, form=form, region=None)


@blueprint.route("/regions/accounts/new", methods=["GET", "POST"])
@requires(P.EDIT_TERRITORIES)
def account_create() -> Any:
    form = AccountForm()
    if form.validate_on_submit() and form.parent.data is not None:
        region = actions.add_account(form.name.data or "", form.parent.data)
        db.session.commit()
        flash(gettext("%(name)s is added.", name=region.name), "success")
        return back_to("territories.regions")
    if not form.is_submitted():
        form.parent.data = _asked()[1]
    return page("territories/region_form.html", status=422 if form.errors else 200, form=form, region=None)


@blueprint.route("/regions/<int:region_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_TERRITORIES)
def region_edit(region_id: int) -> Any:
    region = found(queries.region(region_id))
    if region.level not in {RegionLevel.GROUP, RegionLevel.ACCOUNT}:
        raise actions.NotOwnRegion(name=region.name)
    is_group = region.level is RegionLevel.GROUP
    form: GroupForm | AccountForm = GroupForm(obj=region) if is_group else AccountForm(obj=region)
    if form.validate_on_submit():
        members = form.members.data if isinstance(form, GroupForm) else []
        actions.edit(region, form.name.data or "", members, is_active=form.is_active.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_to("territories.regions")
    return page("territories/region_form.html", status=422 if form.errors else 200, form=form, region=region)
