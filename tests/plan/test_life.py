"""A plan from the first word to the archive: numbers, signatures, revisions, frozen figures, two who write at once."""

import pytest

from app.access import Role
from app.blueprints.events.rules.status import EventArchived
from app.blueprints.plan import actions, queries, reading
from app.blueprints.plan.approval import actions as approval
from app.blueprints.plan.approval.actions import Asked, NobodyToDecide, PlaceholdersWrong
from app.blueprints.plan.rules import clean, life
from app.blueprints.plan.rules.life import Verb
from app.models import EventStatus, Message, Milestone, PlanRevision, RevisionState, Stage

S = RevisionState
WRITER, OTHER, REVIEWER, APPROVER = Role.PLANNER, Role.CONFERENCE_AFFAIRS, Role.SALES_MANAGER, Role.DIRECTOR


def section_of(revision, key):
    return next(each for each in revision.sections if each.key == key)


def write(event, section, by, text, opened=None):
    opened = opened or clean.digest(section.heading, section.body)
    return actions.save_section(event, section, section.heading, text, by, opened=opened)


def test_from_draft_to_locked(written, session, who, asked):
    event, document = written()
    session.add(Milestone(event_id=event.id, key="plan_approved", stage=Stage.PLAN, title="x", due_on=event.starts_at))
    assert not document.number
    revision = approval.submit(event, document, asked, who[WRITER])
    assert [document.number, revision.state] == ["FA-2026-001", S.IN_REVIEW]
    with pytest.raises(life.PlanLocked):
        write(event, section_of(revision, "theme"), who[WRITER], "later")
    approval.send_back(
        event, document, who[REVIEWER], remark="more on media", of_sections={"media": "which?", "no": "x"}
    )
    assert [revision.state] == [S.RETURNED]
    assert [each.section_key for each in queries.remarks(revision)] == [None, "media", None]
    write(event, section_of(revision, "media"), who[OTHER], "<p>{{媒体名单}}</p>")
    approval.submit(event, document, asked, who[WRITER])
    assert queries.remarks(revision) == []
    approval.pass_on(event, document, who[REVIEWER])
    approval.approve(event, document, who[APPROVER])
    session.commit()
    assert [document.number, revision.state] == ["FA-2026-001", S.APPROVED]
    assert (revision.prepared_by_id, revision.reviewed_by_id, revision.approved_by_id) == (
        who[WRITER].id,
        asked.reviewer_id,
        asked.approver_id,
    )
    assert session.query(Milestone).filter_by(key="plan_approved").one().done_at is not None
    kinds = [each.template for each in session.query(Message).order_by(Message.id)]
    assert kinds[:2] == ["plan_to_review", "plan_returned"]
    assert sorted(kinds[2:]) == sorted(
        ["plan_to_review", "plan_to_approve", "plan_approved", "plan_approved", "plan_approved"]
    )


def test_figures_are_live_until_they_are_frozen(approved, invite):
    event, document = approved()
    revision = queries.newest(document)
    before = reading.texts(event, revision, "zh_CN")
    scale = next(each for each in before if each.key == "scale").html
    assert "0 位嘉宾" in scale
    for _ in range(3):
        invite(event)
    assert reading.texts(event, revision, "zh_CN") == before
    assert reading.texts(event, revision, "en") != before  # frozen in both languages


def test_writers_neither_review_nor_approve(written, who, people, asked):
    event, document = written()
    revision = queries.newest(document)
    write(event, section_of(revision, "theme"), who[OTHER], "by another")
    for reviewer in (people[OTHER].id, people[WRITER].id):
        with pytest.raises(life.WritersCannotDecide):
            approval.submit(event, document, Asked(reviewer, asked.approver_id), who[WRITER])
    with pytest.raises(NobodyToDecide):
        approval.submit(event, document, Asked(asked.reviewer_id, people[Role.SALES_REP].id), who[WRITER])
    approval.submit(event, document, asked, who[WRITER])
    with pytest.raises(life.OwnPlan):
        approval.pass_on(event, document, who[OTHER])
    with pytest.raises(life.NotYourPlan):
        approval.pass_on(event, document, who[APPROVER])
    approval.pass_on(event, document, who[REVIEWER])
    with pytest.raises(life.NotYourPlan):
        approval.approve(event, document, who[REVIEWER])


