"""The forecast of money in, of an event or of the house; each week opens its rows."""

from typing import Any

from flask import request, url_for

from app.blueprints.receivables import blueprint
from app.blueprints.receivables.forecast import queries
from app.blueprints.receivables.loading import MAY_SEE, own_id, today
from app.blueprints.receivables.rules.forecast import Basis
from app.blueprints.receivables.views import tabs
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import page


@blueprint.get("/events/<slug>/payments/forecast")
@requires(*MAY_SEE)
def forecast(slug: str) -> Any:
    return _shown(the_event(slug))


@blueprint.get("/payments/forecast")
@requires(*MAY_SEE)
def forecast_all() -> Any:
    return _shown(None)


def _shown(event: Event | None) -> Any:
    found = queries.forecast(today(), event, own_id())
    wanted, currency = request.args.get("week", ""), request.args.get("currency", "")
    opened = next((each for each in found.get(currency, []) if each.key == wanted), None)
    endpoint = "receivables.forecast" if event else "receivables.forecast_all"
    return page(
        "receivables/forecast.html",
        found=found,
        bases=[each for each in Basis if any(week.sums[each] for weeks in found.values() for week in weeks)],
        opened=opened,
        rows=queries.rows_of(opened.ids) if opened else [],
        currency=currency,
        here=url_for(endpoint, slug=event.slug) if event else url_for(endpoint),
        tabs=tabs(endpoint, event),
    )
