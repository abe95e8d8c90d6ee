"""The rooming list: who sleeps where, who has no room yet, and proposals for them."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import texts
from app.access import Permission
from app.blueprints.travel import blueprint, queries, tables, words
from app.blueprints.travel.rooms import actions
from app.blueprints.travel.rooms.forms import RoomForm
from app.blueprints.travel.rooms.situation import Rooming, rooming
from app.blueprints.travel.rules.changed import since
from app.blueprints.travel.rules.sharing import Sleeper
from app.blueprints.travel.runs.actions import lock
from app.blueprints.travel.sheets.lines import of_rooms
from app.extensions import db
from app.models import Event, Room, SheetKind
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.tables import Table

P = Permission


@blueprint.get("/events/<slug>/travel/rooms")
@requires(P.VIEW_TRAVEL)
def rooms(slug: str) -> Any:
    """Rooms, who waits for one, and what has changed since the hotel got its list."""
    event = the_event(slug)
    now = rooming(event)
    sheet = queries.last_sheet(event, SheetKind.ROOMS)
    lines = of_rooms(now, texts.known(event.language, "zh_CN"))
    return page(
        "travel/rooms.html",
        now=now,
        table=Table(tables.room_list(event, may_edit=me().can(P.EDIT_TRAVEL)), tables.rooms(event)).load(),
        shown=tables.SHOWN,
        sheet=sheet,
        changes=since(sheet.lines, lines) if sheet else None,
        alarms=words.room_rows(now),
        words=words,
        may_edit=me().can(P.EDIT_TRAVEL),
    )


@blueprint.post("/events/<slug>/travel/rooms/propose")
@requires(P.EDIT_TRAVEL)
def rooms_propose(slug: str) -> BaseResponse:
    """Make the rooms that are proposed; rooms there already stay as they are."""
    event = the_event(slug)
    lock(event)
    made = actions.take_up(event, rooming(event).proposals)
    db.session.commit()
    flash(ngettext("%(num)d room is made.", "%(num)d rooms are made.", made), "success" if made else "info")
    return back_to("travel.rooms", slug=slug)


@blueprint.post("/events/<slug>/travel/rooms/tidy")
@requires(P.EDIT_TRAVEL)
def rooms_tidy(slug: str) -> BaseResponse:
    """Take out whoever no longer needs a bed."""
    event = the_event(slug)
    lock(event)
    people = actions.tidy(rooming(event))
    db.session.commit()
    flash(ngettext("%(num)d person is taken out.", "%(num)d people are taken out.", people), "success")
    return back_to("travel.rooms", slug=slug)


def _form(event: Event, room: Room | None) -> Any:
    form = RoomForm(room, queries.blocks(event))
    if form.validate_on_submit() and not (room and form.overtaken_by(room.version)):
        values = form.values()
        block_id = values.pop("block_id")
        saved = actions.save_room(event, room, block_id=block_id, **values)
        db.session.commit()
        return back_to("travel.room_edit", slug=event.slug, room_id=saved.id)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    now = rooming(event)
    waiting = [each for each in now.sleepers if not room or each.key not in {_key(who) for who in room.guests}]
    waiting.sort(key=lambda each: each.key in now.has_room)
    return page("travel/room.html", status=status, form=form, room=room, now=now, could=waiting, words=words)


def _key(guest: Any) -> tuple[int, int]:
    return (guest.invitation_id, guest.companion_id or 0)


@blueprint.route("/events/<slug>/travel/rooms/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def room_create(slug: str) -> Any:
    return _form(the_event(slug), None)


@blueprint.route("/events/<slug>/travel/rooms/<int:room_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def room_edit(slug: str, room_id: int) -> Any:
    event = the_event(slug)
    return _form(event, found(queries.room(event, room_id)))


@blueprint.post("/events/<slug>/travel/rooms/<int:room_id>/remove")
@requires(P.EDIT_TRAVEL)
def room_remove(slug: str, room_id: int) -> BaseResponse:
    event = the_event(slug)
    lock(event)
    actions.remove_room(found(queries.room(event, room_id)))
    db.session.commit()
    flash(_("The room is off the list; whoever slept there waits for another one."), "success")
    return back_to("travel.rooms", slug=slug)


def _sleeper(now: Rooming, given: str) -> Sleeper:
    """Return whom the form names, as invitation:companion."""
    return found(next((each for each in now.sleepers if f"{each.key[0]}:{each.key[1]}" == given), None))


@blueprint.post("/events/<slug>/travel/rooms/<int:room_id>/sleep-in")
@requires(P.EDIT_TRAVEL)
def sleep_in(slug: str, room_id: int) -> BaseResponse:
    event = the_event(slug)
    lock(event)
    now = rooming(event)
    room = found(next((each for each in now.rooms if each.id == room_id), None))
    actions.sleep_in(now, room, _sleeper(now, request.form.get("who", "")))
    db.session.commit()
    return back_to("travel.room_edit", slug=slug, room_id=room_id)


@blueprint.post("/events/<slug>/travel/rooms/<int:room_id>/guests/<int:guest_id>/move-out")
@requires(P.EDIT_TRAVEL)
def move_out(slug: str, room_id: int, guest_id: int) -> BaseResponse:
    event = the_event(slug)
    lock(event)
    room = found(queries.room(event, room_id))
    actions.move_out(room, found(next((each for each in room.guests if each.id == guest_id), None)))
    db.session.commit()
    return back_to("travel.room_edit", slug=slug, room_id=room_id)
