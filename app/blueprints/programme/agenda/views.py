"""The agenda of an event, and its sessions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.blueprints.programme import blueprint, queries, shown
from app.blueprints.programme.agenda import actions
from app.blueprints.programme.agenda.actions import Said
from app.blueprints.programme.agenda.forms import RehearsalForm, SessionForm, SlidesForm
from app.blueprints.programme.front.lines import of as of_people
from app.blueprints.programme.loading import P, may_edit, the_session
from app.blueprints.programme.overtaken import Overtaken, overtaken
from app.blueprints.programme.removed_views import removed
from app.extensions import db
from app.models import AgendaSession, Event, Point
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, invalid, page


@blueprint.get("/events/<slug>/programme/")
@requires(P.VIEW_PROGRAMME)
def index(slug: str) -> Any:
    event = the_event(slug)
    board = shown.board(event, queries.sessions(event))
    return page(
        "programme/index.html",
        board=board,
        lines=[*_away(event, board.sessions), *shown.alert_lines(board)],
        looks=shown.READINESS,
        said=shown.readiness_word,
        open_page=queries.page(event),
        stays_away=queries.stays_away,
        may_edit=may_edit(event),
    )


def _away(event: Event, sessions: Sequence[AgendaSession]) -> list[dict[str, Any]]:
    """Return speakers who have declined: what is worst of the people in front stands on the agenda too."""
    speakers = {each.speaker.id: each.speaker for each in sessions if each.speaker is not None}
    return [each.line for each in of_people(event, list(speakers.values()), sessions) if each.is_grave]


@blueprint.post("/events/<slug>/programme/template")
@requires(P.EDIT_PROGRAMME)
def template(slug: str) -> Any:
    number = actions.lay_out(the_event(slug))
    db.session.commit()
    text = ngettext("%(num)d session came.", "%(num)d sessions came.", number)
    flash(text if number else _("The agenda has sessions already."), "success")
    return back_to("programme.index", slug=slug)


@blueprint.route("/events/<slug>/programme/sessions/new", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def session_new(slug: str) -> Any:
    """A new session begins where the last one ends, unless somebody says otherwise."""
    event = the_event(slug)
    rows = queries.run_sheet(event)
    start = rows[-1].ends_at if rows else event.starts_at
    form = SessionForm(event, queries.front(event), starts_at=start, room=rows[-1].room if rows else event.hall)
    if form.validate_on_submit():
        actions.add(event, _said(form))
        db.session.commit()
        flash(_("The session is on the agenda."), "success")
        return back_to("programme.index", slug=slug)
    return (invalid if form.errors else page)("programme/session.html", form=form, row=None)


@blueprint.get("/events/<slug>/programme/sessions/<int:session_id>")
@requires(P.VIEW_PROGRAMME)
def session_edit(slug: str, session_id: int) -> Any:
    """One session with its slides and rehearsals; whoever may, changes it here."""
    event = the_event(slug)
    row = the_session(event, session_id)
    return show(event, row)


@blueprint.post("/events/<slug>/programme/sessions/<int:session_id>")
@requires(P.EDIT_PROGRAMME)
def session_save(slug: str, session_id: int) -> Any:
    event = the_event(slug)
    actions.lock(event)  # before the session is read: nobody saves between looking at its version and saving
    row = the_session(event, session_id)
    form = SessionForm(event, queries.front(event))
    if not form.validate_on_submit():
        return show(event, row, form=form)
    if by_then := overtaken(form, row.version, stored(event, row), row):
        return show(event, row, form=form, by_then=by_then)
    number = actions.edit(event, row, _said(form), along=form.along.data)
    db.session.commit()
    also = ngettext("%(num)d session after it moved along.", "%(num)d sessions after it moved along.", number)
    flash(_("The session is changed.") + (" " + also if number else ""), "success")
    return back_to("programme.index", slug=slug)


def show(
    event: Event,
    row: AgendaSession,
    *,
    form: SessionForm | None = None,
    slides: SlidesForm | None = None,
    rehearsal: RehearsalForm | None = None,
    by_then: Overtaken | None = None,
) -> Any:
    """Answer with the page of a session; a form that was refused stands there as it was typed."""
    is_wrong = any((form, slides, rehearsal))
    form = form or stored(event, row)
    slides = slides or SlidesForm(None, prefix="slides")
    rehearsal = rehearsal or RehearsalForm(None, prefix="rehearsal", held_on=clock.today(event.time_zone))
    ready = queries.readiness_of(row)
    return page(
        "programme/session.html",
        status=409 if by_then else 422 if is_wrong else 200,
        form=form,
        overtaken=by_then,
        row=row,
        slides_form=slides,
        rehearsal_form=rehearsal,
        ready=ready,
        looks=shown.READINESS,
        said=shown.readiness_word,
        may_edit=may_edit(event),
        runs_over_midnight=_passes_midnight(event, row),
    )


def stored(event: Event, row: AgendaSession) -> SessionForm:
    """Return the form filled from the session as it is now."""
    form = SessionForm(event, queries.front(event), None, obj=row)
    form.points.data = [point for point in Point if point in row.covered]
    return form


def _passes_midnight(event: Event, row: AgendaSession) -> bool:
    last = clock.local(row.ends_at - timedelta(minutes=1), event.time_zone)
    return clock.local(row.starts_at, event.time_zone).date() != last.date()


def _said(form: SessionForm) -> Said:
    assert form.starts_at.data is not None
    return Said(
        kind=form.kind.data,
        title=form.title.data or "",
        title_en=form.title_en.data or "",
        starts_at=form.starts_at.data,
        minutes=form.minutes.data or 1,
        room=form.room.data or "",
        speaker_id=form.speaker_id.data,
        points=form.points.data or (),
        is_public=form.is_public.data,
        note=form.note.data or "",
    )


@blueprint.post("/events/<slug>/programme/sessions/<int:session_id>/remove")
@requires(P.EDIT_PROGRAMME)
def session_remove(slug: str, session_id: int) -> Any:
    event = the_event(slug)
    kept = actions.remove(event, the_session(event, session_id), by_id=me().id)
    db.session.commit()
    return removed(slug, kept)
