"""Taking an address out of our messages, and back in."""

from sqlalchemy import delete, select

from app import clock, journal
from app.blueprints.messages.queries import unsubscribed
from app.extensions import db
from app.models import Channel, Invitation, Message, Unsubscription


def addresses(guest: Invitation, channel: Channel) -> list[str]:
    """Return the addresses meant by a guest's link: where we have written to, and where we would write now."""
    now = guest.dealer.mail if channel is Channel.MAIL else guest.dealer.mobile
    then = db.session.scalars(
        select(Message.address).where(Message.invitation_id == guest.id, Message.channel == channel).distinct()
    )
    return sorted({*then, *([now] if now else [])})


def is_out(guest: Invitation, channel: Channel) -> bool:
    """Tell whether the guest gets no messages by this way."""
    wanted = addresses(guest, channel)
    return bool(wanted) and unsubscribed(wanted) == set(wanted)


def leave(guest: Invitation, channel: Channel) -> None:
    """Write no more messages to the guest's addresses; doing it twice changes nothing."""
    wanted = addresses(guest, channel)
    out = unsubscribed(wanted)
    for address in wanted:
        if address not in out:
            db.session.add(Unsubscription(address=address, unsubscribed_at=clock.now()))
    if set(wanted) - out:
        journal.record("invitation.unsubscribed", guest, changes={"channel": [None, channel.value]})


def come_back(guest: Invitation, channel: Channel) -> None:
    """Write to the guest again."""
    wanted = addresses(guest, channel)
    if not unsubscribed(wanted):
        return
    db.session.execute(delete(Unsubscription).where(Unsubscription.address.in_(wanted)))
    journal.record("invitation.subscribed_again", guest, changes={"channel": [channel.value, None]})
