"""The page "Hall and tables": the hall with everybody in it, and every act on seats."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.seating import actions, blueprint, jobs, papers, queries, words, writing
from app.blueprints.seating.errors import NoHallYet
from app.blueprints.seating.rules.reasons import Because
from app.blueprints.seating.shown import Board
from app.blueprints.seating.situation import Guest, Keep, Situation
from app.extensions import db
from app.models import Event, HallItem
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, page

P = Permission


@blueprint.get("/events/<slug>/seating/")
@requires(P.VIEW_SEATING)
def index(slug: str) -> Any:
    """The hall with its people; one table stands open beside it."""
    event = the_event(slug)
    board = Board(queries.situation(event))
    may_edit = me().can(P.EDIT_SEATING)
    return page(
        "seating/index.html",
        board=board,
        now=board.now,
        chosen=_chosen(board),
        may_edit=may_edit,
        alarms=board.lines(slug, may_edit=may_edit),
        ready=board.beside(Because.BESIDE_READY),
        content=board.beside(Because.BESIDE_CONTENT),
        step=queries.last_step(event),
        job=jobs.running(board.plan),
        large=papers.is_large(board.now),
        keep=Keep.SEATED if board.seated else Keep.BY_HAND,
        words=words,
    )


def _chosen(board: Board) -> Any:
    """The table of the address, else the first one with a wavering dealer in need, else the first."""
    wanted = request.args.get("table", "")
    for table in board.tables:
        if str(table.item.id) == wanted:
            return table
    needy = (
        table for table in board.tables if any(each.sitter and board.lacks(each.sitter.guest) for each in table.chairs)
    )
    return next(needy, board.tables[0] if board.tables else None)


def _to_index(slug: str, item_id: int | None = None) -> BaseResponse:
    return back_or(url_for("seating.index", slug=slug, table=item_id))


def _guest(now: Situation, name: str = "guest") -> Guest:
    given = request.form.get(name, "")
    return found(now.guests.get(int(given)) if given.isdecimal() else None)


@blueprint.post("/events/<slug>/seating/solve")
@requires(P.EDIT_SEATING)
def solve(slug: str) -> BaseResponse:
    """Seat guests: at once where that takes about a second, else as a job that the tray shows."""
    event = the_event(slug)
    given = request.form.get("keep", "")
    keep = Keep(given) if given in {each.value for each in Keep} else Keep.BY_HAND
    if not any(each.seats for each in queries.items(event)):
        raise NoHallYet
    job = jobs.start(event, keep, by_id=me().id)
    job.result_url = url_for("seating.index", slug=slug)
    is_small = len(queries.situation(event).coming) <= jobs.AT_ONCE
    db.session.commit()
    if is_small:
        jobs.run_now(job)
        flash(_("The guests are seated."), "success")
    else:
        flash(_("The guests are being seated. You can leave this page."), "success")
    return _to_index(slug)


@blueprint.post("/events/<slug>/seating/place")
@requires(P.EDIT_SEATING)
def place(slug: str) -> BaseResponse:
    """Put a guest on a chair; whoever sat there takes the guest's."""
    event = the_event(slug)
    writing.lock(event)
    now = queries.situation(event)
    table, number = _target(now)
    actions.place(now, _guest(now), table, number, by_id=me().id)
    db.session.commit()
    return _to_index(slug, table.id)


def _target(now: Situation) -> tuple[HallItem, int]:
    """The chair named by the form; without a number the first free one of the table."""
    table = found(next((each for each in now.tables if str(each.id) == request.form.get("table")), None))
    given = request.form.get("number", "")
    taken = now.chairs.get(table.id, {})
    free = next((n for n in range(1, table.seats + 1) if n not in taken), 1)
    return table, int(given) if given.isdecimal() and len(given) < 4 else free


@blueprint.post("/events/<slug>/seating/keep")
@requires(P.EDIT_SEATING)
def keep(slug: str) -> BaseResponse:
    """Lock or unlock the seat of a guest, or of a whole table."""
    event, now = _changing(slug)
    table = request.form.get("table", "")
    at_table = [now.guests[each.invitation_id] for each in now.valid if str(each.item_id) == table]
    actions.keep(now, at_table or [_guest(now)], locked=request.form.get("on") == "1", by_id=me().id)
    db.session.commit()
    return _to_index(event.slug)


def _changing(slug: str) -> tuple[Event, Situation]:
    event = the_event(slug)
    writing.lock(event)
    return event, queries.situation(event)


@blueprint.post("/events/<slug>/seating/unseat")
@requires(P.EDIT_SEATING)
def unseat(slug: str) -> BaseResponse:
    event, now = _changing(slug)
    guest = _guest(now)
    actions.unseat(now, [guest], by_id=me().id)
    db.session.commit()
    undo_url = url_for("seating.undo", slug=slug)
    flash({"text": _("%(name)s has no seat now.", name=guest.name), "undo_url": undo_url}, "success")  # type: ignore[arg-type]  # offers Undo
    return _to_index(event.slug)


@blueprint.post("/events/<slug>/seating/give-up")
@requires(P.EDIT_SEATING)
def give_up(slug: str) -> BaseResponse:
    """Give away the seats of whoever has not come, on the day."""
    event, now = _changing(slug)
    number = actions.give_up(now, by_id=me().id)
    db.session.commit()
    text = ngettext("%(num)d chair is free.", "%(num)d chairs are free.", number)
    flash({"text": text, "undo_url": url_for("seating.undo", slug=slug)}, "success")  # type: ignore[arg-type]  # offers Undo
    return _to_index(event.slug)


@blueprint.post("/events/<slug>/seating/clear")
@requires(P.EDIT_SEATING)
def clear(slug: str) -> BaseResponse:
    """Free the chairs of whoever has withdrawn."""
    event, now = _changing(slug)
    number = actions.clear(now, by_id=me().id)
    db.session.commit()
    flash(ngettext("%(num)d chair is free.", "%(num)d chairs are free.", number), "success")
    return _to_index(event.slug)


@blueprint.post("/events/<slug>/seating/undo")
@requires(P.EDIT_SEATING)
def undo(slug: str) -> BaseResponse:
    event = the_event(slug)
    writing.undo(event)
    db.session.commit()
    flash(_("Undone."), "success")
    return back_or(url_for("seating.index", slug=slug))


@blueprint.post("/events/<slug>/seating/show")
@requires(P.EDIT_SEATING)
def show(slug: str) -> BaseResponse:
    """Let guests see their seats on their own pages, or no longer."""
    event = the_event(slug)
    shown = request.form.get("on") == "1"
    actions.show(event, shown=shown)
    db.session.commit()
    flash(_("Guests see their seats now.") if shown else _("Guests do not see their seats any more."), "success")
    return _to_index(slug)
