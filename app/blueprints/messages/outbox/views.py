"""The page Outbox, of an event and of what belongs to none."""

from flask import Response, abort, current_app, flash, make_response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.messages import blueprint, delivery
from app.blueprints.messages.outbox import actions, queries, tables, words
from app.blueprints.messages.outbox.needs import needs
from app.extensions import db
from app.models import Event, Message, MessageState
from app.web.guards import requires
from app.web.headers import csp
from app.web.history import lines
from app.web.identity import me
from app.web.journal_words import LANGUAGES
from app.web.load import found, the_event
from app.web.render import back_or, back_to, page
from app.web.tables import Table

P = Permission
MOST_AT_ONCE = 500

# Mail is shown as it will be read: with its inline styles, but without scripts, forms, frames or anything fetched.
MAIL_CSP = csp(
    default_src="'none'",
    style_src="'self' 'unsafe-inline'",
    font_src="'self'",
    img_src="data:",
    form_action="'none'",
    frame_ancestors="'self'",
)


@blueprint.get("/events/<slug>/outbox/")
@requires(P.VIEW_OUTBOX)
def outbox(slug: str) -> Response:
    return _list(the_event(slug))


@blueprint.get("/outbox/")
@requires(P.MANAGE_USERS)
def all_outbox() -> Response:
    """Messages about accounts. They hold links that set passwords, so only administrators see them."""
    return _list(None)


def _list(event: Event | None) -> Response:
    table = Table(tables.message_list(event, selectable=_may_manage(event)), queries.messages(event))
    if table.wants_export:
        return table.export()
    counts = queries.count_by_state(event)
    return page(
        "messages/outbox.html",
        table=table.load(),
        needs=needs(event, counts, current_app.config, can_manage=_may_manage(event)),
        total=sum(counts.values()),
        unanswered=queries.count_unanswered(event) if event is not None and _may_manage(event) else 0,
        recipient=tables.recipient,
        address=tables.address,
        kind=words.kind,
        text=words.text,
        can_manage=_may_manage(event),
    )


def _may_manage(event: Event | None) -> bool:
    return me().can(P.MANAGE_USERS if event is None else P.MANAGE_OUTBOX)


def _place(slug: str | None, *, manage: bool = False) -> Event | None:
    """The event of the address, or None for what belongs to none, where only administrators may look."""
    event = the_event(slug) if slug is not None else None
    if not (me().can(P.MANAGE_USERS) if event is None else me().can(P.MANAGE_OUTBOX if manage else P.VIEW_OUTBOX)):
        abort(403)
    return event


@blueprint.get("/events/<slug>/outbox/<int:message_id>")
@blueprint.get("/outbox/<int:message_id>")
@requires(P.VIEW_OUTBOX, P.MANAGE_USERS)
def message_show(message_id: int, slug: str | None = None) -> Response:
    event = _place(slug)
    message = found(queries.message(event, message_id))
    return page(
        "messages/show.html",
        message=message,
        slug=slug,
        kind=words.kind(message.template),
        text=words.text(message),
        reason=words.reason(message.reason_code),
        recipient=tables.recipient(message),
        address=tables.address(message),
        files=delivery.names(message),
        copies=queries.copies_of(message),
        history=lines(message),
        language=LANGUAGES[message.locale],
        can_manage=_may_manage(event),
        releasable=message.state in actions.RELEASABLE,
        repeatable=message.state in actions.REPEATABLE and event is not None,
        cancellable=message.state in actions.CANCELLABLE,
    )


@blueprint.get("/events/<slug>/outbox/<int:message_id>/body")
@blueprint.get("/outbox/<int:message_id>/body")
@requires(P.VIEW_OUTBOX, P.MANAGE_USERS)
def message_body(message_id: int, slug: str | None = None) -> Response:
    """The mail itself, for the frame that shows it."""
    message = found(queries.message(_place(slug), message_id))
    return mail_body(message.html)


def mail_body(html: str) -> Response:
    """Answer with a mail as a page of its own, shut off from ours. Its links open beside, not within the frame."""
    response = make_response(html.replace("<head>", '<head><base target="_blank">', 1))
    response.headers["Content-Security-Policy"] = MAIL_CSP
    return response


@blueprint.get("/events/<slug>/outbox/<int:message_id>/files/<any(letter, calendar):name>")
@requires(P.VIEW_OUTBOX)
def message_file(slug: str, message_id: int, name: str) -> Response:
    """A file that goes along, as it would be made now."""
    message = found(queries.message(_place(slug), message_id))
    made = found(current_app.extensions["signing_day.packer"].attachment(message, name))
    response = Response(made.content, content_type=made.media_type)
    response.headers.set("Content-Disposition", "inline", filename=made.name)
    return response


# -- doing something about one


def _back(slug: str | None, message_id: int) -> BaseResponse:
    return back_to("messages.message_show", slug=slug, message_id=message_id)


