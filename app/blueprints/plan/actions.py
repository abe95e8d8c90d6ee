"""What is done to the plan of an event while it is written. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import clock, journal, tokens
from app.blueprints.events import hindrances
from app.blueprints.events.rules.status import EventArchived
from app.blueprints.plan import queries, template
from app.blueprints.plan.rules import clean, life
from app.blueprints.plan.rules.life import Person, Verb
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Control,
    Event,
    EventStatus,
    PlanDocument,
    PlanRemark,
    PlanRevision,
    PlanSection,
    PlanWriter,
)


class SectionTooLong(SigningDayError):
    """A section holds so many characters at most."""

    code = "section_too_long"
    sentence = N_("This section is too long. Please divide it in two.")


@dataclass(frozen=True)
class Saved:
    """A section was saved, or somebody else has saved it in the meantime: then nothing was changed."""

    is_saved: bool
    theirs: PlanSection


@dataclass(frozen=True)
class Title:
    """What the title block says besides names and dates."""

    title: str
    control: Control
    executing: str
    supervising: str
    verifying: str


def lock(document: PlanDocument) -> None:
    """Let whoever moves a plan wait for one another, and read its newest revision as it is now."""
    db.session.flush()
    db.session.execute(select(PlanDocument.id).where(PlanDocument.id == document.id).with_for_update())
    db.session.refresh(document, ["number", "revisions"])
    for revision in document.revisions:
        db.session.refresh(revision, ["state", "version"])


def check_open(event: Event) -> None:
    """Raise for an event in the archive: its papers stay as they are."""
    if event.status is EventStatus.ARCHIVED:
        raise EventArchived


def start(event: Event, by: Person) -> PlanDocument:
    """Give an event its plan with the sections of the trade. Twice is once."""
    check_open(event)
    hindrances.lock(event)
    known = queries.document(event)
    if known is not None:
        return known
    now = clock.now()
    document = PlanDocument(event_id=event.id, created_at=now, created_by_id=by.id)
    executing, supervising, verifying = template.departments(event)
    revision = PlanRevision(
        place=1,
        title=template.title(event),
        executing=executing,
        supervising=supervising,
        verifying=verifying,
        created_at=now,
        sections=template.sections(event),
        writers=[PlanWriter(user_id=by.id)],
    )
    document.revisions = [revision]
    db.session.add(document)
    journal.record("plan.started", document, event_id=event.id, changes={})
    db.session.flush()
    return document


def revise(event: Event, document: PlanDocument, reason: str, by: Person) -> PlanRevision:
    """Begin a new revision of an approved plan, for a reason."""
    check_open(event)
    lock(document)
    last = queries.newest(document)
    if last.state in life.OPEN:
        raise life.RevisionOpen
    life.check(life.S.DRAFT, Verb.WRITE, by, ())
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise life.ReasonMissing
    row = PlanRevision(
        document_id=document.id,
        place=last.place + 1,
        title=last.title,
        control=last.control,
        executing=last.executing,
        supervising=last.supervising,
        verifying=last.verifying,
        reason=reason,
        created_at=clock.now(),
        sections=[
            PlanSection(key=each.key, position=each.position, heading=each.heading, body=each.body)
            for each in last.sections
        ],
        writers=[PlanWriter(user_id=by.id)],
    )
    db.session.add(row)
    journal.record("plan.revised", document, event_id=event.id, changes={"reason": [None, reason]})
    db.session.flush()
    db.session.expire(document, ["revisions"])
    return row


def describe(event: Event, revision: PlanRevision, title: Title, by: Person) -> None:
    """Set the title block."""
    _write(event, revision, by)
    revision.title, revision.control = title.title, title.control
    revision.executing, revision.supervising = title.executing, title.supervising
    revision.verifying = title.verifying
    if changes := journal.changes_of(revision):
        journal.record("plan.described", revision.document, event_id=event.id, changes=changes)
    db.session.flush()


def save_section(event: Event, section: PlanSection, heading: str, typed: str, by: Person, *, opened: str) -> Saved:
    """Save a section that said `opened` (a digest) when it was opened. When it says something else
    by now, nothing is changed.

    The same words as are there already are no conflict.
    """
    _write(event, section.revision, by)
    db.session.execute(select(PlanSection.id).where(PlanSection.id == section.id).with_for_update())
    db.session.refresh(section)
    body = clean.cleaned(typed)
    if len(body) > clean.LONGEST:
        raise SectionTooLong
    if (heading, body) == (section.heading, section.body):
        return Saved(True, section)
    if clean.digest(section.heading, section.body) != opened:
        return Saved(False, section)
    before = section.heading
    section.heading, section.body = heading, body
    section.edited_at, section.edited_by_id = clock.now(), by.id
    said = {"section": [before, heading]} if before != heading else {"section": [None, heading]}
    journal.record("plan.section_written", section.revision.document, event_id=event.id, changes=said)
    db.session.flush()
    return Saved(True, section)


def add_section(event: Event, revision: PlanRevision, heading: str, typed: str, by: Person) -> PlanSection:
    """Add a section of one's own at the end."""
    _write(event, revision, by)
    body = clean.cleaned(typed)
    if len(body) > clean.LONGEST:
        raise SectionTooLong
    row = PlanSection(
        revision_id=revision.id,
        key=f"own-{tokens.new_badge_code()}",
        position=max((each.position for each in revision.sections), default=0) + 1,
        heading=heading,
        body=body,
        edited_at=clock.now(),
        edited_by_id=by.id,
    )
    db.session.add(row)
    journal.record("plan.section_added", revision.document, event_id=event.id, changes={"section": [None, heading]})
    db.session.flush()
    db.session.expire(revision, ["sections"])
    return row


def remove_section(event: Event, section: PlanSection, by: Person) -> None:
    """Take a section out of an open revision. It stays in the revisions before."""
    revision = section.revision
    _write(event, revision, by)
    changes = {"section": [section.heading, None]}
    journal.record("plan.section_removed", revision.document, event_id=event.id, changes=changes)
    db.session.delete(section)
    db.session.flush()
    db.session.expire(revision, ["sections"])


def move_section(event: Event, section: PlanSection, *, up: bool, by: Person) -> None:
    """Let a section change places with the one before or after it."""
    revision = section.revision
    _write(event, revision, by)
    order: Sequence[PlanSection] = revision.sections
    at = [each.id for each in order].index(section.id)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(order):
        return
    places = [each.id for each in order]
    places[at], places[other] = places[other], places[at]
    for each in order:
        each.position = places.index(each.id) + 1
    db.session.flush()
    db.session.expire(revision, ["sections"])


def settle(event: Event, revision: PlanRevision, remark: PlanRemark, by: Person) -> None:
    """Say that a remark has been seen to. Twice is once."""
    _write(event, revision, by)
    if remark.settled_at is None:
        remark.settled_at = clock.now()
        changes = {"remark": [remark.text, None]}
        journal.record("plan.remark_settled", revision.document, event_id=event.id, changes=changes)
        db.session.flush()


def _write(event: Event, revision: PlanRevision, by: Person) -> None:
    """Check that this may be written at now, and remember who does."""
    check_open(event)
    lock(revision.document)
    life.check(revision.state, Verb.WRITE, by, ())
    if not any(each.user_id == by.id for each in revision.writers):
        revision.writers.append(PlanWriter(user_id=by.id))
        db.session.flush()
