"""Pages on which a contract is drafted."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.access import Permission
from app.blueprints.contracts import actions as life
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.drafting import actions, queries, words
from app.blueprints.contracts.drafting.checking import faults_of
from app.blueprints.contracts.drafting.forms import GROUPS, ContractForm, form_for
from app.blueprints.contracts.drafting.typed import kept, unfinished
from app.blueprints.contracts.loading import the_contract
from app.blueprints.contracts.rules.terms import CONTRADICTIONS, Fault, stops
from app.extensions import db
from app.models import Contract, Event, Invitation
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.nav import door
from app.web.render import back_to, page

P = Permission


@blueprint.route("/events/<slug>/contracts/new", methods=["GET", "POST"])
@requires(P.DRAFT_CONTRACTS)
def create(slug: str) -> Any:
    """Choose the dealer, unless the address names one, and the template; everything else is filled in."""
    event = the_event(slug)
    guest = _guest(event)
    versions = queries.versions()
    if request.method == "GET" or guest is None or not versions:
        guests = queries.guests_without(event, own_rep_id()) if guest is None else []
        wrong = request.method == "POST"
        return page(
            "contracts/create.html", status=422 if wrong else 200, guest=guest, guests=guests, versions=versions
        )
    version = next((each for each in versions if str(each.id) == request.form.get("version")), versions[0])
    grants = queries.open_grants([guest.dealer_id], event).get(guest.dealer_id, [])
    packages = queries.open_packages(event)
    contract = actions.draft(
        event,
        guest.dealer,
        version,
        invitation=guest,
        grants=grants,
        package=packages[0] if len(packages) == 1 else None,
        by=me().user,
    )
    db.session.commit()
    flash(_("The draft is filled in with what is known. Please go through it."), "success")
    return back_to("contracts.edit", slug=slug, contract_id=contract.id)


def _guest(event: Event) -> Invitation | None:
    """The guest that the address or the form names; somebody else's is not found."""
    named = request.values.get("guest", "")
    if not named:
        return None
    return found(queries.invitation(event, int(named), own_rep_id()) if named.isdecimal() else None)


@blueprint.route("/events/<slug>/contracts/<int:contract_id>/edit", methods=["GET", "POST"])
@requires(P.DRAFT_CONTRACTS)
def edit(slug: str, contract_id: int) -> Any:
    event, contract = the_contract(slug, contract_id)
    actions.check_editable(contract)
    if request.method == "GET":
        return _shown(event, contract, _form(contract))
    form = _form(contract, request.form)
    if asked := request.form.get("add") or request.form.get("remove"):
        return _shown(event, contract, _with_rows(contract, asked))
    if form.version.data != str(contract.version):
        return _changed_meanwhile(event, contract, form)
    _save(contract, form)
    if request.form.get("act") == "submit" and not stops(faults_of(contract)):
        approval.submit(contract, me().user)
        db.session.commit()
        flash(_("The contract is submitted. Whoever has to approve it has been told."), "success")
        return back_to("contracts.show", slug=slug, contract_id=contract_id)
    if request.form.get("act") == "package" and contract.package is not None:
        actions.take_terms(contract, contract.package)
        flash(_("The terms of “%(name)s” are taken over.", name=contract.package.name), "success")
    db.session.commit()
    if request.form.get("act") == "submit":
        return _shown(event, contract, _form(contract), status=422)
    flash(_("The draft is saved."), "success")
    return back_to("contracts.edit", slug=slug, contract_id=contract_id)


def _form(contract: Contract, formdata: Any = None) -> ContractForm:
    """The form as it was sent, else as it was typed last, else what is stored."""
    grants = queries.grants(contract)
    packages = queries.open_packages(contract.event, contract.package)
    typed = unfinished(contract)
    if formdata is None and typed:
        formdata = MultiDict([(name, value) for name, values in typed.items() for value in values])
    form = form_for(contract, contract.template_version, grants, packages, formdata)
    if formdata is not None:
        form.validate()
    return form


