"""A post office for each test: a real SMTP server, and the application's lines leading there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, outbox, worker
from app.channels import Line, MailLine
from app.extensions import db
from app.models import Attempt, Channel, Message, MessageState
from app.sending import Decide, Decision, Sender
from tests.messages import smtp


@dataclass
class Post:
    """The application with its mail going to a server of the test's own."""

    app: Flask
    server: smtp.Server
    port: int

    def lines(self) -> dict[Channel, Line]:
        return {Channel.MAIL: MailLine(self.app.extensions["mail"], self.app.config)}

    def sender(self, name: str = "w1", *, decide: Decide | None = None, lease: float = 300, **values) -> Sender:
        return Sender(
            name,
            values.pop("lines", None) or self.lines(),
            decide=decide or (lambda *_: Decision()),
            pack=worker.PACKER,
            lease=timedelta(seconds=lease),
            **values,
        )

    def send(self, **values) -> int:
        with self.app.app_context():
            return self.sender(**values).run()

    def write(self, count: int = 1, **values) -> list[int]:
        """Messages to nobody in particular, due now."""
        with self.app.app_context():
            keys = [f"test:{n}" for n in range(count)]
            for key in keys:
                outbox.post(
                    **{
                        "key": key,
                        "template": "note",
                        "channel": Channel.MAIL,
                        "address": f"{key.replace(':', '-')}@example.com",
                        "locale": "en",
                        "subject": f"Subject {key}",
                        "text": "Hello",
                    }
                    | values
                )
            db.session.commit()
            return list(db.session.scalars(select(Message.id).order_by(Message.id)))

    def states(self) -> list[MessageState]:
        with self.app.app_context():
            return list(db.session.scalars(select(Message.state).order_by(Message.id)))

    def message(self, message_id: int) -> Message:
        with self.app.app_context():
            message = db.session.get_one(Message, message_id)
            db.session.expunge(message)
            return message

    def attempts(self, message_id: int) -> list[Attempt]:
        with self.app.app_context():
            attempts = list(
                db.session.scalars(select(Attempt).where(Attempt.message_id == message_id).order_by(Attempt.number))
            )
            for attempt in attempts:
                db.session.expunge(attempt)
            return attempts

    def later(self, **values: float) -> None:
        """Let what waits for its next try be due."""
        with self.app.app_context():
            for message in db.session.scalars(select(Message).where(Message.state == MessageState.WAITING)):
                message.due_at = clock.now() - timedelta(seconds=1)
            db.session.commit()


@pytest.fixture
def post(app: Flask) -> Iterator[Post]:
    state = app.extensions["mail"]
    kept = app.config["MAIL_SERVER"], state.server, state.port, app.config["MAIL_TIMEOUT"]
    with smtp.running() as (server, port):
        app.config["MAIL_SERVER"] = state.server = "127.0.0.1"
        app.config["MAIL_TIMEOUT"] = 5
        state.port = port
        yield Post(app, server, port)
    app.config["MAIL_SERVER"], state.server, state.port, app.config["MAIL_TIMEOUT"] = kept
