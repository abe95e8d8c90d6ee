"""The dates of an event: add, change, tick, remove, put back."""

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.events import blueprint, milestones, queries
from app.blueprints.events.forms import MilestoneForm
from app.extensions import db
from app.models import Event, Milestone, Stage
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, invalid, page


def _milestone(event: Event, milestone_id: int) -> Milestone:
    return found(queries.milestone(event, milestone_id))


def _back(event: Event) -> BaseResponse:
    return back_to("events.overview", slug=event.slug, _anchor="milestones")


def _flash(text: str, undo_url: str) -> None:
    flash({"text": text, "undo_url": undo_url}, "success")  # type: ignore[arg-type]  # our flashes may offer Undo


@blueprint.route("/<slug>/milestones/new", methods=["GET", "POST"])
@requires(Permission.EDIT_EVENTS)
def milestone_create(slug: str) -> Any:
    event = the_event(slug)
    form = MilestoneForm()
    if form.validate_on_submit():
        milestones.add(event, **form.values)
        db.session.commit()
        return _back(event)
    wanted = request.args.get("stage")
    if not form.is_submitted() and wanted in [stage.value for stage in Stage]:
        form.stage.data = Stage(wanted)
    return (invalid if form.errors else page)("events/milestone.html", form=form, milestone=None)


@blueprint.route("/<slug>/milestones/<int:milestone_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_EVENTS)
def milestone_edit(slug: str, milestone_id: int) -> Any:
    event = the_event(slug)
    milestone = _milestone(event, milestone_id)
    form = MilestoneForm(milestone)
    if form.validate_on_submit():
        milestones.edit(event, milestone, **form.values)
        db.session.commit()
        return _back(event)
    return (invalid if form.errors else page)("events/milestone.html", form=form, milestone=milestone)


@blueprint.post("/<slug>/milestones/<int:milestone_id>/tick")
@requires(Permission.VIEW_EVENTS)
def milestone_tick(slug: str, milestone_id: int) -> BaseResponse:
    event = the_event(slug)
    milestone = _milestone(event, milestone_id)
    if not me().can(Permission.EDIT_EVENTS) and milestone.owner_id != me().id:
        abort(403)  # a milestone is ticked by whoever plans the event, or has it to do
    is_done = request.values.get("done") != "0"
    milestones.tick(event, milestone, is_done=is_done)
    db.session.commit()
    text = gettext("Done: %(title)s") if is_done else gettext("Not done after all: %(title)s")
    back = url_for("events.milestone_tick", slug=slug, milestone_id=milestone_id, done=0 if is_done else 1)
    _flash(text % {"title": milestone.title}, back)
    return _back(event)


@blueprint.post("/<slug>/milestones/<int:milestone_id>/remove")
@requires(Permission.EDIT_EVENTS)
def milestone_remove(slug: str, milestone_id: int) -> BaseResponse:
    event = the_event(slug)
    milestone = _milestone(event, milestone_id)
    title = milestone.title
    entry = milestones.remove(event, milestone)
    db.session.commit()
    _flash(
        gettext("Removed: %(title)s", title=title),
        url_for("events.milestone_put_back", slug=slug, entry_id=entry.id),
    )
    return _back(event)


@blueprint.post("/<slug>/milestones/put-back/<int:entry_id>")
@requires(Permission.EDIT_EVENTS)
def milestone_put_back(slug: str, entry_id: int) -> BaseResponse:
    event = the_event(slug)
    milestone = milestones.put_back(event, found(milestones.removal(event, entry_id)))
    db.session.commit()
    flash(gettext("Put back: %(title)s", title=milestone.title), "success")
    return _back(event)
