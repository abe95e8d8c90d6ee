"""The outbox: every message that leaves the building, as a row."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.invitation import Invitation


class Channel(StrEnum):
    """By which way a message goes."""

    MAIL = "mail"
    SMS = "sms"
    ROBOT = "robot"  # a WeCom, DingTalk or Feishu group robot


class MessageState(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    SENDING = "sending"  # claimed by a worker until lease_until
    SENT = "sent"
    KEPT = "kept"  # no server is set for the channel: it can be read here only
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # the worker died or lost the line while sending: it may have arrived
    CANCELLED = "cancelled"


class Message(Base):
    """One message to one address."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_state_due_at", "state", "due_at"),
        Index("ix_messages_event_id_id", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  # idempotency: the same reason writes one message
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    template: Mapped[str] = mapped_column(String(40))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    address: Mapped[str] = mapped_column(String(300))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    attach_letter: Mapped[bool] = mapped_column(default=False)
    attach_calendar: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MessageState] = mapped_column(choice(MessageState), default=MessageState.WAITING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]  # not sent before: quiet hours, or the next try
    tries: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason_code: Mapped[str] = mapped_column(String(40), default="")  # why it was cancelled, kept or given up
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # the message this sends once more

    invitation: Mapped[Invitation | None] = relationship()
    attempts: Mapped[list["Attempt"]] = relationship(back_populates="message", order_by="Attempt.number")


class AttemptOutcome(StrEnum):
    """What came of one try."""

    STARTED = "started"
    SENT = "sent"
    REFUSED = "refused"  # for good: the other side does not take it
    FAILED = "failed"  # for now: tried again later
    UNCERTAIN = "uncertain"


class Attempt(Base):
    """One try to send a message. It is written before the line is opened, so a crash leaves it as started."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("message_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[AttemptOutcome] = mapped_column(choice(AttemptOutcome), default=AttemptOutcome.STARTED)
    detail: Mapped[str] = mapped_column(String(300), default="")

    message: Mapped[Message] = relationship(back_populates="attempts")


class MessageTemplate(Base):
    """An event's own wording of a message; without a row the house's wording is used."""

    __tablename__ = "message_templates"
    __table_args__ = (UniqueConstraint("event_id", "key", "channel", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Unsubscription(Base):
    """An address that wants no more messages from us."""

    __tablename__ = "unsubscriptions"

    address: Mapped[str] = mapped_column(String(300), primary_key=True)
    unsubscribed_at: Mapped[datetime]
