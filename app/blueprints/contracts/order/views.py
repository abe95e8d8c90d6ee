"""The order of signing and the queue at the tables."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.loading import MAY_SEE, MAY_SEE_STATES, may_see, sees_terms
from app.blueprints.contracts.order import actions, queries
from app.blueprints.contracts.order.print import ceremony_pdf
from app.blueprints.contracts.views import ids_of_request, pen_url, tabs
from app.extensions import db
from app.models import ContractState
from app.web.guards import requires
from app.web.load import the_event
from app.web.locale import language
from app.web.render import back_to, page

P = Permission
MAY_ARRANGE = (P.REVIEW_CONTRACTS, P.FILE_CONTRACTS, P.RUN_WALL)


@blueprint.get("/events/<slug>/signing-order")
@requires(*MAY_SEE_STATES)
def order(slug: str) -> Any:
    event = the_event(slug)
    places = queries.places(event)
    waiting = sorted((each for each in places if each.waits_since), key=lambda each: each.waits_since or clock.now())
    at_the_pen = [each for each in places if each.contract.state is ContractState.SIGNING]
    return page(
        "contracts/order.html",
        places=places,
        waiting=waiting,
        signed=sum(1 for each in places if each.is_signed),
        pens={e.contract.id: pen_url(e.contract) for e in (*waiting, *at_the_pen) if may_see(e.contract)},
        may_see=may_see,
        now=clock.now(),
        terms=sees_terms(),
        tabs=tabs(slug, "contracts.order"),
    )


@blueprint.post("/events/<slug>/signing-order")
@requires(*MAY_ARRANGE)
def arrange(slug: str) -> Any:
    """Set the order: a proposal, one contract up or down, or the whole order as it was dragged."""
    event = the_event(slug)
    move, _comma, step = request.form.get("move", "").partition(",")
    if request.form.get("act") == "propose":
        actions.propose(event)
        flash(_("Lead signers first, then the larger contracts."), "success")
    elif move.isdecimal() and step in {"-1", "1"}:
        actions.move(event, int(move), int(step))
    else:
        actions.set_order(event, ids_of_request())
    db.session.commit()
    anchor = f"c{move}" if move.isdecimal() else None
    return back_to("contracts.order", slug=slug, _anchor=anchor)


@blueprint.get("/events/<slug>/signing-order.pdf")
@requires(*MAY_SEE)
def ceremony(slug: str) -> Any:
    event = the_event(slug)
    content = ceremony_pdf(event, queries.places(event), language=language())
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"ceremony-{slug}.pdf")
    return answer
