"""The payments a sales target's figure is made of."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import url_for

from app.access import Permission
from app.blueprints.contracts.register.opened import note, the_record
from app.blueprints.contracts.register.targets import queries as targets
from app.blueprints.contracts.register.targets import sources
from app.blueprints.contracts.register.targets.views import all_shown
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.loading import own_id, today
from app.blueprints.receivables.results import queries
from app.blueprints.receivables.rules.sums import ZERO
from app.models import ContractTarget, OpenedPart, Receivable
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import page

P = Permission


@sources.payments("receivables.target_payments")
def figures(rows: Sequence[ContractTarget]) -> Mapping[int, Decimal]:
    return queries.figures(rows)


@blueprint.get("/contracts/<int:contract_id>/targets/<int:target_id>/payments")
@requires(P.VIEW_CONTRACTS)
def target_payments(contract_id: int, target_id: int) -> Any:
    """Who may read the contract sees what was paid for it; the payments themselves open for whoever chases them."""
    contract, by_release = the_record(contract_id)
    target = found(targets.one(contract, target_id))
    rows = queries.rows(target)
    answer = page(
        "receivables/target_payments.html",
        contract=contract,
        target=target,
        how=all_shown([target], today())[0],
        rows=[(each, receipt, owed, _links(receipt.id, owed)) for each, receipt, owed in rows],
        total=sum((each.kept for each, _receipt, _owed in rows), ZERO),
    )
    note(contract_id, OpenedPart.PAGE, by_release=by_release)
    return answer


def _links(receipt_id: int, owed: Receivable) -> dict[str, str]:
    own = own_id()
    if own is not None and not (me().can(P.VIEW_RECEIVABLES) and owed.rep_id == own):
        return {}
    return {
        "receipt": url_for("receivables.receipt", receipt_id=receipt_id),
        "owed": url_for("receivables.show", receivable_id=owed.id),
    }
