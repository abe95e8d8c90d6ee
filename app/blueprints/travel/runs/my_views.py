"""The runs somebody meets guests on, on the page their personal link opens: ticked at the station without sign-in."""

from typing import Any

from flask import request
from sqlalchemy import select

from app.blueprints.staff.day.actions import is_closed
from app.blueprints.staff.day.parts import part
from app.blueprints.staff.day.views import LINK, happened_at, own_page, staff_page
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.extensions import db
from app.models import Direction, Passenger, PickupRun, StaffPass
from app.web.load import found
from app.web.render import back_to

RUN = LINK + "/runs/<int:run_id>"


@part("travel/_mine.html", place=2)
def my_runs(key: StaffPass) -> dict[str, Any] | None:
    """What the person drives along with, and whom they meet there."""
    mine = PickupRun.host_id == key.person_id
    if db.session.scalar(select(PickupRun.id).where(PickupRun.event_id == key.event_id, mine).limit(1)) is None:
        return None
    return {"now": situation(key.event, mine), "ARRIVAL": Direction.ARRIVAL}


def _own(key: StaffPass, run_id: int) -> PickupRun:
    run = queries.run(key.event, run_id)
    return found(run if run and run.host_id == key.person_id else None)


@blueprint.post(RUN + "/passengers/<int:passenger_id>")
@staff_page
def my_meet(key: StaffPass, run_id: int, passenger_id: int) -> Any:
    """Tick a guest; `on=0` takes it back."""
    if is_closed(key.event):
        return own_page(key, status=410)
    run = _own(key, run_id)
    statement = select(Passenger).where(Passenger.run_id == run.id, Passenger.id == passenger_id)
    actions.meet(found(db.session.scalar(statement)), met=request.form.get("on") != "0", at=happened_at())
    db.session.commit()
    return back_to("staff.my_duties", token=key.token, _anchor=f"run{run.id}")


@blueprint.post(RUN + "/done")
@staff_page
def my_run_done(key: StaffPass, run_id: int) -> Any:
    """Say that a run has been driven; `on=0` takes it back."""
    if is_closed(key.event):
        return own_page(key, status=410)
    run = _own(key, run_id)
    actions.finish(run, done=request.form.get("on") != "0", at=happened_at())
    db.session.commit()
    return back_to("staff.my_duties", token=key.token, _anchor=f"run{run.id}")
