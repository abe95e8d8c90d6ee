"""The pages of product lines and sales channels."""

from typing import Any, cast

from flask import abort, flash
from flask_babel import gettext

from app.access import Permission
from app.blueprints.territories import blueprint
from app.blueprints.territories.lines import actions
from app.blueprints.territories.regions.forms import WordForm
from app.extensions import db
from app.models import ProductLine, SalesChannel
from app.web.guards import requires
from app.web.load import found
from app.web.render import back_to, page

_KINDS: dict[str, actions.Kind] = {"lines": ProductLine, "channels": SalesChannel}


def _kind(word: str) -> actions.Kind:
    return _KINDS[word] if word in _KINDS else abort(404)


@blueprint.get("/territories/lines")
@requires(Permission.VIEW_TERRITORIES)
def lines() -> Any:
    """Show product lines and channels side by side."""
    rows = {word: actions.all_of(kind) for word, kind in _KINDS.items()}
    return page("territories/lines.html", rows=rows)


@blueprint.route("/territories/<word>/new", methods=["GET", "POST"])
@requires(Permission.EDIT_TERRITORIES)
def line_create(word: str) -> Any:
    kind = _kind(word)
    form = WordForm()
    if form.validate_on_submit():
        row = actions.add(kind, form.name.data or "")
        db.session.commit()
        flash(gettext("%(name)s is added.", name=row.name), "success")
        return back_to("territories.lines")
    return page("territories/line_form.html", status=422 if form.errors else 200, form=form, row=None, which=word)


@blueprint.route("/territories/<word>/<int:row_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_TERRITORIES)
def line_edit(word: str, row_id: int) -> Any:
    row = cast("ProductLine | SalesChannel", found(db.session.get(_kind(word), row_id)))
    form = WordForm(obj=row)
    if form.validate_on_submit():
        actions.edit(row, form.name.data or "", is_active=form.is_active.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_to("territories.lines")
    return page("territories/line_form.html", status=422 if form.errors else 200, form=form, row=row, which=word)
