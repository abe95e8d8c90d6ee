"""The sittings: covers, diets, tables, and who does not eat there."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app import texts
from app.access import Permission
from app.blueprints.staff.versions import VersionedForm
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.meals import actions, situation
from app.blueprints.travel.sheets import overtaken
from app.blueprints.travel.sheets.more_lines import of_meal
from app.extensions import db
from app.models import Event, MealFor, MealSitting, SheetKind
from app.web.fields import InstantField, LineField, WholeNumberField, WordField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


class SittingForm(VersionedForm):
    """One meal."""

    name = LineField(_l("Name of the meal"), [DataRequired(_l("Please enter a name.")), Length(max=60)])
    starts_at = InstantField(_l("Begins"), [InputRequired(_l("Please enter day and time."))])
    place = LineField(_l("Where"), [Length(max=80)])
    served_to = WordField(_l("Who eats"), MealFor)
    extra = WholeNumberField(
        _l("Covers for our own people"), [Optional(), NumberRange(0, 500, _l("Between 0 and 500."))], default=0
    )
    at_tables = BooleanField(_l("At the tables of the seating"))
    note = LineField(_l("Note for the kitchen"), [Length(max=200)])

    def __init__(self, event: Event, sitting: MealSitting | None, **kwargs: Any) -> None:
        self.event = event
        super().__init__(obj=sitting, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the values; a time that was typed is one of the event's zone."""
        self.starts_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        given = {name: self[name].data for name in ("name", "starts_at", "served_to")}
        given |= {"extra": self.extra.data or 0, "at_tables": bool(self.at_tables.data)}
        return given | {name: self[name].data or "" for name in ("place", "note")}


@blueprint.get("/events/<slug>/travel/meals")
@requires(P.VIEW_TRAVEL)
def meals(slug: str) -> Any:
    """Every sitting with covers and diets."""
    now = situation.meals(the_event(slug))
    return page("travel/meals.html", now=now, may_edit=me().can(P.EDIT_TRAVEL))


@blueprint.post("/events/<slug>/travel/meals/start")
@requires(P.EDIT_TRAVEL)
def meals_start(slug: str) -> BaseResponse:
    """Set the usual sittings."""
    actions.start(the_event(slug))
    db.session.commit()
    return back_to("travel.meals", slug=slug)


def _form(event: Event, sitting: MealSitting | None) -> Any:
    form = SittingForm(event, sitting)
    if form.validate_on_submit() and not (sitting and form.overtaken_by(sitting.version)):
        actions.save(event, sitting, **form.values())
        db.session.commit()
        flash(_("Saved."), "success")
        return back_to("travel.meals", slug=event.slug)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    now = situation.meals(event)
    handed = None
    if sitting:
        lines = of_meal(now, sitting, texts.known(event.language, "zh_CN"))
        handed = overtaken.handed(queries.last_sheet(event, SheetKind.MEALS, sitting.id), lines)
    return page("travel/meal.html", status=status, form=form, sitting=sitting, now=now, handed=handed)


@blueprint.route("/events/<slug>/travel/meals/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def meal_create(slug: str) -> Any:
    return _form(the_event(slug), None)


def _sitting(event: Event, sitting_id: int) -> MealSitting:
    return found(situation.sitting(event, sitting_id))


@blueprint.route("/events/<slug>/travel/meals/<int:sitting_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def meal_edit(slug: str, sitting_id: int) -> Any:
    event = the_event(slug)
    return _form(event, _sitting(event, sitting_id))


@blueprint.post("/events/<slug>/travel/meals/<int:sitting_id>/remove")
@requires(P.EDIT_TRAVEL)
def meal_remove(slug: str, sitting_id: int) -> BaseResponse:
    actions.remove(_sitting(the_event(slug), sitting_id))
    db.session.commit()
    flash(_("Removed."), "success")
    return back_to("travel.meals", slug=slug)


@blueprint.post("/events/<slug>/travel/meals/<int:sitting_id>/away")
@requires(P.EDIT_TRAVEL)
def meal_away(slug: str, sitting_id: int) -> BaseResponse:
    """Take a guest off a sitting; `on=0` puts them back."""
    event = the_event(slug)
    sitting = _sitting(event, sitting_id)
    given = request.form.get("guest", "")
    guest = found(queries.guest(event, given))
    actions.set_away(sitting, guest, away=request.form.get("on") != "0")
    db.session.commit()
    return back_to("travel.meal_edit", slug=slug, sitting_id=sitting_id)
