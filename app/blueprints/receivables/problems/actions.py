"""Opening, planning, deciding and closing a problem account; stopping supply; letting the territory go."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app import clock, journal
from app.blueprints.receivables.adjusting import queries as adjusting
from app.blueprints.receivables.problems import queries
from app.blueprints.territories import actions as territories
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Dealer, ProblemAccount, ProblemDecision, User

DECIDE_WITHIN = 14  # days, unless somebody says otherwise


class ProblemAlreadyOpen(SigningDayError):
    """A dealer has one open problem account at most."""

    code = "problem_already_open"
    sentence = N_("This dealer is a problem account already.")


class ProblemClosed(SigningDayError):
    """It was closed in the meantime."""

    code = "problem_closed"
    sentence = N_("This problem account is closed.")


@dataclass(frozen=True)
class Plan:
    """Who sees to it, how, by when it is decided, and when the territory goes (None: it does not)."""

    owner_id: int | None
    plan: str
    decide_by: date
    release_on: date | None


def open_account(dealer: Dealer, *, reason: str, owner: User | None, today: date, by_id: int | None) -> ProblemAccount:
    """Make a dealer a problem account. The territory goes as many days later as the event's rules say."""
    db.session.scalars(select(Dealer).where(Dealer.id == dealer.id).with_for_update()).one()
    if queries.open_of(dealer.id) is not None:
        raise ProblemAlreadyOpen
    late = queries.overdue_of(dealer.id, today)
    days = adjusting.terms_of(late[0].event if late else None).release_days
    row = ProblemAccount(
        dealer_id=dealer.id,
        opened_at=clock.now(),
        opened_by_id=by_id,
        reason=reason,
        owner_id=owner.id if owner else None,
        plan="",
        decide_by=today + timedelta(days=DECIDE_WITHIN),
        release_on=today + timedelta(days=days) if queries.granted_contracts(dealer.id) else None,
    )
    db.session.add(row)
    db.session.flush()
    _journal("opened", row, reason=reason)
    return row


def held(account_id: int) -> ProblemAccount:
    """Return an open account as it is now, held until the transaction ends. Raises ProblemClosed."""
    statement = select(ProblemAccount).where(ProblemAccount.id == account_id).with_for_update()
    row = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    if row.closed_at:
        raise ProblemClosed
    return row


def plan(account_id: int, given: Plan) -> ProblemAccount:
    """Change who sees to it, how, and by when."""
    row = held(account_id)
    row.owner_id, row.plan, row.decide_by = given.owner_id, given.plan, given.decide_by
    if row.released_at is None:
        row.release_on = given.release_on
    said = journal.changes_of(row)
    if said:
        journal.record("problem.planned", row.dealer, changes=said)
    db.session.flush()
    return row


def decide(account_id: int, decision: ProblemDecision, *, note: str, by_id: int | None) -> ProblemAccount:
    """Say what is done about it; the newest decision holds."""
    row = held(account_id)
    row.decision, row.decision_note, row.decided_at, row.decided_by_id = decision, note, clock.now(), by_id
    _journal("decided", row, decision=decision.value, reason=note)
    db.session.flush()
    return row


def stop_supply(account_id: int, *, stopped: bool) -> ProblemAccount:
    """Stop supplying the dealer, or go on. Saying it twice is saying it once."""
    row = held(account_id)
    if (row.supply_stopped_at is not None) != stopped:
        row.supply_stopped_at = clock.now() if stopped else None
        _journal("supply_stopped" if stopped else "supply_resumed", row)
        db.session.flush()
    return row


def release_territory(account_id: int, today: date) -> bool:
    """Let the dealer's territories go, to whoever waits for them; not when nothing is overdue any more.

    Returns whether they went. Doing it twice does nothing more.
    """
    row = held(account_id)
    if row.released_at is not None or not queries.overdue_of(row.dealer_id, today):
        return False
    for contract in queries.granted_contracts(row.dealer_id):
        territories.end(contract, why="payment overdue")
    row.released_at = clock.now()
    _journal("released", row)
    db.session.flush()
    return True


def close(account_id: int, *, note: str, by_id: int | None) -> ProblemAccount:
    """Close it: paid, agreed on, or given up, as the note says. Supply goes on with it."""
    row = held(account_id)
    row.closed_at, row.closed_by_id, row.closing_note = clock.now(), by_id, note
    row.supply_stopped_at = None
    _journal("closed", row, reason=note)
    db.session.flush()
    return row


def _journal(what: str, row: ProblemAccount, **said: str) -> None:
    changes = {name: [None, value] for name, value in said.items() if value}
    journal.record(f"problem.{what}", row.dealer, changes=changes)
