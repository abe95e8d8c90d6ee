"""A message as one real guest would get it, written down nowhere."""

from app import clock, links
from app.blueprints.messages import queries, variables
from app.blueprints.messages.composing import to_guest, to_person, to_rep
from app.blueprints.messages.wording import Kind, Wording
from app.models import Answer, Channel, Event, Invitation, Message, Reply, User, Via


def values_for(event: Event, kind: Kind, guest: Invitation | None, me: User, locale: str) -> dict[str, str]:
    """Return what each variable would be. Without a reply on record, a plain "coming" stands in for it; of messages to
    the staff whoever looks is the receiver. Without a guest to look at there are no values."""
    if kind.to_staff:
        return variables.of_event(event, locale) | variables.staff_sample(event, kind.variables, me, locale)
    if guest is None:
        return {}
    if not kind.to_guest:
        link = links.public(f"/events/{event.slug}/calls")
        return variables.of_event(event, locale) | variables.of_rep(guest.rep or me, [guest], link)
    values = variables.of_event(event, locale) | variables.of_guest(guest)
    if "record" in kind.variables:
        reply, companions = queries.records_of([guest])[guest.id]
        stand_in = Reply(
            answer=Answer.COMING, answered_at=clock.now(), via=Via.LINK, hotel_nights=0, pickup_wanted=False, diet=""
        )
        values["record"] = variables.record(reply or stand_in, companions, event, locale)
    if "ride" in kind.variables:
        values["ride"] = variables.ride_sample(event, locale)
    return values


def preview(event: Event, kind: Kind, guest: Invitation, me: User, way: tuple[Channel, str], words: Wording) -> Message:
    """Return the message; `way` is the channel and the language. Raises what is wrong with the words."""
    channel, locale = way
    if not kind.to_guest:
        return to_rep(event, guest.rep or me, [guest], locale, words, links.public(f"/events/{event.slug}/calls"))
    address = (guest.dealer.mail if channel is Channel.MAIL else guest.dealer.mobile) or ""
    return to_guest(event, kind, guest, (channel, address), locale, words, values_for(event, kind, guest, me, locale))


def staff_preview(event: Event, kind: Kind, me: User, way: tuple[Channel, str], words: Wording) -> Message:
    """Return a message to the staff as whoever looks would get it. Raises what is wrong with the words."""
    channel, locale = way
    address = me.login if channel is Channel.MAIL else me.mobile or ""
    return to_person(event, kind, (channel, address), locale, words, values_for(event, kind, None, me, locale))
