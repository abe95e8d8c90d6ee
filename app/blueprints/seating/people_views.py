"""Guests by name with their seats, and one guest's page: why here, what is said of them, who sits apart."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.invitations import queries as invitations
from app.blueprints.invitations.rules import SEATED
from app.blueprints.seating import actions, blueprint, papers, queries, words, writing
from app.blueprints.seating.forms import MarkForm, PairForm, RulesForm
from app.blueprints.seating.rules.facts import Wish
from app.blueprints.seating.shown import Board
from app.extensions import db
from app.models import Dealer, Event, GuestKind, HallItem, Invitation, PairRule, PairWish, Readiness, Seat
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.tables import Column, Filter, Option, Table, TableSpec
from app.web.words import word

P = Permission
_l = lazy_gettext


def _options(kind: type[Readiness] | type[GuestKind]) -> Any:
    def options(counts: dict[Any, int]) -> list[Option]:
        return [
            Option(each.value, word(each).text, word(each).tone, word(each).icon, counts.get(each, 0)) for each in kind
        ]

    return options


def _spec(event: Event) -> TableSpec:
    return TableSpec(
        name="seats",
        columns=(
            Column("name", _l("Guest"), Dealer.sort_key, hideable=False),
            Column("table", _l("Table"), HallItem.label),
            Column("chair", _l("Chair"), Seat.number, numeric=True),
            Column("readiness", _l("Readiness"), Invitation.readiness),
            Column("why", _l("Why here"), hideable=False),
        ),
        tie=Invitation.id,
        default_sort="name",
        filters=(
            Filter("readiness", _l("Readiness"), Invitation.readiness, _options(Readiness), Readiness),
            Filter("kind", _l("Kind"), Invitation.kind, _options(GuestKind), GuestKind),
        ),
        search=invitations.matching,
        row_url=lambda row: url_for("seating.guest", slug=event.slug, invitation_id=row.id),
        load=(contains_eager(Invitation.dealer),),
    )


def _base(event: Event) -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.dealer)
        .outerjoin(Seat, (Seat.invitation_id == Invitation.id) & Seat.companion_id.is_(None))
        .outerjoin(HallItem, HallItem.id == Seat.item_id)
        .where(Invitation.event_id == event.id, Invitation.state.in_(SEATED))
    )


@blueprint.get("/events/<slug>/seating/guests")
@requires(P.VIEW_SEATING)
def people(slug: str) -> Any:
    """Everybody who comes, with table, chair and the reasons."""
    event = the_event(slug)
    board = Board(queries.situation(event))
    table = Table(_spec(event), _base(event)).load()
    return page("seating/people.html", board=board, now=board.now, table=table, large=papers.is_large(board.now))


@blueprint.get("/events/<slug>/seating/guests/<int:invitation_id>")
@requires(P.VIEW_SEATING)
def guest(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    board = Board(queries.situation(event))
    who = found(board.now.guests.get(invitation_id))
    pairs = [each for each in _pairs(event) if invitation_id in {each.one_id, each.other_id}]
    seats = board.now.by_guest.get(who.id, [])
    return page(
        "seating/guest.html",
        board=board,
        now=board.now,
        guest=who,
        seats=[board.sitter(each) for each in seats],
        item=board.by_id[seats[0].item_id] if seats else None,
        beside=[board.now.guests[each] for each in board.explained.beside.get(who.id, ())],
        pairs=pairs,
        mark_form=MarkForm(who.mark, formdata=None),
        pair_form=PairForm(board.now, who.id, formdata=None),
        may_edit=me().can(P.EDIT_SEATING),
        words=words,
    )


def _pairs(event: Event) -> list[PairWish]:
    statement = select(PairWish).where(PairWish.event_id == event.id).order_by(PairWish.id)
    both = (
        joinedload(PairWish.one).joinedload(Invitation.dealer),
        joinedload(PairWish.other).joinedload(Invitation.dealer),
    )
    return list(db.session.scalars(statement.options(*both)))


@blueprint.post("/events/<slug>/seating/guests/<int:invitation_id>/mark")
@requires(P.EDIT_SEATING)
def mark(slug: str, invitation_id: int) -> BaseResponse:
    event = the_event(slug)
    who = found(invitations.invitation(event, invitation_id))
    form = MarkForm(None)
    if form.validate_on_submit():
        actions.say(who, **form.said())
        db.session.commit()
        flash(_("Saved."), "success")
    return back_to("seating.guest", slug=slug, invitation_id=invitation_id)


@blueprint.post("/events/<slug>/seating/guests/<int:invitation_id>/pair")
@requires(P.EDIT_SEATING)
def pair(slug: str, invitation_id: int) -> BaseResponse:
    """Keep two guests apart, let them meet, or forget what was said of them."""
    event = the_event(slug)
    writing.lock(event)
    now = queries.situation(event)
    who = found(now.guests.get(invitation_id))
    given = request.form.get("other", "")
    other = found(now.guests.get(int(given)) if given.isdecimal() and int(given) != who.id else None)
    rule = request.form.get("rule", "")
    actions.pair(event, who.id, other.id, PairRule(rule) if rule in {each.value for each in PairRule} else None)
    db.session.commit()
    flash(_("Saved. It counts when guests are seated the next time."), "success")
    return back_to("seating.guest", slug=slug, invitation_id=invitation_id)


@blueprint.route("/events/<slug>/seating/rules", methods=["GET", "POST"])
@requires(P.VIEW_SEATING)
def rules(slug: str) -> Any:
    """What counts for how much; only those who seat guests change it."""
    event = the_event(slug)
    now = queries.situation(event)
    if now.plan is None:
        return back_to("seating.hall", slug=slug)
    form = RulesForm(now, now.plan, data={wish.value: weight for wish, weight in now.weights.items()})
    may_edit = me().can(P.EDIT_SEATING)
    if may_edit and form.validate_on_submit():
        actions.set_rules(
            event,
            weights=form.weights(),
            reach=form.reach.cm,
            cities_apart=bool(form.cities_apart.data),
            open_cities=form.open_cities.data or [],
            seed=form.seed.data or 1,
        )
        db.session.commit()
        flash(_("Saved. It counts when guests are seated the next time."), "success")
        return back_to("seating.index", slug=slug)
    status = 422 if may_edit and form.errors else 200
    return page("seating/rules.html", status=status, form=form, wishes=list(Wish), now=now, may_edit=may_edit)
