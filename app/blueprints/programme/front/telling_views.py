"""The buttons that tell people in front their part, and what hosts and speakers see on their own page."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.front import telling
from app.blueprints.programme.loading import P, the_person
from app.blueprints.staff.day.parts import part
from app.extensions import db
from app.models import StaffPass
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to


@blueprint.post("/events/<slug>/programme/front/tell")
@requires(P.EDIT_PROGRAMME)
def front_tell(slug: str) -> Any:
    """Write to everybody who does not know their part, or to those chosen (`ids`)."""
    event = the_event(slug)
    chosen = set(request.form.getlist("ids", type=int))
    told = telling.tell(event, chosen or None)
    db.session.commit()
    if told.written:
        text = ngettext(
            "%(num)d person is being told. The message waits in the outbox.",
            "%(num)d people are being told. The messages wait in the outbox.",
            told.written,
        )
        flash(text, "success")
    if told.hosts:
        flash(ngettext("%(num)d host is told of a change.", "%(num)d hosts are told of a change.", told.hosts), "info")
    if not told.written and not told.unreached:
        flash(_("Everybody in front knows their part."), "info")
    if told.unreached:
        names = _(", ").join(each.name for each in told.unreached)
        flash(_("Cannot be written to: %(names)s. Call them, then note it here.", names=names), "warning")
    return back_to("programme.front", slug=slug)


@blueprint.post("/events/<slug>/programme/front/<int:person_id>/told")
@requires(P.EDIT_PROGRAMME)
def front_told(slug: str, person_id: int) -> Any:
    """Note that somebody was told in person or by telephone."""
    event = the_event(slug)
    person = the_person(event, person_id)
    telling.tell_by_hand(event, person)
    db.session.commit()
    flash(_("Noted: %(name)s has been told.", name=person.name), "success")
    return back_to("programme.front", slug=slug)


@part("programme/_mine.html", place=2)
def my_programme(key: StaffPass) -> dict[str, Any] | None:
    """The sessions in which somebody speaks, and the people they look after."""
    people = queries.front(key.event)
    own = {each.id for each in people if each.person_id == key.person_id}
    sessions = queries.run_sheet(key.event) if people else []
    looked_after = [each for each in people if each.host_id == key.person_id and not queries.stays_away(each)]
    speaks = [each for each in sessions if each.speaker_id in own]
    if not speaks and not looked_after:
        return None
    return {"speaks": speaks, "people": looked_after, "sessions": sessions}
