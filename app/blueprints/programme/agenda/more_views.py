"""Slides and rehearsals of sessions, what nobody covers, and what is played."""

import zipfile
from io import BytesIO
from typing import Any

from flask import Response, current_app, flash
from flask_babel import gettext as _

from app import files
from app.blueprints.programme import blueprint, queries, shown
from app.blueprints.programme.agenda import actions
from app.blueprints.programme.agenda.actions import Watched
from app.blueprints.programme.agenda.forms import RehearsalForm, SlidesForm
from app.blueprints.programme.agenda.slides import LARGEST, slides_type
from app.blueprints.programme.agenda.views import show
from app.blueprints.programme.loading import P, the_session
from app.blueprints.programme.rules.coverage import QUESTIONS, TRUST
from app.extensions import db
from app.models import File
from app.sheet_files import to_xlsx
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import moment
from app.web.render import back_to, page


@blueprint.get("/events/<slug>/programme/coverage")
@requires(P.VIEW_PROGRAMME)
def coverage(slug: str) -> Any:
    """Which question no talk answers, which trust nobody builds."""
    event = the_event(slug)
    board = shown.board(event, queries.sessions(event))
    groups = ((_("What a dealer asks"), QUESTIONS), (_("What a dealer should trust"), TRUST))
    return page("programme/coverage.html", board=board, groups=groups, by_id={each.id: each for each in board.sessions})


@blueprint.get("/events/<slug>/programme/rehearsals")
@requires(P.VIEW_PROGRAMME)
def rehearsals(slug: str) -> Any:
    event = the_event(slug)
    board = shown.board(event, queries.sessions(event))
    return page(
        "programme/rehearsals.html",
        board=board,
        talks=[each for each in board.sessions if each.rehearsals or shown.readiness_word(board.readiness[each.id])],
        looks=shown.READINESS,
        said=shown.readiness_word,
    )


@blueprint.get("/events/<slug>/programme/sessions/<int:session_id>/<any(slides, rehearsals):part>")
@requires(P.VIEW_PROGRAMME)
def session_part(slug: str, session_id: int, part: str) -> Any:
    """A form that was refused stands under this address; loaded again, it is the session's page."""
    the_session(the_event(slug), session_id)
    return back_to("programme.session_edit", slug=slug, session_id=session_id, _anchor=part)


@blueprint.post("/events/<slug>/programme/sessions/<int:session_id>/rehearsals")
@requires(P.EDIT_PROGRAMME)
def rehearsal_new(slug: str, session_id: int) -> Any:
    event = the_event(slug)
    row = the_session(event, session_id)
    form = RehearsalForm(prefix="rehearsal")
    if not form.validate_on_submit() or form.held_on.data is None:
        return show(event, row, rehearsal=form)
    seen = Watched(
        held_on=form.held_on.data,
        watched_by=form.watched_by.data or "",
        questions=form.questions.data or "",
        to_mend=form.to_mend.data or "",
        is_ready=form.is_ready.data,
    )
    actions.log_rehearsal(event, row, seen, me().id)
    db.session.commit()
    flash(_("The rehearsal is in the log."), "success")
    return back_to("programme.session_edit", slug=slug, session_id=row.id)


@blueprint.post("/events/<slug>/programme/sessions/<int:session_id>/rehearsals/<int:rehearsal_id>/remove")
@requires(P.EDIT_PROGRAMME)
def rehearsal_remove(slug: str, session_id: int, rehearsal_id: int) -> Any:
    event = the_event(slug)
    row = the_session(event, session_id)
    actions.remove_rehearsal(event, row, found(queries.rehearsal(row, rehearsal_id)))
    db.session.commit()
    flash(_("The rehearsal is out of the log."), "success")
    return back_to("programme.session_edit", slug=slug, session_id=row.id)


@blueprint.post("/events/<slug>/programme/sessions/<int:session_id>/slides")
@requires(P.EDIT_PROGRAMME)
def slides_new(slug: str, session_id: int) -> Any:
    event = the_event(slug)
    row = the_session(event, session_id)
    form = SlidesForm(prefix="slides")
    file = _kept(form) if form.validate_on_submit() else None
    if file is None:
        return show(event, row, slides=form)
    added = actions.add_slides(event, row, file, form.note.data or "", me().id)
    db.session.commit()
    flash(_("Version %(number)s of the slides is what is shown.", number=added.number), "success")
    return back_to("programme.session_edit", slug=slug, session_id=row.id)


def _kept(form: SlidesForm) -> File | None:
    """Keep uploaded slides; else put the error beside the field."""
    upload = form.file.data
    content = upload.stream.read(LARGEST + 1)
    kind = slides_type(content) if len(content) <= LARGEST else None
    if kind is None:
        told = _("The file is larger than 60 MB.") if len(content) > LARGEST else None
        form.file.errors = [told or _("Slides are a whole PDF or a PowerPoint file (.pptx) without macros.")]
        return None
    folder = current_app.config["SIGNING_DAY_HOME"]
    return files.keep(content, folder=folder, name=upload.filename or "", media_type=kind, by_id=me().id)


@blueprint.get("/events/<slug>/programme/sessions/<int:session_id>/slides/<int:number>")
@requires(P.VIEW_PROGRAMME)
def slides(slug: str, session_id: int, number: int) -> Response:
    row = the_session(the_event(slug), session_id)
    file = found(queries.slides(row, number)).file
    content = files.read(file, folder=current_app.config["SIGNING_DAY_HOME"])
    return _download(content, file.media_type, file.name)


@blueprint.get("/events/<slug>/programme/slides.xlsx")
@requires(P.VIEW_PROGRAMME)
def played_list(slug: str) -> Response:
    """What is played, in its order, with the version that wins."""
    event = the_event(slug)
    rows = [
        [
            place,
            moment(each.starts_at, event.time_zone),
            each.room,
            each.title,
            each.speaker.name if each.speaker else "",
            each.slides[0].number if each.slides else "",
            each.slides[0].file.name if each.slides else _("no slides yet"),
        ]
        for place, each in enumerate(_with_slides(slug), 1)
    ]
    heads = [_("No."), _("Begins"), _("Room"), _("Session"), _("Speaker"), _("Version"), _("File name")]
    content = to_xlsx(heads, rows, title=_("Slides"))
    return _download(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "slides.xlsx")


@blueprint.get("/events/<slug>/programme/slides.zip")
@requires(P.VIEW_PROGRAMME)
def played_files(slug: str) -> Response:
    """The slides that win, numbered in the order in which they are played."""
    folder = current_app.config["SIGNING_DAY_HOME"]
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as parts:
        for place, each in enumerate(_with_slides(slug), 1):
            if each.slides:
                newest = each.slides[0]
                ending = ".pdf" if newest.file.media_type == "application/pdf" else ".pptx"
                title = "".join(mark if mark.isalnum() else "_" for mark in each.title)[:60]
                parts.writestr(f"{place:02}_{title}_v{newest.number}{ending}", files.read(newest.file, folder=folder))
    return _download(target.getvalue(), "application/zip", f"slides-{slug}.zip")


def _with_slides(slug: str) -> list[Any]:
    """Return the sessions that have slides, and lectures, which ought to have some."""
    rows = queries.sessions(the_event(slug))
    return [each for each in rows if each.slides or shown.readiness_word(queries.readiness_of(each))]


def _download(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
