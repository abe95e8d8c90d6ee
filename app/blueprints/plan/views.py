"""The plan of an event as it reads, and what begins and describes it."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.blueprints.plan import actions, blueprint, queries, reading
from app.blueprints.plan.actions import Title
from app.blueprints.plan.forms import RevisionForm, TitleForm
from app.blueprints.plan.loading import P, person, tabs_of, the_document, the_open, wanted
from app.blueprints.plan.rules import life, marks
from app.blueprints.plan.rules.life import Verb
from app.extensions import db
from app.models import Event, EventStatus, PlanDocument, PlanRevision
from app.texts import known as language_of
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, invalid, page


def may_do(event: Event, document: PlanDocument, revision: PlanRevision) -> set[str]:
    """Return what the signed-in person may do with a revision now, by the names of the verbs."""
    if event.status is EventStatus.ARCHIVED:
        return set()
    writers, by = queries.writer_ids(revision), person()
    may = {verb.value for verb in Verb if life.may(revision.state, verb, by, writers)}
    if revision.state in life.LOCKED and revision is queries.newest(document) and P.WRITE_PLAN in by.permissions:
        may.add("revise")
    return may


@blueprint.get("/events/<slug>/plan/")
@requires(P.VIEW_PLAN)
def show(slug: str) -> Any:
    event = the_event(slug)
    document = queries.document(event)
    if document is None:
        return page("plan/empty.html")
    return _show(event, document, wanted(document))


def _show(event: Event, document: PlanDocument, revision: PlanRevision, form: RevisionForm | None = None) -> Any:
    read = reading.texts(event, revision, language_of(event.language, "zh_CN"))
    said = queries.remarks(revision)
    return page(
        "plan/show.html",
        status=422 if form else 200,
        document=document,
        revision=revision,
        mark=marks.mark(revision.place),
        revisions=tabs_of(document),
        mark_of=lambda each: marks.mark(each.place),
        before=queries.before(document, revision),
        is_newest=revision is queries.newest(document),
        in_force=queries.in_force(document),
        sections=list(zip(revision.sections, read, strict=True)),
        seen=reading.seen(revision, read),
        remarks=said,
        remarks_of={key: [each for each in said if each.section_key == key] for key in {r.section_key for r in said}},
        may=may_do(event, document, revision),
        is_writer=person().id in queries.writer_ids(revision),
        form=form or RevisionForm(),
    )


@blueprint.post("/events/<slug>/plan/start")
@requires(P.WRITE_PLAN)
def start(slug: str) -> Any:
    event = the_event(slug)
    actions.start(event, person())
    db.session.commit()
    return back_to("plan.show", slug=slug)


@blueprint.post("/events/<slug>/plan/revise")
@requires(P.WRITE_PLAN)
def revise(slug: str) -> Any:
    event = the_event(slug)
    document, form = the_document(event), RevisionForm()
    if not form.validate_on_submit():
        return _show(event, document, queries.newest(document), form)
    row = actions.revise(event, document, form.reason.data or "", person())
    db.session.commit()
    flash(_("Revision %(mark)s is open. Change what has to be changed.", mark=marks.mark(row.place)), "success")
    return back_to("plan.show", slug=slug)


@blueprint.route("/events/<slug>/plan/edit", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def edit(slug: str) -> Any:
    """The title block."""
    event = the_event(slug)
    revision = the_open(event)
    form = TitleForm(obj=revision)
    if form.validate_on_submit():
        title = Title(
            form.title.data or "",
            form.control.data,
            form.executing.data or "",
            form.supervising.data or "",
            form.verifying.data or "",
        )
        actions.describe(event, revision, title, person())
        db.session.commit()
        flash(_("The title block is changed."), "success")
        return back_to("plan.show", slug=slug)
    show_form = invalid if form.errors else page
    return show_form("plan/title.html", form=form, mark=marks.mark(revision.place))
