"""What hotels keep for us against what we need, and what goes back until when."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.rooms import actions
from app.blueprints.travel.rooms.forms import BlockForm
from app.blueprints.travel.rooms.situation import rooming
from app.extensions import db
from app.models import Event, RoomBlock
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/travel/blocks")
@requires(P.VIEW_TRAVEL)
def blocks(slug: str) -> Any:
    """Night by night: needed, kept, short or spare; and the release dates."""
    now = rooming(the_event(slug))
    return page("travel/blocks.html", now=now, may_edit=me().can(P.EDIT_TRAVEL))


def _form(event: Event, block: RoomBlock | None) -> Any:
    form = BlockForm(block)
    if form.validate_on_submit() and not (block and form.overtaken_by(block.version)):
        actions.save_block(event, block, form.releases(), **form.values())
        db.session.commit()
        flash(_("Saved."), "success")
        return back_to("travel.blocks", slug=event.slug)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("travel/block.html", status=status, form=form, block=block)


@blueprint.route("/events/<slug>/travel/blocks/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def block_create(slug: str) -> Any:
    return _form(the_event(slug), None)


@blueprint.route("/events/<slug>/travel/blocks/<int:block_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def block_edit(slug: str, block_id: int) -> Any:
    event = the_event(slug)
    return _form(event, found(queries.block(event, block_id)))


@blueprint.post("/events/<slug>/travel/blocks/<int:block_id>/remove")
@requires(P.EDIT_TRAVEL)
def block_remove(slug: str, block_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.remove_block(found(queries.block(event, block_id)))
    db.session.commit()
    flash(_("Removed."), "success")
    return back_to("travel.blocks", slug=slug)


@blueprint.post("/events/<slug>/travel/blocks/<int:block_id>/releases/<int:release_id>")
@requires(P.EDIT_TRAVEL)
def give_back(slug: str, block_id: int, release_id: int) -> BaseResponse:
    """Note how many rooms were given back; none is a decision, too."""
    event = the_event(slug)
    block = found(queries.block(event, block_id))
    release = found(next((each for each in block.releases if each.id == release_id), None))
    given = request.form.get("rooms", "").strip()
    if not given.isdecimal() or not given.isascii():
        flash(_("Please enter a whole number."), "danger")
        return back_to("travel.blocks", slug=slug)
    actions.give_back(release, int(given), by_id=me().id)
    db.session.commit()
    flash(_("Noted."), "success")
    return back_to("travel.blocks", slug=slug)
