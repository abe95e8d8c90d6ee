"""How each concern of `rules.attention` reads, and the act that stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext, ngettext
from flask_login import current_user

from app.access import Permission
from app.blueprints.events.rules.attention import Concern, Facts, Matter
from app.models import Event
from app.web.locale import day, moment
from app.web.nav import door

_ = lazy_gettext
M = Matter


@dataclass(frozen=True)
class Act:
    """The act beside a line: a link, or a button that posts."""

    label: LazyString
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    post: bool = False


_TO_EDIT = "events.edit"
_TO_GUESTS = "invitations.index"
_TO_ROUND = "rsvp.confirm"

ICONS = {
    M.MESSAGES_FAILED: "mail-x",
    M.STILL_DRAFT: "pencil",
    M.VENUE_MISSING: "map-pin",
    M.CONTACT_MISSING: "phone",
    M.NO_GUESTS: "users",
    M.NOT_INVITED: "send",
    M.UNANSWERED: "clock-question",
    M.QUESTIONS_OPEN: "message-question",
    M.ROUND_NOT_ASKED: "phone-check",
    M.SILENT_NOT_CALLED: "phone-off",
    M.SEATS_EXCEEDED: "armchair",
    M.SEATS_MAY_BE_EXCEEDED: "armchair",
    M.SEATS_FOR_WAITING: "hourglass",
    M.SIGNERS_SHORT: "signature",
    M.NO_LEAD_SIGNER: "signature",
    M.BADGES_NOT_PRINTED: "id-badge",
    M.NOT_CLOSED: "lock",
    M.MILESTONE_LATE: "flag",
    M.MORE_MILESTONES_LATE: "flag",
}

ACTS = {
    M.MESSAGES_FAILED: Act(_("Open the outbox"), "messages.outbox"),
    M.STILL_DRAFT: Act(_("Open the event"), "events.status", {"to": "open"}, post=True),
    M.VENUE_MISSING: Act(_("Name the venue"), _TO_EDIT, {"_anchor": "venue"}),
    M.CONTACT_MISSING: Act(_("Add a telephone"), _TO_EDIT, {"_anchor": "contact_phone"}),
    M.NO_GUESTS: Act(_("Start the list"), _TO_GUESTS),
    M.NOT_INVITED: Act(_("See who"), _TO_GUESTS, {"state": "listed"}),
    M.UNANSWERED: Act(_("See who"), _TO_GUESTS, {"state": ["invited", "no_answer"]}),
    M.QUESTIONS_OPEN: Act(_("Answer them"), "rsvp.replies"),
    M.ROUND_NOT_ASKED: Act(_("To the round"), _TO_ROUND),
    M.SILENT_NOT_CALLED: Act(_("Call them"), "rsvp.calls"),
    M.SEATS_EXCEEDED: Act(_("Change the seats"), _TO_EDIT, {"_anchor": "capacity"}),
    M.SEATS_MAY_BE_EXCEEDED: Act(_("Change the seats"), _TO_EDIT, {"_anchor": "capacity"}),
    M.SEATS_FOR_WAITING: Act(_("Move them up"), "rsvp.replies", {"_anchor": "waiting"}),
    M.SIGNERS_SHORT: Act(_("See who is ready"), _TO_GUESTS, {"readiness": "ready"}),
    M.NO_LEAD_SIGNER: Act(_("Choose among the ready"), _TO_GUESTS, {"readiness": "ready"}),
    M.BADGES_NOT_PRINTED: Act(_("Print badges"), "checkin.badges"),
    M.NOT_CLOSED: Act(_("Close the event"), "events.close"),
    M.MILESTONE_LATE: Act(_("Done"), "events.milestone_tick", post=True),
    M.MORE_MILESTONES_LATE: Act(_("See them"), "events.overview", {"_anchor": "milestones"}),
}

TEXTS = {
    M.STILL_DRAFT: _("The event is still a draft"),
    M.VENUE_MISSING: _("The venue is not settled"),
    M.CONTACT_MISSING: _("Guests have nobody to call"),
    M.NO_GUESTS: _("Nobody is on the guest list"),
    M.ROUND_NOT_ASKED: _("Guests have not been asked again"),
    M.NO_LEAD_SIGNER: _("Nobody is chosen to sign first"),
    M.NOT_CLOSED: _("The event is over, but not closed"),
}

COUNTED: dict[Matter, Callable[[Concern], str]] = {
    M.MESSAGES_FAILED: lambda c: ngettext(
        "%(num)d message failed or may not have arrived", "%(num)d messages failed or may not have arrived", c.number
    ),
    M.NOT_INVITED: lambda c: ngettext(
        "%(num)d guest is listed, but not invited", "%(num)d guests are listed, but not invited", c.number
    ),
    M.UNANSWERED: lambda c: ngettext("%(num)d guest has not answered", "%(num)d guests have not answered", c.number),
    M.QUESTIONS_OPEN: lambda c: ngettext(
        "%(num)d guest waits for an answer to a question", "%(num)d guests wait for an answer to a question", c.number
    ),
    M.SILENT_NOT_CALLED: lambda c: ngettext(
        "%(num)d silent guest has not been called", "%(num)d silent guests have not been called", c.number
    ),
    M.SEATS_EXCEEDED: lambda c: ngettext(
        "%(num)d person is firm, but there are %(seats)s seats",
        "%(num)d people are firm, but there are %(seats)s seats",
        c.number,
        seats=c.of,
    ),
    M.SEATS_MAY_BE_EXCEEDED: lambda c: ngettext(
        "%(num)d person may come, but there are %(seats)s seats",
        "%(num)d people may come, but there are %(seats)s seats",
        c.number,
        seats=c.of,
    ),
    M.SEATS_FOR_WAITING: lambda c: ngettext(
        "%(num)d guest is waiting while seats are free", "%(num)d guests are waiting while seats are free", c.number
    ),
    M.SIGNERS_SHORT: lambda c: ngettext(
        "%(num)d dealer is ready to sign, %(of)s should be",
        "%(num)d dealers are ready to sign, %(of)s should be",
        c.number,
        of=c.of,
    ),
    M.BADGES_NOT_PRINTED: lambda c: ngettext(
        "%(num)d firm guest has no printed badge", "%(num)d firm guests have no printed badge", c.number
    ),
    M.MORE_MILESTONES_LATE: lambda c: ngettext(
        "%(num)d more milestone is late", "%(num)d more milestones are late", c.number
    ),
}

DETAILS = {
    M.MESSAGES_FAILED: _("Look at each and send it again, or call the guest."),
    M.STILL_DRAFT: _("Nobody can be invited before it is open."),
    M.VENUE_MISSING: _("Letters and calendar entries have to say where."),
    M.CONTACT_MISSING: _("The letter and the reply page name a telephone."),
    M.NO_LEAD_SIGNER: _("Whoever signs first in front of everybody carries the others along."),
    M.NOT_CLOSED: _("Closing marks whoever has not come as a no-show."),
}


def _text(concern: Concern) -> str:
    if concern.milestone is not None:
        return concern.milestone.title
    if concern.matter in COUNTED:
        return COUNTED[concern.matter](concern)
    return str(TEXTS[concern.matter])


def _detail(concern: Concern, facts: Facts) -> Any:
    if concern.milestone is not None:
        late = ngettext("%(num)d day late", "%(num)d days late", concern.number)
        return gettext("due %(day)s, %(late)s", day=day(concern.milestone.due_on), late=late)
    if concern.matter is M.ROUND_NOT_ASKED:
        return gettext("It was due on %(when)s. Is the worker running?", when=moment(facts.round_due_at))
    if concern.matter is M.SEATS_FOR_WAITING:
        return gettext("Free seats: %(seats)s.", seats=concern.of)
    return DETAILS.get(concern.matter)


def row(concern: Concern, facts: Facts, event: Event, me: int) -> dict[str, Any]:
    """Return the line as the macro `alert_rows` draws it, with its act where this person may do it."""
    return {
        "tone": "danger" if concern.is_grave else "warning",
        "icon": ICONS[concern.matter],
        "text": _text(concern),
        "detail": _detail(concern, facts),
        "act": _act(concern, event, me),
    }


def _act(concern: Concern, event: Event, me: int) -> dict[str, Any] | None:
    act = ACTS[concern.matter]
    values = {"slug": event.slug, **act.values}
    if concern.milestone is not None:
        values["milestone_id"] = concern.milestone.id
        if not current_user.can(Permission.EDIT_EVENTS) and concern.milestone.owner_id != me:
            return None
    url = door(act.endpoint, **values)
    return {"label": act.label, "url": url, "post": act.post} if url else None
