"""The matcher: many rows of the bank against all that is open. Pure, and the order of the rows changes nothing.

A row is CERTAIN when one dealer is named by something strong and there is one way to book it. What several rows want
together is shared out only where any order of sharing comes to the same; else nobody gets it without a look.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.blueprints.receivables.bank.rules import plans, terminal
from app.blueprints.receivables.bank.rules.evidence import Evidence, weigh
from app.blueprints.receivables.bank.rules.known import (
    Incoming,
    Known,
    Open,
    Plan,
    Proposal,
    Reason,
    Slip,
    number,
    numbers,
)
from app.models import BankVerdict

V = BankVerdict
SLIP_DAYS = timedelta(days=10)  # between what a slip says and what the bank says
MOST_CHOICES = 6
_Group = tuple[int, str, Decimal, frozenset[str]]  # dealer, currency, sum, contracts named


def match(rows: Iterable[Incoming], known: Known) -> list[Proposal]:
    """Return a proposal for each row that came, in the order of their ids."""
    found: dict[int, Proposal] = {}
    groups: defaultdict[_Group, list[tuple[Incoming, Evidence]]] = defaultdict(list)
    for row in rows:
        evidence = weigh(row, known)
        if evidence.is_strong and len(evidence.dealers) == 1:
            groups[(evidence.dealers[0], row.currency, row.amount, evidence.contracts)].append((row, evidence))
        else:
            found[row.id] = _without_a_name(row, evidence, known)
    for (dealer, _currency, _amount, _contracts), members in groups.items():
        members.sort(key=lambda pair: (pair[0].booked_on, pair[0].key))
        for proposal in _of_dealer(dealer, members, known):
            found[proposal.row_id] = proposal
    return [found[each] for each in sorted(_uncontested(found, known))]


def _of_dealer(dealer: int, members: Sequence[tuple[Incoming, Evidence]], known: Known) -> list[Proposal]:
    """Rows of one dealer with one sum: first the slips they confirm, then what they pay."""
    row, evidence = members[0]
    slips, rest, unpaired = _slips(dealer, members, known)
    found = [
        _said(each, V.CERTAIN, Plan(dealer, slip.id, reasons=(*why.of(dealer), _slip_reason(each, slip))))
        for each, why, slip in slips
    ]
    if unpaired:
        # Money of which we hold a slip must not be counted twice: which slip it is, or none, a person says.
        return found + [_tied(each, _best(each, dealer, why, known)) for each, why in rest]
    if not rest:
        return found
    owed = [item for item in known.items.get(dealer, ()) if item.currency == row.currency]
    if not owed and known.items.get(dealer):
        other: Reason = ("other_currency", min(item.currency for item in known.items[dealer]))
        silent = [(each, Plan(dealer, reasons=(*why.of(dealer), other))) for each, why in rest]
        return found + [Proposal(each.id, V.NONE, (plan,), plan.reasons) for each, plan in silent]
    named = [item for item in owed if item.contract in evidence.contracts] or owed
    return found + _paying(dealer, rest, named)


def _slips(
    dealer: int, members: Sequence[tuple[Incoming, Evidence]], known: Known
) -> tuple[list[tuple[Incoming, Evidence, Slip]], list[tuple[Incoming, Evidence]], bool]:
    """Pair rows with slips of their sum where it does not matter who gets which.

    Returns the pairs, the other rows, and whether slips are left that one of these may be.
    """
    pairs, rest = [], list(members)
    free = sorted(
        (slip for slip in known.slips.get(dealer, ()) if _fits(slip, members[0][0])),
        key=lambda slip: (slip.received_on, slip.id),
    )
    for row, why in members:
        referred = [slip for slip in free if slip.reference and _refers(row, slip)]
        if len(referred) == 1:
            pairs.append((row, why, referred[0]))
            free.remove(referred[0])
            rest.remove((row, why))
    near = [slip for slip in free if all(abs(slip.received_on - row.booked_on) <= SLIP_DAYS for row, _ in rest)]
    if rest and len(near) == len(rest) and len(near) == len(free):
        pairs += [(row, why, slip) for (row, why), slip in zip(rest, near, strict=True)]
        rest, free = [], []
    return pairs, rest, bool(rest and free)


def _fits(slip: Slip, row: Incoming) -> bool:
    return slip.amount == row.amount and slip.currency == row.currency


def _refers(row: Incoming, slip: Slip) -> bool:
    return slip.reference == number(row.serial) or slip.reference in numbers(row.memo)


def _slip_reason(row: Incoming, slip: Slip) -> Reason:
    if slip.reference and _refers(row, slip):
        return "slip_number", slip.reference
    return "slip", slip.received_on.isoformat()


def _paying(dealer: int, members: Sequence[tuple[Incoming, Evidence]], items: Sequence[Open]) -> list[Proposal]:
    """What rows of one sum pay. Exactly one receivable each, or else each as if it were alone."""
    amount = members[0][0].amount
    exact = plans.equal(items, amount)
    if not exact or (len(members) == 1 and plans.sums([item for item in items if item not in exact], amount)):
        return [_alone(row, dealer, items, exact, why) for row, why in members]
    if len(members) > len(exact):
        return [
            _said(row, V.LIKELY, plans.on_one(exact[0], (*why.of(dealer), ("contested", "")))) for row, why in members
        ]
    is_clear = len(members) == len(exact) or plans.are_in_order(exact)
    if not is_clear:
        return [_tied(row, [plans.on_one(item, why.of(dealer)) for item in exact]) for row, why in members]
    said: Reason = ("exact", "") if len(exact) == 1 else ("oldest_of_equal", str(len(exact)))
    return [
        _said(row, V.CERTAIN, plans.on_one(item, (*why.of(dealer), said)))
        for (row, why), item in zip(members, exact, strict=False)
    ]


def _alone(row: Incoming, dealer: int, items: Sequence[Open], exact: Sequence[Open], why: Evidence) -> Proposal:
    """A sum that is no single receivable's, or not only one's."""
    said = why.of(dealer)
    ways = [plans.on_one(item, (*said, ("exact", ""))) for item in exact]
    others = plans.sums([item for item in items if item not in exact], row.amount)
    ways += [plans.on_all(each, (*said, ("added", str(len(each))))) for each in others]
    if len(ways) > 1:
        return _tied(row, ways)
    if ways:
        is_everything = len(ways[0].shares) == len(items)
        return _said(row, V.CERTAIN if is_everything else V.LIKELY, ways[0])
    return _said(row, V.LIKELY, plans.oldest_first(row, dealer, items, said))


def _without_a_name(row: Incoming, evidence: Evidence, known: Known) -> Proposal:
    """Nobody, or several, or only a hint: at most a proposal that a person looks at."""
    ways: list[Plan] = []
    for dealer in evidence.dealers:
        ways += _best(row, dealer, evidence, known)
    if not evidence.dealers:
        of_terminal = terminal.ways(row, known.cards)
        # Where the terminal is named, its slips say more than somebody who happens to owe this sum.
        others = [] if of_terminal and terminal.is_named(row.payer, row.memo) else _of_sum(row, known)
        ways = [*of_terminal, *others]
        if len(ways) > MOST_CHOICES:
            return Proposal(row.id, V.NONE, reasons=(("too_many", str(len(ways))),))
    elif len(evidence.dealers) > 1:
        ways.sort(
            key=lambda way: (("exact", "") not in way.reasons, way.dealer_id, [s.receivable_id for s in way.shares])
        )
        return _tied(row, ways)
    if len(ways) == 1:
        return _said(row, V.LIKELY, ways[0])
    return _tied(row, ways) if ways else Proposal(row.id, V.NONE)


def _of_sum(row: Incoming, known: Known) -> list[Plan]:
    """Where nothing names a dealer, whoever owes exactly this, or whose slip of these days says it."""
    said = (("only_sum", ""),)
    slips = known.slips_by_amount.get((row.currency, row.amount), [])
    near = [slip for slip in slips if abs(slip.received_on - row.booked_on) <= SLIP_DAYS]
    equal = known.by_amount.get((row.currency, row.amount), [])
    ways = [Plan(slip.dealer_id, slip.id, reasons=(*said, _slip_reason(row, slip))) for slip in near]
    return ways + [plans.on_one(item, said) for item in equal]


def _best(row: Incoming, dealer: int, evidence: Evidence, known: Known) -> list[Plan]:
    """The ways in which this dealer's money could be booked: slips and equal sums, or else the oldest first."""
    said = evidence.of(dealer)
    slips = [slip for slip in known.slips.get(dealer, ()) if _fits(slip, row)]
    ways = [Plan(dealer, slip.id, reasons=(*said, _slip_reason(row, slip))) for slip in slips]
    items = [item for item in known.items.get(dealer, ()) if item.currency == row.currency]
    ways += [plans.on_one(item, (*said, ("exact", ""))) for item in plans.equal(items, row.amount)]
    return ways or [plans.oldest_first(row, dealer, items, said)]


