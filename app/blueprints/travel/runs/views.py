"""The arrivals board, the runs, and what is noted of one guest's journey."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.invitations import queries as invitations
from app.blueprints.travel import blueprint, queries, tables, words
from app.blueprints.travel.runs import actions, telling
from app.blueprints.travel.runs.forms import JourneyForm, PlanForm, RunForm
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.sheets import overtaken
from app.extensions import db
from app.models import Direction, Event, Passenger, PickupRun
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, page
from app.web.tables import Table

P = Permission


def _direction() -> Direction:
    given = request.values.get("direction", "")
    return Direction(given) if given in set(Direction) else Direction.ARRIVAL


@blueprint.get("/events/<slug>/travel")
@requires(P.VIEW_TRAVEL)
def index(slug: str) -> Any:
    """Who arrives when and where, hour by hour, and what needs a person."""
    event = the_event(slug)
    now = situation(event)
    return page(
        "travel/index.html",
        now=now,
        table=Table(tables.arrival_list(event, may_edit=me().can(P.EDIT_TRAVEL)), tables.arrivals(event)).load(),
        coming=[each for each in now.guests.values() if each.comes],
        alarms=words.alarm_rows(now),
        shown=tables.SHOWN,
        ARRIVAL=Direction.ARRIVAL,
    )


@blueprint.get("/events/<slug>/travel/runs")
@requires(P.VIEW_TRAVEL)
def runs(slug: str) -> Any:
    """The runs of one direction, and who still waits for one."""
    now = situation(the_event(slug))
    direction = _direction()
    return page(
        "travel/runs.html",
        now=now,
        direction=direction,
        Direction=Direction,
        table=Table(tables.RUNS, tables.runs(now.event, direction)).load(),
        waiting=now.waiting(direction),
        shown=tables.SHOWN,
        handed=overtaken.of_runs(now),
        words=words,
        may_edit=me().can(P.EDIT_TRAVEL),
    )


@blueprint.post("/events/<slug>/travel/runs/group")
@requires(P.EDIT_TRAVEL)
def group(slug: str) -> BaseResponse:
    """Make runs for everybody who waits; with `again` those nobody has touched are made anew."""
    event = the_event(slug)
    direction = _direction()
    actions.lock(event)
    if request.form.get("again"):
        actions.ungroup(situation(event), direction)
    made = actions.group(situation(event), direction)
    db.session.commit()
    if made:
        flash(ngettext("%(num)d run is made.", "%(num)d runs are made.", made), "success")
    else:
        flash(_("Nobody of whom time and station are known waits for a run."), "info")
    return back_to("travel.runs", slug=slug, direction=direction.value)


def _run(event: Event, run_id: int) -> PickupRun:
    return found(queries.run(event, run_id))


@blueprint.get("/events/<slug>/travel/runs/<int:run_id>")
@requires(P.VIEW_TRAVEL)
def run(slug: str, run_id: int) -> Any:
    """One run: stops, car, host, who rides, and what is wrong."""
    now = situation(the_event(slug))
    drive = found(now.by_id.get(run_id))
    riding = {each.invitation_id for each in now.by_run.get(run_id, ())}
    could = [each for each in now.guests.values() if each.comes and each.id not in riding]
    could.sort(key=lambda each: not now.wants(each, drive.direction))
    return page(
        "travel/run.html",
        now=now,
        run=drive,
        could=could,
        handed=overtaken.of_runs(now).get(run_id),
        Direction=Direction,
        words=words,
        may_edit=me().can(P.EDIT_TRAVEL),
    )


@blueprint.route("/events/<slug>/travel/runs/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def run_create(slug: str) -> Any:
    event = the_event(slug)
    form = RunForm(event, None, queries.vehicles(event), queries.hosts())
    if form.validate_on_submit():
        actions.lock(event)
        drive = actions.save_run(event, None, form.stops(), **form.values())
        db.session.commit()
        return back_to("travel.run", slug=slug, run_id=drive.id)
    return page("travel/run_form.html", status=422 if form.errors else 200, form=form, run=None)


@blueprint.route("/events/<slug>/travel/runs/<int:run_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def run_edit(slug: str, run_id: int) -> Any:
    event = the_event(slug)
    drive = _run(event, run_id)
    form = RunForm(event, drive, queries.vehicles(event), queries.hosts())
    if form.validate_on_submit() and not form.overtaken_by(drive.version):
        actions.lock(event)
        actions.save_run(event, drive, form.stops(), **form.values())
        db.session.commit()
        flash(_("Saved."), "success")
        return back_to("travel.run", slug=slug, run_id=run_id)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("travel/run_form.html", status=status, form=form, run=drive)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/remove")
@requires(P.EDIT_TRAVEL)
def run_remove(slug: str, run_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.lock(event)
    drive = _run(event, run_id)
    direction = drive.direction
    actions.remove_run(drive)
    db.session.commit()
    flash(_("The run is removed; its guests wait for another one."), "success")
    return back_to("travel.runs", slug=slug, direction=direction.value)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/put-on")
@requires(P.EDIT_TRAVEL)
def put_on(slug: str, run_id: int) -> BaseResponse:
    """Put a guest on this run, from whichever run they were on."""
    event = the_event(slug)
    actions.lock(event)
    drive = _run(event, run_id)
    given, stop_id = request.form.get("guest", ""), request.form.get("stop", "")
    guest = found(queries.guest(event, given))
    stop = found(next((each for each in drive.stops if str(each.id) == stop_id or not stop_id), None))
    actions.put_on(drive, stop, guest)
    db.session.commit()
    return back_to("travel.run", slug=slug, run_id=run_id)


def _passenger(event: Event, run_id: int, passenger_id: int) -> Passenger:
    _run(event, run_id)
    statement = select(Passenger).where(Passenger.run_id == run_id, Passenger.id == passenger_id)
    return found(db.session.scalar(statement))


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/passengers/<int:passenger_id>/take-off")
@requires(P.EDIT_TRAVEL)
def take_off(slug: str, run_id: int, passenger_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.lock(event)
    actions.take_off(_passenger(event, run_id, passenger_id))
    db.session.commit()
    return back_to("travel.run", slug=slug, run_id=run_id)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/passengers/<int:passenger_id>/meet")
@requires(P.EDIT_TRAVEL)
def meet(slug: str, run_id: int, passenger_id: int) -> BaseResponse:
    """Tick a guest at the station; `on=0` takes it back."""
    event = the_event(slug)
    actions.meet(_passenger(event, run_id, passenger_id), met=request.form.get("on") != "0")
    db.session.commit()
    return back_to("travel.run", slug=slug, run_id=run_id)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/done")
@requires(P.EDIT_TRAVEL)
def finish(slug: str, run_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.finish(_run(event, run_id), done=request.form.get("on") != "0")
    db.session.commit()
    return back_to("travel.run", slug=slug, run_id=run_id)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/tell")
@requires(P.EDIT_TRAVEL)
def tell(slug: str, run_id: int) -> BaseResponse:
    """Write to the guests of a run when and where they are met."""
    event = the_event(slug)
    actions.lock(event)
    now = situation(event)
    number = telling.tell(now, found(now.by_id.get(run_id)))
    db.session.commit()
    if number:
        flash(ngettext("%(num)d message lies in the outbox.", "%(num)d messages lie in the outbox.", number), "success")
    else:
        flash(_("Everybody who can be written to knows this already."), "info")
    return back_to("travel.run", slug=slug, run_id=run_id)


@blueprint.route("/events/<slug>/travel/guests/<int:invitation_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def journey(slug: str, invitation_id: int) -> Any:
    """What is noted of a guest's journey beside the reply."""
    event = the_event(slug)
    guest = found(invitations.invitation(event, invitation_id))
    now = situation(event)
    others = [
        (each.id, f"{each.name} · {each.company}") for each in now.guests.values() if each.stays and each.id != guest.id
    ]
    form = JourneyForm(event, known := queries.journey(guest), others)
    if form.validate_on_submit() and not (known and form.overtaken_by(known.version)):
        actions.note_journey(guest, **form.values())
        db.session.commit()
        flash(_("Saved."), "success")
        return back_or(request.url)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("travel/journey.html", status=status, form=form, guest=guest, known=now.guests.get(guest.id), now=now)


@blueprint.route("/events/<slug>/travel/settings", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def settings(slug: str) -> Any:
    """Where trains and flights arrive, how long people wait, and the cars."""
    event = the_event(slug)
    plan = queries.plan(event)
    form = PlanForm(obj=plan)
    if form.validate_on_submit() and not form.overtaken_by(plan.version or 1):
        actions.set_plan(event, **form.values())
        db.session.commit()
        flash(_("Saved."), "success")
        return back_to("travel.settings", slug=slug)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("travel/settings.html", status=status, form=form, vehicles=queries.vehicles(event))
