"""Logging calls and promises, and noting how a dealer pays."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app import clock, journal
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Dealer, DunningCall, DunningOutcome, PayingHabit, Receivable


class PromiseTooLarge(SigningDayError):
    """More was promised than is open."""

    code = "promise_too_large"
    sentence = N_("Only %(open)s %(currency)s are open; a promise is for that or less.")


class PromiseInThePast(SigningDayError):
    """A promise for a day that is over."""

    code = "promise_in_the_past"
    sentence = N_("A promise is for today or a day to come.")


@dataclass(frozen=True)
class Said:
    """What came of a call. A promise has a sum and its last day."""

    outcome: DunningOutcome
    note: str = ""
    next_call_on: date | None = None
    promised_amount: Decimal | None = None
    promised_on: date | None = None


def log_call(row: Receivable, said: Said, *, today: date, by_id: int | None) -> DunningCall:
    """Write a call down. Nothing is changed by it but what comes next: a running promise pauses reminders."""
    if said.outcome is DunningOutcome.PROMISED:
        if said.promised_on is None or said.promised_on < today:
            raise PromiseInThePast
        if said.promised_amount is None or not 0 < said.promised_amount <= row.open_amount:
            raise PromiseTooLarge(open=row.open_amount, currency=row.currency)
    call = DunningCall(
        receivable_id=row.id,
        called_at=clock.now(),
        caller_id=by_id,
        outcome=said.outcome,
        note=said.note,
        next_call_on=said.next_call_on,
        promised_amount=said.promised_amount,
        promised_on=said.promised_on,
    )
    db.session.add(call)
    told = {
        "outcome": said.outcome.value,
        "promised": f"{said.promised_amount:,.2f}" if said.promised_amount else None,
        "promised_on": said.promised_on.isoformat() if said.promised_on else None,
        "note": said.note or None,
    }
    changes = {name: [None, value] for name, value in told.items() if value is not None}
    journal.record("payment.called", row, changes=changes)
    db.session.flush()
    return call


def note_habit(dealer: Dealer, *, no_mornings: bool, pay_day: int | None, payer: str, note: str) -> PayingHabit:
    """Keep what is known of how a dealer pays; the newest word holds, what was before stands in the journal."""
    habit = db.session.get(PayingHabit, dealer.id)
    if habit is None:
        habit = PayingHabit(dealer_id=dealer.id, no_mornings=False, pay_day=None, payer="", note="")
        db.session.add(habit)
        db.session.flush()
    habit.no_mornings, habit.pay_day, habit.payer, habit.note = no_mornings, pay_day, payer, note
    journal.record("payment.habits", dealer, changes=journal.changes_of(habit))
    db.session.flush()
    return habit