def _with_rows(contract: Contract, asked: str) -> ContractForm:
    """The form as sent with one more row of a group (`goods`), or without one (`goods-2`); nothing is saved."""
    sent = request.form.copy()
    group, _dash, index = asked.partition("-")
    if group not in GROUPS:
        return _form(contract, sent)
    if index:
        for name in [name for name in sent if name.startswith(f"{asked}-")]:
            del sent[name]
    form = _form(contract, sent)
    if not index and len(form[group]) < (form[group].max_entries or 0):
        form[group].append_entry()
    return form


def _save(contract: Contract, form: ContractForm) -> None:
    grants = [grant for grant in queries.grants(contract) if grant.id in (form.grants.data or [])]
    terms = form.terms()
    if form.package_id.data not in {package.id for package in queries.open_packages(contract.event, contract.package)}:
        terms["package_id"] = None
    actions.save(
        contract,
        terms,
        form.lines(),
        grants,
        values=form.typed_values(),
        typed=None if form.is_readable() else kept(request.form.to_dict(flat=False)),
        version=int(form.version.data or 0),
    )
    db.session.expire(contract, ["package"])


def _shown(event: Event, contract: Contract, form: ContractForm, *, status: int = 200, **context: Any) -> Any:
    faults: list[Fault] = faults_of(contract) if status != 409 else []
    told = words.by_field(faults, contract.currency)
    if status != 422:  # what is missing is said once somebody wants to submit; the rest at once
        told = words.by_field(
            [each for each in faults if each.is_warning or each.code in CONTRADICTIONS], contract.currency
        )
    if form.errors or status == 422:
        _beside(form, told)
    return page(
        "contracts/edit.html",
        status=status,
        contract=contract,
        form=form,
        told=told,
        is_refused=status == 422,
        row_faults=form.row_faults() if status == 422 or unfinished(contract) else {},
        grants=queries.grants(contract),
        packages=queries.open_packages(contract.event, contract.package),
        hold_url=_hold_url(event, contract),
        **context,
    )


def _hold_url(event: Event, contract: Contract) -> str:
    """The form that holds a territory for this dealer and leads back here."""
    here = url_for("contracts.edit", slug=event.slug, contract_id=contract.id)
    return door("territories.hold", slug=event.slug, guest=contract.invitation_id, next=here)


def _beside(form: ContractForm, told: dict[str, list[tuple[bool, str]]]) -> None:
    for name, rows in told.items():
        if name in form and name not in (*GROUPS, "grants"):
            form[name].errors = [*form[name].errors, *(text for is_warning, text in rows if not is_warning)]


def _changed_meanwhile(event: Event, contract: Contract, form: ContractForm) -> Any:
    """Show what was typed above what somebody else has saved; saving again overwrites it knowingly."""
    form.version.data = str(contract.version)
    form.version.raw_data = None
    return _shown(event, contract, form, status=409, meanwhile=lines(contract, limit=1))


@blueprint.post("/events/<slug>/contracts/<int:contract_id>/draft")
@requires(P.DRAFT_CONTRACTS)
def take_back(slug: str, contract_id: int) -> Any:
    """Back to the draft, to change the terms; approval and document are lost."""
    _event, contract = the_contract(slug, contract_id)
    life.take_back(contract)
    db.session.commit()
    flash(_("The contract is a draft again. It has to be approved anew."), "info")
    return back_to("contracts.edit", slug=slug, contract_id=contract_id)


@blueprint.route("/events/<slug>/contracts/<int:contract_id>/void", methods=["GET", "POST"])
@requires(P.DRAFT_CONTRACTS, P.FILE_CONTRACTS)
def void(slug: str, contract_id: int) -> Any:
    """Declare a contract void, with the reason. A signed one only by whoever files contracts."""
    _event, contract = the_contract(slug, contract_id)
    why = " ".join(request.form.get("why", "").split())[:200]
    if request.method == "GET" or len(why) < 2:
        status = 422 if request.method == "POST" else 200
        return page("contracts/void.html", status=status, contract=contract, wrong=status == 422)
    life.void(contract, why=why, may_file=me().can(P.FILE_CONTRACTS))
    db.session.commit()
    flash(_("The contract is void."), "info")
    return back_to("contracts.show", slug=slug, contract_id=contract_id)
