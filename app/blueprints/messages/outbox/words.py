"""Why a message rests, and what kind it is, in words."""

import re

from flask_babel import LazyString, gettext, lazy_gettext

from app.blueprints.messages.wording import KINDS
from app.models import Message

_ = lazy_gettext

REASONS: dict[str, LazyString] = {
    "no_server": _("No server is set for this way, so it is kept here."),
    "by_person": _("Cancelled by one of us."),
    "said_by_person": _("One of us found out that it has arrived."),
    "declined": _("The guest declined before it was sent."),
    "code_expired": _("The code was no longer good when its turn came."),
    "no_longer_needed": _("The guest had answered before it was sent."),
    "unsubscribed": _("The guest wants no more messages at this address."),
    "guest_gone": _("The guest is no longer on the list."),
    "event_not_open": _("The event was not open when its turn came."),
    "event_over": _("The event was over when its turn came."),
    "ride_changed": _("The ride had changed before it was sent."),
    "paid": _("It was paid before it was sent."),
    "promised": _("The dealer had promised to pay by a day that was still to come."),
    "nothing_owed": _("Nothing was owed any more when its turn came."),
    "refused": _("The other side refuses it for good."),
    "given_up": _("Given up after many tries."),
    "worker_lost": _("The worker stopped while sending. It may have arrived."),
    "line_lost": _("The line broke while sending. It may have arrived."),
}
_OTHERS = {
    "password_reset": _("New password"),
    "account_opened": _("Account opened"),
    "territory_offered": _("Territory offered to the next in the queue"),
    "territory_gone": _("Territory signed by another dealer"),
    "signing_code": _("Code for signing"),
}
_CODE = re.compile(r"\d{6}")


def text(message: Message) -> str:
    """Return what a message says. A code that proves who signs is for its receiver only."""
    return _CODE.sub("••••••", message.text) if message.template == "signing_code" else message.text


def reason(code: str) -> str:
    """Return why a message rests; empty when there is nothing to say."""
    return str(REASONS[code]) if code in REASONS else ""


def kind(template: str) -> str:
    """Return what kind of message it is."""
    known = KINDS.get(template)
    return gettext(known.label) if known else str(_OTHERS.get(template, template))
