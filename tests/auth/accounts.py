"""What the tests of accounts share: people with a password, limited applications, and looking at rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import passwords
from app.access import Role
from app.extensions import db, limiter
from app.models import Base, JournalEntry, LoginSession, User
from tests.build import Builder
from tests.conftest import make_app

PASSWORD = "a green door in autumn"


def person(build: Builder, *roles: Role, **values: Any) -> User:
    """Somebody who can sign in with PASSWORD."""
    return build.user(*roles, password_hash=passwords.hashed(PASSWORD), **values)


def sign_in(client: FlaskClient, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login", data={"login": user.login, "password": password, **more})


def alike(text: str) -> str:
    """Return a page without what was typed, which stays in its field, and without its CSRF tokens."""
    return re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", text)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def actions_noted(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def rows(app: Flask, kind: type[Base]) -> list[Any]:
    with app.app_context():
        found = list(db.session.scalars(select(kind)))
        db.session.expunge_all()
        return found


def open_sessions(app: Flask, user: User) -> int:
    return sum(1 for row in rows(app, LoginSession) if row.user_id == user.id and row.revoked_at is None)


@contextmanager
def second(app: Flask, **overrides: Any) -> Iterator[Flask]:
    """Another application on the same database, for instance with limits or CSRF on."""
    other = make_app(app.config["SIGNING_DAY_HOME"], app.config["SQLALCHEMY_DATABASE_URI"], **overrides)
    if overrides.get("limits"):
        limiter.reset()
    try:
        yield other
    finally:
        limiter.enabled = False  # there is one limiter in the process; the other tests do without
        with other.app_context():
            db.engine.dispose()
