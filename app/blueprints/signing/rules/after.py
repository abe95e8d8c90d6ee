"""What follows from a contract signed by both: when its payments are due, and when the dealer is thanked."""

from datetime import date, datetime, time, timedelta

from app import clock
from app.models import ContractKind, PaymentTerm, Standing

COPY_LASTS = timedelta(days=365)  # the link to the dealer's copy
_THANKS_AFTER = timedelta(days=2)
_THANKS_AT = time(10)  # nobody is greeted at night, nor before the working day has begun


def due_on(term: PaymentTerm, signed_on: date) -> date:
    """Return the day a payment is due: the one agreed on, or so many days after the contract was concluded."""
    if term.due_on is not None:
        return term.due_on
    return signed_on + timedelta(days=term.due_days or 0)


def thanks_at(signed_at: datetime, zone: str) -> datetime:
    """Return when the thank-you greeting goes: two days later, at ten in the morning where the contract was signed."""
    day = clock.local(signed_at, zone).date() + _THANKS_AFTER
    return clock.instant(day, _THANKS_AT, zone)


def standing_after(kind: ContractKind, before: Standing | None) -> Standing | None:
    """Return where a dealer stands once a contract of this kind is signed."""
    if kind is ContractKind.AMENDMENT or before is Standing.SIGNED:
        return before
    return Standing.LETTER_OF_INTENT if kind is ContractKind.LETTER_OF_INTENT else Standing.SIGNED
