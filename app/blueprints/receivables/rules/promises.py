"""Promises to pay: kept or broken, as the receipts say."""

from datetime import date
from decimal import Decimal

from app.models import PromiseState


def promise(amount: Decimal, until: date, paid: Decimal, open_amount: Decimal, today: date) -> PromiseState:
    """Return what became of a promise.

    `paid` is what came in for the receivable since the call, received by the last day of the promise. Nobody has
    broken a promise about something of which nothing is open.
    """
    if paid >= amount or open_amount <= 0:
        return PromiseState.KEPT
    return PromiseState.RUNNING if today <= until else PromiseState.BROKEN