def test_a_later_change_is_a_new_revision_with_its_changes(approved, session, who, asked):
    event, document = approved()
    with pytest.raises(life.ReasonMissing):
        actions.revise(event, document, "  ", who[WRITER])
    second = actions.revise(event, document, "media", who[WRITER])
    with pytest.raises(life.RevisionOpen):
        actions.revise(event, document, "again", who[WRITER])
    with pytest.raises(life.NothingChanged):
        approval.submit(event, document, asked, who[WRITER])
    write(event, section_of(second, "aftermath"), who[WRITER], section_of(second, "aftermath").body + "<p>one more</p>")
    actions.remove_section(event, section_of(second, "publicity"), who[WRITER])
    added = actions.add_section(event, second, "Safety", "a\n\nb", who[WRITER])
    actions.move_section(event, added, up=True, by=who[WRITER])
    assert [each.key for each in second.sections][-2:] == [added.key, "duties"]
    approval.submit(event, document, asked, who[WRITER])
    approval.pass_on(event, document, who[REVIEWER])
    approval.approve(event, document, who[APPROVER])
    session.commit()
    first = document.revisions[0]
    assert (first.state, second.state, document.number) == (S.SUPERSEDED, S.APPROVED, "FA-2026-001")
    assert {(each[2]) for each in second.changes} == {"changed", "added", "removed"}
    assert second.change_count == sum(each[1] for each in second.changes) > 3
    assert section_of(first, "publicity").body  # earlier revisions keep theirs


def test_numbers_have_no_gaps(written, who, asked, session):
    numbers = []
    for place in range(3):
        event, document = written()
        approval.submit(event, document, asked, who[WRITER])
        if place == 1:
            session.rollback()
            continue
        session.commit()
        numbers.append(document.number)
    assert numbers == ["FA-2026-001", "FA-2026-002"]


def test_two_who_write_at_once_lose_nothing(written, session, who):
    event, document = written()
    section = section_of(queries.newest(document), "theme")
    opened = clean.digest(section.heading, section.body)
    assert write(event, section, who[WRITER], "first", opened).is_saved
    second = write(event, section, who[OTHER], "second", opened)
    assert (second.is_saved, second.theirs.body) == (False, "<p>first</p>")
    assert write(event, section, who[OTHER], "<p>first</p>", opened).is_saved  # the same words are no conflict
    actions.move_section(event, section, up=False, by=who[WRITER])  # and neither is another place
    assert write(event, section, who[OTHER], "third").is_saved


def test_placeholders_are_checked_and_the_archive_is_closed(written, who, asked, session):
    event, document = written()
    section = section_of(queries.newest(document), "theme")
    write(event, section, who[WRITER], "<p>{{no such thing}}</p>")
    with pytest.raises(PlaceholdersWrong):
        approval.submit(event, document, asked, who[WRITER])
    event.status = EventStatus.ARCHIVED
    with pytest.raises(EventArchived):
        write(event, section, who[WRITER], "late")


def test_what_was_seen_is_what_is_approved(written, who, asked, invite):
    event, document = written()
    revision = approval.submit(event, document, asked, who[WRITER])
    seen = reading.seen(revision, reading.texts(event, revision, "zh_CN"))
    invite(event)
    with pytest.raises(life.FiguresMoved):
        approval.pass_on(event, document, who[REVIEWER], seen=seen)
    seen = reading.seen(revision, reading.texts(event, revision, "zh_CN"))
    assert approval.pass_on(event, document, who[REVIEWER], seen=seen).state is S.REVIEWED


def test_taken_back_it_is_unsigned(written, who, asked, session):
    event, document = written()
    revision = approval.submit(event, document, asked, who[WRITER])
    approval.withdraw(event, document, who[WRITER])
    assert [revision.state, revision.prepared_at] == [S.DRAFT, None]
    assert session.query(PlanRevision).count() == 1
    assert Verb.WRITE.value  # it may be written at again
    assert write(event, section_of(revision, "theme"), who[WRITER], "x").is_saved
