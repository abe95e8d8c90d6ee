"""Pages of the list of materials."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access import Permission
from app.blueprints.materials import actions, alarm_words, blueprint, queries, tables
from app.blueprints.materials.detail import show_material, the_material
from app.blueprints.materials.figures_shown import groups, money_rows
from app.blueprints.materials.forms import AssignForm, MaterialForm
from app.blueprints.materials.rules.alarms import Trouble
from app.extensions import db
from app.models import Event, Material, ProofState
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, invalid, page, safe_path
from app.web.tables import Table

P = Permission
MOST_AT_ONCE = 2000
_NUMBERS = {"base_quantity": 0, "extra_quantity": 0, "spare_percent": 0, "pack_size": 1, "lead_days": 0}
_FIELDS = (
    *("name", "rule", "unit", "kit_id", "zone_id", "place", "department", "owner_id", "supplier", "unit_price"),
    "cost_line",
    *("needed_on", "design_text", "is_returnable", "stock_item_id", "notes", *_NUMBERS),
)


def ids_of_request() -> list[int]:
    """The ticked rows of a list."""
    return [int(value) for value in request.values.getlist("ids") if value.isdecimal()][:MOST_AT_ONCE]


@blueprint.get("/events/<slug>/materials/")
@requires(P.VIEW_MATERIALS)
def index(slug: str) -> Any:
    event = the_event(slug)
    sheet = queries.sheet(event)
    spec = tables.material_list(event, sheet, exports=me().can(P.VIEW_MATERIALS), selectable=me().can(P.EDIT_MATERIALS))
    table = Table(spec, queries.materials(event))
    if table.wants_export:
        return table.export()
    table.load()
    return page(
        "materials/index.html",
        fragment="materials/_table.html",
        table=table,
        sheet=sheet,
        headings={row.id: tables.heading_of(table.sort, row) for row in table.rows},
        alarms=alarm_words.rows(sheet, may_edit=me().can(P.EDIT_MATERIALS)),
        groups=groups(sheet, table.sort),
        money=money_rows(sheet),
        earlier=_sources(event) if not sheet.lines else [],
    )


@blueprint.get("/events/<slug>/materials/needing/<trouble>")
@requires(P.VIEW_MATERIALS)
def trouble(slug: str, trouble: str) -> Any:
    event = the_event(slug)
    kind = found(next((each for each in Trouble if each.value == trouble), None))
    rows = alarm_words.of_trouble(queries.sheet(event), kind, may_edit=me().can(P.EDIT_MATERIALS))
    return page("materials/trouble.html", rows=rows, title=alarm_words.title_of(kind, len(rows)))


@blueprint.get("/events/<slug>/materials/<int:material_id>")
@requires(P.VIEW_MATERIALS)
def show(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    return show_material(event, material)


@blueprint.post("/events/<slug>/materials/prepare")
@requires(P.EDIT_MATERIALS)
def prepare(slug: str) -> Any:
    event = the_event(slug)
    number = actions.prepare(event)
    db.session.commit()
    if number:
        flash(_("The standard materials, zones and hall requirements are on the list."), "success")
    else:
        flash(_("Everything of the standard template is on the list already."), "info")
    return back_to("materials.index", slug=slug)


def _sources(event: Event) -> list[Event]:
    """The earlier events whose lists the person may see: a duty at this one opens no other."""
    return [each for each in queries.earlier_events(event) if me().can(P.VIEW_MATERIALS, each.slug)]


@blueprint.post("/events/<slug>/materials/copy")
@requires(P.EDIT_MATERIALS)
def copy(slug: str) -> Any:
    event = the_event(slug)
    source = found(next((each for each in _sources(event) if each.slug == request.form.get("source")), None))
    number = actions.copy_from(event, source)
    db.session.commit()
    told = ngettext("%(num)s material was taken over.", "%(num)s materials were taken over.", number)
    flash(told, "success")
    return back_to("materials.index", slug=slug)


def _values(form: MaterialForm, material: Material | None) -> dict[str, Any]:
    values = {name: form[name].data for name in _FIELDS}
    values |= {name: least if values[name] is None else values[name] for name, least in _NUMBERS.items()}
    values |= {name: values[name] or "" for name in ("unit", "place", "department", "supplier", "design_text", "notes")}
    proof = material.proof if material else ProofState.NOT_NEEDED
    if not form.needs_proof.data:
        values["proof"] = ProofState.NOT_NEEDED
    elif proof is ProofState.NOT_NEEDED:
        values["proof"] = ProofState.WANTED
    return values


@blueprint.route("/events/<slug>/materials/new", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def create(slug: str) -> Any:
    event = the_event(slug)
    form = MaterialForm(event, data={"owner_id": me().id, "department": me().user.department or ""})
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        return show_form("materials/create.html", form=form, departments=queries.departments(event))
    material = actions.add(event, **_values(form, None))
    db.session.commit()
    flash(_("%(name)s is on the list.", name=material.name), "success")
    return back_to("materials.show", slug=slug, material_id=material.id)


@blueprint.route("/events/<slug>/materials/<int:material_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def edit(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = MaterialForm(event, material)
    if not form.is_submitted():
        form.needs_proof.data = material.proof is not ProofState.NOT_NEEDED
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        departments = queries.departments(event)
        return show_form("materials/edit.html", form=form, material=material, departments=departments)
    actions.edit(event, material, **_values(form, material))
    db.session.commit()
    flash(_("Saved."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/remove")
@requires(P.EDIT_MATERIALS)
def remove(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    name = material.name
    kept = actions.remove(event, material, by_id=me().id)
    db.session.commit()
    undo = url_for("materials.put_back", slug=slug, removal_id=kept.id)
    flash({"text": _("%(name)s was taken off the list.", name=name), "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo
    return back_to("materials.index", slug=slug)


@blueprint.post("/events/<slug>/materials/removed/<int:removal_id>/put-back")
@requires(P.EDIT_MATERIALS)
def put_back(slug: str, removal_id: int) -> Any:
    """Put a removed material back as it was, with the parts of a kit."""
    kept = found(actions.put_back(the_event(slug), removal_id))
    db.session.commit()
    flash(_("%(name)s is on the list again.", name=kept.name), "success")
    return back_to("materials.index", slug=slug)


@blueprint.route("/events/<slug>/materials/assign", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def assign(slug: str) -> Any:
    """Give the chosen materials an owner, a zone or a department. The list's bar opens it with the ticked rows."""
    event = the_event(slug)
    selected = queries.chosen(event, ids_of_request())
    form = AssignForm(event)
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        came_from = safe_path(request.values.get("next")) or url_for("materials.index", slug=slug)
        return show_form("materials/assign.html", form=form, selected=selected, came_from=came_from)
    changed = actions.edit_many(event, selected, **form.values())
    db.session.commit()
    flash(ngettext("%(num)s material was changed.", "%(num)s materials were changed.", changed), "success")
    return back_or(url_for("materials.index", slug=slug))
