"""The facts of an event: one for each guest, from four queries, and the outcomes of many events from three."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, type_coerce

from app import clock
from app.blueprints.receivables.ledger import payers
from app.blueprints.report.rules.facts import NOTHING, TALKED, Agreement, Fact, Mark, Owed, marks_of_state
from app.extensions import db
from app.models import (
    Amount,
    Arrival,
    Contract,
    ContractKind,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    InvitationState,
    NextStep,
    Posting,
    PostingKind,
    Receipt,
    Receivable,
    Talk,
    User,
)

FIRM_BEFORE = (InvitationState.FIRM, InvitationState.SUBSTITUTE)  # as the last count before the doors had them


def _counts(in_currency: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whose sum is added up: an amendment says the sum of its contract anew, so it would be counted twice."""
    return and_(in_currency, Contract.kind != ContractKind.AMENDMENT)


def facts(event: Event) -> list[Fact]:
    """Return everybody on the list and whoever signed, as rows have it now: four queries.

    There is no asking for an earlier day: the list itself keeps no history, so what is wanted later is kept as a
    snapshot on its day.
    """
    now = clock.now()
    today = clock.local(now, event.time_zone).date()
    agreements = _agreements(event, now)
    stepped = set(db.session.scalars(select(NextStep.invitation_id).where(NextStep.event_id == event.id)))
    found, seen = [], set()
    for row in db.session.execute(_guests(event)):
        seen.add(row.dealer_id)
        found.append(_fact(row, agreements.get(row.dealer_id), row.id in stepped, today))
    strangers = agreements.keys() - seen
    if strangers:
        rows = db.session.scalars(select(Dealer).where(Dealer.id.in_(strangers)).order_by(Dealer.id))
        found += [_stranger(dealer, agreements[dealer.id], today) for dealer in rows]
    return found


def _guests(event: Event) -> Select[*tuple[Any, ...]]:
    """Columns only: a thousand guests are a thousand plain rows, and nothing is loaded to be changed."""
    arrived = and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None))
    guest = (Invitation.id, Invitation.dealer_id, Invitation.kind, Invitation.readiness, Invitation.rep_id)
    more = (Invitation.state, Invitation.is_lead_signer, Invitation.expected_amount)
    return (
        select(
            *guest,
            *more,
            Dealer.company,
            Dealer.contact,
            Dealer.province,
            Dealer.source,
            User.name.label("rep"),
            Talk.state.label("talk"),
            Talk.open_points,
            Arrival.state_before,
        )
        .join(Invitation.dealer)
        .outerjoin(User, User.id == Invitation.rep_id)
        .outerjoin(Talk, Talk.invitation_id == Invitation.id)
        .outerjoin(Arrival, arrived)
        .where(Invitation.event_id == event.id)
        .order_by(Dealer.sort_key, Invitation.id)
    )


def _fact(row: Row[Any], of: Agreement | None, has_step: bool, today: date) -> Fact:
    marks = marks_of_state(row.state) | (of.marks(today) | {Mark.TALKED} if of else set())
    true_of = {
        Mark.TALKED: row.talk in TALKED,
        Mark.HAS_STEP: has_step,
        Mark.LEAD: row.is_lead_signer,
        Mark.UNASKED: row.state_before not in (None, *FIRM_BEFORE),
    }
    return Fact(
        dealer_id=row.dealer_id,
        invitation_id=row.id,
        company=row.company,
        contact=row.contact,
        kind=row.kind,
        readiness=row.readiness,
        rep_id=row.rep_id,
        rep=row.rep or "",
        region=row.province,
        source=row.source,
        state=row.state,
        marks=frozenset(marks | {mark for mark, is_so in true_of.items() if is_so}),
        expected=row.expected_amount or NOTHING,
        total=of.total if of else NOTHING,
        got=of.got if of else NOTHING,
        overdue=of.overdue(today) if of else NOTHING,
        agreed=of.agreed() if of else frozenset(),
        hint=row.open_points or "",
    )


def _stranger(dealer: Dealer, of: Agreement, today: date) -> Fact:
    return Fact(
        dealer_id=dealer.id,
        invitation_id=None,
        company=dealer.company,
        contact=dealer.contact,
        kind=GuestKind.DEALER,
        readiness=None,
        rep_id=None,
        rep="",
        region=dealer.province,
        source=dealer.source,
        state=None,
        marks=frozenset(of.marks(today) | {Mark.TALKED}),
        total=of.total,
        got=of.got,
        overdue=of.overdue(today),
        agreed=of.agreed(),
    )


def _agreements(event: Event, now: datetime) -> dict[int, Agreement]:
    """Return what each dealer has signed at the event: two queries. Sums in other currencies are left out."""
    owed = _owed(event, now)
    rows = db.session.execute(
        select(
            Contract.dealer_id,
            func.sum(case((Contract.countersigned_at <= now, 1), else_=0)),
            type_coerce(
                func.sum(case((_counts(Contract.currency == event.currency), Contract.total), else_=Decimal(0))),
                Amount(),
            ),
        )
        .where(Contract.event_id == event.id, payers.signs(now))
        .group_by(Contract.dealer_id)
        .order_by(Contract.dealer_id)
    )
    return {
        dealer_id: Agreement(bool(countersigned), total or NOTHING, owed.get(dealer_id, ()))
        for dealer_id, countersigned, total in rows
    }


