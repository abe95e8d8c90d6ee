"""The page of the staff's badges, and printing them. Up to some hundred are drawn while the person waits."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, pdf_picture
from app.access import Permission
from app.blueprints.checkin import blueprint
from app.blueprints.checkin.badges import BadgeSize, crew_badges
from app.blueprints.checkin.badges import print as cards
from app.blueprints.checkin.badges.crew_badges import CrewWearer, WhichStaff
from app.blueprints.checkin.badges.document import uncovered
from app.blueprints.checkin.badges.forms import SIZES, StaffPrintForm
from app.extensions import db
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import page

P = Permission
_SIZE_COOKIE = "badge_size"


def _size_used_last() -> BadgeSize:
    try:
        return BadgeSize(request.cookies.get(_SIZE_COOKIE, ""))
    except ValueError:
        return BadgeSize.CARD_90X54


def _form(everybody: list[CrewWearer]) -> StaffPrintForm:
    missing = sum(1 for each in everybody if not each.is_printed)
    roles = {role.id: role for each in everybody for role in each.roles}
    offered = {
        WhichStaff.MISSING: ngettext("Not printed yet: %(num)s badge", "Not printed yet: %(num)s badges", missing),
        WhichStaff.ALL: ngettext("All: %(num)s badge", "All: %(num)s badges", len(everybody)),
        WhichStaff.ROLE: _("One role"),
        WhichStaff.CHOSEN: _("Those chosen in the list"),
    }
    ordered = sorted(roles.values(), key=lambda role: (role.position, role.id))
    first = WhichStaff.MISSING if missing else WhichStaff.ALL
    return StaffPrintForm(
        offered=offered, roles=[(role.id, role.name) for role in ordered], which=first, size=_size_used_last()
    )


@blueprint.get("/events/<slug>/badges/staff/")
@requires(P.PRINT_BADGES)
def staff_badges(slug: str) -> Any:
    event = the_event(slug)
    everybody = crew_badges.wearers(event)
    return _shown(event, everybody, _form(everybody))


def _shown(event: Event, everybody: list[CrewWearer], form: StaffPrintForm, *, status: int = 200) -> Any:
    language = cards.language_of(event)
    return page(
        "checkin/staff_badges.html",
        status=status,
        people=everybody,
        form=form,
        sizes=SIZES,
        undrawable=uncovered([crew_badges.face(each, language) for each in everybody]),
        ids=set(_ids()),
    )


def _ids() -> list[int]:
    return [int(value) for value in request.values.getlist("ids") if value.isdecimal() and len(value) < 10]


@blueprint.post("/events/<slug>/badges/staff/print")
@requires(P.PRINT_BADGES)
def staff_badges_print(slug: str) -> Any:
    """Make the PDF. Whoever has no code yet gets one, so this is no GET."""
    event = the_event(slug)
    everybody = crew_badges.wearers(event)
    form = _form(everybody)
    if not form.validate_on_submit():
        return _shown(event, everybody, form, status=422)
    people = crew_badges.chosen(everybody, form.which.data, form.role.data, _ids())
    if not people:
        form.which.errors = [_("There is nobody to print a badge for.")]
        return _shown(event, everybody, form, status=422)
    people = crew_badges.ensure(event, people)
    heading, language, size = cards.heading(event), cards.language_of(event), form.size.data
    crew_badges.mark_printed(event, people, at=clock.now())
    content = crew_badges.pdf(people, heading, size=size, language=language)
    db.session.commit()
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"staff-badges-{slug}-{size.value}.pdf")
    answer.set_cookie(_SIZE_COOKIE, size.value, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@blueprint.get("/events/<slug>/badges/staff/preview.png")
@requires(P.PRINT_BADGES)
def staff_badge_preview(slug: str) -> Any:
    """A picture of the first badge."""
    event = the_event(slug)
    size = request.args.get("size", default=_size_used_last(), type=BadgeSize)
    people = crew_badges.wearers(event)[: 8 if size is BadgeSize.SHEET else 1]
    if not people:
        return Response(status=404)
    content = crew_badges.pdf(people, cards.heading(event), size=size, language=cards.language_of(event))
    picture = pdf_picture.first_page(content, width=720)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "private, max-age=60"})
