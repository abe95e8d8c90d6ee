"""The photos of a report: shown, added, taken out."""

from typing import Any

from flask import flash
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import Length

from app.access import Permission
from app.blueprints.report import blueprint
from app.blueprints.report.photos import actions, queries
from app.content_kind import PICTURES
from app.extensions import db
from app.models import Event
from app.web.fields import LineField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.uploads import kept, shown

P = Permission
_ = lazy_gettext


class PhotoForm(FlaskForm):
    """A picture and what it shows."""

    file = FileField(_("Picture"), [FileRequired(_("Please choose a picture."))])
    caption = LineField(_("What it shows"), [Length(max=120)])


def _page(event: Event, form: PhotoForm, status: int = 200) -> Any:
    return page("report/photos.html", status=status, form=form, photos=queries.photos(event))


@blueprint.route("/events/<slug>/report/photos", methods=["GET", "POST"])
@requires(P.EDIT_EVENTS)
def photos(slug: str) -> Any:
    event, form = the_event(slug), PhotoForm()
    if not form.is_submitted():
        return _page(event, form)
    file = kept(form.file, PICTURES) if form.validate() else None
    if file is None:
        return _page(event, form, 422)
    actions.add(event, file, form.caption.data or "", by_id=me().id)
    db.session.commit()
    flash(gettext("The photo stands in the report."), "success")
    return back_to("report.photos", slug=slug)


@blueprint.get("/events/<slug>/report/photos/<int:photo_id>")
@requires(P.VIEW_REPORT)
def photo(slug: str, photo_id: int) -> Any:
    return shown(found(queries.photo(the_event(slug), photo_id)).file)


@blueprint.post("/events/<slug>/report/photos/<int:photo_id>/remove")
@requires(P.EDIT_EVENTS)
def photo_remove(slug: str, photo_id: int) -> Any:
    event = the_event(slug)
    actions.remove(event, found(queries.photo(event, photo_id)))
    db.session.commit()
    flash(gettext("The photo is out of the report."), "info")
    return back_to("report.photos", slug=slug)
