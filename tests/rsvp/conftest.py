"""What the tests of replies share: an event with guests, and short ways to answer and to look."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.blueprints.rsvp.reply import actions
from app.blueprints.rsvp.reply.actions import Details, Given, How, Outcome
from app.extensions import db
from app.models import Answer, Confirmation, Event, Invitation, InvitationState, Message, Reply, Via
from tests.build import Builder

START = datetime(2026, 11, 26, 1, tzinfo=UTC)  # 09:00 in Shanghai
DUE = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 there, three days before
LONG_BEFORE = datetime(2026, 11, 10, 2, tzinfo=UTC)


@pytest.fixture
def at_the_beginning() -> Iterator[None]:
    """Stand two weeks before the event."""
    with clock.stopped_at(LONG_BEFORE):
        yield


class Desk:
    """Answers for guests, and looks at what became of it."""

    def __init__(self, app: Flask, build: Builder) -> None:
        self.app = app
        self.build = build

    def event(self, **values: Any) -> Event:
        return self.build.event(**{"starts_at": START, "capacity": 10} | values)

    def guest(self, event: Event, **values: Any) -> Invitation:
        given: dict[str, Any] = {"state": InvitationState.INVITED, "invited_at": LONG_BEFORE, "companions_allowed": 3}
        return self.build.invitation(event, **given | values)

    def answer(
        self,
        guest: Invitation,
        answer: Answer = Answer.COMING,
        *,
        companions: tuple[str, ...] = (),
        via: Via = Via.LINK,
        at: datetime | None = None,
        seen: int | None = None,
        details: bool = True,
    ) -> Outcome:
        """Answer for a guest and commit."""
        with self.app.app_context():
            invitation = db.session.get_one(Invitation, guest.id)
            said = Given(
                answer,
                substitute_name="王五" if answer is Answer.SUBSTITUTE else "",
                details=Details(companions=companions) if details and answer is not Answer.NOT_COMING else None,
            )
            outcome = actions.answer(invitation, said, How(via, at or clock.now(), seen=seen))
            db.session.commit()
            return outcome

    def run(self, work: Callable[..., Any], *arguments: Any) -> Any:
        with self.app.app_context():
            return work(*arguments)

    def state(self, guest: Invitation) -> InvitationState:
        with self.app.app_context():
            return db.session.get_one(Invitation, guest.id).state

    def states(self, event: Event) -> list[InvitationState]:
        with self.app.app_context():
            statement = select(Invitation.state).where(Invitation.event_id == event.id).order_by(Invitation.id)
            return list(db.session.scalars(statement))

    def reply(self, guest: Invitation) -> Reply | None:
        with self.app.app_context():
            return db.session.scalar(select(Reply).where(Reply.invitation_id == guest.id))

    def confirmations(self, guest: Invitation) -> list[Confirmation]:
        with self.app.app_context():
            return list(db.session.scalars(select(Confirmation).where(Confirmation.invitation_id == guest.id)))

    def messages(self, template: str) -> list[Message]:
        with self.app.app_context():
            return list(db.session.scalars(select(Message).where(Message.template == template).order_by(Message.id)))

    def move(self, event: Event, starts_at: datetime) -> None:
        self.set_event(event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))

    def set_event(self, event: Event, **values: Any) -> None:
        with self.app.app_context():
            row = db.session.get_one(Event, event.id)
            for name, value in values.items():
                setattr(row, name, value)
            db.session.commit()


@pytest.fixture
def desk(app: Flask, build: Builder) -> Desk:
    return Desk(app, build)
