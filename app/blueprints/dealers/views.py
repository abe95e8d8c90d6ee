"""The pages of dealers."""

from typing import Any

from flask import flash
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, fonts
from app.access import Permission
from app.blueprints.dealers import actions, blueprint, lists, queries
from app.blueprints.dealers.forms import DealerForm
from app.blueprints.dealers.papers.views import summary
from app.blueprints.dealers.rules import sees_only_own, track_record
from app.extensions import db
from app.models import Dealer
from app.names import company_key
from app.web import dealer_bands
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me, own_rep_id
from app.web.load import found
from app.web.render import back_to, invalid, page
from app.web.tables import Table


def _only_of() -> int | None:
    """The id that this person's dealers are limited to; None for those who see all."""
    person = me()
    return person.id if sees_only_own(person.permissions) else None


def _dealer(dealer_id: int) -> Dealer:
    return found(queries.dealer(dealer_id, _only_of()))


@blueprint.get("/")
@requires(Permission.VIEW_DEALERS)
def index() -> Any:
    events = queries.events_to_fill(clock.now()) if me().can(Permission.EDIT_INVITATIONS) else []
    spec = lists.spec(exports=me().can(Permission.EXPORT_LISTS), selectable=bool(events))
    table = Table(spec, queries.dealers(_only_of()))
    if table.wants_export:
        return table.export()
    return page("dealers/index.html", table=table.load(), only_own=_only_of() is not None, events=events)


@blueprint.get("/<int:dealer_id>")
@requires(Permission.VIEW_DEALERS)
def show(dealer_id: int) -> Any:
    dealer = _dealer(dealer_id)
    sees_guests = me().can(Permission.VIEW_INVITATIONS)
    attendances = queries.attendances(dealer, own_rep_id()) if sees_guests else []
    return page(
        "dealers/show.html",
        dealer=dealer,
        sees_guests=sees_guests,
        attendances=attendances,
        record=track_record((each.invitation.state, each.answer) for each in attendances),
        missing=_missing_characters(dealer),
        bands=dealer_bands.of_dealer(dealer),
        history=lines(dealer),
        **summary(dealer),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_DEALERS)
def create() -> Any:
    form = DealerForm(only_of=_only_of(), me=me().id)
    if not form.is_submitted():
        form.owner_id.data = me().id if form.only_of is not None else None
    elif form.validate():
        if alike := form.look_alikes:
            return _ask(form, alike)
        dealer = actions.create(form.values, by_id=me().id)
        db.session.commit()
        flash(gettext("%(name)s is on file.", name=dealer.contact), "success")
        return _saved(dealer)
    return _form(form)


@blueprint.route("/<int:dealer_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_DEALERS)
def edit(dealer_id: int) -> Any:
    dealer = _dealer(dealer_id)
    form = DealerForm(dealer=dealer, only_of=_only_of(), me=me().id)
    if form.is_submitted() and form.validate():
        if form.version.data != dealer.version:
            return _changed_meanwhile(form, dealer)
        if alike := form.look_alikes:
            return _ask(form, alike)
        actions.edit(dealer, form.values, version=form.version.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return _saved(dealer)
    return _form(form)


def _form(form: DealerForm, **context: Any) -> Any:
    show_form = invalid if form.errors else page
    return show_form("dealers/form.html", form=form, dealer=form.dealer, sources=queries.known_sources(), **context)


def _ask(form: DealerForm, alike: list[Dealer]) -> Any:
    """Show the form again with the dealers that may be the same one; saving it once more means it."""
    return invalid(
        "dealers/form.html",
        form=form,
        dealer=form.dealer,
        sources=queries.known_sources(),
        alike=alike,
        accepted_key=company_key(form.company.data or ""),
        only_of=_only_of(),
    )


def _changed_meanwhile(form: DealerForm, dealer: Dealer) -> Any:
    """Show what was typed above what somebody else has saved; saving again overwrites it knowingly."""
    form.version.data = dealer.version
    form.version.raw_data = None
    return page(
        "dealers/form.html",
        status=409,
        form=form,
        dealer=dealer,
        sources=queries.known_sources(),
        meanwhile=lines(dealer, limit=1),
    )


def _missing_characters(dealer: Dealer) -> list[str]:
    return fonts.missing_characters(dealer.contact + dealer.company)


def _saved(dealer: Dealer) -> BaseResponse:
    missing = _missing_characters(dealer)
    if missing:
        flash(gettext("The badge font cannot draw %(characters)s.", characters=gettext(", ").join(missing)), "warning")
    return back_to("dealers.show", dealer_id=dealer.id)
