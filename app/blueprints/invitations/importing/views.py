"""Pages of an import: bring a file, see what would become of it, take it in, take it back."""

from pathlib import Path
from typing import Any

from flask import Response, current_app, flash, make_response, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app import files
from app.access import Permission
from app.blueprints.invitations import blueprint
from app.blueprints.invitations import queries as invite_list
from app.blueprints.invitations.importing import actions, jobs, queries, steps
from app.blueprints.invitations.importing.forms import LayoutForm, MappingForm, UploadForm, mapping_form
from app.blueprints.invitations.importing.layout import tells_somebody
from app.blueprints.invitations.importing.refused import refused_file
from app.blueprints.invitations.importing.shown import rows_table, shown
from app.blueprints.invitations.importing.stages import UNDER_WAY, Step, ensure
from app.blueprints.invitations.importing.template import import_template as template_file
from app.blueprints.invitations.importing.undo import KEPT
from app.errors import by_code
from app.extensions import db
from app.models import Event, Import, ImportState, JobState, RowVerdict
from app.sheets import SheetError, SheetTooLarge
from app.web.errors import answer, sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, invalid, page
from app.web.tables import Table
from app.web.words import word

P = Permission
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 200
MOST_NAMED = 10  # of those a revert kept; the table below has them all


def _folder() -> Path:
    folder: Path = current_app.config["SIGNING_DAY_HOME"]
    return folder


def _locale() -> str:
    return "zh_CN" if get_locale().language == "zh" else "en"


def _to(an_import: Import) -> Any:
    return back_to("invitations.import_show", slug=an_import.event.slug, import_id=an_import.id)


@blueprint.route("/import", methods=["GET", "POST"])
@requires(P.IMPORT_INVITATIONS)
def import_start(slug: str) -> Any:
    """Bring a file. What is wrong with it is said beside the field, and nothing has happened then."""
    event = the_event(slug)
    form = UploadForm()
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        return show_form("invitations/import/start.html", **_start_page(event, form))
    actions.ensure_open(event)
    upload = form.file.data
    data, name = upload.read(), Path(upload.filename or "").name[-LONGEST_NAME:] or _("unnamed")
    try:
        table = steps.read(data)
    except SheetError as error:
        form.file.errors = [sentence(error)]
        return invalid("invitations/import/start.html", **_start_page(event, form))
    kept = files.keep(data, folder=_folder(), name=name, media_type="application/octet-stream", by_id=me().id)
    an_import = actions.begin(event, table, file=kept, file_name=name, by_id=me().id)
    return _check(an_import)


def _start_page(event: Event, form: UploadForm) -> dict[str, Any]:
    return {
        "form": form,
        "imports": queries.imports(event),
        "verdict_words": {each.value: word(each).text for each in RowVerdict},
        "is_open": actions.is_open(event),
    }


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Any:
    """Say so beside the field. The request was refused before its form was read, so the form is a fresh one."""
    db.session.rollback()
    if request.endpoint != "invitations.import_start":
        return answer(413, "request_entity_too_large", _("The file is too large."))
    form = UploadForm(formdata=None)
    form.file.errors = [sentence(SheetTooLarge())]
    event = the_event((request.view_args or {})["slug"])
    return page("invitations/import/start.html", status=413, **_start_page(event, form))


def _check(an_import: Import) -> Any:
    """Check a list whose file or mapping is new: at once, or by the worker when it is long. Commits."""
    if not tells_somebody(an_import.mapping):
        an_import.state = ImportState.UPLOADED
        db.session.commit()
    elif steps.is_large(an_import):
        _leave_to_worker(an_import, Step.CHECK)
    else:
        an_import.state = ImportState.UPLOADED
        db.session.commit()
        steps.check(an_import.id, _folder())
    return _to(an_import)


def _leave_to_worker(an_import: Import, step: Step) -> None:
    address = url_for("invitations.import_show", slug=an_import.event.slug, import_id=an_import.id)
    jobs.begin(an_import, step, by_id=me().id, result_url=address)
    db.session.commit()


def _page_of(event: Event, an_import: Import, form: MappingForm | None = None) -> dict[str, Any]:
    """Return what the page of an import shows."""
    people = {person.id: person.name for person in invite_list.reps()}
    table = Table(rows_table(an_import, event.slug), queries.rows(an_import)).load()
    table.saved_views, table.save_view_url = [], None  # nobody comes back to the rows of one file by name
    job = an_import.job
    return {
        "an_import": an_import,
        "table": table,
        "details": {row.id: shown(row, an_import.mapping, people) for row in table.rows},
        "mapping_form": form or mapping_form(an_import),
        "layout_form": LayoutForm(an_import, formdata=None),
        "has_hall": invite_list.has_hall(event),
        "is_mapped": tells_somebody(an_import.mapping),
        "has_failed": job is not None and job.state is JobState.FAILED and an_import.state in UNDER_WAY.values(),
        "why_failed": _why(job.error_code) if job and job.error_code else "",
        "at_work": steps.is_at_work(an_import),
        "row_count": max(0, an_import.row_count - an_import.header_row - 1),
        "kept": [(row, dealer, _(KEPT[row.kept])) for row, dealer in queries.kept(an_import, MOST_NAMED)],
        "more_kept": max(0, an_import.counts.get("kept", 0) - MOST_NAMED),
        "kept_url": url_for("invitations.import_show", slug=event.slug, import_id=an_import.id, kept=list(KEPT)),
    }


def _why(code: str) -> str:
    error = by_code(code)
    return _(error.sentence) if error and "%(" not in error.sentence else ""


@blueprint.get("/imports/<int:import_id>")
@requires(P.IMPORT_INVITATIONS)
def import_show(slug: str, import_id: int) -> Any:
    """What the file holds, what would become of each row, and the buttons that do it."""
    event = the_event(slug)
    an_import = found(queries.an_import(event, import_id))
    return page("invitations/import/show.html", **_page_of(event, an_import))


