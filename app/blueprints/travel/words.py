"""What the findings of the rules say to a person."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from app import clock
from app.blueprints.travel.rooms.situation import Rooming, RoomTrouble
from app.blueprints.travel.rules.block import is_pressing
from app.blueprints.travel.rules.sharing import Why
from app.blueprints.travel.rules.troubles import Found, Trouble
from app.blueprints.travel.runs.situation import Situation
from app.models import Direction, PickupRun, Room
from app.web.locale import day, moment

_ = lazy_gettext
T = Trouble

TROUBLES: dict[Trouble, tuple[LazyString, str]] = {
    T.CAR_TWICE: (_("The car is on another run at that time"), "car"),
    T.HOST_TWICE: (_("The host is on another run at that time"), "user-x"),
    T.TOO_MANY: (_("More people than seats"), "users"),
    T.NO_CAR: (_("No car yet"), "car"),
    T.NO_HOST: (_("Nobody meets them yet"), "user-question"),
    T.NOT_COMING: (_("no longer comes"), "user-off"),
    T.NOT_WANTED: (_("needs no car any more"), "user-minus"),
    T.ELSEWHERE: (_("arrives or leaves at another station"), "map-pin"),
    T.TOO_LATE: (_("does not make it to this car"), "clock"),
    T.WAITS: (_("would wait long"), "hourglass"),
    T.EMPTY: (_("Nobody rides"), "user-off"),
}
GRAVE = {T.CAR_TWICE, T.HOST_TWICE, T.TOO_MANY, T.TOO_LATE, T.ELSEWHERE}
ROOM_TROUBLES: dict[RoomTrouble, LazyString] = {
    RoomTrouble.TOO_MANY: _("More people than beds"),
    RoomTrouble.RIVALS: _("The seating keeps these guests apart"),
    RoomTrouble.NOT_COMING: _("Somebody in it no longer comes"),
    RoomTrouble.NO_NIGHTS: _("Somebody in it needs no room any more"),
    RoomTrouble.ALONE_WISHED: _("Somebody in it wants a room alone"),
    RoomTrouble.OTHER_NIGHTS: _("They stay different nights"),
    RoomTrouble.EMPTY: _("Nobody sleeps there"),
}
WHY: dict[Why, LazyString] = {
    Why.ASKED: _("asked for each other"),
    Why.PARTY: _("come together"),
    Why.NIGHTS: _("both would share, same nights"),
    Why.ALONE: _("alone"),
}


def said(now: Situation, found: Found) -> str:
    """Return one finding as a sentence; about a passenger with the name."""
    text = str(TROUBLES[found.what][0])
    if found.invitation_id is None:
        return text
    return gettext("%(name)s %(what)s", name=now.guests[found.invitation_id].name, what=text)


def run_name(run: PickupRun, time_zone: str) -> str:
    """Return a run as people say it: when, and between which places."""
    places = " – ".join(stop.place for stop in run.stops)
    return f"{moment(run.starts_at, time_zone)} {places}"


def alarm_rows(now: Situation, direction: Direction | None = None) -> list[dict[str, Any]]:
    """Return what needs a person about pick-ups, as `alert_rows` draws it, grave lines first."""
    slug = now.event.slug
    rows = []
    for each in [direction] if direction else list(Direction):
        rows += list(_of_waiting(now, each))
    for run in now.runs:
        found = now.troubles.get(run.id, ())
        if found and (direction is None or run.direction is direction):
            grave = any(each.what in GRAVE for each in found)
            rows.append(
                {
                    "tone": "danger" if grave else "warning",
                    "icon": TROUBLES[found[0].what][1],
                    "text": gettext("; ").join(said(now, each) for each in found[:2]),
                    "detail": run_name(run, now.event.time_zone),
                    "act": {
                        "label": gettext("Open the run"),
                        "url": url_for("travel.run", slug=slug, run_id=run.id),
                    },
                }
            )
    return sorted(rows, key=lambda row: row["tone"] != "danger")


def _of_waiting(now: Situation, direction: Direction) -> Iterable[dict[str, Any]]:
    url = url_for("travel.runs", slug=now.event.slug, direction=direction.value)
    unclear = now.unclear(direction)
    ready = len(now.parties(direction))
    if ready:
        text = ngettext("%(num)d guest is on no run yet", "%(num)d guests are on no run yet", ready)
        act = {"label": gettext("Make runs"), "url": url}
        yield {"tone": "warning", "icon": "bus", "text": text, "act": act}
    if unclear:
        text = ngettext(
            "Of %(num)d guest who wants a car, time or station is not known",
            "Of %(num)d guests who want a car, time or station is not known",
            len(unclear),
        )
        act = {"label": gettext("See them"), "url": f"{url}#unclear"}
        yield {"tone": "warning", "icon": "clock-question", "text": text, "detail": _names(unclear), "act": act}


def _names(guests: Sequence[Any]) -> str:
    return gettext(", ").join(each.name for each in guests[:6])


def room_rows(now: Rooming) -> list[dict[str, Any]]:
    """Return what needs a person about rooms, as `alert_rows` draws it, grave lines first."""
    slug = now.event.slug
    to_blocks = {"label": gettext("See the nights"), "url": url_for("travel.blocks", slug=slug)}
    rows = [
        {
            "tone": "danger",
            "icon": "bed",
            "text": ngettext("%(num)d room short", "%(num)d rooms short", each.short),
            "detail": day(each.on),
            "act": to_blocks,
        }
        for each in (now.nights if now.blocks else ())
        if each.short
    ]
    rows += [_of_room(now, room, found) for room in now.rooms if (found := now.troubles.get(room.id))]
    today = clock.today(now.event.time_zone)
    for block in now.blocks:
        for release in block.releases:
            if release.decided_at is None and is_pressing(release.due_on, today):
                number = now.can_go_back(block, release.rooms)
                text = ngettext("%(num)d room could go back", "%(num)d rooms could go back", number)
                detail = gettext("%(hotel)s, until %(day)s", hotel=block.hotel, day=day(release.due_on))
                rows.append({"tone": "warning", "icon": "bed", "text": text, "detail": detail, "act": to_blocks})
    return sorted(rows, key=lambda row: row["tone"] != "danger")


_GRAVE_IN_ROOMS = {RoomTrouble.TOO_MANY, RoomTrouble.RIVALS}


def _of_room(now: Rooming, room: Room, found: Sequence[RoomTrouble]) -> dict[str, Any]:
    url = url_for("travel.room_edit", slug=now.event.slug, room_id=room.id)
    return {
        "tone": "danger" if _GRAVE_IN_ROOMS & set(found) else "warning",
        "icon": "bed",
        "text": gettext("; ").join(str(ROOM_TROUBLES[each]) for each in found[:2]),
        "detail": gettext(", ").join(now.name(each) for each in room.guests),
        "act": {"label": gettext("Open the room"), "url": url},
    }
