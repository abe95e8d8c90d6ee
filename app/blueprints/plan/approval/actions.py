"""Submitting, reviewing, returning and approving. Nothing here commits."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app import clock, journal
from app.access import Permission
from app.blueprints.events import milestones
from app.blueprints.plan import actions, queries, reading
from app.blueprints.plan.approval import letters
from app.blueprints.plan.facts import known
from app.blueprints.plan.rules import comparing, life, marks
from app.blueprints.plan.rules.life import Person, Verb
from app.compared import Change
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Milestone, PlanDocument, PlanRemark, PlanRevision, RevisionState, User
from app.numbering import next_number
from app.texts import LOCALES
from app.texts import known as language_of

S = RevisionState
MILESTONE = "plan_approved"
SERIES = "plan"


class PlaceholdersWrong(SigningDayError):
    """A placeholder that nothing is known of would be printed as it stands."""

    code = "placeholders_wrong"
    sentence = N_("Some placeholders are not understood: %(names)s. Please mend them first.")


class PlanIsEmpty(SigningDayError):
    """A plan without a word is none."""

    code = "plan_is_empty"
    sentence = N_("The plan has no section with text yet.")


class NobodyToDecide(SigningDayError):
    """Whoever is asked must be allowed to answer."""

    code = "nobody_to_decide"
    sentence = N_("Please choose who reviews and who approves the plan.")


@dataclass(frozen=True)
class Asked:
    """Who is to review and who to approve."""

    reviewer_id: int
    approver_id: int


def submit(event: Event, document: PlanDocument, asked: Asked, by: Person) -> PlanRevision:
    """Send the open revision for review; with the first time the plan gets its number."""
    revision, after = _ready(event, document, Verb.SUBMIT, by)
    _check_text(event, document, revision)
    _check_asked(revision, asked, by)
    revision.state, now = after, clock.now()
    revision.reviewer_id, revision.approver_id = asked.reviewer_id, asked.approver_id
    revision.prepared_by_id, revision.prepared_at = by.id, now
    revision.reviewed_by_id = revision.reviewed_at = None
    if document.number is None:
        year = clock.local(now, event.time_zone).year
        document.number = marks.number(year, next_number(SERIES, year))
    for remark in queries.remarks(revision):
        remark.settled_at = now
    _record("plan.submitted", event, document, revision)
    letters.ask_reviewer(event, revision)
    return revision


def withdraw(event: Event, document: PlanDocument, by: Person) -> PlanRevision:
    """Take a plan back that is being looked at, to write on."""
    revision = _moved(event, document, Verb.WITHDRAW, by)
    _unsigned(revision)
    _record("plan.withdrawn", event, document, revision)
    return revision


def pass_on(event: Event, document: PlanDocument, by: Person, *, seen: str | None = None) -> PlanRevision:
    """Say as the reviewer that the plan is right; the approver is asked next."""
    _check_seen(event, document, seen)
    revision = _moved(event, document, Verb.REVIEW, by)
    revision.reviewed_by_id, revision.reviewed_at = by.id, clock.now()
    _record("plan.reviewed", event, document, revision)
    letters.ask_approver(event, revision)
    return revision


def send_back(
    event: Event, document: PlanDocument, by: Person, *, remark: str, of_sections: Mapping[str, str] | None = None
) -> PlanRevision:
    """Return the plan with what has to be mended, of the whole and of single sections."""
    told = [(None, remark), *((of_sections or {}).items())]
    said = [(key, text.strip()[:500]) for key, text in told if text.strip()]
    if not said:
        raise life.RemarksMissing
    revision = _moved(event, document, Verb.RETURN, by)
    keys = {each.key for each in revision.sections}
    now = clock.now()
    db.session.add_all(
        PlanRemark(revision_id=revision.id, section_key=key if key in keys else None, text=text, at=now, by_id=by.id)
        for key, text in said
    )
    _unsigned(revision)
    _record("plan.returned", event, document, revision)
    db.session.flush()
    letters.tell_returned(event, revision, [text for _, text in said], by.id)
    return revision


def approve(event: Event, document: PlanDocument, by: Person, *, seen: str | None = None) -> PlanRevision:
    """Approve and lock: figures are frozen in every language, what changed is written down, the older one is over."""
    _check_seen(event, document, seen)
    revision = _moved(event, document, Verb.APPROVE, by)
    now = clock.now()
    for language in LOCALES:
        filled = known.filled(event, [each.body for each in revision.sections], language)
        for section, html in zip(revision.sections, filled, strict=True):
            section.frozen = (section.frozen or {}) | {language: html}
    before = queries.before(document, revision)
    if before is not None:
        revision.changes, revision.change_count = _changes(event, before, revision)
        before.state = S.SUPERSEDED
    revision.approved_by_id, revision.approved_at = by.id, now
    _record("plan.approved", event, document, revision)
    _tick_milestone(event)
    letters.tell_approved(event, revision, by.id)
    return revision


def changes_since(event: Event, document: PlanDocument, revision: PlanRevision) -> list[comparing.Compared]:
    """Return how a revision differs from the one before; nothing for the first."""
    before = queries.before(document, revision)
    if before is None:
        return []
    language = language_of(event.language, "zh_CN")
    return comparing.compare(reading.texts(event, before, language), reading.texts(event, revision, language))


def _changes(event: Event, before: PlanRevision, revision: PlanRevision) -> tuple[list[list[object]], int]:
    language = language_of(event.language, "zh_CN")
    old = queries.frozen(before, language) or []
    new = [
        comparing.Text(each.key, each.heading, str((each.frozen or {}).get(language, ""))) for each in revision.sections
    ]
    found = [each for each in comparing.compare(old, new) if each.change is not Change.SAME]
    listed: list[list[object]] = [[each.heading, each.places, each.change.value] for each in found]
    return listed, sum(each.places for each in found)


def _check_text(event: Event, document: PlanDocument, revision: PlanRevision) -> None:
    if not any(each.body for each in revision.sections):
        raise PlanIsEmpty
    wrong = [fault for each in revision.sections for fault in known.faults(each.body)]
    if wrong:
        raise PlaceholdersWrong(names=", ".join(sorted({fault.name or "{{ }}" for fault in wrong})))
    before = queries.before(document, revision)
    if before is None:
        return
    as_was = [(each.key, each.heading, each.body) for each in before.sections]
    as_is = [(each.key, each.heading, each.body) for each in revision.sections]
    is_same = as_was == as_is and _title(before) == _title(revision)
    if is_same and not any(each.places for each in changes_since(event, document, revision)):
        raise life.NothingChanged(mark=marks.mark(before.place))


def _title(revision: PlanRevision) -> tuple[object, ...]:
    return (revision.title, revision.control, revision.executing, revision.supervising, revision.verifying)


def _check_asked(revision: PlanRevision, asked: Asked, by: Person) -> None:
    writers = queries.writer_ids(revision) | {by.id}
    for user_id, permission in (
        (asked.reviewer_id, Permission.REVIEW_PLAN),
        (asked.approver_id, Permission.APPROVE_PLAN),
    ):
        user = db.session.get(User, user_id)
        if user is None or not user.is_active or permission not in user.permissions:
            raise NobodyToDecide
        if user_id in writers:
            raise life.WritersCannotDecide(name=user.name)


def _check_seen(event: Event, document: PlanDocument, seen: str | None) -> None:
    if seen is None:
        return
    revision = queries.newest(document)
    read = reading.texts(event, revision, language_of(event.language, "zh_CN"))
    if seen != reading.seen(revision, read):
        raise life.FiguresMoved


def _ready(event: Event, document: PlanDocument, verb: Verb, by: Person) -> tuple[PlanRevision, RevisionState]:
    """Return the newest revision, under the lock of its document, and the state it may go into."""
    actions.check_open(event)
    actions.lock(document)
    revision = queries.newest(document)
    return revision, life.check(revision.state, verb, by, queries.writer_ids(revision))


def _moved(event: Event, document: PlanDocument, verb: Verb, by: Person) -> PlanRevision:
    revision, after = _ready(event, document, verb, by)
    revision.state = after
    return revision


def _unsigned(revision: PlanRevision) -> None:
    revision.prepared_by_id = revision.reviewed_by_id = None
    revision.prepared_at = revision.reviewed_at = None


def _record(action: str, event: Event, document: PlanDocument, revision: PlanRevision) -> None:
    db.session.flush()
    journal.record(action, document, event_id=event.id, changes={"revision": [None, marks.mark(revision.place)]})
    db.session.flush()


def _tick_milestone(event: Event) -> None:
    """The date of the plan is kept by approving it; nobody ticks it a second time."""
    row = db.session.scalar(select(Milestone).where(Milestone.event_id == event.id, Milestone.key == MILESTONE))
    if row is not None:
        milestones.tick(event, row, is_done=True)
