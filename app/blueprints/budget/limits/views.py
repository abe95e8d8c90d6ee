"""The table of limits: who approves up to what, for one event and for the company."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission, Role
from app.blueprints.budget import blueprint, shown, typed
from app.blueprints.budget.limits import queries
from app.blueprints.budget.rules import authority
from app.blueprints.territories.packages import actions
from app.extensions import db
from app.models import Event, Term
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


def field_name(role: Role, term: Term) -> str:
    """Return what the input of one limit is called."""
    return f"{role.value}-{term.value}"


def _typed(sent: Mapping[str, str]) -> tuple[dict[tuple[Role, Term], Decimal | None], set[str]]:
    """Read the table: an empty cell means no limit of its own."""
    found: dict[tuple[Role, Term], Decimal | None] = {}
    wrong = set()
    for role in authority.ROLES:
        for term in authority.TERMS:
            name = field_name(role, term)
            try:
                found[role, term] = typed.amount(sent.get(name, ""))
            except ValueError:
                wrong.add(name)
    return found, wrong


def _limits(event: Event | None) -> Any:
    wanted, wrong = _typed(request.form) if request.method == "POST" else ({}, set())
    if request.method == "POST" and not wrong:
        if actions.set_limits(event, wanted):
            flash(_("The limits are saved."), "success")
        db.session.commit()
        return back_to("budget.limits", slug=event.slug) if event else back_to("budget.company_limits")
    return page(
        "budget/limits.html",
        status=422 if wrong else 200,
        event=event,
        own=queries.own(event),
        limits=queries.limits(event),
        fallback=queries.limits(None) if event else authority.STANDARD,
        roles=authority.ROLES,
        terms=authority.TERMS,
        holders=queries.holders(authority.ROLES),
        limit_none=authority.ALL,
        wrong=wrong,
        sent=request.form,
        field_name=field_name,
        edits=me().can(P.SET_SPENDING_LIMITS),
        tabs=shown.tabs(event.slug, "budget.limits") if event else [],
    )


@blueprint.get("/events/<slug>/budget/limits")
@requires(P.VIEW_BUDGET)
def limits(slug: str) -> Any:
    return _limits(the_event(slug))


@blueprint.post("/events/<slug>/budget/limits")
@requires(P.SET_SPENDING_LIMITS)
def limits_save(slug: str) -> Any:
    return _limits(the_event(slug))


@blueprint.get("/budget/limits")
@requires(P.VIEW_BUDGET)
def company_limits() -> Any:
    return _limits(None)


@blueprint.post("/budget/limits")
@requires(P.SET_SPENDING_LIMITS)
def company_limits_save() -> Any:
    return _limits(None)
