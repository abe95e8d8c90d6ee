"""Who is asking: the signed-in person behind a request, and what they may do."""

from typing import cast

from flask import request, session
from flask_login import AnonymousUserMixin, UserMixin, current_user
from sqlalchemy import select

from app import clock
from app.access import Permission
from app.extensions import db, login_manager
from app.models import LoginSession, User
from app.tokens import digest


class Person(UserMixin):
    """A signed-in member of staff. The browser holds the session's token, the database only its digest."""

    def __init__(self, user: User, login: LoginSession, token: str) -> None:
        self.user = user
        self.login = login
        self.token = token
        self.id = user.id
        self.name = user.name
        self.locale = user.locale
        self.permissions = user.permissions
        self.roles = user.roles

    def get_id(self) -> str:
        return self.token

    def can(self, permission: Permission | str) -> bool:
        return permission in self.permissions


class Nobody(AnonymousUserMixin):
    """Whoever has not signed in."""

    user: User | None = None
    id: int | None = None
    name = ""
    locale: str | None = None
    permissions: frozenset[Permission] = frozenset()

    def can(self, permission: Permission | str) -> bool:
        return False


def load_person(token: str) -> Person | None:
    """Return the person of a session token, or None when the session has ended, was revoked, or the account is off."""
    login = db.session.scalar(select(LoginSession).where(LoginSession.token_digest == digest(token)))
    if login is None or login.revoked_at or login.expires_at <= clock.now() or not login.user.is_active:
        return None
    return Person(login.user, login, token)


def me() -> Person:
    """Return the signed-in person. Only for views behind `@requires`."""
    return cast(Person, current_user._get_current_object())  # noqa: SLF001 - werkzeug's public way to look through


def own_rep_id() -> int | None:
    """Return the id that lists of invitations are limited to: None for those who may see everybody's."""
    person = me()
    return None if person.can(Permission.VIEW_ALL_INVITATIONS) else person.id


def address() -> str:
    """Return the address the request came from, as far as the trusted proxies tell."""
    return request.remote_addr or ""


def init() -> None:
    """Tie Flask-Login to our sessions."""
    login_manager.user_loader(load_person)
    login_manager.anonymous_user = Nobody
    login_manager.login_view = "auth.sign_in"
    login_manager.login_message = None
    login_manager.session_protection = None  # our sessions are rows that can be revoked; an address may change


def forget() -> None:
    """Empty the browser's session."""
    session.clear()
