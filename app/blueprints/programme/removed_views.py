"""Undo after something was taken off the programme."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from app.blueprints.programme import blueprint
from app.blueprints.programme.loading import P
from app.blueprints.programme.putting_back import KINDS, put_back
from app.extensions import db
from app.models import Removal
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import back_to


def removed(slug: str, kept: Removal) -> Any:
    """Say what has gone, with Undo, on the page that listed it."""
    text = _("Removed: %(name)s", name=kept.name)
    undo = url_for("programme.removed_put_back", slug=slug, removal_id=kept.id)
    flash({"text": text, "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo
    return back_to(KINDS[kept.kind][1], slug=slug)


@blueprint.post("/events/<slug>/programme/removed/<int:removal_id>/put-back")
@requires(P.EDIT_PROGRAMME)
def removed_put_back(slug: str, removal_id: int) -> Any:
    """Put a session, a person, a line of the run sheet or a piece of publicity back as it was."""
    kept = found(put_back(the_event(slug), removal_id))
    db.session.commit()
    flash(_("Put back: %(title)s", title=kept.name), "success")
    return back_to(KINDS[kept.kind][1], slug=slug)
