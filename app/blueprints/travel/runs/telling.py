"""Telling the guests of a run when and where they are met. Nothing leaves here: the messages lie in the outbox."""

import hashlib
from datetime import datetime

from app import clock, journal
from app.blueprints.invitations import queries as invitations
from app.blueprints.messages.actions import post_to_guests
from app.blueprints.messages.delivery import last_look
from app.blueprints.messages.variables import moment
from app.blueprints.travel.runs.situation import Situation, situation
from app.errors import N_
from app.extensions import db
from app.models import Direction, Event, Message, Passenger, PickupRun
from app.phones import display
from app.sending import Decision
from app.texts import gettext

_MET = N_("%(time)s, %(place)s: we wait for you there")
_LEAVES = N_("%(time)s from the hotel, to %(place)s")
_CAR = N_("Car: %(car)s")
_DRIVER = N_("Driver: %(name)s")
_HOST = N_("Our colleague: %(name)s")


def ride_of(now: Situation, run: PickupRun, invitation_id: int, language: str) -> str:
    """Return what one guest is told of a run, one thing a line."""
    passenger = now.of_guest[invitation_id, run.direction]
    stop = next(each for each in run.stops if each.id == passenger.stop_id)
    zone = now.event.time_zone
    if run.direction is Direction.ARRIVAL:
        at = now.when(now.guests[invitation_id], run.direction) or stop.at
        lines = [gettext(language, _MET, time=moment(at, zone, language), place=stop.place)]
    else:
        lines = [gettext(language, _LEAVES, time=moment(run.starts_at, zone, language), place=stop.place)]
    if car := run.vehicle:
        lines.append(gettext(language, _CAR, car=" ".join(part for part in (car.label, car.model) if part)))
        if car.driver_name:
            lines.append(gettext(language, _DRIVER, name=_with_phone(car.driver_name, car.driver_mobile)))
    if host := run.host:
        lines.append(gettext(language, _HOST, name=_with_phone(host.name, host.mobile)))
    return "\n".join(lines)


def _with_phone(name: str, mobile: str | None) -> str:
    return f"{name} {display(mobile)}" if mobile else name


def _reason(now: Situation, run: PickupRun, invitation_id: int) -> str:
    """What a guest is told once: another car or hour is another reason."""
    said = ride_of(now, run, invitation_id, now.event.language)
    return f"{invitation_id}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def still_true(message: Message, _now: datetime) -> Decision:
    """Hold back what has changed while it lay in the outbox through the quiet hours; a copy somebody asked for goes."""
    if message.copy_of_id is not None:
        return Decision()
    event = db.session.get_one(Event, message.event_id)
    now = situation(event, Passenger.invitation_id == message.invitation_id)
    rides = [now.of_guest.get((message.invitation_id or 0, each)) for each in Direction]
    true = {f"ride:{_reason(now, now.by_id[each.run_id], each.invitation_id)}" for each in rides if each}
    return Decision() if message.key in true else Decision(cancel="ride_changed")


last_look("ride", still_true)


def tell(now: Situation, run: PickupRun) -> int:
    """Write to everybody on a run who still comes; return how many are written to.

    Whoever has been told exactly this is not told again, so pressing twice does no harm and a changed run is told anew.
    """
    ids = [each.invitation_id for each in now.by_run.get(run.id, ()) if now.guests[each.invitation_id].comes]
    guests = invitations.chosen(now.event, ids)

    posted = post_to_guests(
        guests,
        "ride",
        reason=lambda guest: _reason(now, run, guest.id),
        values=lambda guest, language: {"ride": ride_of(now, run, guest.id, language)},
    )
    if posted:
        run.told_at = clock.now()
        journal.record("run.told", run, changes={"people": [None, len(posted)]})
    db.session.flush()
    return len(posted)
