"""Writing a note to the staff: first it is shown with its receivers, then it goes."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, ngettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.access import Permission
from app.blueprints.staff import blueprint, queries
from app.blueprints.staff.notes import actions, audience
from app.blueprints.staff.notes.forms import NoteForm
from app.blueprints.staff.notice.actions import are_sent
from app.extensions import db
from app.models import Channel, Event, StaffPerson
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


@blueprint.route("/events/<slug>/staff/note", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def note(slug: str) -> Any:
    event = the_event(slug)
    plan = queries.plan(event)
    form = NoteForm(plan, audience=request.args.get("to", "all"))
    if not form.validate_on_submit():
        return _shown(event, form, status=422 if form.is_submitted() else 200)
    people = audience.people(plan.duties, form.whom)
    if not people:
        form.audience.errors = [gettext("Nobody of them is on duty.")]
        return _shown(event, form, status=422)
    if "send" not in request.form:
        return _shown(event, form, preview=_preview(event, people, _note(form)))
    return _sent(event, form, people)


def _note(form: NoteForm) -> actions.Note:
    return actions.Note(form.text.data or "", me().name, bool(form.urgent.data), form.nonce.data or "")


def _shown(event: Event, form: NoteForm, *, status: int = 200, preview: dict[str, Any] | None = None) -> Any:
    return page("staff/note.html", status=status, form=form, preview=preview, sends=are_sent(event))


def _preview(event: Event, people: list[StaffPerson], note: actions.Note) -> dict[str, Any]:
    """How many get it by which way, who gets nothing, when it leaves, and one message of each way to read."""
    drafts = actions.drafts(event, actions.reach(people).reached, note)
    now = clock.now()
    return {
        "people": len(people),
        "ways": [(way, number) for way in Channel if (number := sum(1 for each in drafts if each.channel is way))],
        "unreached": actions.reach(people).unreached,
        "waits_until": max((each.due_at for each in drafts if each.due_at > now), default=None),
        "samples": list({each.channel: each for each in reversed(drafts)}.values()),
    }


def _sent(event: Event, form: NoteForm, people: list[StaffPerson]) -> BaseResponse:
    try:
        written = actions.send(event, people, _note(form), to=form.whom_words)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # the same press arrived twice at this very moment; the other one has written it
        written = 0
    unreached = gettext(", ").join(each.name for each in actions.reach(people).unreached[:5])
    if written:
        text = ngettext(
            "%(num)d message to the staff waits in the outbox.",
            "%(num)d messages to the staff wait in the outbox.",
            written,
        )
        flash(text, "success")
    else:
        flash(gettext("Nothing new was sent: it has gone out already, or nobody has an address."), "info")
    if unreached:
        flash(gettext("Without mail address and mobile, to be told by hand: %(names)s", names=unreached), "warning")
    return back_to("staff.day", slug=event.slug)
