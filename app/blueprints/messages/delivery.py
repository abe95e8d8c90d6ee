"""What the worker asks about a message whose turn has come: is it still wanted, and what goes into the envelope?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import ics, links
from app.blueprints.messages.queries import unsubscribed
from app.blueprints.messages.rules import is_wanted, next_allowed
from app.blueprints.messages.wording import KINDS
from app.channels import Attachment, Parcel
from app.errors import N_
from app.extensions import db
from app.models import Channel, Event, EventStatus, Invitation, InvitationState, Message
from app.sending import Decision
from app.texts import gettext

_DECLINED = {InvitationState.DECLINED, InvitationState.DECLINED_LATE}
_SENDABLE = {EventStatus.OPEN, EventStatus.RUNNING}
_USELESS_AFTERWARDS = {
    *("invitation", "reminder", "reconfirm", "waiting_list_moved_up", "event_moved", "silent_for_rep"),
    *("duty_notice", "hall_tasks", "staff_missing", "front_notice", "host_notice"),
}
# Codes go at once, at any hour and whatever the event's state; one that is too old helps nobody.
_CODES = {"signing_code": timedelta(minutes=10)}
LETTER_NAME = N_("Invitation letter")
CALENDAR_NAME = N_("Calendar entry")


LastLook = Callable[[Message, datetime], Decision]
_LAST_LOOKS: dict[str, LastLook] = {}


def last_look(template: str, look: LastLook) -> None:
    """Let a higher room look at messages of a kind once more, at the very moment of sending."""
    _LAST_LOOKS[template] = look


def decide(message: Message, now: datetime) -> Decision:
    """Look once more, at the moment of sending. Messages about no event (a new password) always go."""
    if message.event_id is None:
        return Decision()
    if message.template in _CODES:
        return Decision(cancel="code_expired") if now - message.created_at > _CODES[message.template] else Decision()
    event = db.session.get_one(Event, message.event_id)
    if reason := _reason_against(message, event, now):
        return Decision(cancel=reason)
    if (look := _LAST_LOOKS.get(message.template)) and (said := look(message, now)) != Decision():
        return said
    kind = KINDS.get(message.template)
    if kind is None or kind.at_once or message.channel is Channel.ROBOT:
        return Decision()
    allowed = next_allowed(now, event.quiet_from, event.quiet_until, event.time_zone)
    return Decision(later=allowed) if allowed > now else Decision()


def _reason_against(message: Message, event: Event, now: datetime) -> str:
    kind = KINDS.get(message.template)
    if kind is not None and kind.outlasts:
        return "unsubscribed" if not kind.at_once and unsubscribed([message.address]) else ""
    if event.status not in _SENDABLE:
        return "event_not_open"
    if message.template in _USELESS_AFTERWARDS and event.ends_at <= now:
        return "event_over"
    if kind is None or not kind.to_guest:
        return ""
    if message.invitation is None:
        return "guest_gone"
    if not is_wanted(message.template, message.invitation.state):
        if message.invitation.state in _DECLINED:
            return "declined"
        if message.copy_of_id is None:  # whoever sends a message once more has looked at the guest
            return "no_longer_needed"
    return "unsubscribed" if unsubscribed([message.address]) else ""


@dataclass(frozen=True)
class Packer:
    """Makes the parcel of a message. The letter is printed by a higher room, so its maker is handed in."""

    letter: Callable[[Invitation], bytes]

    def __call__(self, message: Message) -> Parcel:
        return Parcel(
            message_id=message.id,
            key=message.key,
            channel=message.channel,
            address=message.address,
            subject=message.subject,
            text=message.text,
            html=message.html,
            unsubscribe_url=self._unsubscribe_url(message),
            attachments=tuple(self.attachments(message)),
        )

    def attachments(self, message: Message) -> list[Attachment]:
        """Return the files that go along, freshly made: they say what holds now."""
        return [made for name in names(message) if (made := self.attachment(message, name)) is not None]

    def attachment(self, message: Message, name: str) -> Attachment | None:
        """Return one of the files by its kind ("letter", "calendar"), or None when the message has no such file."""
        guest = message.invitation
        if guest is None or name not in names(message):
            return None
        if name == "letter":
            title = gettext(message.locale, LETTER_NAME)
            return Attachment(f"{title}.pdf", "application/pdf", self.letter(guest))
        entry = ics.event_entry(guest.event, link=links.reply_page(guest.token))
        return Attachment(f"{gettext(message.locale, CALENDAR_NAME)}.ics", ics.MEDIA_TYPE, entry)

    @staticmethod
    def _unsubscribe_url(message: Message) -> str:
        if message.invitation_id is None or message.channel is not Channel.MAIL:
            return ""
        return links.unsubscribe_page(message.invitation_id, message.channel)


def names(message: Message) -> list[str]:
    """Return the kinds of file that go along with a message."""
    wanted = {"letter": message.attach_letter, "calendar": message.attach_calendar}
    return [name for name, goes_along in wanted.items() if goes_along and message.invitation_id is not None]