def _owed(event: Event, now: datetime) -> Mapping[int, Sequence[Owed]]:
    moved = case((and_(Posting.kind == PostingKind.RESCHEDULE, Posting.at <= now), Posting.amount), else_=Decimal(0))
    sums = (payers.reached(now), payers.kept(now), func.sum(moved))
    rows = db.session.execute(
        select(
            Receivable.dealer_id,
            Receivable.position,
            Receivable.kind,
            Receivable.amount,
            Receivable.due_on,
            (Receivable.amount - Receivable.settled).label("open"),
            *(type_coerce(each, Amount()).label(f"sum{place}") for place, each in enumerate(sums)),
        )
        .outerjoin(Posting, Posting.receivable_id == Receivable.id)
        .outerjoin(Receipt, Receipt.id == Posting.receipt_id)
        .where(
            Receivable.event_id == event.id, Receivable.currency == event.currency, Receivable.cancelled_at.is_(None)
        )
        .group_by(Receivable.id)
        .order_by(Receivable.contract_id, Receivable.position)
    )
    found: dict[int, list[Owed]] = defaultdict(list)
    for dealer_id, position, kind, amount, due_on, left, *of in rows:
        came, got, moved_on = (each or NOTHING for each in of)
        if amount > moved_on:  # else an instalment agreement took its place, whose parts are rows of their own
            found[dealer_id].append(Owed(position, kind, amount - moved_on, came, due_on, left, got))
    return found


@dataclass(frozen=True)
class Outcome:
    """What came of one event among many: dealers who signed and who paid, and the sums."""

    signed: int = 0
    paid: int = 0
    total: Decimal = NOTHING  # of the contracts, in the event's currency
    got: Decimal = NOTHING  # still at the bank
    overdue: Decimal = NOTHING

    @property
    def never_paid(self) -> int:
        return max(0, self.signed - self.paid)


def outcomes(ids: Collection[int], today: date, at: payers.Moments | None = None) -> dict[int, Outcome]:
    """Return the outcomes of events by id: three queries, however many events there are.

    Signatures and money are those of `at`, which each event may have its own of; what is overdue is always today's.
    """
    at = at or clock.now()
    signed = _signed_of(ids, at)
    paid = _paid_of(ids, at)
    overdue = _overdue_of(ids, today)
    return {each: _outcome(each, signed, paid, overdue) for each in ids}


def _outcome(
    event_id: int,
    signed: Mapping[int, tuple[int, Decimal]],
    paid: Mapping[int, tuple[int, Decimal]],
    overdue: Mapping[int, Decimal],
) -> Outcome:
    number, total = signed.get(event_id, (0, NOTHING))
    payers, got = paid.get(event_id, (0, NOTHING))
    return Outcome(number, payers, total, got, overdue.get(event_id, NOTHING))


def _signed_of(ids: Collection[int], at: payers.Moments) -> dict[int, tuple[int, Decimal]]:
    in_currency = case((_counts(Contract.currency == Event.currency), Contract.total), else_=Decimal(0))
    rows = db.session.execute(
        select(
            Contract.event_id,
            func.count(func.distinct(Contract.dealer_id)),
            type_coerce(func.sum(in_currency), Amount()),
        )
        .join(Event, Event.id == Contract.event_id)
        .where(Contract.event_id.in_(ids), payers.signs(payers.moment(at, Contract.event_id)))
        .group_by(Contract.event_id)
    )
    return {event_id or 0: (number, total or NOTHING) for event_id, number, total in rows}


def _paid_of(ids: Collection[int], at: payers.Moments) -> dict[int, tuple[int, Decimal]]:
    """Count dealers whose money is at the bank; the sum has those in it to whom more went back than they paid."""
    of = payers.by_dealer(ids, at)
    rows = db.session.execute(
        select(
            of.c.event_id,
            func.sum(case((of.c.money > Decimal(0), 1), else_=0)),
            type_coerce(func.sum(of.c.money), Amount()),
        ).group_by(of.c.event_id)
    )
    return {event_id: (int(number), got or NOTHING) for event_id, number, got in rows}


def _overdue_of(ids: Collection[int], today: date) -> dict[int, Decimal]:
    rows = db.session.execute(
        select(Receivable.event_id, type_coerce(func.sum(Receivable.amount - Receivable.settled), Amount()))
        .join(Event, Event.id == Receivable.event_id)
        .where(
            Receivable.event_id.in_(ids),
            Receivable.currency == Event.currency,
            Receivable.cancelled_at.is_(None),
            Receivable.settled < Receivable.amount,
            Receivable.due_on < today,
        )
        .group_by(Receivable.event_id)
    )
    return {event_id or 0: total or NOTHING for event_id, total in rows}
