"""Writing the sections of a plan; two who write at once lose nothing."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.blueprints.plan import actions, blueprint, queries
from app.blueprints.plan.facts import known
from app.blueprints.plan.forms import SectionForm
from app.blueprints.plan.loading import P, person, the_open, the_section
from app.blueprints.plan.rules import clean, comparing, life
from app.blueprints.plan.rules.comparing import Text
from app.extensions import db
from app.models import Event, PlanRevision, PlanSection
from app.texts import gettext as in_language
from app.texts import known as language_of
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import back_to, page


def _form(event: Event, form: SectionForm, revision: PlanRevision, **more: Any) -> Any:
    """The page with the editor, and the placeholders by the names they have in the language of the event."""
    language = language_of(event.language, "zh_CN")
    facts = [(in_language(language, each.name), each.is_block) for each in known.everything()]
    given: dict[str, Any] = {"section": None, "status": 422 if form.errors else 200, "remarks": [], "differences": None}
    return page("plan/section.html", form=form, revision=revision, facts=facts, **given | more)


@blueprint.route("/events/<slug>/plan/sections/<int:section_id>", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def edit_section(slug: str, section_id: int) -> Any:
    event = the_event(slug)
    revision = the_open(event)
    section = the_section(revision, section_id)
    form = SectionForm(obj=section)
    remarks = [each for each in queries.remarks(revision) if each.section_key == section.key]
    if request.method == "GET":
        if revision.state not in life.EDITABLE:
            raise life.PlanLocked
        form.opened.data = clean.digest(section.heading, section.body)
    if not form.validate_on_submit():
        return _form(event, form, revision, section=section, remarks=remarks)
    saved = actions.save_section(
        event, section, form.heading.data or "", form.body.data or "", person(), opened=form.opened.data or ""
    )
    if not saved.is_saved:
        return _conflict(event, form, revision, section)
    db.session.commit()
    flash(_("“%(heading)s” is saved.", heading=section.heading), "success")
    return back_to("plan.show", slug=slug, _anchor=f"s{section.id}")


def _conflict(event: Event, form: SectionForm, revision: PlanRevision, theirs: PlanSection) -> Any:
    """Show both: what was typed stays in the editor, what somebody else has saved stands beside it."""
    db.session.rollback()
    section = the_section(the_open(event), theirs.id)
    mine = Text(section.key, form.heading.data or "", clean.cleaned(form.body.data or ""))
    said = comparing.compare([Text(section.key, section.heading, section.body)], [mine])[0]
    form.opened.data = clean.digest(section.heading, section.body)
    by = section.edited_by.name if section.edited_by else _("Somebody")
    return _form(
        event,
        form,
        revision,
        status=409,
        section=section,
        differences=said,
        theirs_by=by,
        theirs_at=section.edited_at or clock.now(),
    )


@blueprint.route("/events/<slug>/plan/sections/new", methods=["GET", "POST"])
@requires(P.WRITE_PLAN)
def add_section(slug: str) -> Any:
    event = the_event(slug)
    revision = the_open(event)
    form = SectionForm()
    if not form.validate_on_submit():
        return _form(event, form, revision)
    row = actions.add_section(event, revision, form.heading.data or "", form.body.data or "", person())
    db.session.commit()
    flash(_("“%(heading)s” is added.", heading=row.heading), "success")
    return back_to("plan.show", slug=slug, _anchor=f"s{row.id}")


@blueprint.post("/events/<slug>/plan/sections/<int:section_id>/remove")
@requires(P.WRITE_PLAN)
def remove_section(slug: str, section_id: int) -> Any:
    event = the_event(slug)
    section = the_section(the_open(event), section_id)
    heading = section.heading
    actions.remove_section(event, section, person())
    db.session.commit()
    flash(_("“%(heading)s” is taken out.", heading=heading), "success")
    return back_to("plan.show", slug=slug)


@blueprint.post("/events/<slug>/plan/sections/<int:section_id>/move")
@requires(P.WRITE_PLAN)
def move_section(slug: str, section_id: int) -> Any:
    event = the_event(slug)
    section = the_section(the_open(event), section_id)
    actions.move_section(event, section, up=request.form.get("to") == "up", by=person())
    db.session.commit()
    return back_to("plan.show", slug=slug, _anchor=f"s{section_id}")


@blueprint.post("/events/<slug>/plan/remarks/<int:remark_id>/settle")
@requires(P.WRITE_PLAN)
def settle_remark(slug: str, remark_id: int) -> Any:
    event = the_event(slug)
    revision = the_open(event)
    actions.settle(event, revision, found(queries.remark(revision, remark_id)), person())
    db.session.commit()
    return back_to("plan.show", slug=slug, _anchor="remarks")
