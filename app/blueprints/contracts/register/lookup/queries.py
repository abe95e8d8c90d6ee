"""What comes back about requests to see a contract."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Permission
from app.extensions import db
from app.models import Contract, LookupRequest, User, UserRole

_WITH = (
    joinedload(LookupRequest.contract).joinedload(Contract.dealer),
    joinedload(LookupRequest.contract).joinedload(Contract.rep),
    joinedload(LookupRequest.user),
)


def waiting() -> list[LookupRequest]:
    """Return the requests nobody has answered, longest waiting first."""
    statement = select(LookupRequest).where(LookupRequest.decided_at.is_(None)).options(*_WITH)
    return list(db.session.scalars(statement.order_by(LookupRequest.id)))


def waiting_count() -> int:
    return int(db.session.scalar(select(func.count()).where(LookupRequest.decided_at.is_(None))) or 0)


def open_now(now: datetime) -> list[LookupRequest]:
    """Return the releases that hold now, those that end first on top."""
    statement = select(LookupRequest).where(LookupRequest.is_granted, LookupRequest.until > now).options(*_WITH)
    return list(db.session.scalars(statement.order_by(LookupRequest.until, LookupRequest.id)))


def of_contract(contract: Contract) -> list[LookupRequest]:
    """Return who asked for a contract, newest first."""
    statement = select(LookupRequest).where(LookupRequest.contract_id == contract.id).options(*_WITH)
    return list(db.session.scalars(statement.order_by(LookupRequest.id.desc()).limit(20)))


def of_user(user_id: int) -> list[LookupRequest]:
    """Return what somebody asked for last, newest first."""
    statement = select(LookupRequest).where(LookupRequest.user_id == user_id).options(*_WITH)
    return list(db.session.scalars(statement.order_by(LookupRequest.id.desc()).limit(5)))


def waiting_of(contract: Contract, user_id: int) -> LookupRequest | None:
    """Return somebody's unanswered request for a contract."""
    return db.session.scalar(
        select(LookupRequest).where(
            LookupRequest.contract_id == contract.id,
            LookupRequest.user_id == user_id,
            LookupRequest.decided_at.is_(None),
        )
    )


def one(request_id: int) -> LookupRequest | None:
    return db.session.scalar(select(LookupRequest).where(LookupRequest.id == request_id).options(*_WITH))


def refreshed(request: LookupRequest) -> None:
    """Read a request as it is now, and let whoever answers it at this moment wait."""
    db.session.execute(select(LookupRequest.id).where(LookupRequest.id == request.id).with_for_update())
    db.session.refresh(request, ["decided_at", "is_granted", "until"])


def filers() -> list[User]:
    """Return everybody who files contracts: they answer."""
    users = db.session.scalars(
        select(User)
        .where(User.is_active, User.id.in_(select(UserRole.user_id)))
        .options(selectinload(User.role_rows))
        .order_by(User.id)
    )
    return [user for user in users if Permission.FILE_CONTRACTS in user.permissions]