@blueprint.post("/events/<slug>/outbox/<int:message_id>/resend")
@blueprint.post("/outbox/<int:message_id>/resend")
@requires(P.MANAGE_OUTBOX, P.MANAGE_USERS)
def message_resend(message_id: int, slug: str | None = None) -> BaseResponse:
    message = found(queries.message(_place(slug, manage=True), message_id))
    if message.state in actions.RELEASABLE:
        actions.release(message)
        db.session.commit()
        flash(_("The message is on its way again."), "success")
        return _back(slug, message_id)
    copy = actions.send_again(message)
    db.session.commit()
    flash(_("It is sent once more, as a new message. This is the new one."), "success")
    return _back(slug, copy.id)


@blueprint.post("/events/<slug>/outbox/<int:message_id>/cancel")
@blueprint.post("/outbox/<int:message_id>/cancel")
@requires(P.MANAGE_OUTBOX, P.MANAGE_USERS)
def message_cancel(message_id: int, slug: str | None = None) -> BaseResponse:
    message = found(queries.message(_place(slug, manage=True), message_id))
    actions.cancel(message)
    db.session.commit()
    undo = url_for("messages.message_resend", slug=slug, message_id=message_id)
    flash({"text": _("The message was cancelled."), "undo_url": undo}, "success")  # type: ignore[arg-type]
    return _back(slug, message_id)


@blueprint.post("/events/<slug>/outbox/<int:message_id>/settle")
@blueprint.post("/outbox/<int:message_id>/settle")
@requires(P.MANAGE_OUTBOX, P.MANAGE_USERS)
def message_settle(message_id: int, slug: str | None = None) -> BaseResponse:
    message = found(queries.message(_place(slug, manage=True), message_id))
    arrived = request.form.get("arrived") == "yes"
    actions.settle(message, arrived=arrived)
    db.session.commit()
    told = _("Put on record: it has arrived.") if arrived else _("Put on record: it did not arrive. It is sent again.")
    flash(told, "success")
    return _back(slug, message_id)


# -- doing something about many


def _chosen(slug: str | None) -> list[Message]:
    ids = [int(value) for value in request.form.getlist("ids") if value.isdecimal()][:MOST_AT_ONCE]
    return queries.chosen(_place(slug, manage=True), ids)


def _list_url(slug: str | None) -> str:
    return url_for("messages.outbox", slug=slug) if slug else url_for("messages.all_outbox")


@blueprint.post("/events/<slug>/outbox/resend")
@blueprint.post("/outbox/resend")
@requires(P.MANAGE_OUTBOX, P.MANAGE_USERS)
def bulk_resend(slug: str | None = None) -> BaseResponse:
    chosen = _chosen(slug)
    done = actions.each(chosen, actions.resend)
    db.session.commit()
    _tell(done, len(chosen), ngettext("%(num)s message is on its way.", "%(num)s messages are on their way.", done))
    return back_or(_list_url(slug))


@blueprint.post("/events/<slug>/outbox/cancel")
@blueprint.post("/outbox/cancel")
@requires(P.MANAGE_OUTBOX, P.MANAGE_USERS)
def bulk_cancel(slug: str | None = None) -> BaseResponse:
    chosen = _chosen(slug)
    done = actions.each(chosen, actions.cancel)
    db.session.commit()
    _tell(done, len(chosen), ngettext("%(num)s message was cancelled.", "%(num)s messages were cancelled.", done))
    return back_or(_list_url(slug))


def _tell(done: int, chosen: int, told: str) -> None:
    if done:
        flash(told, "success")
    if left := chosen - done:
        told = ngettext("%(num)s message was left as it is.", "%(num)s messages were left as they are.", left)
        flash(told, "warning")


@blueprint.post("/events/<slug>/outbox/tell-moved")
@requires(P.MANAGE_OUTBOX)
def tell_moved(slug: str) -> BaseResponse:
    """Tell the new time and place to everybody who was invited before."""
    count = len(actions.tell_moved(the_event(slug)))
    db.session.commit()
    _tell(count, count, ngettext("%(num)s message is on its way.", "%(num)s messages are on their way.", count))
    return back_or(_list_url(slug))


@blueprint.post("/events/<slug>/outbox/remind")
@requires(P.MANAGE_OUTBOX)
def remind(slug: str) -> BaseResponse:
    """Remind everybody who has not answered for some days."""
    count = len(actions.remind(the_event(slug)))
    db.session.commit()
    _tell(count, count, ngettext("%(num)s guest is reminded.", "%(num)s guests are reminded.", count))
    return back_or(_list_url(slug))


@blueprint.post("/events/<slug>/outbox/release/<any(kept, failed):state>")
@requires(P.MANAGE_OUTBOX)
def release_all(slug: str, state: str) -> BaseResponse:
    """Let everything go that was kept while no server was set, or that failed."""
    count = actions.release_all(the_event(slug), MessageState(state))
    db.session.commit()
    _tell(count, count, ngettext("%(num)s message is on its way.", "%(num)s messages are on their way.", count))
    return back_or(_list_url(slug))
