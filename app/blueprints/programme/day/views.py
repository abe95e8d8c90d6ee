"""The run sheet, live on a phone: what is now, what is next, what is said when."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.agenda.actions import lock
from app.blueprints.programme.day import actions
from app.blueprints.programme.day.actions import Line
from app.blueprints.programme.day.shown import day
from app.blueprints.programme.loading import P, may_edit, the_cue, the_session
from app.blueprints.programme.overtaken import overtaken
from app.blueprints.programme.removed_views import removed
from app.blueprints.staff.versions import VersionedForm
from app.extensions import db
from app.models import Event, RunCue
from app.web.fields import LineField, WholeNumberField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import at
from app.web.render import back_to, invalid, page


class CueForm(VersionedForm):
    """A line of the run sheet."""

    session_id = SelectField(_("Session"), coerce=int)
    offset = WholeNumberField(
        _("Minutes from the start"),
        [InputRequired(_("Please enter the minutes.")), NumberRange(-600, 1440, _("Between −600 and 1440."))],
        default=0,
    )
    what = LineField(_("What"), [DataRequired(_("Please say what is done.")), Length(max=200)])
    who = LineField(_("Who does it"), [Length(max=80)])
    cue = LineField(_("At which sign"), [Length(max=120)])
    sound = LineField(_("Sound"), [Length(max=120)])
    light = LineField(_("Lighting"), [Length(max=120)])


def _form(event: Event, cue: RunCue | None = None, *, stored: bool = False) -> CueForm:
    """Return the form; with `stored` as the line is now, whatever was typed."""
    wanted = request.args.get("session", "")
    given = {"session_id": int(wanted)} if cue is None and wanted.isdecimal() and len(wanted) < 10 else {}
    form = CueForm(None, obj=cue) if stored else CueForm(obj=cue, **given)
    form.session_id.choices = [
        SelectChoice(each.id, f"{at(each.starts_at, event.time_zone)} {each.title}")
        for each in queries.run_sheet(event)
    ]
    return form


def _line(form: CueForm) -> Line:
    return Line(
        offset=form.offset.data or 0,
        what=form.what.data or "",
        who=form.who.data or "",
        cue=form.cue.data or "",
        sound=form.sound.data or "",
        light=form.light.data or "",
    )


@blueprint.get("/events/<slug>/programme/run-sheet")
@requires(P.VIEW_PROGRAMME)
def run_sheet(slug: str) -> Any:
    event = the_event(slug)
    return page(
        "programme/run_sheet.html",
        fragment="programme/_run.html",
        day=day(event, queries.run_sheet(event)),
        may_edit=may_edit(event),
        may_run=me().can(P.RUN_PROGRAMME),
    )


@blueprint.route("/events/<slug>/programme/run-sheet/cues/new", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def cue_new(slug: str) -> Any:
    event = the_event(slug)
    form = _form(event)
    if form.validate_on_submit():
        actions.add_cue(event, the_session(event, form.session_id.data), _line(form))
        db.session.commit()
        flash(gettext("The line is on the run sheet."), "success")
        return back_to("programme.run_sheet", slug=slug)
    return (invalid if form.errors else page)("programme/cue.html", form=form, cue=None)


@blueprint.route("/events/<slug>/programme/run-sheet/cues/<int:cue_id>", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def cue_edit(slug: str, cue_id: int) -> Any:
    event = the_event(slug)
    if request.method == "POST":
        lock(event)
    cue = the_cue(event, cue_id)
    form, by_then = _form(event, cue), None
    if form.validate_on_submit() and not (
        by_then := overtaken(form, cue.version, _form(event, cue, stored=True), cue.session)
    ):
        cue.session = the_session(event, form.session_id.data)
        actions.edit_cue(event, cue, _line(form))
        db.session.commit()
        flash(gettext("The line is changed."), "success")
        return back_to("programme.run_sheet", slug=slug)
    status = 409 if by_then else 422 if form.errors else 200
    return page("programme/cue.html", status=status, form=form, cue=cue, overtaken=by_then)


@blueprint.post("/events/<slug>/programme/run-sheet/cues/<int:cue_id>/remove")
@requires(P.EDIT_PROGRAMME)
def cue_remove(slug: str, cue_id: int) -> Any:
    event = the_event(slug)
    kept = actions.remove_cue(event, the_cue(event, cue_id), by_id=me().id)
    db.session.commit()
    return removed(slug, kept)


@blueprint.post("/events/<slug>/programme/run-sheet/cues/<int:cue_id>/tick")
@requires(P.RUN_PROGRAMME)
def cue_tick(slug: str, cue_id: int) -> Any:
    """Tick a cue, or take the tick back (`undo`)."""
    event = the_event(slug)
    actions.tick(event, the_cue(event, cue_id), is_done="undo" not in request.form, by_id=me().id)
    db.session.commit()
    return back_to("programme.run_sheet", slug=slug, _anchor=f"c{cue_id}")


_ACTS = {"begin": actions.begin, "end": actions.end, "back": actions.take_back}


@blueprint.post("/events/<slug>/programme/run-sheet/sessions/<int:session_id>/<act>")
@requires(P.RUN_PROGRAMME)
def session_runs(slug: str, session_id: int, act: str) -> Any:
    """Say that a session begins or ends now, or take that back."""
    event = the_event(slug)
    found(_ACTS.get(act))(event, the_session(event, session_id))
    db.session.commit()
    if act != "back":
        undo = url_for("programme.session_runs", slug=slug, session_id=session_id, act="back")
        text = gettext("The session has begun.") if act == "begin" else gettext("The session has ended.")
        flash({"text": text, "undo_url": undo}, "success")  # type: ignore[arg-type]
    return back_to("programme.run_sheet", slug=slug)
