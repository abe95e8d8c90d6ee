"""An instalment agreement: what is open, in parts on days to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from babel.numbers import get_currency_precision

from app.blueprints.receivables.rules.sums import ZERO
from app.errors import N_, SigningDayError

MOST = 24


class PartsDoNotAddUp(SigningDayError):
    """The parts are not together what is open."""

    code = "parts_do_not_add_up"
    sentence = N_("The parts come to %(sum)s, but %(open)s %(currency)s are open.")


class PartsNotInOrder(SigningDayError):
    """Days that do not follow one another, or are over."""

    code = "parts_not_in_order"
    sentence = N_("Each part needs a sum above zero and a day after the one before, from today on.")


class TooFewParts(SigningDayError):
    """One part is no agreement."""

    code = "too_few_parts"
    sentence = N_("An instalment agreement has 2 to %(most)s parts.")


@dataclass(frozen=True)
class Part:
    """So much by a day."""

    due_on: date
    amount: Decimal


def check(parts: Sequence[Part], open_amount: Decimal, currency: str, today: date) -> None:
    """Raise unless the parts are in order, in the future, and together what is open."""
    if not 2 <= len(parts) <= MOST:
        raise TooFewParts(most=MOST)
    days = [today - timedelta(days=1), *(each.due_on for each in parts)]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise PartsNotInOrder
    if any(each.amount <= ZERO for each in parts):
        raise PartsNotInOrder
    total = sum((each.amount for each in parts), ZERO)
    if total != open_amount:
        raise PartsDoNotAddUp(sum=total, open=open_amount, currency=currency)


def propose(open_amount: Decimal, currency: str, first: date, number: int, days: int = 30) -> list[Part]:
    """Return equal parts so many days apart; what does not divide evenly is in the last one."""
    step = Decimal(1).scaleb(-get_currency_precision(currency))
    each = (open_amount / number).quantize(step, rounding=ROUND_DOWN)
    amounts = [each] * (number - 1) + [open_amount - each * (number - 1)]
    return [Part(first + timedelta(days=days * place), amount) for place, amount in enumerate(amounts)]
