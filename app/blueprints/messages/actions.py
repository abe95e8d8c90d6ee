"""Writing messages into the outbox, and deciding about those that lie there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app import clock, links, outbox
from app.blueprints.messages import queries, variables
from app.blueprints.messages.composing import to_guest, to_person, to_rep, to_robot
from app.blueprints.messages.rules import is_wanted, next_allowed
from app.blueprints.messages.wording import KINDS, Kind, Wording, house_wording
from app.models import Channel, Dealer, Event, EventStatus, Invitation, InvitationState, Message, User
from app.texts import known

_WRITABLE = {EventStatus.OPEN, EventStatus.RUNNING}
Reason = Callable[[Invitation], str]
Values = Callable[[Invitation, str], dict[str, str]]


def post_to_guest(
    invitation: Invitation,
    template: str,
    *,
    reason: str,
    due_at: datetime | None = None,
    attach_letter: bool = False,
    attach_calendar: bool = False,
) -> Message | None:
    """Write one message to a guest; see `post_to_guests`. None when nothing was written."""
    posted = post_to_guests(
        [invitation],
        template,
        reason=lambda _: reason,
        due_at=due_at,
        attach_letter=attach_letter,
        attach_calendar=attach_calendar,
    )
    return posted[0] if posted else None


def post_to_guests(
    invitations: Sequence[Invitation],
    template: str,
    *,
    reason: Reason = lambda invitation: str(invitation.id),
    due_at: datetime | None = None,
    attach_letter: bool = False,
    attach_calendar: bool = False,
    values: Values | None = None,
) -> list[Message]:
    """Write a message of one kind to guests of one event and return those written (flushed, not committed).

    By mail to those who have an address, else by SMS; in the guest's language, else the event's; not in the event's
    quiet hours. Nothing is written to somebody without address or who unsubscribed it, whose invitation stands so that
    the message is of no use (who declined is never reminded), while the event is not open, or a second time for the
    same `reason`. `values` gives what a wording needs beyond guest and event, in the guest's language. Costs a handful
    of queries however many guests there are.
    """
    guests = [each for each in invitations if is_wanted(template, each.state)]
    if not guests or guests[0].event.status not in _WRITABLE:
        return []
    event, kind = guests[0].event, KINDS[template]
    queries.load_for_writing(guests)
    stationery = _Stationery(event, kind, guests, values)
    due_at = _due(event, kind, due_at)
    messages = []
    for guest in guests:
        if (way := _way(guest.dealer)) is None or way[1] in stationery.unsubscribed:
            continue
        message = stationery.write(guest, *way)
        message.key = f"{template}:{reason(guest)}"
        message.due_at = due_at
        message.attach_letter = attach_letter and message.channel is Channel.MAIL
        message.attach_calendar = attach_calendar and message.channel is Channel.MAIL
        messages.append(message)
    return outbox.post_all(messages)


def post_to_rep(
    event: Event, rep: User, guests: Sequence[Invitation], *, reason: str, link: str, due_at: datetime | None = None
) -> Message | None:
    """Tell a rep by mail which guests are to be called (kind `silent_for_rep`); `link` is the call list's path.

    The group robots of the settings are told how many they are, so that the team sees it where it talks.
    """
    kind, locale = KINDS["silent_for_rep"], known(rep.locale, event.language)
    if event.status not in _WRITABLE or not rep.is_active or not guests:
        return None
    queries.load_for_writing(guests)
    words = queries.wording(event, kind.key, Channel.MAIL, locale)
    message = to_rep(event, rep, guests, locale, words, links.public(link))
    message.key = f"{kind.key}:{reason}"
    message.due_at = _due(event, kind, due_at)
    posted = outbox.post_all([message, *_to_robots(event, rep, guests, links.public(link), message)])
    return message if message in posted else None


@dataclass(frozen=True)
class ToPerson:
    """A message to somebody who works at the event: why (`reason`), by which way, and the values of its wording."""

    reason: str
    channel: Channel
    address: str
    locale: str
    values: dict[str, str]
    user_id: int | None = None
    body: str = ""  # instead of the wording's own, for instance one level of reminding


def post_to_staff(event: Event, template: str, letters: Sequence[ToPerson]) -> list[Message]:
    """Write messages of one kind to the staff of an event and return those written (flushed, not committed).

    Not in the event's quiet hours, unless the kind cannot wait; nothing while the event is not open, and nothing a
    second time for the same reason. Costs a handful of queries however many people there are.
    """
    if not letters or event.status not in _WRITABLE:
        return []
    return outbox.post_all(draft_to_staff(event, template, letters))


def draft_to_staff(event: Event, template: str, letters: Sequence[ToPerson]) -> list[Message]:
    """Return the messages as `post_to_staff` would write them, in no session."""
    kind, own, of_event = KINDS[template], queries.own_wordings(event, template), dict[str, dict[str, str]]()
    due_at, messages = _due(event, kind, None), []
    for each in letters:
        if each.locale not in of_event:
            of_event[each.locale] = variables.of_event(event, each.locale)
        words = own.get((each.channel, each.locale)) or house_wording(template, each.channel, each.locale)
        values = of_event[each.locale] | each.values
        words = replace(words, body=each.body) if each.body else words
        message = to_person(event, kind, (each.channel, each.address), each.locale, words, values)
        message.key, message.due_at, message.user_id = f"{template}:{each.reason}", due_at, each.user_id
        messages.append(message)
    return messages


def _to_robots(event: Event, rep: User, guests: Sequence[Invitation], link: str, mail: Message) -> list[Message]:
    locale = known(event.language, "zh_CN")
    words = queries.wording(event, mail.template, Channel.SMS, locale)
    values = variables.of_event(event, locale) | variables.of_rep(rep, list(guests), link)
    notes = [to_robot(event, number, locale, words, values) for number in links.robots()]
    for note in notes:
        note.key, note.due_at = f"{mail.key}:robot:{note.address}", mail.due_at
    return notes


class _Stationery:
    """What is the same for all guests of one writing: wordings, the event's variables, who has unsubscribed."""

    def __init__(self, event: Event, kind: Kind, guests: Sequence[Invitation], more: Values | None = None) -> None:
        self.event, self.kind, self.more = event, kind, more
        ways = [way for guest in guests if (way := _way(guest.dealer))]
        self.unsubscribed = queries.unsubscribed(address for _, address in ways)
        self._own = queries.own_wordings(event, kind.key)
        self._values: dict[str, dict[str, str]] = {}
        self._records = queries.records_of(guests) if "record" in kind.variables else {}

    def values(self, guest: Invitation, locale: str) -> dict[str, str]:
        if locale not in self._values:
            self._values[locale] = variables.of_event(self.event, locale)
        values = self._values[locale] | variables.of_guest(guest)
        if self._records:
            values["record"] = variables.record(
                *self._records[guest.id], self.event, locale, is_waiting=guest.state is InvitationState.WAITING
            )
        return values | (self.more(guest, locale) if self.more else {})

    def words(self, channel: Channel, locale: str) -> Wording:
        return self._own.get((channel, locale)) or house_wording(self.kind.key, channel, locale)

    def write(self, guest: Invitation, channel: Channel, address: str) -> Message:
        locale = known(guest.dealer.locale, known(self.event.language, "zh_CN"))
        words = self.words(channel, locale)
        return to_guest(self.event, self.kind, guest, (channel, address), locale, words, self.values(guest, locale))


def _way(dealer: Dealer) -> tuple[Channel, str] | None:
    """By which way and at which address a guest is written to."""
    if dealer.mail:
        return Channel.MAIL, dealer.mail
    return (Channel.SMS, dealer.mobile) if dealer.mobile else None


def _due(event: Event, kind: Kind, due_at: datetime | None) -> datetime:
    wanted = max(due_at or clock.now(), clock.now())
    if kind.at_once:
        return wanted
    return next_allowed(wanted, event.quiet_from, event.quiet_until, event.time_zone)
