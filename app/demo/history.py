"""What the journal would hold of a sample conference: worked out from its rows, as if each had been written then."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.extensions import db
from app.models import Base, Dealer, Event, Invitation, JournalEntry, Reply, User, Via

ADDRESS = "192.0.2.10"  # of the documentation's own network, RFC 5737


def write(events: Sequence[Event], planner: User) -> None:
    """Add the entries of the events, their guests and the dealers, in the order of time."""
    reps = {user.id: user for user in db.session.scalars(select(User))}
    entries = [
        _entry(dealer.created_at, reps.get(dealer.owner_id or 0, planner), "dealer.created", dealer, None)
        for dealer in db.session.scalars(select(Dealer))
    ]
    for event in events:
        entries += [*_of_event(event, planner), *_of_guests(event, reps, planner)]
    entries.sort(key=lambda entry: entry.at)
    db.session.add_all(entries)


def _entry(
    at: datetime, who: User | None, action: str, subject: Base, event: Event | None, **changes: object
) -> JournalEntry:
    return JournalEntry(
        at=at,
        actor_id=who.id if who else None,
        actor=who.name if who else "guest",
        address=ADDRESS,
        action=action,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,  # type: ignore[attr-defined]
        event_id=event.id if event else None,
        changes=changes,
    )


def _of_event(event: Event, planner: User) -> Iterator[JournalEntry]:
    yield _entry(event.created_at, planner, "event.created", event, event)
    yield _entry(
        event.created_at + timedelta(days=6),
        planner,
        "event.edited",
        event,
        event,
        hall=["", event.hall],
        theme=["", event.theme],
    )
    yield _entry(event.created_at + timedelta(days=11), planner, "event.open", event, event, status=["draft", "open"])


def _of_guests(event: Event, people: dict[int, User], planner: User) -> Iterator[JournalEntry]:
    statement = (
        select(Invitation, Reply)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id)
    )
    for invitation, reply in db.session.execute(statement):
        rep = people.get(invitation.rep_id or 0, planner)
        yield _entry(invitation.listed_at, rep, "invitation.listed", invitation, event)
        if invitation.invited_at:
            states = ["listed", "invited"]
            yield _entry(invitation.invited_at, planner, "invitation.invited", invitation, event, state=states)
        if reply is not None:
            who = rep if reply.via is Via.PHONE else None
            state = "declined" if reply.answer == "not_coming" else "accepted"
            yield _entry(reply.answered_at, who, "invitation.answered", invitation, event, state=["invited", state])
