"""Handing sheets out, and those handed out earlier."""

from typing import Any

from flask import Response
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from app import texts
from app.access import Permission
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.groups.actions import grouping
from app.blueprints.travel.meals.situation import meals
from app.blueprints.travel.rooms.situation import rooming
from app.blueprints.travel.runs.actions import lock
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.sheets import actions, document
from app.blueprints.travel.sheets.lines import of_rooms, of_run
from app.blueprints.travel.sheets.more_lines import groups_of, meals_of
from app.extensions import db
from app.models import Event, IssuedSheet, SheetKind
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to

P = Permission
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _language(event: Event) -> str:
    return texts.known(event.language, "zh_CN")


@blueprint.post("/events/<slug>/travel/rooms/issue")
@requires(P.EDIT_TRAVEL)
def issue_rooms(slug: str) -> BaseResponse:
    """Hand the rooming list out to the hotel; what it says is remembered."""
    event = the_event(slug)
    lock(event)
    lines = of_rooms(rooming(event), _language(event))
    sheet = actions.issue(event, SheetKind.ROOMS, lines, by_id=me().id)
    db.session.commit()
    return back_to("travel.sheet", slug=slug, sheet_id=sheet.id)


@blueprint.post("/events/<slug>/travel/runs/<int:run_id>/issue")
@requires(P.EDIT_TRAVEL)
def issue_run(slug: str, run_id: int) -> BaseResponse:
    """Hand a driver's sheet out."""
    event = the_event(slug)
    lock(event)
    now = situation(event)
    lines = of_run(now, found(now.by_id.get(run_id)))
    sheet = actions.issue(event, SheetKind.RUN, lines, subject=run_id, by_id=me().id)
    db.session.commit()
    return back_to("travel.sheet", slug=slug, sheet_id=sheet.id)


@blueprint.post("/events/<slug>/travel/meals/<int:sitting_id>/issue")
@requires(P.EDIT_TRAVEL)
def issue_meal(slug: str, sitting_id: int) -> BaseResponse:
    """Hand a meal's sheet out to the kitchen."""
    event = the_event(slug)
    lock(event)
    lines = meals_of(meals(event), event, _language(event))
    return _issued(event, SheetKind.MEALS, sitting_id, found(lines.get(sitting_id)))


@blueprint.post("/events/<slug>/travel/groups/<int:group_id>/issue")
@requires(P.EDIT_TRAVEL)
def issue_group(slug: str, group_id: int) -> BaseResponse:
    """Hand a group's sheet out to its leader."""
    event = the_event(slug)
    lock(event)
    return _issued(event, SheetKind.GROUPS, group_id, found(groups_of(grouping(event)).get(group_id)))


def _issued(event: Event, kind: SheetKind, subject: int, lines: dict[str, list[str]]) -> BaseResponse:
    sheet = actions.issue(event, kind, lines, subject=subject, by_id=me().id)
    db.session.commit()
    return back_to("travel.sheet", slug=event.slug, sheet_id=sheet.id)


def _before(sheet: IssuedSheet) -> IssuedSheet | None:
    same = (IssuedSheet.event_id == sheet.event_id, IssuedSheet.kind == sheet.kind)
    earlier = (IssuedSheet.subject == sheet.subject, IssuedSheet.number == sheet.number - 1)
    return db.session.scalar(select(IssuedSheet).where(*same, *earlier))


@blueprint.get("/events/<slug>/travel/sheets/<int:sheet_id>")
@requires(P.VIEW_TRAVEL)
def sheet(slug: str, sheet_id: int) -> Any:
    """One sheet as it was handed out, with the changes against the one before it marked."""
    event = the_event(slug)
    issued = found(queries.sheet(event, sheet_id))
    language = _language(event)
    if issued.kind is SheetKind.ROOMS:
        content = document.rooms_xlsx(issued, _before(issued), language)
        return _file(content, _XLSX, "attachment", f"rooms-{slug}-{issued.number}.xlsx")
    content = document.paper_pdf(event, issued, _before(issued), language)
    name = f"{issued.kind.value}-{slug}-{issued.subject}-{issued.number}.pdf"
    return _file(content, "application/pdf", "inline", name)


def _file(content: bytes, kind: str, how: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", how, filename=name)
    return answer