def _said(row: Incoming, verdict: BankVerdict, plan: Plan) -> Proposal:
    if row.is_odd and verdict is V.CERTAIN:
        verdict, plan = V.LIKELY, replace(plan, reasons=(*plan.reasons, ("odd_serial", "")))
    return Proposal(row.id, verdict, (plan,), plan.reasons)


def _tied(row: Incoming, ways: Sequence[Plan]) -> Proposal:
    if len(ways) == 1:
        return _said(row, V.LIKELY, ways[0])
    return Proposal(row.id, V.TIE, tuple(ways[:MOST_CHOICES]), (("tie", str(len(ways))),))


def _uncontested(found: dict[int, Proposal], known: Known) -> dict[int, Proposal]:
    """Take the certainty from all rows that together want more of a receivable, or of a slip, than there is."""
    wanted: defaultdict[int, Decimal] = defaultdict(Decimal)
    slips: Counter[int] = Counter()
    sure = [(each, each.plan) for each in found.values() if each.verdict is V.CERTAIN]
    for _each, plan in sure:
        assert plan is not None
        slips.update([plan.receipt_id] if plan.receipt_id else [])
        for share in plan.shares:
            wanted[share.receivable_id] += share.amount
    dealers = {plan.dealer_id for _each, plan in sure if plan}
    there = {item.id: item.amount for dealer in dealers for item in known.items.get(dealer, ())}
    for each, plan in sure:
        assert plan is not None
        too_much = any(wanted[share.receivable_id] > there[share.receivable_id] for share in plan.shares)
        if too_much or (plan.receipt_id and slips[plan.receipt_id] > 1):
            told = replace(plan, reasons=(*plan.reasons, ("contested", "")))
            found[each.row_id] = Proposal(each.row_id, V.LIKELY, (told,), told.reasons)
    return found
