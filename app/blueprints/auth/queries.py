"""Accounts, their sessions and their saved views."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, exists, func, select

from app import names
from app.access import Role
from app.extensions import db
from app.models import LoginSession, PasswordReset, SavedView, User, UserRole
from app.tokens import digest


@dataclass(frozen=True)
class StoredPassword:
    """What a sign-in is compared with. No such account, or one that is off: nothing matches the empty hash."""

    user_id: int | None
    hash: str


def anybody() -> bool:
    """Tell whether there is any account at all."""
    return bool(db.session.scalar(select(exists().where(User.id.is_not(None)))))


def stored_password(login: str) -> StoredPassword:
    """Return the password of a login name, as plain values that outlive the transaction."""
    row = db.session.execute(
        select(User.id, User.password_hash, User.is_active).where(User.login == login)
    ).one_or_none()
    return (
        StoredPassword(None, "") if row is None else StoredPassword(row.id, row.password_hash if row.is_active else "")
    )


def user(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def user_by_login(login: str) -> User | None:
    return db.session.scalar(select(User).where(User.login == login))


def people_of(domain: str) -> list[User]:
    """Return the active accounts of a mail domain, in the order they were made."""
    return list(
        db.session.scalars(select(User).where(User.login.endswith(f"@{domain}"), User.is_active).order_by(User.id))
    )


def everybody() -> Select[User]:
    """Return the select that the list of accounts starts from."""
    return select(User)


def ids_found_by(typed: str) -> list[int]:
    """Return the accounts whose name (in characters, pinyin or initials), mail, mobile or department fits.

    Accounts are counted in dozens, so their search keys are made on the way instead of being stored.
    """
    wanted = [pattern.strip("%") for pattern in names.search_patterns(typed)]
    found = []
    for row in db.session.execute(select(User.id, User.name, User.login, User.mobile, User.department)):
        key = names.search_key(row.name, row.department, row.mobile or "") + " ".join(re.split(r"\W+", row.login))
        if all(term in key for term in wanted):
            found.append(row.id)
    return found


def by_name() -> ColumnElement[int]:
    """Return the order of all accounts by the pinyin of their names. They are counted in dozens."""
    people = db.session.execute(select(User.id, User.name)).all()
    ordered = sorted(people, key=lambda person: names.sort_key(person.name))
    places = {person.id: place for place, person in enumerate(ordered)}
    return case(places, value=User.id, else_=len(places)) if places else User.id.expression


def last_sign_in() -> ScalarSelect[datetime]:
    """Return the expression for when an account was last signed in to."""
    return (
        select(func.max(LoginSession.started_at))
        .where(LoginSession.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )


def last_sign_ins(user_ids: list[int]) -> dict[int, datetime]:
    """Return for each account when it was last signed in to."""
    rows = db.session.execute(
        select(LoginSession.user_id, func.max(LoginSession.started_at))
        .where(LoginSession.user_id.in_(user_ids))
        .group_by(LoginSession.user_id)
    )
    return {row[0]: row[1] for row in rows}


def head_count_by_role() -> dict[Role, int]:
    """Return how many active people hold each role."""
    rows = db.session.execute(
        select(UserRole.role, func.count())
        .join(User, User.id == UserRole.user_id)
        .where(User.is_active)
        .group_by(UserRole.role)
    )
    return {row[0]: row[1] for row in rows}


def lock_administrators() -> set[int]:
    """Return the active administrators, and let nobody else change them until the transaction ends.

    The rows are locked first and read afterwards: PostgreSQL would otherwise answer from before the wait, and two
    administrators who demote each other at the same moment would both succeed.
    """
    administrators = (
        select(User.id).where(User.is_active, User.role_rows.any(UserRole.role == Role.ADMINISTRATOR)).order_by(User.id)
    )
    db.session.execute(administrators.with_for_update()).all()
    return set(db.session.scalars(administrators))


def open_sessions(user_id: int, at: datetime) -> list[LoginSession]:
    """Return where somebody is signed in, newest first."""
    return list(
        db.session.scalars(
            select(LoginSession)
            .where(
                LoginSession.user_id == user_id,
                LoginSession.revoked_at.is_(None),
                LoginSession.expires_at > at,
            )
            .order_by(LoginSession.started_at.desc(), LoginSession.id.desc())
        )
    )


def open_session(user_id: int, session_id: int, at: datetime) -> LoginSession | None:
    """Return one of somebody's own sessions."""
    return next((each for each in open_sessions(user_id, at) if each.id == session_id), None)


def password_link(token: str, at: datetime) -> PasswordReset | None:
    """Return the link of a token as long as it may be used."""
    return db.session.scalar(
        select(PasswordReset)
        .join(PasswordReset.user)
        .where(
            PasswordReset.token_digest == digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > at,
            User.is_active,
        )
    )


def saved_view(user_id: int, view_id: int) -> SavedView | None:
    """Return one of somebody's own saved views."""
    return db.session.scalar(select(SavedView).where(SavedView.user_id == user_id, SavedView.id == view_id))


def saved_views(user_id: int, table: str, scope: str) -> list[SavedView]:
    return list(
        db.session.scalars(
            select(SavedView).where(
                SavedView.user_id == user_id, SavedView.table_name == table, SavedView.scope == scope
            )
        )
    )
