"""Giving duties: from the pick page, by dragging, by handing over; taking them away, with Undo."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import actions, blueprint, granting, queries
from app.blueprints.staff.alarm_words import role_at
from app.blueprints.staff.board import picking
from app.blueprints.staff.board.forms import PickForm, PlaceForm, StationForm
from app.blueprints.staff.people.queries import person as person_by_id
from app.blueprints.staff.plan import Plan
from app.extensions import db
from app.models import Duty, Event, StaffPerson
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import back_or, page, safe_path

P = Permission
SHOWN_FIRST = 10


def _index(event: Event) -> str:
    return url_for("staff.index", slug=event.slug)


def _done(event: Event, text: str, undo_url: str, duties: Sequence[Duty] = ()) -> BaseResponse:
    """Commit, say what was done with an Undo, warn of a person in two places at once, and go back."""
    db.session.commit()
    flash({"text": text, "undo_url": undo_url}, "success")  # type: ignore[arg-type]  # our flashes may offer Undo
    if duties and {each.id for each in duties} & queries.plan(event).clashing:
        name = duties[0].person.name
        flash(gettext("%(person)s is in two places at once now.", person=name), "warning")
    return back_or(_index(event))


def _role(duty: Duty) -> str:
    return gettext("Deputy: %(role)s", role=duty.role.name) if duty.is_deputy else duty.role.name


def _given(event: Event, duties: list[Duty]) -> BaseResponse:
    first = duties[0]
    shifts = gettext(", ").join(each.shift.name for each in duties)
    text = gettext("%(person)s: %(role)s, %(shifts)s", person=first.person.name, role=_role(first), shifts=shifts)
    undo = url_for("staff.duties_remove", slug=event.slug, ids=[each.id for each in duties], next=_next())
    return _done(event, text, undo, duties)


def _handed_over(event: Event, duty: Duty, person: StaffPerson) -> BaseResponse:
    granting.check_not_own(duty.role, person)
    before = duty.person.name
    new, entry = actions.hand_over(event, duty, person)
    text = gettext(
        "%(person)s instead of %(before)s: %(role)s, %(shift)s",
        person=person.name,
        before=before,
        role=_role(new),
        shift=new.shift.name,
    )
    undo = url_for("staff.duties_put_back", slug=event.slug, ids=[entry.id], instead_of=new.id, next=_next())
    return _done(event, text, undo, [new])


def _next() -> str | None:
    return safe_path(request.form.get("next") or request.args.get("next"))


def _duty(event: Event, duty_id: int | None) -> Duty:
    return found(queries.duty(event, duty_id) if duty_id is not None else None)


# -- picking


def _asked(event: Event, plan: Plan) -> picking.Asked:
    if (duty_id := request.args.get("duty_id", type=int)) is not None:
        return picking.for_duty(_duty(event, duty_id))
    return found(
        picking.for_place(
            plan,
            request.args.get("role_id", type=int),
            request.args.getlist("shift_id", type=int),
            request.args.get("slot", type=int),
            is_deputy=request.args.get("deputy") == "1",
            beyond=request.args.get("beyond") == "1",
        )
    )


@blueprint.route("/events/<slug>/staff/pick", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def pick(slug: str) -> Any:
    """Choose a person for a place, or somebody else for a duty; those who fit best come first, with the reasons."""
    event = the_event(slug)
    actions.check_changeable(event)
    plan = queries.plan(event)
    asked = _asked(event, plan)
    shifts = asked.open_shifts(plan)
    form = PickForm(shifts, data={"shift_id": [each.id for each in asked.shifts], "station": asked.station})
    if form.validate_on_submit():
        return _picked(event, asked, form)
    choices = picking.choices(plan, asked)
    return page(
        "staff/pick.html",
        status=422 if form.errors else 200,
        form=form,
        plan=plan,
        asked=asked,
        first=choices[:SHOWN_FIRST],
        rest=choices[SHOWN_FIRST:],
        next=_next() or _index(event),
    )


def _picked(event: Event, asked: picking.Asked, form: PickForm) -> BaseResponse:
    person = found(person_by_id(form.person_id.data))
    if asked.duty is not None:
        return _handed_over(event, asked.duty, person)
    granting.check_not_own(asked.role, person)
    shifts = [each for each in queries.shifts(event) if each.id in form.shift_id.data]
    # The number of the place was that of one shift; in several, each gives its first free one.
    slot = asked.slot if shifts == list(asked.shifts) and len(shifts) == 1 else None
    station = form.station.data if form.station.data != asked.station or len(shifts) == 1 else ""
    duties = actions.assign(
        event,
        asked.role,
        person,
        shifts,
        is_deputy=asked.is_deputy,
        slot=slot,
        station=station,
        beyond=asked.beyond,
    )
    return _given(event, duties)


@blueprint.get("/events/<slug>/staff/give/<int:person_id>/<int:shift_id>")
@requires(P.EDIT_STAFF)
def give(slug: str, person_id: int, shift_id: int) -> Any:
    """Choose a free place of a shift for a person."""
    event = the_event(slug)
    actions.check_changeable(event)
    plan = queries.plan(event)
    shift = found(next((each for each in plan.shifts if each.id == shift_id), None))
    return page(
        "staff/give.html",
        plan=plan,
        person=found(person_by_id(person_id)),
        shift=shift,
        cells=[plan.cell(role, shift) for role in plan.roles],
        next=_next() or _index(event),
    )


# -- one duty


@blueprint.get("/events/<slug>/staff/duties/<int:duty_id>")
@requires(P.VIEW_STAFF)
def duty(slug: str, duty_id: int) -> Any:
    """Show a duty with whom to call; whoever plans may say where the person stands."""
    event = the_event(slug)
    shown = _duty(event, duty_id)
    return page(
        "staff/duty.html",
        duty=shown,
        plan=queries.plan(event),
        role_at=role_at,
        form=StationForm(obj=shown),
        next=_next() or _index(event),
    )


@blueprint.post("/events/<slug>/staff/duties/<int:duty_id>/station")
@requires(P.EDIT_STAFF)
def duty_station(slug: str, duty_id: int) -> Any:
    event = the_event(slug)
    shown = _duty(event, duty_id)
    form = StationForm()
    if not form.validate_on_submit():
        values: dict[str, Any] = {"duty": shown, "plan": queries.plan(event), "role_at": role_at}
        return page("staff/duty.html", status=422, form=form, next=_next() or _index(event), **values)
    actions.stand_at(event, shown, form.station.data)
    db.session.commit()
    flash(gettext("The changes are saved."), "success")
    return back_or(_index(event))


# -- what dragging sends


def _place(event: Event, form: PlaceForm) -> tuple[Any, Any]:
    if not form.validate_on_submit():
        abort(400)
    return found(queries.role(event, form.role_id.data)), found(queries.shift(event, form.shift_id.data))


@blueprint.post("/events/<slug>/staff/duties")
@requires(P.EDIT_STAFF)
def assign(slug: str) -> BaseResponse:
    event = the_event(slug)
    form = PlaceForm()
    role, shift = _place(event, form)
    person = found(person_by_id(form.person_id.data or 0))
    granting.check_not_own(role, person)
    return _given(event, actions.assign(event, role, person, [shift], is_deputy=form.is_deputy, slot=form.slot.data))


@blueprint.post("/events/<slug>/staff/duties/<int:duty_id>/move")
@requires(P.EDIT_STAFF)
def duty_move(slug: str, duty_id: int) -> BaseResponse:
    event = the_event(slug)
    form = PlaceForm(formdata=request.values)
    role, shift = _place(event, form)
    moved = _duty(event, duty_id)
    granting.check_not_own(role, moved.person)
    undo = url_for(
        "staff.duty_move",
        slug=slug,
        duty_id=duty_id,
        role_id=moved.role_id,
        shift_id=moved.shift_id,
        slot=moved.slot,
        deputy=int(moved.is_deputy),
        next=_next(),
    )
    actions.move(event, moved, role, shift, slot=form.slot.data, is_deputy=form.is_deputy)
    text = gettext("%(person)s: %(role)s, %(shifts)s", person=moved.person.name, role=_role(moved), shifts=shift.name)
    return _done(event, text, undo, [moved])


@blueprint.post("/events/<slug>/staff/duties/<int:duty_id>/hand-over")
@requires(P.EDIT_STAFF)
def duty_hand_over(slug: str, duty_id: int) -> BaseResponse:
    event = the_event(slug)
    person = found(person_by_id(request.form.get("person_id", 0, int)))
    return _handed_over(event, _duty(event, duty_id), person)


# -- taking away


@blueprint.post("/events/<slug>/staff/duties/remove")
@requires(P.EDIT_STAFF)
def duties_remove(slug: str) -> BaseResponse:
    """Take the named duties of this event away."""
    event = the_event(slug)
    ids = request.values.getlist("ids", type=int)
    duties = [each for each in queries.plan(event).duties if each.id in ids]
    if not duties:
        abort(404)
    names = {each.person.name for each in duties}
    entries = [actions.remove(event, each) for each in duties]
    text = (
        gettext("%(person)s no longer has this duty.", person=names.pop())
        if len(duties) == 1
        else ngettext("%(num)d duty was taken away.", "%(num)d duties were taken away.", len(duties))
    )
    undo = url_for("staff.duties_put_back", slug=slug, ids=[each.id for each in entries], next=_next())
    return _done(event, text, undo)


@blueprint.post("/events/<slug>/staff/duties/put-back")
@requires(P.EDIT_STAFF)
def duties_put_back(slug: str) -> BaseResponse:
    event = the_event(slug)
    entries = [found(queries.removal(event, each)) for each in request.values.getlist("ids", type=int)]
    instead_of = request.values.get("instead_of", type=int)
    new = queries.duty(event, instead_of) if instead_of is not None else None
    duties = []
    for entry in entries:
        duties.append(actions.put_back(event, entry, instead_of=new))
        granting.check_not_own(duties[-1].role, duties[-1].person)
        new = None
    db.session.commit()
    if duties:
        flash(gettext("Put back: %(title)s", title=duties[0].person.name), "success")
    return back_or(_index(event))