@blueprint.get("/imports/<int:import_id>/progress")
@requires(P.IMPORT_INVITATIONS)
def import_progress(slug: str, import_id: int) -> Any:
    """How far the worker is; once it has ended, the page loads itself anew."""
    an_import = found(queries.an_import(the_event(slug), import_id))
    response = make_response(render_template("invitations/import/_progress.html", an_import=an_import))
    if not steps.is_at_work(an_import):
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/imports/<int:import_id>/layout")
@requires(P.IMPORT_INVITATIONS)
def import_layout(slug: str, import_id: int) -> Any:
    """Read another sheet, or take another row for the headings."""
    an_import = found(queries.an_import(the_event(slug), import_id))
    ensure(Step.CHECK, an_import.state, alone=steps.is_alone(an_import))
    form = LayoutForm(an_import)
    if not form.validate():
        return invalid("invitations/import/show.html", **_page_of(an_import.event, an_import))
    data = files.read(found(an_import.file), folder=_folder())
    sheet, is_other_sheet = form.sheet.data, form.sheet.data != an_import.sheet
    table = steps.read(data, sheet)
    an_import = queries.locked(import_id)
    ensure(Step.CHECK, an_import.state, alone=steps.is_alone(an_import))
    actions.lay_out(an_import, table, None if is_other_sheet else form.header_row.data)
    return _check(an_import)


@blueprint.post("/imports/<int:import_id>/columns")
@requires(P.IMPORT_INVITATIONS)
def import_columns(slug: str, import_id: int) -> Any:
    """Say which column holds what."""
    event = the_event(slug)
    an_import = found(queries.an_import(event, import_id))
    form = mapping_form(an_import)
    if not form.validate():
        return invalid("invitations/import/show.html", **_page_of(event, an_import, form))
    an_import = queries.locked(import_id)
    ensure(Step.CHECK, an_import.state, alone=steps.is_alone(an_import))
    actions.set_mapping(an_import, form.mapping())
    return _check(an_import)


@blueprint.post("/imports/<int:import_id>/apply")
@requires(P.IMPORT_INVITATIONS)
def import_apply(slug: str, import_id: int) -> Any:
    """Take the list in."""
    an_import = found(queries.an_import(the_event(slug), import_id))
    if steps.is_large(an_import):
        an_import = queries.locked(import_id)
        ensure(Step.APPLY, an_import.state, alone=steps.is_alone(an_import))
        actions.ensure_open(an_import.event)
        _leave_to_worker(an_import, Step.APPLY)
        return _to(an_import)
    an_import = steps.apply(import_id, _folder())
    _tell_applied(an_import)
    return _to(an_import)


def _tell_applied(an_import: Import) -> None:
    new, updated = an_import.counts["new"], an_import.counts["updated"]
    told = [
        ngettext("%(num)s guest is new on the list.", "%(num)s guests are new on the list.", new) if new else "",
        ngettext("%(num)s guest was changed.", "%(num)s guests were changed.", updated) if updated else "",
    ]
    text = _("%(first)s %(second)s", first=told[0], second=told[1]) if all(told) else "".join(told)
    undo = url_for("invitations.import_revert", slug=an_import.event.slug, import_id=an_import.id)
    flash({"text": text, "undo_url": undo}, "success")  # type: ignore[arg-type]


@blueprint.post("/imports/<int:import_id>/revert")
@requires(P.IMPORT_INVITATIONS)
def import_revert(slug: str, import_id: int) -> Any:
    """Undo the whole import."""
    an_import = found(queries.an_import(the_event(slug), import_id))
    if steps.is_large(an_import):
        an_import = queries.locked(import_id)
        ensure(Step.REVERT, an_import.state, alone=steps.is_alone(an_import))
        actions.ensure_open(an_import.event)
        _leave_to_worker(an_import, Step.REVERT)
        return _to(an_import)
    an_import = steps.revert(import_id)
    kept = an_import.counts["kept"]
    if kept:
        flash(ngettext("Reverted, except for %(num)s guest.", "Reverted, except for %(num)s guests.", kept), "warning")
    else:
        flash(_("The import was reverted. The list is as it was before."), "success")
    return _to(an_import)


@blueprint.post("/imports/<int:import_id>/discard")
@requires(P.IMPORT_INVITATIONS)
def import_discard(slug: str, import_id: int) -> Any:
    """Forget a list that was not taken in."""
    found(queries.an_import(the_event(slug), import_id))
    an_import = queries.locked(import_id)
    ensure(Step.DISCARD, an_import.state, alone=steps.is_alone(an_import))
    actions.discard(an_import)
    db.session.commit()
    flash(_("The file was discarded. Nobody was put on the list."), "success")
    return back_to("invitations.import_start", slug=slug)


@blueprint.get("/imports/<int:import_id>/refused.xlsx")
@requires(P.IMPORT_INVITATIONS)
def import_refused(slug: str, import_id: int) -> Response:
    """The refused rows with their reasons, to be mended and brought back."""
    an_import = found(queries.an_import(the_event(slug), import_id))
    name = f"{Path(an_import.file_name).stem}-{_('refused')}.xlsx"
    return _download(refused_file(an_import, queries.refused(an_import), _locale()), name)


@blueprint.get("/import/template.xlsx")
@requires(P.IMPORT_INVITATIONS)
def import_template(slug: str) -> Response:
    """The empty list to fill in, in the language of the page."""
    the_event(slug)
    return _download(template_file(_locale()), f"{_('Invite list')}.xlsx")


def _download(content: bytes, name: str) -> Response:
    response = Response(content, content_type=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
