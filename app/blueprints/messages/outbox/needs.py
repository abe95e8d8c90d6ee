"""What the page Outbox leads with: everything that keeps messages from arriving, each line with its act."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import heartbeat
from app.blueprints.messages.outbox import queries
from app.models import Channel, Event, MessageState
from app.web.words import word

Row = dict[str, Any]


def needs(
    event: Event | None, counts: Mapping[MessageState, int], config: Mapping[str, Any], *, can_manage: bool
) -> list[Row]:
    """Return the lines for `alert_rows`, the most pressing first."""
    rows = [
        _worker(counts.get(MessageState.WAITING, 0)),
        _moved(event, can_manage),
        _failed(event, counts.get(MessageState.FAILED, 0), can_manage),
        _uncertain(event, counts.get(MessageState.UNCERTAIN, 0)),
        _kept(event, counts.get(MessageState.KEPT, 0), _unset(config), can_manage),
    ]
    return [row for row in rows if row]


def _unset(config: Mapping[str, Any]) -> list[Channel]:
    """The ways for which no server is set."""
    servers = {Channel.MAIL: config["MAIL_SERVER"], Channel.SMS: config["SMS_URL"]}
    return [channel for channel, server in servers.items() if not server]


def _worker(waiting: int) -> Row | None:
    if not waiting or heartbeat.is_worker_running():
        return None
    told = ngettext(
        "The worker is not running, so %(num)s message waits.",
        "The worker is not running, so %(num)s messages wait.",
        waiting,
    )
    detail = _("Whoever runs the server starts it with: flask --app app worker")
    return {"tone": "danger", "icon": "player-pause", "text": told, "detail": detail}


def _moved(event: Event | None, can_manage: bool) -> Row | None:
    if event is None or not (count := queries.count_not_told(event)):
        return None
    told = ngettext(
        "The time or place has changed, and %(num)s guest has not been told.",
        "The time or place has changed, and %(num)s guests have not been told.",
        count,
    )
    row: Row = {"tone": "danger", "icon": "calendar-time", "text": told}
    if can_manage:
        label = ngettext("Tell %(num)s guest", "Tell %(num)s guests", count)
        url = url_for("messages.tell_moved", slug=event.slug)
        row["act"] = {"label": label, "url": url, "post": True, "icon": "send"}
    return row


def _failed(event: Event | None, count: int, can_manage: bool) -> Row | None:
    if not count:
        return None
    told = ngettext("%(num)s message failed.", "%(num)s messages failed.", count)
    row = {"tone": "danger", "icon": "alert-triangle", "text": told, "act": _show(event, MessageState.FAILED)}
    if event is not None and can_manage:
        row["act"] = _release(event, MessageState.FAILED, _("Try all again"))
        row["detail"] = _("A mistyped address that was put right since is taken as it is now.")
    return row


def _uncertain(event: Event | None, count: int) -> Row | None:
    if not count:
        return None
    told = ngettext(
        "%(num)s message may or may not have arrived.", "%(num)s messages may or may not have arrived.", count
    )
    detail = _("Ask the guest, then say on the message which it is. None is sent twice by itself.")
    act = _show(event, MessageState.UNCERTAIN)
    return {"tone": "warning", "icon": "help", "text": told, "detail": detail, "act": act}


def _kept(event: Event | None, count: int, unset: list[Channel], can_manage: bool) -> Row | None:
    """Say that messages stay here, or, once there is a server, that they can go."""
    if not unset and not count:
        return None
    if Channel.MAIL not in unset and not count:
        return None  # only SMS are not set up, and nobody needed one
    if unset:
        ways = _(", ").join(str(word(channel).text) for channel in unset)
        told = _("No server is set for: %(ways)s. Such messages are kept here, where they can be read.", ways=ways)
        detail = _("The settings MAIL_SERVER and SMS_URL name one.")
        return {"tone": "info", "icon": "inbox", "text": told, "detail": detail}
    told = ngettext(
        "%(num)s message was kept while no server was set.",
        "%(num)s messages were kept while no server was set.",
        count,
    )
    act = _release(event, MessageState.KEPT, _("Send all")) if event and can_manage else _show(event, MessageState.KEPT)
    return {"tone": "info", "icon": "inbox", "text": told, "act": act}


def _show(event: Event | None, state: MessageState) -> Row:
    here = url_for("messages.outbox", slug=event.slug) if event else url_for("messages.all_outbox")
    return {"label": _("Show"), "url": f"{here}?state={state.value}"}


def _release(event: Event, state: MessageState, label: str) -> Row:
    url = url_for("messages.release_all", slug=event.slug, state=state.value)
    return {"label": label, "url": url, "post": True, "icon": "send"}
