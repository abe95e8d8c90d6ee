"""The host's desk: who signs was checked, the pen is given, and how far the dealer is."""

from typing import Any

from flask import flash, g, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, links, qr
from app.access import Permission
from app.blueprints.contracts import queries as contracts
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.materials import uploads
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.signing import blueprint
from app.blueprints.signing.rules import progress
from app.blueprints.signing.sessions import actions, queries
from app.blueprints.signing.sessions.forms import IdentityForm, StampForm, WayForm
from app.blueprints.signing.sessions.gate import sends_codes
from app.blueprints.signing.trail import Witness
from app.blueprints.territories import queries as territories
from app.extensions import db
from app.models import Contract, Party, Signing, SigningWay
from app.web.guards import requires
from app.web.identity import address, me, own_rep_id
from app.web.load import found
from app.web.render import back_to, page

P = Permission


def the_contract(contract_id: int) -> Contract:
    """Return a contract that the signed-in person may see, and make its event the page's; 404 otherwise."""
    only_of = None if me().can(P.VIEW_ALL_CONTRACTS) else me().id
    contract = found(contracts.contract(contract_id, only_of=only_of))
    g.event = contract.event
    return contract


def host_witness() -> Witness:
    """The host acts alone: the dealer has not begun."""
    return Witness(actor=me().name, host=me().name, address=address(), device=request.user_agent.string)


def _open(contract: Contract) -> Signing:
    return found(queries.open_of(contract, clock.now()))


def _shown(contract: Contract, *, status: int = 200, **forms: Any) -> Any:
    now = clock.now()
    signing = queries.open_of(contract, now)
    link = links.public(url_for("signing.sheet", token=signing.token)) if signing else ""
    mark = queries.mark_of(contract, Party.DEALER)
    return page(
        "signing/host.html",
        fragment="signing/_host.html",
        status=status,
        contract=contract,
        signing=signing,
        stage=progress.stage(queries.facts(signing, now, sends_codes=sends_codes())) if signing else None,
        read=len(signing.pages_read) if signing else 0,
        mark=mark,
        clashes=territories.clashes_of(contract, now) if mark is None else [],
        sees_name=lambda rep_id: own_rep_id() in {None, rep_id},
        seal=queries.seal_of(contract),
        gate=gates.gate(contract),
        link=link,
        code=qr.svg(link, label=gettext("Opens the contract on the dealer's phone")) if link else "",
        **{
            "identity_form": IdentityForm(formdata=None),
            "way_form": WayForm(formdata=None),
            "stamp_form": StampForm(formdata=None),
        }
        | forms,
    )


@blueprint.get("/contracts/<int:contract_id>/signing")
@requires(P.HOST_SIGNING)
def host(contract_id: int) -> Any:
    return _shown(the_contract(contract_id))


@blueprint.post("/contracts/<int:contract_id>/signing")
@requires(P.HOST_SIGNING)
def host_open(contract_id: int) -> Any:
    """Give the pen. A signing that goes on is replaced: only the newest link opens the contract."""
    contract = the_contract(contract_id)
    form = WayForm()
    if not form.validate() or form.way.data is SigningWay.SERVICE:
        return _shown(contract, status=422, way_form=form)
    actions.open_signing(contract, form.way.data, me().user)
    db.session.commit()
    return back_to("signing.host", contract_id=contract_id)


@blueprint.post("/contracts/<int:contract_id>/signing/identity")
@requires(P.HOST_SIGNING)
def host_identity(contract_id: int) -> Any:
    contract = the_contract(contract_id)
    signing = _open(contract)
    form = IdentityForm()
    if not form.validate():
        return _shown(contract, status=422, identity_form=form)
    actions.see_identity(signing, form.paper.data, form.last4.data, me().user, host_witness())
    db.session.commit()
    return back_to("signing.host", contract_id=contract_id)


@blueprint.post("/contracts/<int:contract_id>/signing/stamp")
@requires(P.HOST_SIGNING)
def host_stamp(contract_id: int) -> Any:
    contract = the_contract(contract_id)
    signing = _open(contract)
    form = StampForm()
    picture = uploads.kept(form.picture, PICTURES) if form.picture.data else None
    if form.picture.data and picture is None:
        return _shown(contract, status=422, stamp_form=form)
    actions.bring_stamp(signing, picture)
    db.session.commit()
    return back_to("signing.host", contract_id=contract_id)


@blueprint.post("/contracts/<int:contract_id>/signing/give-up")
@requires(P.HOST_SIGNING)
def host_give_up(contract_id: int) -> BaseResponse:
    contract = the_contract(contract_id)
    actions.give_up(_open(contract), host_witness())
    db.session.commit()
    flash(gettext("The pen is back. The contract stays approved."), "info")
    return back_to("signing.host", contract_id=contract_id)
