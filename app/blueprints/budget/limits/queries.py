"""How far each role may go: the standard, the company's own over it, the event's over both."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import or_, select

from app.access import Role
from app.blueprints.budget.rules import authority
from app.blueprints.budget.rules.authority import Limits
from app.extensions import db
from app.models import AuthorityLimit, Event, Term, User, UserRole


def limits(event: Event | None) -> Limits:
    """Return every limit that is set; a role and a term without one may do nothing by themselves."""
    own = or_(AuthorityLimit.event_id.is_(None), AuthorityLimit.event_id == (event.id if event else None))
    statement = select(AuthorityLimit).where(own, AuthorityLimit.term.in_(authority.TERMS))
    found: dict[tuple[Role, Term], Decimal] = dict(authority.STANDARD)
    rows = db.session.scalars(statement.order_by(AuthorityLimit.id)).all()
    for row in sorted(rows, key=lambda row: row.event_id is not None):
        found[row.role, row.term] = row.limit
    return found


def limit(event: Event, roles: Collection[Role], term: Term) -> Decimal:
    """Return how far somebody with these roles may go at an event."""
    return authority.limit(limits(event), roles, term)


def own(event: Event | None) -> dict[tuple[Role, Term], Decimal]:
    """Return what is set for an event itself, or (None) by the company."""
    of = AuthorityLimit.event_id.is_(None) if event is None else AuthorityLimit.event_id == event.id
    rows = db.session.scalars(select(AuthorityLimit).where(of, AuthorityLimit.term.in_(authority.TERMS)))
    return {(row.role, row.term): row.limit for row in rows}


def holders(roles: Sequence[Role]) -> Mapping[Role, list[str]]:
    """Return the names of those who hold each role and may sign in."""
    statement = select(UserRole.role, User.name).join(User, User.id == UserRole.user_id)
    statement = statement.where(User.is_active, UserRole.role.in_(roles)).order_by(User.name, User.id)
    found: dict[Role, list[str]] = {role: [] for role in roles}
    for role, name in db.session.execute(statement):
        found[role].append(name)
    return found
