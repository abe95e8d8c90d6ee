"""The lines on which messages leave the building, and what each answer of the other side means for us.

A line is opened for a batch and tells of every message whether it was sent, refused for good, failed for now, or
whether nobody can say. Only what certainly did not arrive may be called failed, since that is sent again.
"""

import hashlib
import logging
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy, utils
from email.mime.base import MIMEBase
from functools import cache
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import apprise
from flask_mail import BadHeaderError, Connection, Mail
from flask_mail import Message as MailMessage

from app import phones
from app.models import AttemptOutcome, Channel


@dataclass(frozen=True)
class Attachment:
    """A file that goes along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Parcel:
    """A message ready to go, free of any database session."""

    message_id: int
    key: str
    channel: Channel
    address: str
    subject: str
    text: str
    html: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of one try. `line_is_down` says that the next message would fare no better just now."""

    outcome: AttemptOutcome
    detail: str = ""
    line_is_down: bool = False


class Line(Protocol):
    """One way out."""

    @property
    def is_set(self) -> bool:
        """Whether a server is set for it. Without one, messages are kept."""

    def send(self, parcel: Parcel) -> Result:
        """Send one message. Never raises for what the other side or the net does."""

    def close(self) -> None:
        """Hang up after a batch."""


# Apprise logs numbers and addresses. We read its log ourselves and let nothing of it through to ours.
logging.getLogger("apprise").propagate = False

_SENT = Result(AttemptOutcome.SENT)
_AS_FOLDED = policy.SMTP.clone(refold_source="none")


def message_id(key: str, public_url: str) -> str:
    """Return the Message-ID of a mail. It follows from the key, so a duplicate can be told by whoever gets it."""
    host = urlsplit(public_url).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities this machine trusts. Reading them costs more than a letter."""
    return ssl.create_default_context()


class _WatchedSMTP(smtplib.SMTP):
    """Knows whether a mail has been handed over and not been answered: from then on nobody can say if it arrived."""

    handed_over = False

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()
        self.handed_over = code == 354  # "go ahead": the letter itself follows, and the next reply is the verdict
        return code, text


class _WatchedSMTPoverTLS(smtplib.SMTP_SSL, _WatchedSMTP):
    """The same, encrypted from the first byte."""


class _Connection(Connection):
    """Flask-Mail's connection with a time limit, which it lacks, and with our watched SMTP."""

    host: _WatchedSMTP

    def __init__(self, mail: Mail, timeout: float) -> None:
        super().__init__(mail)
        self._timeout = timeout

    def configure_host(self) -> smtplib.SMTP:
        server, port = self.mail.server, self.mail.port
        host: _WatchedSMTP
        if self.mail.use_ssl:
            host = _WatchedSMTPoverTLS(server, port, timeout=self._timeout, context=_trusted())
        else:
            host = _WatchedSMTP(server, port, timeout=self._timeout)
        try:
            if self.mail.use_tls:
                host.starttls(context=_trusted())
            if self.mail.username:
                host.login(self.mail.username, self.mail.password or "")
        except BaseException:
            host.close()
            raise
        return host

    def open(self) -> None:
        self.host = self.configure_host()  # type: ignore[assignment]


class _Letter(MailMessage):
    """Flask-Mail's message, with headers as it folded them: folding them anew cuts Chinese names within a character."""

    def _message(self) -> MIMEBase:
        message = super()._message()
        message.policy = _AS_FOLDED
        return message


