"""Mails about a plan: to whoever is asked, and back to its writers. Each in their own language."""

from collections.abc import Collection, Sequence

from app.blueprints.contracts import mail
from app.blueprints.plan import queries
from app.blueprints.plan.rules.marks import mark
from app.extensions import db
from app.models import Event, PlanRevision, User

REVIEW, APPROVE, RETURNED, APPROVED = "plan_to_review", "plan_to_approve", "plan_returned", "plan_approved"


def ask_reviewer(event: Event, revision: PlanRevision) -> None:
    """Ask whoever is to review it."""
    _post(event, revision, REVIEW, {revision.reviewer_id}, revision.prepared_by_id)


def ask_approver(event: Event, revision: PlanRevision) -> None:
    """Ask whoever is to approve it."""
    _post(event, revision, APPROVE, {revision.approver_id}, revision.reviewed_by_id)


def tell_returned(event: Event, revision: PlanRevision, remarks: Sequence[str], by_id: int) -> None:
    """Tell the writers what to mend."""
    to = set(queries.writer_ids(revision))
    _post(event, revision, RETURNED, to, by_id, remarks="\n".join(f"• {text}" for text in remarks))


def tell_approved(event: Event, revision: PlanRevision, by_id: int) -> None:
    """Tell writers and reviewer."""
    to = {*queries.writer_ids(revision), revision.reviewed_by_id} - {by_id}
    _post(event, revision, APPROVED, to, by_id)


def _post(
    event: Event,
    revision: PlanRevision,
    template: str,
    to: Collection[int | None],
    by_id: int | None,
    **values: str,
) -> None:
    by = db.session.get(User, by_id) if by_id else None
    people = queries.users({each for each in to if each is not None})
    key = f"{template}:{revision.id}:{revision.version}"
    mail.post(
        people,
        template,
        f"/events/{event.slug}/plan/",
        key,
        event=event,
        by=by.name if by else "",
        number=revision.document.number or "",
        mark=mark(revision.place),
        title=revision.title,
        **values,
    )
