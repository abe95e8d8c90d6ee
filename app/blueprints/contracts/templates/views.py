"""The pages of templates: the list, one version with its checks, and the steps of its review."""

import itertools
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.document.rules.filling import has_number
from app.blueprints.contracts.document.sources import SOURCES
from app.blueprints.contracts.templates import actions, queries
from app.blueprints.contracts.templates.forms import CreateForm, RemarksForm, TitleForm
from app.blueprints.contracts.templates.rules.comparing import compare
from app.blueprints.contracts.templates.standard import standards
from app.extensions import db
from app.models import TemplateState, TemplateVersion
from app.web.errors import sentence
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, invalid, page

P = Permission
LIST = "/contracts/templates/"
ONE = LIST + "<key>/<int:number>/"


def the_version(key: str, number: int) -> TemplateVersion:
    """Return the version of an address; 404 when there is none."""
    is_name = key.isprintable() and number <= queries.LARGEST_ID  # PostgreSQL takes no zero byte and no larger number
    return found(queries.version(key, number) if is_name else None)


def seen() -> int:
    """Return the state of the version that the person saw when pressing a button."""
    return request.form.get("seen", type=int) or 0


def to_version(version: TemplateVersion, anchor: str | None = None) -> BaseResponse:
    """Send the browser back to the page of a version."""
    return back_to("contracts.template_show", key=version.template.key, number=version.number, _anchor=anchor)


@blueprint.get(LIST)
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def templates() -> Response:
    rows = queries.templates()
    taken = {row.key for row in rows}
    waiting = [each for row in rows for each in row.versions if each.state is TemplateState.IN_REVIEW]
    shipped = [each for each in standards() if actions.key_of(each.kind) not in taken]
    return page("contracts/templates/index.html", templates=rows, shipped=shipped, waiting=waiting)


@blueprint.route(LIST + "new", methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_create() -> Any:
    form = CreateForm()
    if not form.validate_on_submit():
        return (invalid if form.is_submitted() else page)("contracts/templates/create.html", form=form)
    version = actions.create(form.name.data, form.kind.data, form.language.data, by=me().user)
    db.session.commit()
    return to_version(version)


@blueprint.post(LIST + "take/<which>")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_take(which: str) -> BaseResponse:
    """Take a shipped template over as a draft."""
    version = actions.take_over(found(next((each for each in standards() if each.key == which), None)), by=me().user)
    db.session.commit()
    flash(_("Taken over as a draft. Have it reviewed by your counsel before anybody signs it."), "success")
    return to_version(version)


@blueprint.get(ONE)
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def template_show(key: str, number: int) -> Response:
    return _shown(the_version(key, number), RemarksForm(formdata=None))


def _shown(version: TemplateVersion, remarks: RemarksForm) -> Response:
    return (invalid if remarks.is_submitted() and remarks.errors else page)(
        "contracts/templates/show.html",
        version=version,
        report=queries.report(version),
        numbers=_numbers(version),
        sources=SOURCES,
        is_own=queries.has_edited(me().user.id, version),
        remarks=remarks,
        history_lines=lines(version, limit=12),
        said=sentence,
    )


def _numbers(version: TemplateVersion) -> list[int]:
    """The number each clause would have if all were printed; 0 for one that is not counted."""
    counted = itertools.count(1)
    return [next(counted) if has_number(clause) else 0 for clause in version.clauses]


@blueprint.route(ONE + "title", methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_edit(key: str, number: int) -> Any:
    version = the_version(key, number)
    form = TitleForm(obj=version, data={"seen": version.version})
    if not form.validate_on_submit():
        show = invalid if form.is_submitted() else page
        return show("contracts/templates/title.html", form=form, version=version)
    actions.rename(
        version,
        title=form.title.data,
        title_en=form.title_en.data or "",
        language=form.language.data,
        seen=form.seen.data or 0,
    )
    db.session.commit()
    return to_version(version)


@blueprint.post(ONE + "submit")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_submit(key: str, number: int) -> BaseResponse:
    version = the_version(key, number)
    actions.submit(version, seen=seen())
    db.session.commit()
    flash(_("Submitted. A second person reviews it now."), "success")
    return to_version(version)


@blueprint.post(ONE + "approve")
@requires(P.APPROVE_CONTRACT_TEMPLATES)
def template_approve(key: str, number: int) -> BaseResponse:
    version = the_version(key, number)
    actions.approve(version, by=me().user)
    db.session.commit()
    flash(_("Approved. New contracts are made from this version."), "success")
    return to_version(version)


@blueprint.post(ONE + "return")
@requires(P.APPROVE_CONTRACT_TEMPLATES)
def template_return(key: str, number: int) -> Any:
    version, form = the_version(key, number), RemarksForm()
    if not form.validate_on_submit():
        return _shown(version, form)
    actions.send_back(version, form.remarks.data.strip(), by=me().user)
    db.session.commit()
    return to_version(version)


@blueprint.post(ONE + "retire")
@requires(P.APPROVE_CONTRACT_TEMPLATES)
def template_retire(key: str, number: int) -> BaseResponse:
    version = the_version(key, number)
    actions.retire(version)
    db.session.commit()
    return to_version(version)


@blueprint.post(ONE + "copy")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_copy(key: str, number: int) -> BaseResponse:
    """Begin a new version that starts as a copy of this one."""
    version = actions.new_version(the_version(key, number), by=me().user)
    db.session.commit()
    return to_version(version)


@blueprint.get(ONE + "compare")
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def template_compare(key: str, number: int) -> Response:
    """The version against another one of its template, by default the one before."""
    new = the_version(key, number)
    others = [each for each in new.template.versions if each.number != number]
    wanted = request.args.get("with", type=int)
    earlier = [each.number for each in others if each.number < number] or [each.number for each in others]
    against = wanted if wanted in {each.number for each in others} else (earlier[-1] if earlier else None)
    old = the_version(key, against) if against is not None else None
    difference = compare(old, new) if old else None
    return page("contracts/templates/compare.html", old=old, new=new, others=others, difference=difference)
