"""Putting photos into the report and taking them out."""

from app import clock, journal
from app.extensions import db
from app.models import Event, File, ReportPhoto


def add(event: Event, file: File, caption: str, *, by_id: int | None) -> ReportPhoto:
    """Put a kept picture into the report."""
    caption = " ".join(caption.split())[:120]
    row = ReportPhoto(event_id=event.id, file_id=file.id, caption=caption, added_at=clock.now(), added_by_id=by_id)
    db.session.add(row)
    journal.record("report.photo_added", event, event_id=event.id, changes={"caption": [None, row.caption]})
    db.session.flush()
    return row


def remove(event: Event, photo: ReportPhoto) -> None:
    """Take a photo out of the report; the file itself stays."""
    journal.record("report.photo_removed", event, event_id=event.id, changes={"caption": [photo.caption, None]})
    db.session.delete(photo)
    db.session.flush()
