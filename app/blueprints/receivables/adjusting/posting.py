"""How an approved adjustment is written into the ledger. The adjustment and its receivable are held by the caller."""

from decimal import Decimal

from app import clock
from app.blueprints.receivables.adjusting import queries
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.rules import instalments
from app.blueprints.receivables.rules.instalments import Part
from app.blueprints.receivables.rules.sums import ZERO
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Adjustment,
    AdjustmentEntry,
    AdjustmentKind,
    Posting,
    PostingKind,
    Receivable,
)

K, P = AdjustmentKind, PostingKind


class MoreThanHeld(SigningDayError):
    """More was to go back than is still there."""

    code = "more_than_held"
    sentence = N_("Only %(held)s %(currency)s of confirmed money are held for this.")


class NoPlaceForBonus(SigningDayError):
    """A bonus lowers what is owed, and nothing large enough is."""

    code = "no_place_for_bonus"
    sentence = N_("The bonus is taken off what the dealer owes, and nothing of that size is open now.")


def post(row: Adjustment, *, by_id: int | None) -> list[Posting]:
    """Write an adjustment into the ledger, all of it or (with an error) nothing, and say which rows are its own."""
    owed = ledger.held_receivables([row.receivable_id])[row.receivable_id]
    made = _POST[row.kind](row, owed, by_id)
    db.session.add_all(AdjustmentEntry(posting_id=each.id, adjustment_id=row.id) for each in made)
    db.session.flush()
    return made


def _refund(row: Adjustment, owed: Receivable, by_id: int | None) -> list[Posting]:
    back, keep, more = (Decimal(row.facts[name]) for name in ("give_back", "keep", "compensation"))
    held = ledger_queries.held(owed.id)
    if back + keep > held:
        raise MoreThanHeld(held=held, currency=owed.currency)
    lapses = owed.open_amount if row.facts.get("rest_lapses") else ZERO
    entries = ((P.RETURN, -(back + more)), (P.FORFEIT, -keep), (P.RELEASE, back + keep), (P.COMPENSATION, more))
    made = [_entry(owed, kind, amount, row, by_id) for kind, amount in entries if amount]
    return [*made, _entry(owed, P.RELEASE, lapses, row, by_id)] if lapses > ZERO else made


def _entry(owed: Receivable, kind: PostingKind, amount: Decimal, row: Adjustment, by_id: int | None) -> Posting:
    return ledger.enter(owed, kind, amount, reason=row.reason[:200], by_id=by_id)


def _write_off(row: Adjustment, owed: Receivable, by_id: int | None) -> list[Posting]:
    return [ledger.adjust(owed.id, P.WRITE_OFF, row.amount, reason=row.reason[:200], by_id=by_id)]


def _interest(row: Adjustment, owed: Receivable, by_id: int | None) -> list[Posting]:
    return [ledger.adjust(owed.id, P.INTEREST, row.amount, reason=row.reason[:200], by_id=by_id)]


def _bonus(row: Adjustment, owed: Receivable, by_id: int | None) -> list[Posting]:
    place = queries.place_for_bonus(owed, row.amount)
    if place is None:
        raise NoPlaceForBonus
    return [ledger.adjust(place.id, P.BONUS, row.amount, reason=row.reason[:200], by_id=by_id)]


def _instalments(row: Adjustment, owed: Receivable, by_id: int | None) -> list[Posting]:
    """What is open ends here, and is owed in parts from now on: as rows of their own, reminded of and aged like any."""
    today = clock.today(queries.zone_of(owed))
    if owed.cancelled_at:
        raise ledger.NothingOwed
    parts = [Part(each.due_on, each.amount) for each in row.parts]
    instalments.check(parts, owed.open_amount, owed.currency, min([today, parts[0].due_on]))
    made = ledger.enter(owed, P.RESCHEDULE, owed.open_amount, reason=row.reason[:200], by_id=by_id)
    last = queries.last_position(owed.contract_id)
    for number, part in enumerate(row.parts, 1):
        part.receivable = Receivable(
            contract_id=owed.contract_id,
            position=last + number,
            event_id=owed.event_id,
            dealer_id=owed.dealer_id,
            rep_id=owed.rep_id,
            kind=owed.kind,
            currency=owed.currency,
            amount=part.amount,
            settled=ZERO,
            due_on=part.due_on,
            made_at=clock.now(),
        )
    return [made]


_POST = {
    K.REFUND: _refund,
    K.WRITE_OFF: _write_off,
    K.INTEREST: _interest,
    K.BONUS: _bonus,
    K.INSTALMENTS: _instalments,
}


def take_back(row: Adjustment, *, reason: str, by_id: int | None) -> None:
    """Reverse the rows of the ledger of an adjustment: first what lowered the debt, so that nothing goes beyond it."""
    for part in row.parts:
        if part.receivable is not None:
            new = ledger.held_receivables([part.receivable.id])[part.receivable.id]
            if new.settled != ZERO:
                raise InstalmentsPaid
            new.cancelled_at = new.cancelled_at or clock.now()
    live = [each for each in queries.entries_of(row) if not ledger_queries.is_reversed(each.id)]
    for each in sorted(live, key=lambda posting: -posting.amount):
        ledger.reverse(each.id, reason=reason, by_id=by_id)


class InstalmentsPaid(SigningDayError):
    """Something was paid under the agreement."""

    code = "instalments_paid"
    sentence = N_("Something has been paid under this agreement, so it stays.")