class MailLine:
    """Mail by SMTP, one connection for a batch."""

    def __init__(self, mail: Mail, config: Mapping[str, Any]) -> None:
        self._mail = mail
        self._config = config
        self._connection: _Connection | None = None

    @property
    def is_set(self) -> bool:
        return bool(self._config["MAIL_SERVER"])

    def send(self, parcel: Parcel) -> Result:
        used_before = self._connection is not None
        result = self._try(parcel)
        if used_before and result.line_is_down and self._connection is None:
            return self._try(parcel)  # the server had hung up between two letters; nothing was handed over
        return result

    def _try(self, parcel: Parcel) -> Result:
        if (failure := self._open()) is not None:
            return failure
        assert self._connection is not None
        try:
            self._connection.send(self._letter(parcel))
        except (smtplib.SMTPException, OSError, BadHeaderError, ValueError) as error:
            handed_over = self._connection.host.handed_over
            result = _verdict(error, handed_over=handed_over)
            if handed_over or result.line_is_down:
                self._drop()
            return result
        return _SENT

    def _open(self) -> Result | None:
        if self._connection is not None:
            return None
        connection = _Connection(self._mail, self._config["MAIL_TIMEOUT"])
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            return Result(AttemptOutcome.FAILED, _told(error), line_is_down=True)
        self._connection = connection
        return None

    def _letter(self, parcel: Parcel) -> MailMessage:
        headers = {"Auto-Submitted": "auto-generated"}
        if parcel.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{parcel.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter = _Letter(
            subject=parcel.subject,
            # Quoted, so that a comma stays within the name; Flask-Mail encodes it, and twice would be once too often.
            sender=f'"{utils.quote(self._config["COMPANY_NAME"])}" <{self._config["MAIL_SENDER"]}>',
            recipients=[parcel.address],
            body=parcel.text,
            html=parcel.html or None,
            extra_headers=headers,
        )
        letter.msgId = message_id(parcel.key, self._config["PUBLIC_URL"])
        for each in parcel.attachments:
            letter.attach(each.name, each.media_type, each.content)
        return letter

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.host.close()
            self._connection = None

    def close(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.host.quit()
        except (smtplib.SMTPException, OSError):
            self._connection.host.close()
        self._connection = None


def _verdict(error: Exception, *, handed_over: bool) -> Result:
    """Say what an error while sending a mail means."""
    detail = _told(error)
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _ in error.recipients.values()]
            return Result(_by_code(max(codes)), detail)
        case smtplib.SMTPSenderRefused():
            return Result(AttemptOutcome.FAILED, detail, line_is_down=True)  # our own address is at fault, not theirs
        case smtplib.SMTPDataError():
            return Result(_by_code(error.smtp_code), detail, line_is_down=error.smtp_code == 421)
        case smtplib.SMTPNotSupportedError() | BadHeaderError() | ValueError():
            return Result(AttemptOutcome.REFUSED, detail)
        case _ if handed_over:
            return Result(AttemptOutcome.UNCERTAIN, detail)
        case _:
            return Result(AttemptOutcome.FAILED, detail, line_is_down=True)


def _by_code(code: int) -> AttemptOutcome:
    return AttemptOutcome.REFUSED if 500 <= code < 600 else AttemptOutcome.FAILED


def _told(error: Exception) -> str:
    """The other side's own words, for the people who read the list of attempts."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)}" for code, said in error.recipients.values())[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:300]
    return f"{type(error).__name__}: {error}"[:300]


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


class SmsLine:
    """SMS through the gateway that an apprise address names; the guest's number is appended to it."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._url = str(config["SMS_URL"])

    @property
    def is_set(self) -> bool:
        return bool(self._url)

    def send(self, parcel: Parcel) -> Result:
        head, mark, options = self._url.partition("?")
        number = quote(phones.national(parcel.address))
        return _notify(f"{head.rstrip('/')}/{number}{mark}{options}", parcel)

    def close(self) -> None:
        """Nothing is held open."""


class RobotLine:
    """Group robots of WeCom, DingTalk and Feishu. A message's address is the number of the robot in the setting."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._urls = list(config["ROBOT_URLS"])

    @property
    def is_set(self) -> bool:
        return bool(self._urls)

    def send(self, parcel: Parcel) -> Result:
        place = int(parcel.address) if parcel.address.isdecimal() else 0
        if not 1 <= place <= len(self._urls):
            return Result(AttemptOutcome.REFUSED, "no such robot")
        return _notify(self._urls[place - 1], parcel)

    def close(self) -> None:
        """Nothing is held open."""


# What apprise logs when a request was never made, so that sending again is safe. It only answers True or False.
_NEVER_LEFT = (
    "Connection refused",
    "NameResolutionError",
    "Name or service not known",
    "ConnectTimeout",
    "Network is unreachable",
    "No route to host",
)


def _notify(url: str, parcel: Parcel) -> Result:
    robot = apprise.Apprise()
    if not robot.add(url):
        return Result(AttemptOutcome.FAILED, "the apprise address in the settings is not understood", line_is_down=True)
    with apprise.LogCapture(level=logging.DEBUG) as log:  # type: ignore[no-untyped-call]
        sent = robot.notify(body=parcel.text, title=parcel.subject, body_format=apprise.NotifyFormat.TEXT)
        told = log.getvalue()
    return _SENT if sent else _gateway_verdict(told)


def _gateway_verdict(log: str) -> Result:
    """Say what a refusal means, from what apprise logged about it."""
    if any(sign in log for sign in _NEVER_LEFT):
        return Result(AttemptOutcome.FAILED, "connection failed", line_is_down=True)
    if (answer := re.search(r"error=(\d{3})", log)) is not None:
        code = answer[1]
        refused = code.startswith("4") and code not in {"408", "429"}
        return Result(AttemptOutcome.REFUSED if refused else AttemptOutcome.FAILED, f"HTTP {code}")
    return Result(AttemptOutcome.UNCERTAIN, "the gateway did not say")
