"""What comes back about telling."""

from sqlalchemy import select

from app.blueprints.staff.notice.actions import BY_HAND
from app.extensions import db
from app.models import Event, JournalEntry


def by_hand(event: Event) -> dict[int, JournalEntry]:
    """Return, by duty, the newest entry that somebody was told of it by hand: how, by whom and when."""
    rows = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.event_id == event.id, JournalEntry.action == BY_HAND)
        .order_by(JournalEntry.id)
    )
    return {each.subject_id: each for each in rows}
