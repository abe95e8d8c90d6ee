"""What stands on a sheet: lines by key, in the language of the paper. The same lines are compared and printed."""

from datetime import datetime

from app import clock
from app.blueprints.travel.rooms.situation import Rooming
from app.blueprints.travel.runs.situation import Situation
from app.errors import N_
from app.models import Direction, Event, PickupRun, RoomKind, RoomPayer
from app.phones import display
from app.texts import gettext

HEAD = "run"  # the line of a driver's sheet that is about the run itself
KINDS = {
    RoomKind.SINGLE: N_("Single room"),
    RoomKind.DOUBLE: N_("Room with one large bed"),
    RoomKind.TWIN: N_("Room with two beds"),
}
PAYERS = {RoomPayer.US: N_("Organizer"), RoomPayer.GUEST: N_("Guest")}
ROOM_HEADINGS = (
    N_("List no."),
    N_("Room number"),
    N_("Hotel’s name"),
    N_("Kind"),
    N_("Name"),
    N_("Company"),
    N_("Mobile"),
    N_("First night"),
    N_("Nights"),
    N_("Leaves on"),
    N_("Who pays"),
    N_("Note"),
)
RUN_HEADINGS = (N_("Time"), N_("Stop"), N_("Name"), N_("People"), N_("Company"), N_("Train or flight"), N_("Mobile"))
RUN_FACTS = (N_("Begins"), N_("Goes to"), N_("Car"), N_("Driver"), N_("Our host"), N_("Note"))


def of_rooms(now: Rooming, language: str) -> dict[str, list[str]]:
    """Return one line a person, room by room; the key is the person's, so a move to another room is marked."""
    found = {}
    stays = {each.key: each for each in now.sleepers}
    for number, room in enumerate(now.rooms, 1):
        for each in room.guests:
            guest = now.guests[each.invitation_id]
            sleeper = stays.get((guest.id, each.companion_id or 0))
            found[f"{guest.id}:{each.companion_id or 0}"] = [
                str(number),
                room.number,
                room.block.hotel if room.block else "",
                gettext(language, KINDS[room.kind]),
                now.name(each),
                guest.company,
                "" if each.companion_id else display(guest.mobile) if guest.mobile else "",
                sleeper.first_on.isoformat() if sleeper else "",
                str(sleeper.nights) if sleeper else "0",
                sleeper.until.isoformat() if sleeper else "",
                gettext(language, PAYERS[room.payer]),
                room.note,
            ]
    return found


def of_run(now: Situation, run: PickupRun) -> dict[str, list[str]]:
    """Return the run itself and one line a passenger who still comes, stop by stop."""
    event = now.event
    car, host = run.vehicle, run.host
    found = {
        HEAD: [
            _clock(event, run.starts_at),
            run.destination or event.venue,
            " ".join(each for each in (car.label, car.model) if each) if car else "",
            " ".join(each for each in (car.driver_name, _phone(car.driver_mobile)) if each) if car else "",
            " ".join(each for each in (host.name, _phone(host.mobile)) if each) if host else "",
            run.note,
        ]
    }
    stops = {stop.id: stop for stop in run.stops}
    riding = [each for each in now.by_run.get(run.id, ()) if now.guests[each.invitation_id].comes]
    for each in sorted(riding, key=lambda each: (stops[each.stop_id].position, each.id)):
        guest, stop = now.guests[each.invitation_id], stops[each.stop_id]
        arrives = run.direction is Direction.ARRIVAL
        number, at = (guest.number, guest.arrives_at) if arrives else (guest.leaves_number, guest.leaves_at)
        found[f"g{guest.id}"] = [
            _clock(event, stop.at),
            stop.place,
            guest.name,
            str(guest.people),
            guest.company,
            " ".join(part for part in (number, _clock(event, at) if at else "") if part),
            _phone(guest.mobile),
        ]
    return found


def _clock(event: Event, moment: datetime) -> str:
    return f"{clock.local(moment, event.time_zone):%m-%d %H:%M}"


def _phone(mobile: str | None) -> str:
    return display(mobile) if mobile else ""
