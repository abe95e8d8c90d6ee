"""The timeline of an event: the Gantt picture, its table, and what is done to tasks."""

from collections import Counter
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import flash, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app import clock
from app.blueprints.events import queries as events
from app.blueprints.plan import blueprint
from app.blueprints.plan.loading import P
from app.blueprints.plan.timeline import actions, queries, shown
from app.blueprints.plan.timeline.actions import Said
from app.blueprints.plan.timeline.forms import TaskForm
from app.blueprints.plan.timeline.rules import TaskGoesInCircles
from app.extensions import db
from app.models import Event, EventStatus, PlanTask, TaskState
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import language
from app.web.render import back_or, back_to, invalid, page
from app.web.words import word


@blueprint.get("/events/<slug>/plan/timeline")
@requires(P.VIEW_PLAN)
def timeline(slug: str) -> Any:
    event = the_event(slug)
    today = clock.today(event.time_zone)
    rows = shown.shown(queries.tasks(event), today)
    counts = Counter(row.state for row in rows)
    wanted = next((each for each in TaskState if each.value == request.args.get("show")), None)
    milestones = events.milestones(event)
    return page(
        "plan/timeline.html",
        rows=[row for row in rows if wanted is None or row.state is wanted],
        titles={row.task.id: row.task.title for row in rows},
        picture=shown.picture(event, rows, milestones, today),
        measures={"day": shown.DAY, "row": shown.ROW, "head": shown.HEAD, "label": shown.LABEL},
        tabs=_tabs(slug, counts, wanted),
        short_day=_short_day,
        total=len(rows),
        wanted=wanted,
        today=today,
        may_edit=me().can(P.WRITE_PLAN) and event.status is not EventStatus.ARCHIVED,
        own_id=me().id,
    )


def _tabs(slug: str, counts: Counter[TaskState], wanted: TaskState | None) -> list[dict[str, Any]]:
    every = {"label": _("All"), "url": url_for("plan.timeline", slug=slug), "count": counts.total()}
    some = [
        {"label": word(each).text, "url": url_for("plan.timeline", slug=slug, show=each.value), "count": counts[each]}
        | {"current": wanted is each}
        for each in TaskState
        if counts[each]
    ]
    return [every | {"current": wanted is None}, *some]


def _short_day(value: date) -> str:
    """Return a day as the axis has room for it."""
    return format_date(value, "M月d日" if language() == "zh_CN" else "d MMM", locale=get_locale())


@blueprint.post("/events/<slug>/plan/timeline/template")
@requires(P.WRITE_PLAN)
def timeline_template(slug: str) -> Any:
    event = the_event(slug)
    number = actions.lay_out(event)
    db.session.commit()
    text = ngettext("%(num)d task of the template came.", "%(num)d tasks of the template came.", number)
    flash(text if number else _("Every task of the template is there already."), "success")
    return back_to("plan.timeline", slug=slug)


@blueprint.route("/events/<slug>/plan/tasks/new", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def task_new(slug: str) -> Any:
    event = the_event(slug)
    form = _form(event, None)
    if form.validate_on_submit():
        actions.add(event, _said(form))
        db.session.commit()
        flash(_("The task is on the timeline."), "success")
        return back_to("plan.timeline", slug=slug)
    return (invalid if form.errors else page)("plan/task.html", form=form, task=None)


@blueprint.route("/events/<slug>/plan/tasks/<int:task_id>", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def task_edit(slug: str, task_id: int) -> Any:
    event = the_event(slug)
    row = found(queries.task(event, task_id))
    form = _form(event, row)
    if form.validate_on_submit():
        try:
            actions.edit(event, row, _said(form))
            db.session.commit()
        except TaskGoesInCircles as circle:
            db.session.rollback()
            form.after_id.errors = [sentence(circle)]
        else:
            flash(_("The task is changed."), "success")
            return back_to("plan.timeline", slug=slug)
    return (invalid if form.errors else page)("plan/task.html", form=form, task=row)


def _form(event: Event, row: PlanTask | None) -> TaskForm:
    form = TaskForm(obj=row)
    form.offer(queries.people(), queries.tasks(event), row.id if row else None)
    return form


def _said(form: TaskForm) -> Said:
    assert form.starts_on.data is not None
    assert form.due_on.data is not None
    return Said(
        title=form.title.data or "",
        department=form.department.data or "",
        owner_id=form.owner_id.data,
        starts_on=form.starts_on.data,
        due_on=form.due_on.data,
        after_id=form.after_id.data,
        note=form.note.data or "",
    )


@blueprint.post("/events/<slug>/plan/tasks/<int:task_id>/done")
@requires(P.WRITE_PLAN)
def task_done(slug: str, task_id: int) -> Any:
    """Tick a task, or take the tick back (`undo`)."""
    event = the_event(slug)
    row = found(queries.task(event, task_id))
    is_done = request.form.get("undo") is None and request.args.get("undo") is None
    actions.tick(event, row, is_done=is_done, by_id=me().id)
    db.session.commit()
    if is_done:
        undo = url_for("plan.task_done", slug=slug, task_id=task_id, undo=1)
        flash({"text": _("“%(title)s” is done.", title=row.title), "undo_url": undo}, "success")  # type: ignore[arg-type]
    return back_or(url_for("plan.timeline", slug=slug))


@blueprint.post("/events/<slug>/plan/tasks/<int:task_id>/remove")
@requires(P.WRITE_PLAN)
def task_remove(slug: str, task_id: int) -> Any:
    event = the_event(slug)
    actions.remove(event, found(queries.task(event, task_id)))
    db.session.commit()
    flash(_("The task is off the timeline."), "success")
    return back_to("plan.timeline", slug=slug)
