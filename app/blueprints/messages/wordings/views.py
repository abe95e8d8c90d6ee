"""The page Wording: the list of messages, one wording with its preview, and back to the house's words."""

from typing import Any

from flask import Response, flash, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.messages import blueprint
from app.blueprints.messages.outbox.views import mail_body
from app.blueprints.messages.preview import preview, staff_preview, values_for
from app.blueprints.messages.wording import KINDS, Kind, Wording, house_wording
from app.blueprints.messages.wordings import actions, queries
from app.blueprints.messages.wordings.forms import WordingForm
from app.errors import SigningDayError
from app.extensions import db
from app.models import Channel, Event, Invitation
from app.texts import LOCALES
from app.web.errors import sentence
from app.web.guards import requires
from app.web.headers import csp
from app.web.identity import me
from app.web.journal_words import LANGUAGES
from app.web.load import found, the_event
from app.web.render import back_to, invalid, page

P = Permission
CHANNELS = (Channel.MAIL, Channel.SMS)
_ONE = f"/events/<slug>/wording/<key>/<any(mail, sms):channel>/<any({', '.join(LOCALES)}):locale>"


@blueprint.get("/events/<slug>/wording/")
@requires(P.EDIT_MESSAGE_TEMPLATES)
def templates(slug: str) -> Response:
    event = the_event(slug)
    return page("messages/templates.html", kinds=KINDS.values(), own=queries.own_keys(event), ways=_ways(event))


def _ways(event: Event) -> list[tuple[Channel, str, str]]:
    """Channel, language and its name; the event's own language first."""
    locales = sorted(LOCALES, key=lambda locale: locale != event.language)
    return [(channel, locale, LANGUAGES[locale]) for channel in CHANNELS for locale in locales]


def _kind(key: str) -> Kind:
    return found(KINDS.get(key))


@blueprint.route(_ONE, methods=["GET", "POST"])
@requires(P.EDIT_MESSAGE_TEMPLATES)
def template_edit(slug: str, key: str, channel: str, locale: str) -> Any:
    event, kind, way = the_event(slug), _kind(key), Channel(channel)
    form = _form(event, kind, way, locale)
    if not form.validate_on_submit():
        show = invalid if form.is_submitted() else page
        return show("messages/template.html", form=form, **_around(event, kind, way, locale))
    subject = form.subject.data if way is Channel.MAIL else ""
    actions.save(event, kind, way, locale, subject=subject, body=form.body.data, seen=form.version.data or 0)
    db.session.commit()
    flash(_("Saved. Messages written from now on use these words."), "success")
    return back_to("messages.template_edit", **request.view_args or {})


def _form(event: Event, kind: Kind, way: Channel, locale: str) -> WordingForm:
    row = queries.own_row(event, kind.key, way, locale)
    words = Wording(row.subject, row.body) if row else house_wording(kind.key, way, locale)
    data = {"subject": words.subject, "body": words.body, "version": row.version if row else 0}
    return WordingForm(kind, way, data=data)


def _around(event: Event, kind: Kind, way: Channel, locale: str) -> dict[str, Any]:
    """What stands beside the form: the variables with this guest's values, the guests, the other ways."""
    guest = None
    if not kind.to_staff:
        guest = queries.guest(event, request.args.get("guest", type=int)) or queries.guest(event, None)
    return {
        "kind": kind,
        "channel": way,
        "wording_locale": locale,
        "ways": _ways(event),
        "own": queries.own_keys(event),
        "guest": guest,
        "guests": [] if kind.to_staff else queries.guests(event),
        "values": values_for(event, kind, guest, me().user, locale),
    }


@blueprint.post(_ONE + "/reset")
@requires(P.EDIT_MESSAGE_TEMPLATES)
def template_reset(slug: str, key: str, channel: str, locale: str) -> BaseResponse:
    actions.reset(the_event(slug), _kind(key), Channel(channel), locale)
    db.session.commit()
    flash(_("The house’s words are in force again."), "success")
    return back_to("messages.template_edit", slug=slug, key=key, channel=channel, locale=locale)


@blueprint.route(_ONE + "/preview", methods=["GET", "POST"])
@requires(P.EDIT_MESSAGE_TEMPLATES)
def template_preview(slug: str, key: str, channel: str, locale: str) -> Response:
    """The message as one guest would get it, with the words just typed, for the frame beside them. Keeps nothing."""
    event, kind, way = the_event(slug), _kind(key), Channel(channel)
    guest = None if kind.to_staff else found(queries.guest(event, request.values.get("guest", type=int)))
    if request.method == "POST":
        words = Wording(request.form.get("subject", "")[:200], request.form.get("body", "")[:4000])
    else:
        row = queries.own_row(event, kind.key, way, locale)
        words = Wording(row.subject, row.body) if row else house_wording(kind.key, way, locale)
    return _previewed(event, kind, guest, way, locale, words)


def _previewed(
    event: Event, kind: Kind, guest: Invitation | None, way: Channel, locale: str, words: Wording
) -> Response:
    try:
        if guest is None:
            message = staff_preview(event, kind, me().user, (way, locale), words)
        else:
            message = preview(event, kind, guest, me().user, (way, locale), words)
    except SigningDayError as error:
        return _framed(fault=sentence(error))
    if message.html and way is Channel.MAIL:
        return mail_body(message.html)
    return _framed(text=message.text)


def _framed(**shown: str) -> Response:
    response = make_response(render_template("messages/preview.html", **shown))
    response.headers["Content-Security-Policy"] = csp(frame_ancestors="'self'")
    return response
