"""Asking for a contract and answering. Nothing here commits."""

from datetime import timedelta

from app import clock, journal
from app.blueprints.contracts.register.lookup import letters, queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Contract, LookupRequest, User

SHORTEST = 2  # characters of a reason


class ReasonWanted(SigningDayError):
    """Whoever asks says what for."""

    code = "reason_wanted"
    sentence = N_("Please say what you need the contract for.")


class LookupAnswered(SigningDayError):
    """Somebody else has answered already, or the release was ended."""

    code = "lookup_answered"
    sentence = N_("This request has been answered already.")


class OwnLookup(SigningDayError):
    """Nobody answers their own request."""

    code = "own_lookup"
    sentence = N_("Somebody else has to answer your request.")


def ask(contract: Contract, by: User, reason: str) -> LookupRequest:
    """Ask to see a contract. Asking again while the first request waits changes nothing; it is returned."""
    reason = " ".join(reason.split())[:200]
    if len(reason) < SHORTEST:
        raise ReasonWanted
    if (waiting := queries.waiting_of(contract, by.id)) is not None:
        return waiting
    request = LookupRequest(contract_id=contract.id, user_id=by.id, reason=reason, asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    journal.record("contract.lookup_asked", contract, changes={"reason": [None, reason]})
    letters.ask(request, contract, by)
    db.session.flush()
    return request


def release(request: LookupRequest, by: User, days: int) -> None:
    """Let whoever asked open the contract for so many days."""
    _check(request, by)
    request.decided_at, request.decided_by_id, request.is_granted = clock.now(), by.id, True
    request.until = clock.now() + timedelta(days=days)
    said = {"released_to": [None, request.user.name], "until_at": [None, journal.plain(request.until)]}
    journal.record("contract.lookup_released", request.contract, changes=said)
    letters.tell(request)
    db.session.flush()


def refuse(request: LookupRequest, by: User) -> None:
    """Say no."""
    _check(request, by)
    request.decided_at, request.decided_by_id = clock.now(), by.id
    journal.record("contract.lookup_refused", request.contract, changes={"asked_by": [None, request.user.name]})
    letters.tell(request)
    db.session.flush()


def take_back(request: LookupRequest) -> None:
    """End a release before its time."""
    now = clock.now()
    if not request.is_granted or request.until is None or request.until <= now:
        raise LookupAnswered
    request.until = now
    journal.record("contract.lookup_ended", request.contract, changes={"released_to": [request.user.name, None]})
    db.session.flush()


def _check(request: LookupRequest, by: User) -> None:
    queries.refreshed(request)
    if request.user_id == by.id:
        raise OwnLookup
    if request.decided_at is not None:
        raise LookupAnswered
