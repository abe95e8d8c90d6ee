"""Who sits with whom, and how it goes. Nothing here commits."""

from sqlalchemy import select

from app import clock, journal
from app.extensions import db
from app.models import Event, Invitation, Talk, TalkState


def open_talk(
    event: Event, invitation: Invitation, *, host_id: int | None, table_label: str = "", state: TalkState
) -> Talk:
    """Open the talk with a guest, or return the one that is open already: two reps may press at once."""
    db.session.execute(select(Invitation.id).where(Invitation.id == invitation.id).with_for_update())
    talk = db.session.scalar(select(Talk).where(Talk.invitation_id == invitation.id))
    if talk is not None:
        return talk
    talk = Talk(
        event_id=event.id,
        invitation_id=invitation.id,
        host_id=host_id,
        table_label=table_label or invitation.table_label,
        state=state,
        since=clock.now(),
    )
    db.session.add(talk)
    db.session.flush()
    journal.record("talk.opened", invitation, changes={"state": [None, talk.state.value]})
    return talk


def change(
    talk: Talk,
    *,
    state: TalkState | None = None,
    host_id: int | None = None,
    table_label: str | None = None,
    open_points: str | None = None,
) -> None:
    """Note how a talk stands; what is not named stays. A new state counts its time from now."""
    if state is not None and state is not talk.state:
        journal.record("talk.changed", talk.invitation, changes={"talk_state": [talk.state.value, state.value]})
        talk.state, talk.since = state, clock.now()
    if host_id is not None:
        talk.host_id = host_id
    if table_label is not None:
        talk.table_label = table_label
    if open_points is not None:
        talk.open_points = open_points
    db.session.flush()
