"""Mails about a plan: to whoever is asked, and back to its writers. Each in their own language."""

from collections.abc import Collection, Sequence

from app.blueprints.contracts import mail
from app.blueprints.plan import queries
from app.blueprints.plan.rules.marks import mark
from app.errors import N_
from app.extensions import db
from app.models import Event, PlanRevision, User

REVIEW, APPROVE, RETURNED, APPROVED = "plan_to_review", "plan_to_approve", "plan_returned", "plan_approved"

_REVIEW_SUBJECT = N_("To review: %(title)s")
_REVIEW = N_(
    "Hello %(name)s,\n\n"
    "%(by)s asks you to review the plan %(number)s, revision %(mark)s:\n\n"
    "%(title)s\n\n"
    "You can read it and answer on a phone too.\n\n"
    "%(url)s\n"
)
_APPROVE_SUBJECT = N_("To approve: %(title)s")
_APPROVE = N_(
    "Hello %(name)s,\n\n"
    "the plan %(number)s, revision %(mark)s, has been reviewed by %(by)s and waits for your approval:\n\n"
    "%(title)s\n\n"
    "With your yes its figures are frozen and nobody can change it any more.\n\n"
    "%(url)s\n"
)
_RETURNED_SUBJECT = N_("Returned: %(title)s")
_RETURNED = N_(
    "Hello %(name)s,\n\n"
    "%(by)s has returned the plan %(number)s, revision %(mark)s:\n\n"
    "%(remarks)s\n\n"
    "Change it and submit it again.\n\n"
    "%(url)s\n"
)
_APPROVED_SUBJECT = N_("Approved: %(title)s")
_APPROVED = N_(
    "Hello %(name)s,\n\n"
    "%(by)s has approved the plan %(number)s, revision %(mark)s. It is locked and can be printed and filed.\n\n"
    "%(url)s\n"
)


def ask_reviewer(event: Event, revision: PlanRevision) -> None:
    """Ask whoever is to review it."""
    words = (_REVIEW_SUBJECT, _REVIEW, N_("Read and review"))
    _post(event, revision, REVIEW, words, {revision.reviewer_id}, revision.prepared_by_id)


def ask_approver(event: Event, revision: PlanRevision) -> None:
    """Ask whoever is to approve it."""
    words = (_APPROVE_SUBJECT, _APPROVE, N_("Read and approve"))
    _post(event, revision, APPROVE, words, {revision.approver_id}, revision.reviewed_by_id)


def tell_returned(event: Event, revision: PlanRevision, remarks: Sequence[str], by_id: int) -> None:
    """Tell the writers what to mend."""
    words = (_RETURNED_SUBJECT, _RETURNED, N_("Mend it"))
    to = set(queries.writer_ids(revision))
    _post(event, revision, RETURNED, words, to, by_id, remarks="\n".join(f"• {text}" for text in remarks))


def tell_approved(event: Event, revision: PlanRevision, by_id: int) -> None:
    """Tell writers and reviewer."""
    words = (_APPROVED_SUBJECT, _APPROVED, N_("Open the plan"))
    to = {*queries.writer_ids(revision), revision.reviewed_by_id} - {by_id}
    _post(event, revision, APPROVED, words, to, by_id)


def _post(
    event: Event,
    revision: PlanRevision,
    template: str,
    words: tuple[str, str, str],
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
        words,
        f"/events/{event.slug}/plan/",
        key,
        event=event,
        by=by.name if by else "",
        number=revision.document.number or "",
        mark=mark(revision.place),
        title=revision.title,
        **values,
    )
