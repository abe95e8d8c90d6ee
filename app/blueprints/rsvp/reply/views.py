"""The guest's pages. Looking changes nothing: mail scanners follow links, so an answer needs a button."""

from typing import Any

from babel.dates import get_timezone_name
from flask import Response, request
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from app import clock, ics, links, qr
from app.blueprints.rsvp import blueprint
from app.blueprints.rsvp.reply import actions, parts, queries
from app.blueprints.rsvp.reply.actions import AnsweredElsewhere, Given, How
from app.blueprints.rsvp.reply.forms import ReplyForm, TapForm
from app.blueprints.rsvp.reply.gate import guest_page
from app.blueprints.rsvp.reply.places import contact_of, map_links, name_of
from app.blueprints.rsvp.reply.rules import Window
from app.blueprints.rsvp.seats.actions import HallFull
from app.extensions import db
from app.models import Invitation, Via
from app.web.render import back_to, page
from app.web.seat_words import seat_words

LINK = "/r/<string(maxlength=64):token>"


def _how(seen: int | None) -> How:
    return How(Via.LINK, clock.now(), seen=seen)


def _record(invitation: Invitation, given: Given, seen: int | None) -> None:
    """Put the answer on record. Should our own people save the guest at the very same moment, it is as if changed."""
    try:
        actions.answer(invitation, given, _how(seen))
        db.session.commit()
    except StaleDataError as fault:
        raise AnsweredElsewhere from fault


def _shown(
    invitation: Invitation, *, form: ReplyForm | None = None, tap: TapForm | None = None, status: int = 200
) -> Any:
    """The page as it is now, with a form that was just refused if there is one."""
    record = queries.on_record(invitation)
    window = queries.window_of(invitation, record, clock.now())
    return page(
        "rsvp/reply.html",
        status=status,
        invitation=invitation,
        record=record,
        window=window,
        form=(form or ReplyForm(invitation, record, formdata=None)) if window is Window.OPEN else None,
        tap=(tap or TapForm(formdata=None, prefix="tap-", seen=str(record.version))) if _asks(record, window) else None,
        changing=form is not None or (record.reply is None and not record.is_asked),
        **_place(invitation),
    )


def _place(invitation: Invitation) -> dict[str, Any]:
    """How the guest is called, what the telephone opens, and the name of the zone all times are in."""
    seat = queries.seat_of(invitation)
    return {
        "seat": seat_words(*seat) if seat else "",
        "programme": queries.programme_of(invitation),
        "parts": parts.of(invitation),
        "called": name_of(invitation.dealer, get_locale().language),
        "maps": map_links(invitation.event),
        "contact": contact_of(invitation),
        "zone": get_timezone_name(invitation.event.time_zone, locale=get_locale()),
    }


def _asks(record: queries.OnRecord, window: Window) -> bool:
    if window is Window.CONFIRM_ONLY:
        return True
    return window is Window.OPEN and record.is_asked


@blueprint.get(LINK)
@guest_page
def reply(invitation: Invitation) -> Any:
    return _shown(invitation)


@blueprint.post(LINK)
@guest_page
def give_reply(invitation: Invitation) -> Any:
    form = ReplyForm(invitation, queries.on_record(invitation))
    if not form.validate():
        return _shown(invitation, form=form, status=422)
    try:
        _record(invitation, form.given(), form.seen_version)
    except AnsweredElsewhere:
        return _changed_meanwhile(invitation, form)
    except HallFull:
        db.session.rollback()
        form.companions.errors = [_("The hall is full: your own seat is safe, but there is none for more companions.")]
        return _shown(invitation, form=form, status=422)
    return back_to("rsvp.thanks", token=invitation.token)


def _changed_meanwhile(invitation: Invitation, form: ReplyForm) -> Any:
    """Show what is on record now, above what was typed; pressing again saves it."""
    db.session.rollback()
    form.seen.data = str(queries.on_record(invitation).version)
    form.seen.raw_data = None
    form.form_errors.append(
        _(
            "Your reply was changed in the meantime, perhaps in another window. What is on record now stands above. "
            "Press the button again if what you see here shall count instead."
        )
    )
    return _shown(invitation, form=form, status=409)


@blueprint.post(LINK + "/confirm")
@guest_page
def confirm_answer(invitation: Invitation) -> Any:
    """One tap, when asked again: coming, not coming, or somebody else."""
    form = TapForm(prefix="tap-")
    if not form.validate():
        return _shown(invitation, tap=form, status=422)
    _record(invitation, form.given(), form.seen_version)
    return back_to("rsvp.thanks", token=invitation.token)


@blueprint.get(LINK + "/thanks")
@guest_page
def thanks(invitation: Invitation) -> Any:
    record = queries.on_record(invitation)
    if record.reply is None:
        return back_to("rsvp.reply", token=invitation.token)
    code = queries.badge_code(invitation)
    return page(
        "rsvp/thanks.html",
        invitation=invitation,
        record=record,
        window=queries.window_of(invitation, record, clock.now()),
        in_chat_app="micromessenger" in request.user_agent.string.lower(),
        entry_code=qr.svg(links.public(f"/B/{code}").upper(), label=_("Your entry code")) if code else "",
        **_place(invitation),
    )


@blueprint.get(LINK + "/calendar.ics")
@guest_page
def calendar(invitation: Invitation) -> Any:
    event = invitation.event
    response = Response(ics.event_entry(event, link=links.reply_page(invitation.token)))
    response.headers["Content-Type"] = ics.MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename=f"{event.slug}.ics")
    return response
