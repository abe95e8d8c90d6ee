"""Typed builders: a row with everything a test does not care about filled in believably.

Each call commits and returns the row detached from its session, with its columns loaded.
"""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient

from app import clock, tokens
from app.access import Role
from app.extensions import db
from app.models import (
    Badge,
    Base,
    Companion,
    Dealer,
    Event,
    EventStatus,
    Invitation,
    InvitationState,
    LoginSession,
    User,
    UserRole,
)

Row = TypeVar("Row", bound=Base)
_NAMES = ["张三", "李四", "王小明", "欧阳建国", "单雄信", "陈静", "刘芳", "赵磊", "周洁", "吴强"]


class Builder:
    """Makes rows in the database of one test."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._count = itertools.count(1)

    def save(self, row: Row) -> Row:
        """Commit any row and return it detached."""
        with self.app.app_context():
            db.session.add(row)
            db.session.commit()
            db.session.refresh(row)
            db.session.expunge(row)
        return row

    def user(self, *roles: Role, **values: Any) -> User:
        n = next(self._count)
        user = User(
            **{
                "login": f"user{n}@example.com",
                "name": f"User {n}",
                "created_at": clock.now(),
                "locale": "en",
            }
            | values
        )
        user.role_rows = [UserRole(role=role) for role in roles or (Role.ADMINISTRATOR,)]
        return self.save(user)

    def sign_in(self, client: FlaskClient, user: User) -> LoginSession:
        """Give the client a session of this person, without the sign-in page."""
        token = tokens.new_link_token()
        now = clock.now()
        login = self.save(
            LoginSession(
                user_id=user.id,
                token_digest=tokens.digest(token),
                started_at=now,
                expires_at=max(now, datetime.now(UTC)) + timedelta(days=400),
            )
        )
        with client.session_transaction() as session:
            session["_user_id"] = token
        return login

    def client(self, *roles: Role) -> FlaskClient:
        """A client signed in with these roles."""
        client = self.app.test_client()
        self.sign_in(client, self.user(*roles))
        return client

    def event(self, **values: Any) -> Event:
        n = next(self._count)
        starts = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
        given = {
            "slug": f"event-{n}",
            "name": f"Event {n}",
            "starts_at": starts,
            "ends_at": values.get("starts_at", starts) + timedelta(hours=8),
            "status": EventStatus.OPEN,
            "created_at": clock.now(),
            "language": "zh_CN",
        }
        return self.save(Event(**given | values))

    def dealer(self, **values: Any) -> Dealer:
        n = next(self._count)
        contact = values.get("contact", _NAMES[n % len(_NAMES)])
        given = {
            "company": f"测试经销{n}有限公司",
            "company_key": f"测试经销{n}",
            "contact": contact,
            "mobile": f"+86138{n:08d}",
            "mail": f"guest{n}@example.com",
            "city": "武汉",
            "created_at": clock.now(),
        }
        return self.save(Dealer(**given | values))

    def invitation(self, event: Event, dealer: Dealer | None = None, **values: Any) -> Invitation:
        dealer = dealer or self.dealer()
        given = {
            "event_id": event.id,
            "dealer_id": dealer.id,
            "token": tokens.new_link_token(),
            "listed_at": clock.now(),
            "state": InvitationState.LISTED,
        }
        return self.save(Invitation(**given | values))

    def companions(self, invitation: Invitation, names: Iterable[str]) -> list[Companion]:
        return [self.save(Companion(invitation_id=invitation.id, name=name)) for name in names]

    def badge(self, invitation: Invitation, **values: Any) -> Badge:
        given = {
            "event_id": invitation.event_id,
            "invitation_id": invitation.id,
            "code": tokens.new_badge_code(),
            "created_at": clock.now(),
        }
        return self.save(Badge(**given | values))
