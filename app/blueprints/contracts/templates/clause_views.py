"""Editing a draft: its clauses and its variables, each on a page of its own with a live preview."""

from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.document.rules import filling
from app.blueprints.contracts.templates import actions, queries
from app.blueprints.contracts.templates.forms import ClauseForm, VariableForm, said
from app.blueprints.contracts.templates.preview import sample
from app.blueprints.contracts.templates.rules.checking import clause_faults
from app.blueprints.contracts.templates.views import ONE, seen, the_version, to_version
from app.errors import SigningDayError
from app.extensions import db
from app.models import Clause, TemplateState, TemplateVersion
from app.web.guards import requires
from app.web.headers import csp
from app.web.load import found
from app.web.render import invalid, page

P = Permission
CLAUSE = ONE + "clauses/<int:clause_id>"
VARIABLE = ONE + "variables/<int:variable_id>"


@blueprint.route(ONE + "clauses/new", methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_clause_add(key: str, number: int) -> Any:
    version = the_version(key, number)
    form = ClauseForm(version, data={"seen": version.version})
    if not form.validate_on_submit():
        return _clause_page(version, None, form)
    clause = actions.add_clause(version, form.text(), seen=form.seen.data or 0)
    db.session.commit()
    return to_version(version, f"clause-{clause.id}")


@blueprint.route(CLAUSE, methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_clause(key: str, number: int, clause_id: int) -> Any:
    version = the_version(key, number)
    clause = found(queries.clause(version, clause_id))
    form = ClauseForm(version, data=_columns(clause) | {"seen": version.version})
    if not form.validate_on_submit():
        return _clause_page(version, clause, form)
    actions.edit_clause(version, clause, form.text(), seen=form.seen.data or 0)
    db.session.commit()
    return to_version(version, f"clause-{clause.id}")


def _columns(clause: Clause) -> dict[str, str]:
    return {name: getattr(clause, name) for name in ("heading", "heading_en", "body", "body_en", "condition")}


def _clause_page(version: TemplateVersion, clause: Clause | None, form: ClauseForm) -> Response:
    if version.state is not TemplateState.DRAFT:
        raise actions.VersionFrozen
    show = invalid if form.is_submitted() else page
    place = version.clauses.index(clause) if clause else len(version.clauses)
    return show("contracts/templates/clause.html", version=version, clause=clause, form=form, place=place)


@blueprint.post(CLAUSE + "/move")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_clause_move(key: str, number: int, clause_id: int) -> BaseResponse:
    version = the_version(key, number)
    clause = found(queries.clause(version, clause_id))
    actions.move_clause(version, clause, -1 if request.form.get("to") == "up" else 1, seen=seen())
    db.session.commit()
    return to_version(version, f"clause-{clause.id}")


@blueprint.post(CLAUSE + "/remove")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_clause_remove(key: str, number: int, clause_id: int) -> BaseResponse:
    version = the_version(key, number)
    actions.remove_clause(version, found(queries.clause(version, clause_id)), seen=seen())
    db.session.commit()
    return to_version(version)


@blueprint.post(ONE + "clause-preview")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_clause_preview(key: str, number: int) -> Response:
    """The clause just typed as it would be printed, and what is wrong with it. Keeps nothing."""
    version = the_version(key, number)
    form = ClauseForm(version)
    typed = Clause(**_columns_of(form))
    variables = {variable.key: variable for variable in version.variables}
    faults = said([error for _, error in clause_faults(typed, variables, filling.LANGUAGES[version.language])])
    article: Any = ()
    if not faults:
        try:
            article = filling.article(version, typed, sample(version, None).values, _number(version, typed))
        except SigningDayError as error:
            faults = said([error])
    response = make_response(render_template("contracts/templates/clause_preview.html", faults=faults, article=article))
    response.headers["Content-Security-Policy"] = csp(frame_ancestors="'self'")
    return response


def _columns_of(form: ClauseForm) -> dict[str, str]:
    text = form.text()
    return {name: getattr(text, name) for name in ("heading", "heading_en", "body", "body_en", "condition")}


def _number(version: TemplateVersion, typed: Clause) -> int:
    """The number that the clause would carry if all before it were printed."""
    place = request.args.get("place", 0, type=int)
    before = sum(1 for each in version.clauses[: max(place, 0)] if filling.has_number(each))
    return before + 1 if filling.has_number(typed) else 0


@blueprint.route(ONE + "variables/new", methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_variable_add(key: str, number: int) -> Any:
    version = the_version(key, number)
    wanted = request.args.get("wanted", "")[:40]
    return _variable(version, None, VariableForm(data={"key": wanted, "seen": version.version, "is_required": True}))


@blueprint.route(VARIABLE, methods=["GET", "POST"])
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_variable(key: str, number: int, variable_id: int) -> Any:
    version = the_version(key, number)
    row = found(queries.variable(version, variable_id))
    options = "\n".join(" | ".join(map(str, each)) for each in row.choices or ())
    return _variable(version, row, VariableForm(obj=row, data={"options": options, "seen": version.version}))


def _variable(version: TemplateVersion, row: Any, form: VariableForm) -> Any:
    if version.state is not TemplateState.DRAFT:
        raise actions.VersionFrozen
    if form.validate_on_submit():
        try:
            actions.save_variable(version, row, form.blank(), seen=form.seen.data or 0)
        except actions.KeyTaken as taken:
            form.key.errors = said([taken])
        else:
            db.session.commit()
            return to_version(version, "variables")
    show = invalid if form.is_submitted() else page
    return show("contracts/templates/variable.html", version=version, variable=row, form=form)


@blueprint.post(VARIABLE + "/remove")
@requires(P.EDIT_CONTRACT_TEMPLATES)
def template_variable_remove(key: str, number: int, variable_id: int) -> BaseResponse:
    version = the_version(key, number)
    actions.remove_variable(version, found(queries.variable(version, variable_id)), seen=seen())
    db.session.commit()
    return to_version(version, "variables")
