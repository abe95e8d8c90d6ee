"""What was written to sample guests. No server is set, so everything is kept in the outbox."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.blueprints.messages import actions
from app.models import Invitation, MessageState

Moment = Callable[[Invitation], datetime]


def write(
    invitations: Sequence[Invitation], template: str, at: Moment, *, papers: bool = False, reason: str = ""
) -> None:
    """Put one message each into the outbox, as if written at that guest's moment; `papers` are letter and calendar."""
    moments = {each.id: at(each) for each in invitations}
    posted = actions.post_to_guests(
        invitations,
        template,
        reason=lambda invitation: f"{reason}{invitation.id}",
        attach_letter=papers,
        attach_calendar=papers,
    )
    for message in posted:
        assert message.invitation_id is not None
        message.created_at = message.due_at = moments[message.invitation_id]
        message.state, message.reason_code = MessageState.KEPT, "no_server"
