"""What an event puts on the table, how long things last, and the public screen."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import links
from app.access import Permission
from app.blueprints.territories import blueprint
from app.blueprints.territories import queries as territories
from app.blueprints.territories.board import actions, queries
from app.blueprints.territories.board.forms import OfferForm, TimesForm
from app.blueprints.territories.regions import queries as regions
from app.extensions import db
from app.models import Event, Region, RegionLevel, SalesChannel
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


def _page(event: Event, form: OfferForm, times: TimesForm) -> Any:
    settings = territories.settings_of(event.id)
    token = settings.board_token
    return page(
        "territories/offers.html",
        status=422 if form.errors or times.errors else 200,
        event=event,
        form=form,
        times=times,
        offers=queries.offers(event),
        public_url=links.public(url_for("territories.screen", token=token)) if token else None,
    )


@blueprint.route("/events/<slug>/territories/offers", methods=["GET", "POST"])
@requires(P.EDIT_TERRITORIES)
def offers(slug: str) -> Any:
    """Show what the event offers, and take what it offers besides."""
    event = the_event(slug)
    form = OfferForm()
    if not form.validate_on_submit():
        return _page(event, form, TimesForm(formdata=None, obj=territories.settings_of(event.id)))
    lines = [each for each in territories.active_lines() if form.line_ids.data in {None, each.id}]
    channel = db.session.get(SalesChannel, form.channel_id.data) if form.channel_id.data else None
    places = [place for each in form.regions.data for place in (_parts(each) if form.parts.data else [each])]
    added = actions.offer(event, places, lines, [channel], exclusive=form.exclusive.data)
    db.session.commit()
    flash(ngettext("%(num)d territory more is offered.", "%(num)d territories more are offered.", added), "success")
    return back_to("territories.offers", slug=slug)


def _parts(region: Region) -> list[Region]:
    if region.level is RegionLevel.GROUP:
        return list(region.members)
    return [each.region for each in regions.parts(region)] or [region]


@blueprint.post("/events/<slug>/territories/offers/<int:offer_id>/withdraw")
@requires(P.EDIT_TERRITORIES)
def offer_withdraw(slug: str, offer_id: int) -> BaseResponse:
    event = the_event(slug)
    row = found(queries.offer(event, offer_id))
    name = row.region.name
    actions.withdraw(row)
    db.session.commit()
    flash(gettext("%(region)s is not offered any more.", region=name), "success")
    return back_to("territories.offers", slug=slug)


@blueprint.post("/events/<slug>/territories/times")
@requires(P.EDIT_TERRITORIES)
def times(slug: str) -> Any:
    """Set how long a hold lasts, and how long the next in the queue has time."""
    event = the_event(slug)
    form = TimesForm()
    if not form.validate_on_submit():
        return _page(event, OfferForm(formdata=None), form)
    actions.settings(event, hold_minutes=form.hold_minutes.data or 1, offer_minutes=form.offer_minutes.data or 1)
    db.session.commit()
    flash(gettext("The changes are saved."), "success")
    return back_to("territories.offers", slug=slug)
