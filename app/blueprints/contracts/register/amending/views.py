"""Drafting an amendment or the contract that follows, from the register."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.drafting import queries as drafting
from app.blueprints.contracts.register import queries as register
from app.blueprints.contracts.register import shown
from app.blueprints.contracts.register.amending import actions, queries
from app.blueprints.contracts.register.amending.forms import AmendForm
from app.blueprints.contracts.register.opened import the_record
from app.blueprints.contracts.register.rules import in_force
from app.blueprints.contracts.register.words import TERMS
from app.blueprints.contracts.rules.life import STANDING, ContractCannotMove
from app.extensions import db
from app.models import Contract
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page

P = Permission


def _own(contract_id: int) -> Contract:
    """The contract, for whoever has a right of their own to it: a release is for reading only."""
    contract, by_release = the_record(contract_id)
    return found(None if by_release else contract)


def _terms(contract: Contract) -> tuple[Contract, list[in_force.Term]]:
    """The first contract of the whole, and what is in force of it."""
    whole = register.whole(contract)
    return whole[0], in_force.in_force([shown.paper(each) for each in whole])


@blueprint.route("/contracts/<int:contract_id>/amend", methods=["GET", "POST"])
@requires(P.DRAFT_CONTRACTS)
def amend(contract_id: int) -> Any:
    """Say what changes; the rest of the amendment is what is in force."""
    first, terms = _terms(_own(contract_id))
    if first.state not in STANDING:
        raise ContractCannotMove(state=first.state.value, to="amended")
    versions, form = drafting.versions(amendments=True), AmendForm()
    if request.method == "GET" or not versions or not form.validate():
        said = [(TERMS[each.name], shown.said(each.name, each.value, first.currency)) for each in terms]
        status = 422 if request.method == "POST" else 200
        return page(
            "contracts/register/amend.html", status=status, form=form, contract=first, terms=said, versions=versions
        )
    typed = form.terms()
    copy, missed = actions.amend(
        first,
        terms,
        versions[0],
        me().user,
        ends_on=typed["ends_on"],
        more=Decimal(typed["more"]),
        more_deposit=Decimal(typed["more_deposit"]),
    )
    return _drafted(copy, missed, _("The amendment is drafted. Please say in it what changes."))


@blueprint.post("/contracts/<int:contract_id>/renew")
@requires(P.DRAFT_CONTRACTS)
def renew(contract_id: int) -> Any:
    """Draft the next contract: the same terms, from the day after the last."""
    contract = _own(contract_id)
    _first, terms = _terms(contract)
    last: date = found(next(each.value for each in terms if each.name == "ends_on"))
    copy, missed = actions.renew(
        contract, last, queries.version_for(contract), queries.invitation_for(contract, clock.now()), me().user
    )
    return _drafted(copy, missed, _("The next contract is drafted from the old one. Please go through it."))


def _drafted(copy: Contract, missed: list[str], said: str) -> BaseResponse:
    slug, copy_id = copy.event.slug if copy.event else "", copy.id
    db.session.commit()
    flash(said, "success")
    if missed:
        names = _(", ").join(missed)
        flash(_("Promised to somebody else or closed for the new days, so not held: %(names)s", names=names), "warning")
    if slug:
        return back_to("contracts.edit", slug=slug, contract_id=copy_id)
    return back_to("contracts.record", contract_id=copy_id)
