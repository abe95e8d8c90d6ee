"""The figures of the page before the day, each with the door to the rows behind it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.blueprints.events.rules.head_count import FIRM, MAXIMUM
from app.blueprints.rsvp.headcount.queries import HeadCount, Share
from app.blueprints.rsvp.headcount.rules import ThreeWays
from app.blueprints.rsvp.rounds import queries
from app.models import Event, GuestKind, InvitationState, Round
from app.web.nav import door
from app.web.words import word

WAYS = (
    ("firm", FIRM, "green"),
    ("likely", MAXIMUM, "blue"),
    ("maximum", MAXIMUM, "secondary"),
)


@dataclass(frozen=True)
class Figure:
    """One number and where it leads."""

    value: int
    url: str


@dataclass(frozen=True)
class Row:
    """A line of a table: firm, likely, at most."""

    label: Any
    icon: str
    figures: list[Figure]
    hint: str = ""
    url: str = ""


def _guests(event: Event, states: Any, **more: Any) -> str:
    return door("invitations.index", slug=event.slug, state=sorted(states), **more)


def _replies(event: Event, states: Any, **more: Any) -> str:
    return door("rsvp.replies", slug=event.slug, state=sorted(states), **more)


def _row(label: Any, icon: str, count: ThreeWays, leads: Any, hint: str = "", url: str = "") -> Row:
    values = (count.firm, count.likely, count.maximum)
    figures = [Figure(int(value), leads(states)) for value, (_key, states, _tone) in zip(values, WAYS, strict=True)]
    return Row(label, icon, figures, hint, url)


def three_ways(event: Event, count: HeadCount, rep_id: int | None) -> list[dict[str, Any]]:
    """Return the three bars, on one scale with the seats of the hall."""
    words = {
        "firm": (_("Firm"), _("confirmed, or here already")),
        "likely": (_("Likely"), _("expected from answers and past events")),
        "maximum": (_("At most"), _("everybody who may still come")),
    }
    values = (count.total.firm, count.total.likely, count.total.maximum)
    return [
        {
            "key": key,
            "label": words[key][0],
            "hint": words[key][1],
            "value": int(value),
            "url": _guests(event, states),
            "tone": tone,
        }
        for value, (key, states, tone) in zip(values, WAYS, strict=True)
    ]


def needs(event: Event, count: HeadCount) -> list[Row]:
    """Return what follows from the head count."""
    spare = _("%(percent)s%% spare", percent=event.spare_percent) if event.spare_percent else ""

    def guests(states: Any) -> str:
        return _guests(event, states)

    def rooms(states: Any) -> str:
        return _replies(event, states, hotel="1")

    def pickups(states: Any) -> str:
        return _replies(event, states, pickup="1")

    return [
        _row(_("Seats"), "armchair", count.seats, guests, _("the hall holds %(seats)s", seats=event.capacity)),
        _row(_("Meals"), "tools-kitchen-2", count.meals, guests),
        _row(_("Rooms"), "bed", count.rooms, rooms),
        _row(_("Room nights"), "moon", count.room_nights, rooms),
        _row(_("Pick-ups"), "bus", count.pickups, pickups),
        _row(_("Bags"), "gift", count.bags, guests, spare),
        _row(_("Badges"), "id-badge-2", count.badges, guests, spare),
    ]


def kinds(event: Event, count: HeadCount) -> list[Row]:
    """Return the head count by what guests come as."""

    def row(share: Share) -> Row:
        kind = word(GuestKind(share.key))
        return _row(kind.text, kind.icon, share.count, lambda states: _guests(event, states, kind=share.key))

    return [row(share) for share in count.by_kind]


def reps(event: Event, count: HeadCount) -> list[Row]:
    """Return the head count by rep; the name leads to that rep's call list."""

    def row(share: Share) -> Row:
        calls = door("rsvp.calls", slug=event.slug, rep=share.key) if share.name else ""
        name = share.name or _("Nobody yet")
        return _row(name, "", share.count, lambda states: _guests(event, states, rep=share.key), url=calls)

    return [row(share) for share in count.by_rep]


def concerns(event: Event, current: Round | None, count: HeadCount, rep_id: int | None) -> list[dict[str, Any]]:
    """Return what needs a person, each with its act."""
    found = []
    silent = queries.count_silent(event, rep_id)
    if silent and clock.now() < event.ends_at:
        found.append(
            {
                "tone": "orange",
                "icon": "phone-off",
                "text": ngettext("%(num)s guest is silent", "%(num)s guests are silent", silent),
                "detail": _("asked again, no answer"),
                "act": {"label": _("Open the call list"), "url": door("rsvp.calls", slug=event.slug), "icon": "phone"},
            }
        )
    over = int(count.total.likely) - event.capacity
    if over > 0:
        text = ngettext(
            "Likely %(num)s person more than there are seats", "Likely %(num)s people more than there are seats", over
        )
        act = {"label": _("Change the capacity"), "url": door("events.edit", slug=event.slug)}
        found.append({"tone": "danger", "icon": "armchair", "text": text, "act": act if act["url"] else None})
    waiting = queries.count_waiting(event, rep_id)
    if waiting:
        text = ngettext("%(num)s guest waits for a seat", "%(num)s guests wait for a seat", waiting)
        url = door("rsvp.replies", slug=event.slug, _anchor="waiting")
        act = {"label": _("Waiting list"), "url": url, "icon": "hourglass"}
        found.append({"tone": "special", "icon": "hourglass", "text": text, "act": act})
    nobody = queries.count_silent(event, None, without_rep=True) if rep_id is None else 0
    if nobody:
        url = door("invitations.index", slug=event.slug, state=[InvitationState.SILENT], rep="none")
        text = ngettext("%(num)s silent guest has no rep", "%(num)s silent guests have no rep", nobody)
        found.append(
            {"tone": "warning", "icon": "user-question", "text": text, "act": {"label": _("Assign"), "url": url}}
        )
    return found
