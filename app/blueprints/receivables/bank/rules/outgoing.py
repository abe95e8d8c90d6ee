"""Money that left the account: given back to a dealer, a payment that bounced, or (mostly) nothing of the kind."""

import re
from datetime import timedelta

from app.blueprints.receivables.bank.rules.evidence import weigh
from app.blueprints.receivables.bank.rules.known import Incoming, Known, Plan, Proposal, Sent
from app.models import BankVerdict

V = BankVerdict
BOUNCES_WITHIN = timedelta(days=60)
_BOUNCED = re.compile(r"退票|退汇|冲正|冲销|撤销|空头|return(?:ed)?\b|revers|bounce|chargeback", re.IGNORECASE)


def judge(row: Incoming, known: Known) -> Proposal:
    """Return what a row that left may be. `row.amount` is above zero here, as everywhere in the rules.

    It is never CERTAIN: money that goes back is looked at one by one.
    """
    evidence = weigh(row, known)
    ways: list[Plan] = []
    for dealer in evidence.dealers:
        receipts = [each for each in known.receipts.get(dealer, ()) if each.currency == row.currency]
        said = evidence.of(dealer)
        if _BOUNCED.search(row.memo):
            ways += [
                Plan(dealer, each.receipt_id, kind="bounce", reasons=(*said, ("bounced", each.received_on.isoformat())))
                for each in receipts
                if _may_have_bounced(each, row)
            ]
            continue
        noted = [each for each in receipts if row.amount in each.noted]
        free = [each for each in receipts if each.free >= row.amount]
        code = "refund_noted" if noted else "refund"
        ways += [
            Plan(dealer, each.receipt_id, kind="refund", reasons=(*said, (code, each.received_on.isoformat())))
            for each in noted or free
        ]
    if len(ways) > 1:
        return Proposal(row.id, V.TIE, tuple(ways[:6]), (("tie", str(len(ways))),))
    if ways:
        return Proposal(row.id, V.LIKELY, tuple(ways), ways[0].reasons)
    return Proposal(row.id, V.OUTGOING)


def _may_have_bounced(sent: Sent, row: Incoming) -> bool:
    return sent.amount == row.amount and sent.received_on <= row.booked_on <= sent.received_on + BOUNCES_WITHIN
