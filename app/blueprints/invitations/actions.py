"""What can be done to an invite list. Nothing here commits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from app import clock, journal, tokens
from app.blueprints.invitations import queries
from app.blueprints.invitations.rules import Fact, after, may_follow
from app.blueprints.messages import actions as messages
from app.errors import N_, EventNotOpen, SigningDayError
from app.extensions import db
from app.models import Dealer, Event, EventStatus, Invitation, InvitationState

INVITABLE = frozenset({EventStatus.OPEN, EventStatus.RUNNING})


class AlreadyListed(SigningDayError):
    """A dealer is on an event's list once."""

    code = "already_listed"
    sentence = N_("%(company)s is on this list already.")


class AlreadyInvited(SigningDayError):
    """Whoever has been invited stays on the list, so that it tells what was done."""

    code = "already_invited"
    sentence = N_("%(contact)s has been invited and cannot be taken off the list. Record a decline instead.")


def list_guest(event: Event, dealer: Dealer, **values: Any) -> Invitation:
    """Put a dealer on an event's list."""
    if event.status in (EventStatus.CLOSED, EventStatus.ARCHIVED):
        raise EventNotOpen
    if queries.invited_dealer_ids(event, [dealer.id]):
        raise AlreadyListed(company=dealer.company)
    invitation = Invitation(
        event_id=event.id,
        dealer_id=dealer.id,
        token=tokens.new_link_token(),
        state=InvitationState.LISTED,
        listed_at=clock.now(),
        **values,
    )
    invitation.dealer = dealer
    db.session.add(invitation)
    journal.record("invitation.listed", invitation, event_id=event.id)
    return invitation


def list_dealers(event: Event, dealer_ids: Sequence[int], *, rep_id: int | None) -> int:
    """Put dealers of the company's file on the list, their owners as reps; return how many were not on it.

    A rep (`rep_id`) may add their own dealers and those of the pool.
    """
    listed = queries.invited_dealer_ids(event, dealer_ids)
    statement = select(Dealer).where(Dealer.id.in_(dealer_ids), Dealer.id.not_in(listed))
    if rep_id is not None:
        statement = statement.where(or_(Dealer.owner_id == rep_id, Dealer.owner_id.is_(None)))
    added = [list_guest(event, each, rep_id=each.owner_id or rep_id) for each in db.session.scalars(statement)]
    return len(added)


def edit(invitation: Invitation, **values: Any) -> None:
    """Change what an invitation says, and write down what it was."""
    for field, value in values.items():
        setattr(invitation, field, value)
    if journal.changes_of(invitation):
        journal.record("invitation.edited", invitation)


def edit_many(invitations: Sequence[Invitation], **values: Any) -> int:
    """Change the same fields of several invitations; return how many were not so already."""
    changed = [each for each in invitations if any(getattr(each, field) != value for field, value in values.items())]
    for invitation in changed:
        edit(invitation, **values)
    return len(changed)


def take_off(invitation: Invitation) -> None:
    """Take a guest off the list who has not been invited yet."""
    if invitation.state is not InvitationState.LISTED:
        raise AlreadyInvited(contact=invitation.dealer.contact)
    journal.record("invitation.taken_off", invitation, changes={"contact": [invitation.dealer.contact, None]})
    db.session.delete(invitation)


def check_invitable(event: Event) -> None:
    """Raise EventNotOpen unless invitations may go out: the event is open or running."""
    if event.status not in INVITABLE:
        raise EventNotOpen


def invite(event: Event, invitations: Sequence[Invitation]) -> list[Invitation]:
    """Invite those of the guests who are only listed yet; return them.

    The message goes to the outbox in the same transaction. A guest without mail and mobile, or who has unsubscribed,
    stays listed: nobody must be thought invited to whom nothing went.
    """
    check_invitable(event)
    ready = [each for each in invitations if may_follow(each.state, Fact.SENT)]
    posted = messages.post_to_guests(ready, "invitation", attach_letter=True, attach_calendar=True)
    reached = {message.invitation_id for message in posted}
    invited = [each for each in ready if each.id in reached]
    for invitation in invited:
        invitation.state = after(invitation.state, Fact.SENT)
        invitation.invited_at = clock.now()
        journal.record("invitation.invited", invitation)
    return invited
