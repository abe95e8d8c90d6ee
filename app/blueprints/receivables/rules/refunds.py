"""When paid money goes back, and how much of it.

The kinds differ in law. Earnest money (定金) binds both: who gave it and does not perform loses it, who took it and
does not perform returns it twice; it counts up to a fifth of the contract's sum, and what was paid beyond that is only
a prepayment (Civil Code of the PRC, art. 586 and 587). A prepayment (订金), and money for goods that never came, goes
back. Intent money and deposits go back as the event's rules say, which the contract has to say too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.blueprints.receivables.rules.sums import EARNEST_LIMIT, ZERO
from app.models import Occasion, PaymentKind
from app.money import rounded

K, O = PaymentKind, Occasion  # noqa: E741 - short names for the tables below
HUNDRED = Decimal(100)
_FAULT_OF_DEALER = (O.DEALER_WITHDRAWS, O.BREACH)
GOODS = (K.FIRST_ORDER, K.INSTALMENT)  # the price of goods; what was delivered is not paid back


class Ground(StrEnum):
    """Why a sum is what it is."""

    ALL_BACK = "all_back"
    AGREED_SUM = "agreed_sum"
    FREE_DAYS = "free_days"
    AFTER_FREE_DAYS = "after_free_days"
    EARNEST_LOST = "earnest_lost"
    EARNEST_TWICE = "earnest_twice"
    EARNEST_BEYOND = "earnest_beyond"
    DEPOSIT_LOST = "deposit_lost"
    OUTLETS_OPEN = "outlets_open"
    OUTLETS_MISSING = "outlets_missing"
    OUTLETS_LATE = "outlets_late"
    GOODS_DELIVERED = "goods_delivered"
    PREPAYMENT_BACK = "prepayment_back"


@dataclass(frozen=True)
class Rule:
    """The rule of one kind: `kept_percent` of it is kept when the dealer is at fault, after `free_days` from paying."""

    free_days: int | None = None
    kept_percent: Decimal = ZERO
    outlets: int | None = None
    outlets_days: int | None = None


# What holds where an event has no rule of its own.
STANDARD: Mapping[PaymentKind, Rule] = {
    K.INTENT: Rule(free_days=30, kept_percent=Decimal(30)),
    K.PREPAYMENT: Rule(),
    K.EARNEST: Rule(),
    K.DEPOSIT: Rule(kept_percent=HUNDRED, outlets=5, outlets_days=180),
    K.FIRST_ORDER: Rule(),
    K.INSTALMENT: Rule(),
}


@dataclass(frozen=True)
class Facts:
    """What a refund is worked out from. Sums are in `currency`; `held` was paid, is confirmed, and is still with us."""

    kind: PaymentKind
    occasion: Occasion
    held: Decimal
    currency: str
    contract_total: Decimal
    paid_on: date
    signed_on: date
    today: date
    outlets: int = 0  # opened by now
    delivered: Decimal = ZERO  # value of goods that were delivered for this money
    agreed: Decimal | None = None  # what both agreed to give back


@dataclass(frozen=True)
class Settlement:
    """What becomes of held money: `give_back` and `keep` are of it, `compensation` is ours."""

    give_back: Decimal
    keep: Decimal
    compensation: Decimal = ZERO
    grounds: tuple[Ground, ...] = ()

    @property
    def to_dealer(self) -> Decimal:
        return self.give_back + self.compensation

    @property
    def is_nothing(self) -> bool:
        """Nothing moves: the money stays held as it is."""
        return not (self.give_back or self.keep or self.compensation)


def settle(facts: Facts, rule: Rule) -> Settlement:
    """Return what becomes of the money. `give_back + keep` is never more than what is held."""
    if facts.occasion is O.OUTLETS:
        return _outlets(facts, rule) if facts.kind is K.DEPOSIT else Settlement(ZERO, ZERO)
    if facts.kind in GOODS:
        return _goods(facts)
    if facts.occasion is O.AGREED and facts.agreed is not None:
        back = min(facts.agreed, facts.held)
        return Settlement(back, facts.held - back, grounds=(Ground.AGREED_SUM,))
    if facts.kind is K.EARNEST:
        return _earnest(facts)
    if facts.kind is K.PREPAYMENT and rule.kept_percent == ZERO:
        return Settlement(facts.held, ZERO, grounds=(Ground.PREPAYMENT_BACK,))
    if facts.occasion not in _FAULT_OF_DEALER:
        return Settlement(facts.held, ZERO, grounds=(Ground.ALL_BACK,))
    return _at_fault(facts, rule)


def earnest_base(held: Decimal, contract_total: Decimal, currency: str) -> Decimal:
    """Return how much of what was paid is earnest money in law: a fifth of the contract at most."""
    return min(held, rounded(contract_total * EARNEST_LIMIT, currency)) if contract_total > ZERO else held


def _earnest(facts: Facts) -> Settlement:
    base = earnest_base(facts.held, facts.contract_total, facts.currency)
    beyond = (Ground.EARNEST_BEYOND,) if base < facts.held else ()
    if facts.occasion is O.WE_WITHDRAW:
        return Settlement(facts.held, ZERO, base, (Ground.EARNEST_TWICE, *beyond))
    if facts.occasion in _FAULT_OF_DEALER:
        return Settlement(facts.held - base, base, grounds=(Ground.EARNEST_LOST, *beyond))
    return Settlement(facts.held, ZERO, grounds=(Ground.ALL_BACK,))


def _goods(facts: Facts) -> Settlement:
    """What was delivered is paid for, so that much stays a payment like any other."""
    back = max(ZERO, facts.held - facts.delivered)
    if facts.occasion is O.AGREED and facts.agreed is not None:
        return Settlement(min(facts.agreed, back), ZERO, grounds=(Ground.AGREED_SUM,))
    return Settlement(back, ZERO, grounds=(Ground.GOODS_DELIVERED if facts.delivered else Ground.ALL_BACK,))


def rest_lapses(kind: PaymentKind, occasion: Occasion) -> bool:
    """Tell whether what was not paid yet is no longer owed: not so for goods of a contract that was performed."""
    return not (kind in GOODS and occasion is O.PERFORMED)


def _outlets(facts: Facts, rule: Rule) -> Settlement:
    if rule.outlets is None or facts.outlets < rule.outlets:
        return Settlement(ZERO, ZERO, grounds=(Ground.OUTLETS_MISSING,))
    if rule.outlets_days is not None and facts.today > facts.signed_on + timedelta(days=rule.outlets_days):
        return Settlement(ZERO, ZERO, grounds=(Ground.OUTLETS_LATE,))
    return Settlement(facts.held, ZERO, grounds=(Ground.OUTLETS_OPEN,))


def _at_fault(facts: Facts, rule: Rule) -> Settlement:
    if rule.free_days is not None and facts.today <= facts.paid_on + timedelta(days=rule.free_days):
        return Settlement(facts.held, ZERO, grounds=(Ground.FREE_DAYS,))
    kept = min(facts.held, rounded(facts.held * rule.kept_percent / HUNDRED, facts.currency))
    ground = Ground.DEPOSIT_LOST if facts.kind is K.DEPOSIT else Ground.AFTER_FREE_DAYS
    return Settlement(facts.held - kept, kept, grounds=(ground if kept else Ground.ALL_BACK,))
