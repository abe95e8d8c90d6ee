"""The packages of an event, and how far each role may go there or in the whole company."""

from typing import Any

from flask import flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.access import Permission
from app.blueprints.territories import blueprint
from app.blueprints.territories.packages import actions, queries
from app.blueprints.territories.packages.forms import PackageForm, field_name, typed_limits
from app.blueprints.territories.rules.authority import ROLES, STANDARD, TERMS
from app.blueprints.territories.rules.packages import objection
from app.extensions import db
from app.models import Event, Package
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/packages/")
@requires(P.VIEW_TERRITORIES)
def packages(slug: str) -> Any:
    """Show what whoever signs here gets, and how many there still are."""
    event = the_event(slug)
    rows = queries.packages_of(event)
    now = clock.now()
    return page(
        "territories/packages.html",
        event=event,
        packages=rows,
        named=queries.named_by(event),
        faults={each.id: _fault(each, now) for each in rows},
        edits=me().can(P.EDIT_PACKAGES),
    )


def _fault(package: Package, now: Any) -> str:
    """The code of what stands against taking the package now, "" when it may be taken."""
    fault = objection(queries.facts_of(package), now, queries.PLENTY)
    return fault.code if fault else ""


@blueprint.post("/events/<slug>/packages/prepare")
@requires(P.EDIT_PACKAGES)
def packages_prepare(slug: str) -> BaseResponse:
    actions.prepare(the_event(slug))
    db.session.commit()
    return back_to("territories.packages", slug=slug)


def _edit(event: Event, package: Package | None) -> Any:
    form = PackageForm(event, package)
    if form.validate_on_submit() and not (package and form.overtaken_by(package.version)):
        row = package or Package(event_id=event.id, taken=0, event=event)
        actions.save(row, form.values, form.gives)
        db.session.commit()
        flash(gettext("The package “%(name)s” is saved.", name=row.name), "success")
        return back_to("territories.packages", slug=event.slug)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("territories/package_form.html", status=status, event=event, form=form, package=package)


@blueprint.route("/events/<slug>/packages/new", methods=["GET", "POST"])
@requires(P.EDIT_PACKAGES)
def package_create(slug: str) -> Any:
    return _edit(the_event(slug), None)


@blueprint.route("/events/<slug>/packages/<int:package_id>", methods=["GET", "POST"])
@requires(P.EDIT_PACKAGES)
def package_edit(slug: str, package_id: int) -> Any:
    event = the_event(slug)
    return _edit(event, found(queries.package(event, package_id)))


@blueprint.post("/events/<slug>/packages/<int:package_id>/remove")
@requires(P.EDIT_PACKAGES)
def package_remove(slug: str, package_id: int) -> BaseResponse:
    event = the_event(slug)
    package = found(queries.package(event, package_id))
    name = package.name
    actions.remove(package)
    db.session.commit()
    flash(gettext("Removed: %(name)s", name=name), "success")
    return back_to("territories.packages", slug=slug)


# --- How far each role may go -------------------------------------------------------------------------------


def _limits(event: Event | None) -> Any:
    """Show and take the table; what is left blank follows the company's limit, and that the standard."""
    own = {(row.role, row.term): row.limit for row in queries.limit_rows(event)}
    fallback = queries.limits(None) if event else STANDARD
    typed = typed_limits(request.form) if request.method == "POST" else None
    if typed is not None and not typed.wrong:
        if actions.set_limits(event, typed.limits):
            flash(gettext("The limits are saved."), "success")
        db.session.commit()
        return back_to("territories.limits", slug=event.slug) if event else back_to("territories.company_limits")
    return page(
        "territories/limits.html",
        status=422 if typed else 200,
        event=event,
        own=own,
        fallback=fallback,
        roles=ROLES,
        terms=TERMS,
        wrong=typed.wrong if typed else frozenset(),
        sent=request.form,
        field_name=field_name,
        edits=me().can(P.EDIT_PACKAGES),
    )


@blueprint.get("/events/<slug>/packages/limits")
@requires(P.VIEW_TERRITORIES)
def limits(slug: str) -> Any:
    return _limits(the_event(slug))


@blueprint.post("/events/<slug>/packages/limits")
@requires(P.EDIT_PACKAGES)
def limits_save(slug: str) -> Any:
    return _limits(the_event(slug))


@blueprint.get("/territories/limits")
@requires(P.VIEW_TERRITORIES)
def company_limits() -> Any:
    return _limits(None)


@blueprint.post("/territories/limits")
@requires(P.EDIT_PACKAGES)
def company_limits_save() -> Any:
    return _limits(None)
