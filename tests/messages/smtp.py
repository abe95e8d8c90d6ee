"""A real SMTP server on this machine that takes mail, refuses it, or hangs up at a chosen moment."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mode(Enum):
    """How the server behaves."""

    ACCEPT = "accept"
    BUSY = "busy"  # 4xx to the recipient
    UNKNOWN_RECIPIENT = "unknown_recipient"  # 5xx to the recipient
    BUSY_AFTER_DATA = "busy_after_data"
    REFUSED_AFTER_DATA = "refused_after_data"
    DROP_BEFORE_DATA = "drop_before_data"
    DROP_AFTER_DATA = "drop_after_data"  # taken, and hung up without a word


class Server:
    """What came in, and how the next mail is answered. `script` answers the next ones, `mode` all others."""

    def __init__(self) -> None:
        self.mode = Mode.ACCEPT
        self.script: Iterator[Mode] = iter(())
        self.received: list[EmailMessage] = []
        self.connections = 0
        self._now = Mode.ACCEPT

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._now = next(self.script, self.mode)
        match self._now:
            case Mode.BUSY:
                return "451 come back later"
            case Mode.UNKNOWN_RECIPIENT:
                return "550 nobody here by that name"
            case Mode.DROP_BEFORE_DATA:
                _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        match self._now:
            case Mode.BUSY_AFTER_DATA:
                return "452 disk full"
            case Mode.REFUSED_AFTER_DATA:
                return "554 smells of spam"
        assert isinstance(envelope.content, bytes)
        mail: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(mail)
        if self._now is Mode.DROP_AFTER_DATA:
            _hang_up(server)
        return "250 taken"

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.received]


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@contextmanager
def running() -> Iterator[tuple[Server, int]]:
    """Run a server on a free port of the loopback while the block runs."""
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield server, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
