"""The list of events, and what is done to a whole one: create, copy, edit, take a step."""

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import get_locale, gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.events import actions, blueprint, lists, queries
from app.blueprints.events.forms import CopyForm, EventForm, NewEventForm, time_zones
from app.blueprints.events.hindrances import EventNotClearedUp
from app.blueprints.events.rules.status import FOLLOWS, EventArchived
from app.extensions import db
from app.models import Event, EventStatus
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, invalid, page
from app.web.tables import Table
from app.web.words import word


@blueprint.get("/")
@requires(Permission.VIEW_EVENTS, elsewhere=True)
def index() -> Any:
    firm = queries.firm_of_events()
    table = Table(lists.spec(firm), queries.events(me().event_ids(Permission.VIEW_EVENTS)))
    return table.export() if table.wants_export else page("events/index.html", table=table.load(), firm=firm)


def _zones() -> Any:
    return time_zones(str(get_locale()))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_EVENTS)
def create() -> Any:
    form = NewEventForm()
    if form.validate_on_submit():
        event = actions.create(form.values, by_id=me().id)
        db.session.commit()
        flash(gettext("The event is planned. Here is what has to be done, with dates."), "success")
        return back_to("events.overview", slug=event.slug)
    if not form.is_submitted():
        form.suggest_a_day()
        form.language.data = "zh_CN" if get_locale().language == "zh" else "en"
    show_form = invalid if form.errors else page
    return show_form("events/create.html", form=form, zones=_zones(), source=None)


@blueprint.route("/<slug>/copy", methods=["GET", "POST"])
@requires(Permission.EDIT_EVENTS)
def copy(slug: str) -> Any:
    source = the_event(slug)
    form = CopyForm(obj=None if request.method == "POST" else source)
    if form.validate_on_submit():
        event = actions.copy(
            source,
            form.values,
            with_guests=form.with_guests.data,
            with_people=form.with_people.data,
            by_id=me().id,
        )
        db.session.commit()
        flash(gettext("The event is planned like %(name)s.", name=source.name), "success")
        return back_to("events.overview", slug=event.slug)
    if not form.is_submitted():
        form.slug.data = ""
        form.suggest_a_day()
    show_form = invalid if form.errors else page
    return show_form("events/create.html", form=form, zones=_zones(), source=source)


@blueprint.route("/<slug>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_EVENTS)
def edit(slug: str) -> Any:
    event = the_event(slug)
    if event.status is EventStatus.ARCHIVED:
        raise EventArchived
    form = EventForm(event)
    if not form.validate_on_submit():
        return _edit_page(event, form, 422 if form.errors else 200)
    if form.version.data != event.version:
        form.version.data, form.version.raw_data = event.version, None
        return _edit_page(event, form, 409, meanwhile=lines(event, limit=1))
    if form.move_is_open:
        return _edit_page(event, form, 200, move=actions.planned_move(event, form.start))
    actions.edit(event, form.values, version=form.version.data, move_milestones=form.move_milestones.data)
    db.session.commit()
    flash(gettext("The changes are saved."), "success")
    _warn_of_few_seats(event)
    return back_to("events.overview", slug=event.slug)


def _edit_page(event: Event, form: EventForm, status: int, **context: Any) -> Any:
    return page("events/edit.html", status=status, form=form, zones=_zones(), **context)


def _warn_of_few_seats(event: Event) -> None:
    firm = queries.head_count(event).firm.people
    if firm > event.capacity:
        text = ngettext("%(num)d person is firm", "%(num)d people are firm", firm)
        flash(gettext("%(firm)s, but there are only %(seats)s seats.", firm=text, seats=event.capacity), "warning")


@blueprint.post("/<slug>/status")
@requires(Permission.EDIT_EVENTS)
def status(slug: str) -> BaseResponse:
    event = the_event(slug)
    wanted = request.values.get("to", "")
    if wanted not in [each.value for each in EventStatus]:
        abort(400)
    before, to = event.status, EventStatus(wanted)
    try:
        actions.take_step(event, to)
    except EventNotClearedUp:
        db.session.rollback()
        return back_to("events.close", slug=slug)
    db.session.commit()
    said: dict[str, Any] = {"text": gettext("The event is now: %(status)s.", status=word(to).text)}
    if before in FOLLOWS[to]:
        said["undo_url"] = url_for("events.status", slug=slug, to=before.value)
    flash(said, "success")  # type: ignore[arg-type]  # our flashes may offer Undo
    return back_to("events.overview", slug=slug)
