"""What the messages room looks up."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.messages.wording import Wording, house_wording
from app.extensions import db
from app.models import Channel, Companion, Event, Invitation, MessageTemplate, Reply, Unsubscription

_AT_ONCE = 500  # as many values as one statement may well have, on either database


def _chunks(values: Iterable[int | str]) -> Iterator[list[int | str]]:
    rest = iter(values)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk


def load_for_writing(invitations: Sequence[Invitation]) -> None:
    """Bring the dealers, reps and events of many invitations into the session with a few queries."""
    for ids in _chunks(invitation.id for invitation in invitations):
        statement = (
            select(Invitation)
            .where(Invitation.id.in_(ids))
            .options(joinedload(Invitation.dealer), joinedload(Invitation.rep), joinedload(Invitation.event))
        )
        db.session.scalars(statement).unique().all()


def unsubscribed(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses that want no more messages."""
    return {
        address
        for some in _chunks(dict.fromkeys(addresses))
        for address in db.session.scalars(select(Unsubscription.address).where(Unsubscription.address.in_(some)))
    }


def own_wordings(event: Event, key: str) -> dict[tuple[Channel, str], Wording]:
    """Return the event's own words for a message, by channel and language."""
    rows = db.session.scalars(
        select(MessageTemplate).where(MessageTemplate.event_id == event.id, MessageTemplate.key == key)
    )
    return {(row.channel, row.locale): Wording(row.subject, row.body) for row in rows}


def wording(event: Event, key: str, channel: Channel, locale: str) -> Wording:
    """Return the words in force: the event's own, else the house's."""
    return own_wordings(event, key).get((channel, locale)) or house_wording(key, channel, locale)


def records_of(invitations: Sequence[Invitation]) -> dict[int, tuple[Reply | None, list[str]]]:
    """Return, by invitation, the reply on record and the companions' names."""
    found: dict[int, tuple[Reply | None, list[str]]] = {each.id: (None, []) for each in invitations}
    for ids in _chunks(found):
        for reply in db.session.scalars(select(Reply).where(Reply.invitation_id.in_(ids))):
            found[reply.invitation_id] = (reply, found[reply.invitation_id][1])
        companions = select(Companion).where(Companion.invitation_id.in_(ids)).order_by(Companion.id)
        for companion in db.session.scalars(companions):
            found[companion.invitation_id][1].append(companion.name)
    return found
