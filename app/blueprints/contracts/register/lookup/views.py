"""Asking for a contract, and the page on which requests are answered."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.register import queries as register
from app.blueprints.contracts.register.lookup import actions, queries
from app.blueprints.contracts.register.opened import limit
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_or, back_to, page

P = Permission
DAYS = (1, 3, 7, 30)


@blueprint.post("/contracts/lookups/ask")
@requires(P.VIEW_CONTRACTS)
def lookup_ask() -> Any:
    """Ask to see the contract of a number. Of one that the person may open anyway there is nothing to ask."""
    contract = found(register.hidden(request.form.get("number", ""), limit(), clock.now()))
    reason = request.form.get("reason", "")
    if len(reason.strip()) < actions.SHORTEST:
        return page("contracts/register/ask.html", status=422, hidden=contract, asked_for=None, wrong_reason=True)
    actions.ask(contract, me().user, reason)
    number = contract.number
    db.session.commit()
    flash(
        _("You have asked for %(number)s. You get a mail as soon as somebody has answered.", number=number), "success"
    )
    return back_to("contracts.register", q=number)


@blueprint.get("/contracts/lookups/")
@requires(P.FILE_CONTRACTS)
def lookups() -> Any:
    now = clock.now()
    return page("contracts/register/lookups.html", waiting=queries.waiting(), open_now=queries.open_now(now), days=DAYS)


@blueprint.post("/contracts/lookups/<int:request_id>")
@requires(P.FILE_CONTRACTS)
def lookup_answer(request_id: int) -> Any:
    asked = found(queries.one(request_id))
    answer = request.form.get("answer", "")
    if answer == "end":
        actions.take_back(asked)
        said = _("The release has ended.")
    elif answer == "refuse":
        actions.refuse(asked, me().user)
        said = _("Refused. %(name)s has been told.", name=asked.user.name)
    else:
        typed = request.form.get("days", "")
        days = int(typed) if typed.isdecimal() and int(typed) in DAYS else DAYS[0]
        actions.release(asked, me().user, days)
        said = _("Released. %(name)s has been told.", name=asked.user.name)
    db.session.commit()
    flash(said, "success")
    return back_or("/contracts/lookups/")
