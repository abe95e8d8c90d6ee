"""What comes back about the plan of an event."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Permission, permissions_of
from app.blueprints.plan.rules import life, marks
from app.blueprints.plan.rules.comparing import Text
from app.extensions import db
from app.models import Event, PlanDocument, PlanRemark, PlanRevision, PlanSection, PlanWriter, User

_WITH = (
    joinedload(PlanRevision.prepared_by).lazyload(User.role_rows),
    joinedload(PlanRevision.reviewed_by).lazyload(User.role_rows),
    joinedload(PlanRevision.approved_by).lazyload(User.role_rows),
)


def document(event: Event) -> PlanDocument | None:
    """Return the plan of an event with its revisions, the oldest first, and who signed them."""
    return db.session.scalar(
        select(PlanDocument)
        .where(PlanDocument.event_id == event.id)
        .options(selectinload(PlanDocument.revisions).options(*_WITH))
    )


def newest(document: PlanDocument) -> PlanRevision:
    return document.revisions[-1]


def in_force(document: PlanDocument) -> PlanRevision | None:
    """Return the newest approved revision: the one that holds."""
    return next((each for each in reversed(document.revisions) if each.state in life.LOCKED), None)


def before(document: PlanDocument, revision: PlanRevision) -> PlanRevision | None:
    """Return the revision that one changes."""
    return next((each for each in reversed(document.revisions) if each.place < revision.place), None)


def revision(document: PlanDocument, marked: str) -> PlanRevision | None:
    """Return the revision of a mark."""
    place = marks.place(marked)
    return next((each for each in document.revisions if each.place == place), None)


def section(revision: PlanRevision, section_id: int) -> PlanSection | None:
    return db.session.scalar(
        select(PlanSection)
        .where(PlanSection.revision_id == revision.id, PlanSection.id == section_id)
        .options(joinedload(PlanSection.edited_by))
    )


def writer_ids(revision: PlanRevision) -> frozenset[int]:
    """Return who wrote at a revision."""
    rows = db.session.scalars(select(PlanWriter.user_id).where(PlanWriter.revision_id == revision.id))
    return frozenset(rows) | ({revision.prepared_by_id} - {None} if revision.prepared_by_id else frozenset())


def remarks(revision: PlanRevision) -> list[PlanRemark]:
    """Return what is still to be mended, in the order it was said."""
    return list(
        db.session.scalars(
            select(PlanRemark)
            .where(PlanRemark.revision_id == revision.id, PlanRemark.settled_at.is_(None))
            .order_by(PlanRemark.id)
            .options(joinedload(PlanRemark.by))
        )
    )


def remark(revision: PlanRevision, remark_id: int) -> PlanRemark | None:
    return db.session.scalar(
        select(PlanRemark).where(PlanRemark.revision_id == revision.id, PlanRemark.id == remark_id)
    )


def deciders(permission: Permission, writers: Collection[int]) -> list[User]:
    """Return whose roles let them review or approve, without those who wrote, by name."""
    people = db.session.scalars(select(User).where(User.is_active).order_by(User.name, User.id))
    return [each for each in people if permission in permissions_of(each.roles) and each.id not in writers]


def frozen(revision: PlanRevision, language: str) -> list[Text] | None:
    """Return the sections of a locked revision as they were approved; None for an open one."""
    if revision.state not in life.LOCKED:
        return None
    return [Text(each.key, each.heading, _frozen(each, language)) for each in revision.sections]


def _frozen(section: PlanSection, language: str) -> str:
    held = section.frozen or {}
    return str(held.get(language) or next(iter(held.values()), section.body))


def users(ids: Collection[int]) -> Sequence[User]:
    """Return accounts in use by their ids."""
    if not ids:
        return []
    return db.session.scalars(select(User).where(User.id.in_(ids), User.is_active).order_by(User.id)).all()
