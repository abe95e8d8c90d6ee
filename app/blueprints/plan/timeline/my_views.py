"""Somebody's own tasks in all events, on a phone too, and the calendar that reads them."""

from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _

from app import clock, links
from app.blueprints.plan import blueprint
from app.blueprints.plan.timeline import actions, feed, queries
from app.blueprints.plan.timeline.shown import shown
from app.extensions import db
from app.models import TaskState
from app.web.guards import public, requires
from app.web.identity import me
from app.web.load import found
from app.web.locale import DEFAULT_ZONE
from app.web.render import back_to, page


@blueprint.get("/tasks/")
@requires()
def mine() -> Any:
    rows = shown(queries.of_person(me().id), clock.today(DEFAULT_ZONE))
    link = queries.calendar_link(me().id)
    return page(
        "plan/mine.html",
        open_rows=[row for row in rows if row.state is not TaskState.DONE],
        done_rows=[row for row in rows if row.state is TaskState.DONE],
        calendar=links.public(url_for("plan.calendar", token=link.token)) if link else "",
    )


@blueprint.post("/tasks/<int:task_id>/done")
@requires()
def my_task_done(task_id: int) -> Any:
    """Only the person in charge of it; the planner ticks on the timeline."""
    row = found(queries.own_task(me().id, task_id))
    is_done = row.done_at is None
    actions.tick(row.event, row, is_done=is_done, by_id=me().id)
    db.session.commit()
    flash(_("“%(title)s” is done.", title=row.title) if is_done else _("“%(title)s” is open again.", title=row.title))
    return back_to("plan.mine")


@blueprint.post("/tasks/calendar")
@requires()
def my_calendar() -> Any:
    actions.renew_link(me().id)
    db.session.commit()
    flash(_("Here is your new calendar address. An earlier one answers no more."), "success")
    return back_to("plan.mine")


@blueprint.get("/calendar/<token>.ics")
@public("a calendar program cannot sign in; the address is a secret of its owner, who can renew it")
def calendar(token: str) -> Any:
    user = found(queries.by_token(token) if token.isprintable() else None)
    answer = Response(feed.of_person(user, queries.of_person(user.id)), content_type=feed.MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "inline", filename="tasks.ics")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
