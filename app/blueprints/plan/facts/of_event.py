"""What the event itself, its guests and its dates say."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.events import queries as events
from app.blueprints.events.rules.head_count import EXPECTED, FIRM, INVITED_STEP
from app.blueprints.plan.facts.known import Known, register
from app.blueprints.plan.rules.filling import Figure, Lines, Table
from app.errors import N_
from app.extensions import db
from app.models import Event, GuestKind, Invitation, InvitationState, Readiness
from app.web.locale import day, long_day
from app.web.words import word

_OUT = (InvitationState.DECLINED, InvitationState.DECLINED_LATE, InvitationState.NO_SHOW)
_HONOUR = (GuestKind.GOVERNMENT, GuestKind.ASSOCIATION, GuestKind.EXPERT)


def name(event: Event) -> Figure:
    return Figure(event.name)


def theme(event: Event) -> Figure:
    return Figure(event.theme)


def when(event: Event) -> Figure:
    start, end = event.local_start, event.local_end
    last = "" if end.date() == start.date() else long_day(end.date()) + " "
    return Figure(f"{long_day(start.date())} {start:%H:%M}–{last}{end:%H:%M}")


def place(event: Event) -> Figure:
    where = " ".join(part for part in (event.venue, event.hall) if part)
    if where and event.venue_address:
        where = _("%(place)s (%(address)s)", place=where, address=event.venue_address)
    return Figure(where)


def organizer(event: Event) -> Figure:
    return Figure(event.organizer)


def co_organizer(event: Event) -> Figure:
    return Figure(event.co_organizer)


def contact(event: Event) -> Figure:
    return Figure(" ".join(part for part in (event.contact_name, event.contact_phone) if part))


def seats(event: Event) -> Figure:
    return Figure(str(event.capacity))


def signing_target(event: Event) -> Figure:
    return Figure(str(event.signing_target) if event.signing_target else "")


def purposes(event: Event) -> Lines:
    return Lines([line.strip() for line in event.purposes.splitlines() if line.strip()])


def invited(event: Event) -> Figure:
    return Figure(str(events.head_count(event).guests))


def head_count(event: Event) -> Figure:
    """Who has a seat for sure; before anybody was asked again, who has accepted."""
    count = events.head_count(event)
    people = count.firm.people or count.where(EXPECTED | FIRM).people
    return Figure(str(people) if people else "")


def ready(event: Event) -> Figure:
    count = events.head_count(event).where(readiness=Readiness.READY)
    return Figure(str(sum(cell.guests for cell in count.cells if cell.state not in _OUT)))


def lead_signers(event: Event) -> Figure:
    count = events.head_count(event)
    return Figure(str(sum(cell.lead_signers for cell in count.cells if cell.state not in _OUT)))


def guests(event: Event) -> Table:
    """Guests by kind: on the list, invited, accepted, firm."""
    count = events.head_count(event)
    rows, sums = [], [0, 0, 0, 0]
    for kind in GuestKind:
        of = count.where(kind=kind)
        figures = [
            of.guests,
            of.where(INVITED_STEP).guests,
            of.where(EXPECTED | FIRM).guests,
            of.firm.guests,
        ]
        if figures[0]:
            rows.append([str(word(kind).text), *(str(each) for each in figures)])
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
    headings = [_("Kind of guest"), _("On the list"), _("Invited"), _("Accepted"), _("Firm")]
    total = [_("All together"), *(str(each) for each in sums)] if rows else []
    return Table(headings, rows, frozenset({1, 2, 3, 4}), total)


def _named(event: Event, kinds: Sequence[GuestKind]) -> Table:
    invitations = db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.kind.in_(kinds), Invitation.state.not_in(_OUT))
        .options(joinedload(Invitation.dealer))
        .order_by(Invitation.kind, Invitation.id)
    )
    rows = [
        [each.dealer.contact, each.dealer.contact_title, each.dealer.company, str(word(each.state).text)]
        for each in invitations
    ]
    return Table([_("Name"), _("Position"), _("Company or office"), _("State")], rows)


def honour(event: Event) -> Table:
    return _named(event, _HONOUR)


def media(event: Event) -> Table:
    return _named(event, (GuestKind.MEDIA,))


def milestones(event: Event) -> Table:
    rows = [
        [day(each.due_on, event.time_zone), each.title, each.owner.name if each.owner else ""]
        for each in events.milestones(event)
    ]
    return Table([_("Day"), _("What"), _("Person in charge")], rows)


def days_to_go(event: Event) -> Figure:
    days = (event.local_start.date() - clock.today(event.time_zone)).days
    return Figure(ngettext("%(num)d day", "%(num)d days", days) if days > 0 else "")


register(
    Known("event", N_("event"), name),
    Known("theme", N_("theme"), theme),
    Known("when", N_("date and time"), when),
    Known("place", N_("place"), place),
    Known("organizer", N_("organizer"), organizer),
    Known("co_organizer", N_("co-organizers"), co_organizer),
    Known("contact", N_("contact of the event"), contact),
    Known("seats", N_("seats"), seats),
    Known("head_count", N_("head count"), head_count),
    Known("invited", N_("guests on the list"), invited),
    Known("ready", N_("dealers ready to sign"), ready),
    Known("lead_signers", N_("lead signers"), lead_signers),
    Known("signing_target", N_("signing target"), signing_target),
    Known("days_to_go", N_("days to go"), days_to_go),
    Known("purposes", N_("list of purposes"), purposes, is_block=True),
    Known("guests", N_("guest table"), guests, is_block=True),
    Known("honour", N_("guests of honour table"), honour, is_block=True),
    Known("media", N_("media table"), media, is_block=True),
    Known("milestones", N_("milestone table"), milestones, is_block=True),
)
