"""The list of an event's contracts, and the page of one."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from app.access import Permission
from app.blueprints.contracts import alarm_words, blueprint, figures, queries, tables
from app.blueprints.contracts.approval import queries as approvals
from app.blueprints.contracts.drafting import words as fault_words
from app.blueprints.contracts.drafting.checking import faults_of
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.contracts.loading import MAY_SEE, MAY_SEE_STATES, listed_id, sees_terms, the_contract
from app.blueprints.contracts.register import opened
from app.blueprints.contracts.rules.approving import Approver
from app.blueprints.contracts.rules.life import EDITABLE, OPEN, STANDING
from app.models import Contract, ContractState, OpenedPart
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import moment
from app.web.nav import door
from app.web.render import page
from app.web.tables import Table
from app.web.words import word

P = Permission
S = ContractState
MOST_AT_ONCE = 500


def ids_of_request() -> list[int]:
    """The ticked rows of a list."""
    return [int(value) for value in request.values.getlist("ids") if value.isdecimal()][:MOST_AT_ONCE]


def approver() -> Approver:
    return Approver(me().id, me().permissions)


@blueprint.get("/events/<slug>/contracts/")
@requires(*MAY_SEE_STATES)
def index(slug: str) -> Any:
    event = the_event(slug)
    may_act = me().can(P.DRAFT_CONTRACTS) or me().can(P.REVIEW_CONTRACTS) or me().can(P.APPROVE_CONTRACTS)
    reps = queries.reps(event)
    exports = me().can(P.EXPORT_LISTS)
    spec = tables.contract_list(event, reps, exports=exports, selectable=may_act, terms=sees_terms())
    table = Table(spec, queries.contracts(event, listed_id()).join(Contract.dealer))
    if table.wants_export:
        return table.export()
    counts = figures.counts([event], listed_id())[event.id]
    return page(
        "contracts/index.html",
        fragment="contracts/_table.html",
        table=table.load(),
        stats=figures.stats(event, counts),
        alarms=[row.line for row in alarm_words.of_event(event)],
        waiting=len(approvals.waiting_for(approver())) if _approves() else 0,
        tabs=tabs(slug, "contracts.index"),
    )


def _approves() -> bool:
    return me().can(P.REVIEW_CONTRACTS) or me().can(P.APPROVE_CONTRACTS)


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """Return the pages about contracts that this person may open."""
    pages = (
        ("contracts.index", _("Contracts")),
        ("contracts.prepare", _("Prepare in bulk")),
        ("contracts.qualification", _("Qualification")),
        ("contracts.order", _("Signing order")),
        ("contracts.talks", _("Talks")),
    )
    return [
        {"label": label, "url": url, "current": endpoint == current}
        for endpoint, label in pages
        if (url := door(endpoint, slug=slug))
    ]


@blueprint.get("/events/<slug>/contracts/<int:contract_id>")
@requires(*MAY_SEE)
def show(slug: str, contract_id: int) -> Any:
    _event, contract = the_contract(slug, contract_id)
    asked = approvals.round_of(contract)
    own = approvals.own_people(contract, asked)
    returned = approvals.last_remarks(contract) if contract.state is S.RETURNED else None
    faults = faults_of(contract) if contract.state in EDITABLE and me().can(P.DRAFT_CONTRACTS) else []
    told = fault_words.by_field(faults, contract.currency)
    answer = page(
        "contracts/show.html",
        contract=contract,
        asked=asked,
        may_answer=me().id not in own and any(row.decision is None and approver().may(row.level) for row in asked),
        returned=returned,
        faults=[row for rows in told.values() for row in rows],
        gate=gates.gate(contract) if contract.state in OPEN else None,
        rail=life_rail(contract),
        amendments=queries.amendments(contract),
        is_editable=contract.state in EDITABLE,
        territory=tables.territory_of(contract),
        history_lines=lines(contract),
        pen_url=pen_url(contract),
        rooms=rooms_of(contract),
    )
    if contract.state in STANDING:
        opened.note(contract.id, OpenedPart.PAGE)
    return answer


def pen_url(contract: Contract) -> str:
    """Return the signing room's page for this contract, "" where there is none yet."""
    return door("signing.host", contract_id=contract.id)


def rooms_of(contract: Contract) -> dict[str, str]:
    """Return the pages in which the contract goes on after the pen, as far as it is there and this person may go."""
    signed = contract.state in STANDING
    return {
        "trail": door("signing.trail", contract_id=contract.id) if contract.number else "",
        "countersign": door("signing.countersign", contract_id=contract.id) if me().id != contract.rep_id else "",
        "wall": door("signing.wall", slug=contract.event.slug) if signed and contract.event else "",
        "record": door("contracts.record", contract_id=contract.id) if signed else "",
    }


def life_rail(contract: Contract) -> list[dict[str, Any]]:
    """The life of the contract: what is done, where it is, what is ahead."""
    steps = (
        (S.DRAFT, contract.created_at),
        (S.IN_REVIEW, contract.submitted_at),
        (S.APPROVED, contract.approved_at),
        (S.SIGNED, contract.signed_at),
        (S.COUNTERSIGNED, contract.countersigned_at),
        (S.FILED, contract.filed_at),
    )
    now = {S.RETURNED: S.DRAFT, S.SIGNING: S.APPROVED}.get(contract.state, contract.state)
    order = [state for state, _at in steps]
    at = order.index(now) if now in order else len(order)
    return [
        {
            "label": word(state).text,
            "state": "now" if place == at else "done" if place < at and at_ else "ahead",
            "detail": moment(at_) if at_ else None,
        }
        for place, (state, at_) in enumerate(steps)
    ]


@blueprint.get("/events/<slug>/contracts/<int:contract_id>/document.pdf")
@requires(*MAY_SEE)
def document(slug: str, contract_id: int) -> Any:
    """The frozen document of an approved contract."""
    _event, contract = the_contract(slug, contract_id)
    return opened.sent(contract, found(contract.document), OpenedPart.DOCUMENT, by_release=False)
