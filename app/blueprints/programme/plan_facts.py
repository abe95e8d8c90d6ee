"""What the programme says in the plan of the event."""

from flask_babel import gettext as _

from app.blueprints.plan.facts.known import Known, register
from app.blueprints.plan.rules.filling import Table
from app.blueprints.programme import queries
from app.errors import N_
from app.models import Event, FrontKind
from app.web.locale import at, day
from app.web.words import word


def agenda(event: Event) -> Table:
    """Sessions with time, room and speaker."""
    rows = [
        [
            day(each.starts_at, event.time_zone),
            f"{at(each.starts_at, event.time_zone)}–{at(each.ends_at, event.time_zone)}",
            each.title,
            " ".join(part for part in (each.speaker.name, each.speaker.title) if part) if each.speaker else "",
            each.room,
        ]
        for each in queries.run_sheet(event)
    ]
    return Table([_("Day"), _("Time"), _("Session"), _("Speaker"), _("Room")], rows)


def publicity(event: Event) -> Table:
    """What each medium carries and when."""
    rows = [
        [each.medium, each.piece, day(each.due_on, event.time_zone), each.owner.name if each.owner else ""]
        for each in queries.publicity(event)
    ]
    return Table([_("Medium"), _("What it carries"), _("Appears on"), _("Person in charge")], rows)


def rostrum(event: Event) -> Table:
    """Whoever sits on the rostrum, by rank, with who looks after them."""
    rows = [
        [each.name, each.title, each.body, str(word(each.kind).text), each.host.name if each.host else ""]
        for each in queries.front(event)
        if each.rostrum_order and not queries.stays_away(each)
    ]
    return Table([_("Name"), _("Position"), _("Company or office"), _("As"), _("Looked after by")], rows)


def speakers(event: Event) -> Table:
    rows = [[each.name, each.title, each.body] for each in queries.front(event) if each.kind is FrontKind.SPEAKER]
    return Table([_("Name"), _("Position"), _("Company or office")], rows)


register(
    Known("agenda", N_("agenda table"), agenda, is_block=True),
    Known("publicity", N_("publicity table"), publicity, is_block=True),
    Known("rostrum", N_("rostrum table"), rostrum, is_block=True),
    Known("speakers", N_("speakers table"), speakers, is_block=True),
)
