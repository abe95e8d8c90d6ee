"""The hall plan on the screen: laid out, moved about, looked over."""

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.events.queries import head_count
from app.blueprints.events.rules.head_count import MAXIMUM
from app.blueprints.seating import blueprint, queries, words
from app.blueprints.seating.forms import AddForm, ItemForm, SizeForm, StartForm
from app.blueprints.seating.hall import actions, drawing
from app.blueprints.seating.rules.checks import Fault, Flaw
from app.blueprints.seating.rules.layout import Wanted, size_for
from app.blueprints.seating.shown import Board
from app.extensions import db
from app.models import Event, HallItem
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/seating/hall")
@requires(P.VIEW_SEATING)
def hall(slug: str) -> Any:
    event = the_event(slug)
    return _page(event)


def _page(event: Event, *, status: int = 200, **forms: Any) -> Any:
    """The editor with one thing chosen; a form with errors is shown as it was sent."""
    board = Board(queries.situation(event))
    wanted = str((request.view_args or {}).get("item_id") or request.args.get("item", ""))
    item = next((each for each in board.now.items if str(each.id) == wanted), None)
    shown: dict[str, Any] = {
        "start_form": _start_form(board),
        "add_form": AddForm(formdata=None),
        "size_form": SizeForm(formdata=None, obj=board.plan),
        "item_form": ItemForm(item, queries.hosts(), formdata=None) if item is not None else None,
    }
    return page(
        "seating/hall.html",
        status=status,
        board=board,
        item=item,
        step=queries.last_step(event),
        flaws=[_line(board, each) for each in board.flaws],
        wrong={each for flaw in board.flaws for each in flaw.ids},
        may_edit=me().can(P.EDIT_SEATING),
        words=words,
        drawing=drawing,
        margin=drawing.MARGIN,
        **(shown | forms),
    )


def _line(board: Board, flaw: Flaw) -> dict[str, Any]:
    """A fault as a line; what endangers people is grave."""
    is_grave = flaw.fault in {Fault.EXIT_BLOCKED, Fault.NO_EXIT, Fault.AISLE_BLOCKED}
    tone = "danger" if is_grave else "warning"
    return {"tone": tone, "icon": "alert-triangle", "text": words.flaw(flaw, board.by_id), "detail": None, "act": None}


def _start_form(board: Board) -> StartForm:
    """Filled in for the people who may come at most, and a hall that takes them."""
    people = max(1, head_count(board.now.event).where(MAXIMUM).people)
    width, depth = (board.plan.width, board.plan.depth) if board.plan else size_for(people)
    honoured = sum(len(each.people) for each in board.now.coming if each.is_vip)
    values = {"width": width, "depth": depth, "people": people, "honoured": honoured}
    return StartForm(formdata=None, data=values)


@blueprint.post("/events/<slug>/seating/hall")
@requires(P.EDIT_SEATING)
def hall_lay_out(slug: str) -> Any:
    """Lay the hall out anew."""
    event = the_event(slug)
    form = StartForm()
    if not form.validate_on_submit():
        return _page(event, status=422, start_form=form)
    wanted = Wanted(
        form.width.cm,
        form.depth.cm,
        form.people.data or 1,
        form.each.data or 10,
        in_rows=form.style.data == "rows",
        honoured=form.honoured.data or 0,
    )
    actions.lay_out(event, wanted, by_id=me().id)
    db.session.commit()
    flash(_("The hall is laid out. Move what stands elsewhere."), "success")
    return back_to("seating.hall", slug=slug)


@blueprint.post("/events/<slug>/seating/hall/size")
@requires(P.EDIT_SEATING)
def hall_size(slug: str) -> Any:
    event = the_event(slug)
    form = SizeForm()
    if not form.validate_on_submit():
        return _page(event, status=422, size_form=form)
    actions.resize(event, width=form.width.cm, depth=form.depth.cm, by_id=me().id)
    db.session.commit()
    return back_to("seating.hall", slug=slug)


@blueprint.post("/events/<slug>/seating/hall/items")
@requires(P.EDIT_SEATING)
def hall_add(slug: str) -> Any:
    event = the_event(slug)
    form = AddForm()
    if not form.validate_on_submit():
        return _page(event, status=422, add_form=form)
    item = actions.add(event, form.chosen, by_id=me().id)
    db.session.commit()
    return back_to("seating.hall", slug=slug, item=item.id, _anchor="thing")


def _item(slug: str, item_id: int) -> tuple[Event, HallItem]:
    event = the_event(slug)
    return event, found(queries.item(event, item_id))


def _whole(name: str) -> int:
    """A whole number of the form, as the drawing sends it."""
    given = request.form.get(name, "")
    if not given.removeprefix("-").isdecimal() or len(given) > 7:
        abort(400)
    return int(given)


@blueprint.post("/events/<slug>/seating/hall/items/<int:item_id>/move")
@requires(P.EDIT_SEATING)
def hall_move(slug: str, item_id: int) -> BaseResponse:
    """Put a thing where the pointer or the arrow keys left it (cm)."""
    event, item = _item(slug, item_id)
    actions.move(event, item, x=_whole("x"), y=_whole("y"), version=_whole("version"), by_id=me().id)
    db.session.commit()
    return back_to("seating.hall", slug=slug, item=item_id)


@blueprint.post("/events/<slug>/seating/hall/items/<int:item_id>")
@requires(P.EDIT_SEATING)
def hall_change(slug: str, item_id: int) -> Any:
    event, item = _item(slug, item_id)
    form = ItemForm(item, queries.hosts())
    if not form.validate_on_submit():
        db.session.expire(item)
        return _page(event, status=422, item_form=form)
    actions.change(event, item, form.values(), version=_whole("version"), by_id=me().id)
    db.session.commit()
    flash(_("The changes are saved."), "success")
    return back_to("seating.hall", slug=slug, item=item_id)


@blueprint.post("/events/<slug>/seating/hall/items/<int:item_id>/remove")
@requires(P.EDIT_SEATING)
def hall_remove(slug: str, item_id: int) -> BaseResponse:
    event, item = _item(slug, item_id)
    name = words.name_of(item)
    lost = actions.remove(event, item, by_id=me().id)
    db.session.commit()
    text = _("%(name)s is removed.", name=name)
    if lost:
        text += " " + ngettext("%(num)d person has no seat now.", "%(num)d people have no seat now.", lost)
    undo_url = url_for("seating.undo", slug=slug, next=url_for("seating.hall", slug=slug))
    flash({"text": text, "undo_url": undo_url}, "success")  # type: ignore[arg-type]  # offers Undo
    return back_to("seating.hall", slug=slug)
