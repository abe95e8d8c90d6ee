"""The plan of an event as a controlled document: revisions, sections, remarks, and the tasks of its timeline."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, choice
from app.models.event import Event
from app.models.user import User

__all__ = [
    "CalendarLink",
    "Control",
    "PlanDocument",
    "PlanRemark",
    "PlanRevision",
    "PlanSection",
    "PlanTask",
    "PlanWriter",
    "RevisionState",
    "TaskState",
]


class Control(StrEnum):
    """Whether copies of the document are kept up to date."""

    CONTROLLED = "controlled"
    UNCONTROLLED = "uncontrolled"


class RevisionState(StrEnum):
    """Where a revision of the plan stands. `plan.rules.life` says which follows which."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"  # passed by the reviewer, waits for the approver
    RETURNED = "returned"  # with remarks: mend it and submit it again
    APPROVED = "approved"  # locked: its figures are frozen, nobody can change it
    SUPERSEDED = "superseded"  # a later one has been approved


class PlanDocument(Base):
    """The plan of one event. Its number is given when it is first submitted, without gaps per year."""

    __tablename__ = "plan_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    number: Mapped[str | None] = mapped_column(String(30), unique=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    event: Mapped[Event] = relationship()
    revisions: Mapped[list["PlanRevision"]] = relationship(back_populates="document", order_by="PlanRevision.place")


_OPEN = text("state NOT IN ('approved', 'superseded')")


class PlanRevision(Base):
    """One revision. At most one of a document is open, that is neither approved nor superseded."""

    __tablename__ = "plan_revisions"
    __table_args__ = (
        UniqueConstraint("document_id", "place"),
        Index("ix_plan_revisions_state", "state"),
        Index("uq_plan_revisions_open", "document_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("reviewed_by_id <> prepared_by_id", name="reviewed_by_another"),
        CheckConstraint("approved_by_id <> prepared_by_id", name="approved_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("plan_documents.id", ondelete="CASCADE"))
    place: Mapped[int]  # 1 is A, 2 is B; see `plan.rules.marks`
    state: Mapped[RevisionState] = mapped_column(choice(RevisionState), default=RevisionState.DRAFT)
    title: Mapped[str] = mapped_column(String(120))
    control: Mapped[Control] = mapped_column(choice(Control), default=Control.CONTROLLED)
    executing: Mapped[str] = mapped_column(String(60), default="")  # department that carries it out
    supervising: Mapped[str] = mapped_column(String(60), default="")
    verifying: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")  # why it was revised; the first needs none
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who is asked
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [heading, places changed, added|changed|removed]
    change_count: Mapped[int] = mapped_column(default=0)  # places changed since the revision before
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    document: Mapped[PlanDocument] = relationship(back_populates="revisions")
    reviewer: Mapped[User | None] = relationship(foreign_keys=reviewer_id)
    approver: Mapped[User | None] = relationship(foreign_keys=approver_id)
    prepared_by: Mapped[User | None] = relationship(foreign_keys=prepared_by_id)
    reviewed_by: Mapped[User | None] = relationship(foreign_keys=reviewed_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    sections: Mapped[list["PlanSection"]] = relationship(
        back_populates="revision",
        cascade="all, delete-orphan",
        order_by="PlanSection.position, PlanSection.id",
    )
    writers: Mapped[list["PlanWriter"]] = relationship(cascade="all, delete-orphan", order_by="PlanWriter.user_id")
    remarks: Mapped[list["PlanRemark"]] = relationship(cascade="all, delete-orphan", order_by="PlanRemark.id")

    __mapper_args__ = {"version_id_col": version}


class PlanSection(Base):
    """A section as it was written: clean HTML with placeholders. `frozen` holds it filled in, by language."""

    __tablename__ = "plan_sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_revisions.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(40))  # the same in every revision, so that two can be compared
    position: Mapped[int] = mapped_column(default=0)
    heading: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text, default="")
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    revision: Mapped[PlanRevision] = relationship(back_populates="sections")
    edited_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PlanWriter(Base):
    """Somebody who wrote at a revision, and so may neither review nor approve it."""

    __tablename__ = "plan_writers"

    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_revisions.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)

    user: Mapped[User] = relationship()


class PlanRemark(Base):
    """What somebody who reviewed or approved wants mended, of the whole plan or of one section."""

    __tablename__ = "plan_remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_revisions.id", ondelete="CASCADE"), index=True)
    section_key: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]

    by: Mapped[User | None] = relationship()


class TaskState(StrEnum):
    """Where a task stands on a day; `plan.timeline.rules` finds it, it is stored nowhere."""

    LATE = "late"
    WAITING = "waiting"  # should have begun, but what comes before it is not done
    RUNNING = "running"
    AHEAD = "ahead"
    DONE = "done"


class PlanTask(Base):
    """Something that is to be done by a day, counted from the event's own day."""

    __tablename__ = "plan_tasks"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        Index("ix_plan_tasks_event_id_due_on", "event_id", "due_on"),
        Index("ix_plan_tasks_owner_id_done_at", "owner_id", "done_at"),
        CheckConstraint("starts_on <= due_on", name="starts_before_due"),
        CheckConstraint("after_id <> id", name="not_after_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))  # of the template row it came from
    title: Mapped[str] = mapped_column(String(120))
    department: Mapped[str] = mapped_column(String(60), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    starts_on: Mapped[date]
    due_on: Mapped[date]
    after_id: Mapped[int | None] = mapped_column(ForeignKey("plan_tasks.id", ondelete="SET NULL"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    done_by: Mapped[User | None] = relationship(foreign_keys=done_by_id)
    after: Mapped["PlanTask | None"] = relationship(remote_side="PlanTask.id")

    __mapper_args__ = {"version_id_col": version}


class CalendarLink(Base):
    """The address under which a calendar program reads somebody's tasks. A new one makes the old one void."""

    __tablename__ = "calendar_links"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship()
