"""What was taken away on a page that offers Undo, kept for a while so that it can come back as it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

__all__ = ["Removal"]


class Removal(Base):
    """One thing that was removed with all that went with it. Putting it back takes this row away."""

    __tablename__ = "removals"
    __table_args__ = (Index("ix_removals_event_id_id", "event_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))  # the table the thing stood in
    name: Mapped[str] = mapped_column(String(200), default="")
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [table, columns], parents first
    links: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [table, key, column, value] that pointed at it
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
