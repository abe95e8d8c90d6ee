"""Looking up what a signing service talks about."""

from sqlalchemy import select

from app.extensions import db
from app.models import Signing


def by_remote_id(remote_id: str) -> Signing | None:
    """Return the signing a service knows by this id."""
    return db.session.scalar(select(Signing).where(Signing.remote_id == remote_id))
