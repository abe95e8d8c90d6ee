"""What the rest of the house hears of close-out lists: hindrances to closing, and alarms."""

from collections.abc import Mapping, Sequence

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.events import hindrances
from app.blueprints.events.rules.status import UNDER_WAY
from app.blueprints.staff.closeout import queries
from app.errors import N_
from app.models import Event
from app.web import alarms
from app.web.identity import me


def _open(event: Event) -> list[hindrances.Hindrance]:
    """One line a person: their own list is where each item is ticked or waived."""
    return [
        hindrances.Hindrance(
            ref=each.person.id,
            about=each.person.name,
            number=each.open,
            of=each.progress.all + len(each.missing),
            endpoint="staff.closeout_person",
            values={"slug": event.slug, "person_id": each.person.id},
        )
        for each in queries.sheets(event)
        if each.open
    ]


hindrances.register(
    hindrances.Source(
        key="closeout",
        title=N_("Close-out lists"),
        sentence=N_("%(about)s: %(num)s of %(of)s open"),
        act=N_("Open the list"),
        find=_open,
        is_waivable=False,
    )
)


@alarms.source("staff.closeout", _("Close-out"), Permission.VIEW_EVENTS)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[alarms.Row]]:
    """Say what the signed-in person has open themselves, and to planners who has left with something open."""
    over = [each for each in events if each.status in UNDER_WAY and each.ends_at <= clock.now()]
    found: dict[int, list[alarms.Row]] = {each.id: [] for each in over}
    if not over:
        return found
    mine = queries.open_of_user(over, me().id)
    left = queries.left_with_open(over) if me().can(Permission.EDIT_STAFF) else {}
    for event in over:
        for person, number in left.get(event.id, ()):
            text = gettext("%(person)s has left with %(num)s things to close out", person=person.name, num=number)
            found[event.id].append(alarms.Row(text, "user-off", is_grave=True, act=_to(event, person.id)))
        if number := mine.get(event.id, 0):
            text = ngettext("You have %(num)d thing to close out", "You have %(num)d things to close out", number)
            act = {"label": gettext("Open the list"), "url": url_for("staff.my_list", slug=event.slug)}
            found[event.id].append(alarms.Row(text, "list-check", act=act))
    return found


def _to(event: Event, person_id: int) -> dict[str, str]:
    url = url_for("staff.closeout_person", slug=event.slug, person_id=person_id)
    return {"label": gettext("Open the list"), "url": url}
