"""Sending a plan for review, and saying yes or no to it, on a phone too."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.plan import blueprint, queries
from app.blueprints.plan.approval import actions
from app.blueprints.plan.approval.actions import Asked
from app.blueprints.plan.forms import AskForm
from app.blueprints.plan.loading import P, person, the_document
from app.blueprints.plan.rules import life, marks
from app.blueprints.plan.rules.life import RemarksMissing
from app.compared import Change
from app.extensions import db
from app.models import PlanDocument, RevisionState
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page


@blueprint.route("/events/<slug>/plan/submit", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def submit(slug: str) -> Any:
    event = the_event(slug)
    document = the_document(event)
    revision = queries.newest(document)
    writers = queries.writer_ids(revision) | {person().id}
    form = AskForm(reviewer=revision.reviewer_id, approver=revision.approver_id)
    form.offer(
        queries.deciders(Permission.REVIEW_PLAN, writers),
        queries.deciders(Permission.APPROVE_PLAN, writers),
    )
    if form.validate_on_submit():
        actions.submit(event, document, Asked(form.reviewer.data, form.approver.data), person())
        db.session.commit()
        flash(_("Sent for review. Whoever is asked has got a message."), "success")
        return back_to("plan.show", slug=slug)
    changed = [each for each in actions.changes_since(event, document, revision) if each.change is not Change.SAME]
    return page(
        "plan/submit.html",
        status=422 if form.errors else 200,
        form=form,
        document=document,
        revision=revision,
        mark=marks.mark(revision.place),
        remarks=queries.remarks(revision),
        changed=changed,
        before=queries.before(document, revision),
    )


@blueprint.post("/events/<slug>/plan/withdraw")
@requires(P.WRITE_PLAN)
def withdraw(slug: str) -> Any:
    event = the_event(slug)
    actions.withdraw(event, the_document(event), person())
    db.session.commit()
    flash(_("Taken back. You can go on writing."), "success")
    return back_to("plan.show", slug=slug)


@blueprint.post("/events/<slug>/plan/decide")
@requires(P.REVIEW_PLAN, P.APPROVE_PLAN)
def decide(slug: str) -> Any:
    """Say yes: as the reviewer or as the approver, whichever is next."""
    event = the_event(slug)
    document = the_document(event)
    seen = request.form.get("seen") or ""
    if queries.newest(document).state is RevisionState.IN_REVIEW:
        actions.pass_on(event, document, person(), seen=seen)
        text = _("Reviewed. The approver has got a message.")
    else:
        actions.approve(event, document, person(), seen=seen)
        text = _("Approved. The plan is locked, its figures are frozen.")
    db.session.commit()
    flash(text, "success")
    return back_to("plan.show", slug=slug)


@blueprint.route("/events/<slug>/plan/return", methods=["GET", "POST"])
@requires(P.REVIEW_PLAN, P.APPROVE_PLAN)
def send_back(slug: str) -> Any:
    """Say no, with what has to be mended, of the whole and of single sections."""
    event = the_event(slug)
    document = the_document(event)
    if request.method == "GET":
        if queries.newest(document).state not in life.WAITING:
            raise life.PlanCannotMove
        return _return_form(document, missing=False)
    typed = {name.removeprefix("section-"): text for name, text in request.form.items() if name.startswith("section-")}
    try:
        actions.send_back(event, document, person(), remark=request.form.get("remark", ""), of_sections=typed)
    except RemarksMissing:
        db.session.rollback()
        return _return_form(document, missing=True)
    db.session.commit()
    flash(_("Returned with your remarks."), "success")
    return back_to("plan.show", slug=slug)


def _return_form(document: PlanDocument, *, missing: bool) -> Any:
    revision = queries.newest(document)
    return page(
        "plan/return.html",
        status=422 if missing else 200,
        missing=missing,
        document=document,
        revision=revision,
        mark=marks.mark(revision.place),
        typed=request.form,
    )
