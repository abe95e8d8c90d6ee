"""Asking for an adjustment, saying yes or no to it, posting and reversing it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from app import clock, journal
from app.blueprints.receivables.adjusting import posting, queries
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.rules import instalments, interest, refunds, votes
from app.blueprints.receivables.rules.instalments import Part
from app.blueprints.receivables.rules.interest import Worked
from app.blueprints.receivables.rules.sums import ZERO
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Adjustment,
    AdjustmentKind,
    AdjustmentState,
    AdjustmentVote,
    AgreedPart,
    Event,
    Occasion,
    PaymentKind,
    PaymentRules,
    Receivable,
    RefundRule,
)
from app.money import rounded

K, S = AdjustmentKind, AdjustmentState


class AlreadyAsked(SigningDayError):
    """The same is waiting for an answer already."""

    code = "already_asked"
    sentence = N_("This has been asked for already and waits for approval.")


class NothingToBook(SigningDayError):
    """By the rule nothing is to be booked."""

    code = "nothing_to_book"
    sentence = N_("By the rule there is nothing to book.")


class MayNotVote(SigningDayError):
    """Whoever asked does not approve, and nobody approves twice."""

    code = "may_not_vote"
    sentence = N_("Whoever asked for it does not approve it, and nobody answers twice.")


class AdjustmentClosed(SigningDayError):
    """It was answered in the meantime."""

    code = "adjustment_closed"
    sentence = N_("This has been decided already.")


def refund_facts(
    row: Receivable, occasion: Occasion, *, outlets: int, delivered: Decimal, agreed: Decimal | None, today: date
) -> refunds.Facts:
    """Return what a refund of a receivable is worked out from."""
    signed = queries.signed_on(row)
    return refunds.Facts(
        kind=row.kind,
        occasion=occasion,
        held=ledger_queries.held(row.id),
        currency=row.currency,
        contract_total=row.contract.total,
        paid_on=queries.paid_on(row) or today,
        signed_on=signed,
        today=today,
        outlets=outlets,
        delivered=delivered,
        agreed=agreed,
    )


def ask_refund(row: Receivable, facts: refunds.Facts, *, reason: str, by_id: int | None) -> Adjustment:
    """Ask for a refund as the rule has it. Raises NothingToBook where nothing moves."""
    rule = queries.refund_rules_of(row.event)[row.kind]
    found = refunds.settle(facts, rule)
    if found.is_nothing:
        raise NothingToBook
    said = {
        "held": str(facts.held),
        "contract_total": str(facts.contract_total),
        "paid_on": facts.paid_on.isoformat(),
        "signed_on": facts.signed_on.isoformat(),
        "outlets": facts.outlets,
        "delivered": str(facts.delivered),
        "give_back": str(found.give_back),
        "keep": str(found.keep),
        "compensation": str(found.compensation),
        "grounds": [each.value for each in found.grounds],
        "rest_lapses": refunds.rest_lapses(facts.kind, facts.occasion),
        "rule": {name: None if value is None else str(value) for name, value in asdict(rule).items()},
    }
    return _ask(row, K.REFUND, found.to_dealer, said, reason, by_id, occasion=facts.occasion)


def ask_write_off(row: Receivable, amount: Decimal, *, reason: str, by_id: int | None) -> Adjustment:
    """Ask to give a sum up, all that is open or a part."""
    if amount <= ZERO or amount != rounded(amount, row.currency):
        raise ledger.NotAnAmount
    if amount > row.open_amount:
        raise ledger.MoreThanOpen(open=row.open_amount, currency=row.currency)
    return _ask(row, K.WRITE_OFF, amount, {"open": str(row.open_amount)}, reason, by_id)


def ask_instalments(
    row: Receivable, parts: Sequence[Part], *, reason: str, today: date, by_id: int | None
) -> Adjustment:
    """Ask to let what is open be paid in parts."""
    if row.cancelled_at:
        raise ledger.NothingOwed
    instalments.check(parts, row.open_amount, row.currency, today)
    made = _ask(row, K.INSTALMENTS, row.open_amount, {"due_on": row.due_on.isoformat()}, reason, by_id)
    made.parts = [AgreedPart(position=n, due_on=each.due_on, amount=each.amount) for n, each in enumerate(parts, 1)]
    db.session.flush()
    return made


def post_interest(row: Receivable, until: date, *, by_id: int | None) -> Adjustment:
    """Charge the interest up to a day that was not charged yet. Doing it twice charges it once."""
    ledger.held_receivables([row.id])
    return _by_rule(row, K.INTEREST, queries.late_interest(row, until), until, by_id)


def post_bonus(row: Receivable, today: date, *, by_id: int | None) -> Adjustment:
    """Grant the bonus for early payment that was not granted yet."""
    ledger.held_receivables([row.id])
    return _by_rule(row, K.BONUS, queries.early_bonus(row), today, by_id)


def _by_rule(row: Receivable, kind: AdjustmentKind, worked: Worked, until: date, by_id: int | None) -> Adjustment:
    if worked.left <= ZERO:
        raise NothingToBook
    terms = queries.terms_of(row.event)
    said = {
        "until": until.isoformat(),
        "rate": str(terms.late_rate if kind is K.INTEREST else terms.early_rate),
        "whole": str(worked.whole),
        "booked": str(worked.booked),
        "is_capped": worked.is_capped,
        "stretches": [[str(value) for value in asdict(each).values()] for each in worked.stretches],
    }
    made = _ask(row, kind, worked.left, said, "", by_id)
    _close(made, S.POSTED, by_id)
    return made


def _ask(
    row: Receivable,
    kind: AdjustmentKind,
    amount: Decimal,
    facts: dict[str, Any],
    reason: str,
    by_id: int | None,
    *,
    occasion: Occasion | None = None,
) -> Adjustment:
    ledger.held_receivables([row.id])  # who asks at the same time waits here, and then finds it asked
    if queries.is_asked(row.id, kind):
        raise AlreadyAsked
    made = Adjustment(
        kind=kind,
        state=S.ASKED,
        receivable_id=row.id,
        amount=amount,
        occasion=occasion,
        facts=facts,
        reason=reason,
        asked_at=clock.now(),
        asked_by_id=by_id,
    )
    db.session.add(made)
    db.session.flush()
    _journal("asked", made)
    return made


def held_adjustment(adjustment_id: int) -> Adjustment:
    """Return the adjustment as it is now, held until the transaction ends."""
    statement = select(Adjustment).where(Adjustment.id == adjustment_id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def vote(adjustment_id: int, *, is_yes: bool, by_id: int, remarks: str = "") -> Adjustment:
    """Say yes or no. One no ends it; with the last yes that is needed it is posted, in the same transaction."""
    db.session.flush()
    row = held_adjustment(adjustment_id)
    if row.state is not S.ASKED:
        raise AdjustmentClosed
    db.session.expire(row, ["votes"])  # what others said while this waited for the row counts
    if not votes.may_vote(by_id, row.asked_by_id, [each.by_id for each in row.votes]):
        raise MayNotVote
    row.votes.append(AdjustmentVote(by_id=by_id, at=clock.now(), is_yes=is_yes, remarks=remarks))
    db.session.flush()
    _journal("approved" if is_yes else "refused", row, remarks=remarks)
    if not is_yes:
        row.state, row.closed_at = S.REFUSED, clock.now()
    elif not votes.missing(row.kind, [each.by_id for each in row.votes if each.is_yes]):
        _close(row, S.POSTED, by_id)
    db.session.flush()
    return row


def _close(row: Adjustment, state: AdjustmentState, by_id: int | None) -> None:
    posting.post(row, by_id=by_id)
    row.state, row.closed_at = state, clock.now()
    db.session.flush()


def reverse(adjustment_id: int, *, reason: str, by_id: int | None) -> Adjustment:
    """Take an adjustment out of the ledger again, by rows that say the opposite."""
    row = held_adjustment(adjustment_id)
    if row.state is not S.POSTED:
        raise AdjustmentClosed
    posting.take_back(row, reason=reason, by_id=by_id)
    row.state = S.REVERSED
    _journal("reversed", row, remarks=reason)
    db.session.flush()
    return row


def _journal(what: str, row: Adjustment, *, remarks: str = "") -> None:
    said = {"adjustment": row.kind.value, "sum": f"{row.amount:,.2f}", "reason": row.reason, "remarks": remarks}
    changes = {name: [None, value] for name, value in said.items() if value}
    journal.record(f"adjustment.{what}", row.receivable, changes=changes)


def set_rules(event: Event, rules: dict[PaymentKind, refunds.Rule], terms: interest.Terms) -> None:
    """Give an event its own rules; where they are the house's, nothing is kept."""
    db.session.execute(delete(RefundRule).where(RefundRule.event_id == event.id))
    db.session.execute(delete(PaymentRules).where(PaymentRules.event_id == event.id))
    own = {kind: rule for kind, rule in rules.items() if rule != refunds.STANDARD[kind]}
    db.session.add_all(RefundRule(event_id=event.id, kind=kind, **asdict(rule)) for kind, rule in own.items())
    if terms != interest.STANDARD:
        db.session.add(PaymentRules(event_id=event.id, **asdict(terms)))
    said = [f"{kind.value}: {', '.join(str(value) for value in asdict(rule).values())}" for kind, rule in own.items()]
    journal.record("payment.rules", event, changes={"rules": [None, "; ".join(said) or "–"]})
    db.session.flush()
