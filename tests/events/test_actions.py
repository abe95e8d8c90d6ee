"""What is done to events, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app import clock, journal
from app.blueprints.events import actions, queries, template
from app.blueprints.events.rules.status import EventArchived
from app.errors import SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    Channel,
    Event,
    EventStatus,
    GuestKind,
    Invitation,
    InvitationState,
    JournalEntry,
    MessageTemplate,
    Readiness,
)

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = datetime(2027, 1, 15, 1, tzinfo=UTC)
VALUES = {"name": "2027华中渠道招商会", "starts_at": START, "ends_at": START + timedelta(hours=8)}
S = InvitationState


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


def rows(event):
    return {row.key: row for row in queries.milestones(event)}


def test_a_new_event_starts_from_the_template(session):
    event = actions.create(VALUES, by_id=None)
    session.commit()
    assert (event.slug, event.status, event.capacity) == (
        "2027-hua-zhong-qu-dao-zhao-shang-hui",
        EventStatus.DRAFT,
        120,
    )
    assert event.purposes.count("\n") == 3
    assert {row.key for row in template.MILESTONES} == set(rows(event))
    assert rows(event)["plan_approved"].due_on == date(2026, 12, 1)
    assert rows(event)["doors_open"].due_on == date(2027, 1, 15)
    assert session.scalar(select(func.count()).where(JournalEntry.action == "event.created")) == 1


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_template_speaks_the_events_language(session, language):
    event = actions.create({**VALUES, "language": language}, by_id=None)
    titles = [row.title for row in queries.milestones(event)] + event.purposes.split("\n")
    assert all(title.isascii() == (language == "en") for title in titles)


def test_two_events_of_one_name_have_two_addresses(session):
    first = actions.create(VALUES, by_id=None)
    second = actions.create(VALUES, by_id=None)
    assert second.slug == f"{first.slug}-2"


def test_who_plans_late_has_missed_nothing_yet(session):
    soon = {**VALUES, "starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=10)}
    event = actions.create(soon, by_id=None)
    assert min(row.due_on for row in queries.milestones(event)) == date(2026, 11, 24)


def test_a_copy_keeps_settings_and_wording_and_moves_milestones(session, build):
    source = session.get(Event, build.event(venue="云麓酒店", capacity=88, starts_at=START).id)
    template.add_milestones(source)
    source.milestones[0].done_at = NOW
    source.replies_close_at = START - timedelta(days=2)
    session.add(MessageTemplate(event_id=source.id, key="invitation", channel=Channel.SMS, locale="en", body="Come."))
    session.commit()
    later = START + timedelta(days=31)
    copy = actions.copy(
        source,
        {"name": "二月站", "starts_at": later, "ends_at": later + timedelta(hours=6)},
        with_guests=False,
        by_id=None,
    )
    session.commit()
    assert (copy.venue, copy.capacity, copy.copied_from_id, copy.status) == (
        "云麓酒店",
        88,
        source.id,
        EventStatus.DRAFT,
    )
    assert copy.replies_close_at == later - timedelta(days=2)
    for key, row in rows(copy).items():
        assert row.due_on == rows(source)[key].due_on + timedelta(days=31)
        assert row.done_at is None
    assert session.scalar(select(MessageTemplate.body).where(MessageTemplate.event_id == copy.id)) == "Come."


def test_copied_guests_are_listed_as_if_nobody_had_been_invited(session, build):
    source = build.event()
    build.invitation(
        source,
        state=S.ARRIVED,
        kind=GuestKind.MEDIA,
        readiness=Readiness.LEANING,
        is_lead_signer=True,
        table_label="A1",
        invited_at=NOW,
    )
    later = NOW + timedelta(days=60)
    copy = actions.copy(
        session.get(Event, source.id),
        {"name": "again", "starts_at": later, "ends_at": later + timedelta(hours=1)},
        with_guests=True,
        by_id=None,
    )
    session.commit()
    [guest] = session.scalars(select(Invitation).where(Invitation.event_id == copy.id))
    [old] = session.scalars(select(Invitation).where(Invitation.event_id == source.id))
    assert (guest.state, guest.kind, guest.readiness) == (S.LISTED, GuestKind.MEDIA, Readiness.LEANING)
    assert (guest.is_lead_signer, guest.table_label, guest.invited_at) == (False, "", None)
    assert guest.token != old.token


@pytest.mark.parametrize("wished", [True, False])
def test_moving_takes_undone_milestones_along_when_wished(session, wished):
    event = actions.create(VALUES, by_id=None)
    event.replies_close_at = START - timedelta(days=1)
    rows(event)["plan_approved"].done_at = NOW
    session.commit()
    before = {key: row.due_on for key, row in rows(event).items()}
    week = START + timedelta(days=7)
    move = actions.edit(
        event,
        {"starts_at": week, "ends_at": week + timedelta(hours=8)},
        version=event.version,
        move_milestones=wished,
    )
    session.commit()
    assert move
    assert (move.days, move.milestones) == (7, len(before) - 1)
    assert move.round_after - move.round_before == timedelta(days=7)
    assert event.replies_close_at == week - timedelta(days=1)
    for key, row in rows(event).items():
        days = 7 if wished and key != "plan_approved" else 0
        assert row.due_on == before[key] + timedelta(days=days), key


def test_a_closing_time_set_in_the_same_breath_stays(session):
    event = actions.create({**VALUES, "replies_close_at": START - timedelta(days=1)}, by_id=None)
    wanted = START + timedelta(days=5)
    values = {"starts_at": START + timedelta(days=7), "ends_at": START + timedelta(days=8), "replies_close_at": wanted}
    actions.edit(event, values, version=event.version, move_milestones=True)
    assert event.replies_close_at == wanted


def test_an_edit_on_an_old_version_is_refused(session):
    event = actions.create(VALUES, by_id=None)
    session.commit()
    with pytest.raises(StaleChange):
        actions.edit(event, {"name": "x"}, version=event.version - 1, move_milestones=False)


def test_the_address_stays_once_the_event_is_open(session):
    event = actions.create(VALUES, by_id=None)
    actions.edit(event, {"slug": "wuhan"}, version=event.version, move_milestones=False)
    assert event.slug == "wuhan"
    actions.take_step(event, EventStatus.OPEN)
    actions.edit(event, {"slug": "other"}, version=event.version, move_milestones=False)
    assert event.slug == "wuhan"


def test_an_archived_event_is_only_looked_at(session, build):
    event = session.get(Event, build.event(status=EventStatus.ARCHIVED).id)
    with pytest.raises(EventArchived):
        actions.edit(event, {"name": "x"}, version=event.version, move_milestones=False)


def test_closing_marks_the_missing_and_reopening_takes_it_back(session, build):
    begun = NOW - timedelta(hours=9)
    event = build.event(status=EventStatus.RUNNING, starts_at=begun, ends_at=NOW - timedelta(hours=1))
    other = build.invitation(build.event(), state=S.FIRM)
    guests = {state: build.invitation(event, state=state) for state in S}
    loaded = session.get(Event, event.id)
    actions.take_step(loaded, EventStatus.CLOSED)
    session.commit()
    after = {state: session.get(Invitation, guests[state].id).state for state in S}
    missing = {S.FIRM, S.ACCEPTED, S.SUBSTITUTE, S.SILENT}
    assert after == {state: S.NO_SHOW if state in missing else state for state in S}
    assert session.get(Invitation, other.id).state is S.FIRM
    assert len(journal.history_of(session.get(Invitation, guests[S.FIRM].id))) == 1

    actions.take_step(loaded, EventStatus.RUNNING)
    session.commit()
    for state in missing:
        assert session.get(Invitation, guests[state].id).state is state


def test_who_was_a_no_show_without_a_record_becomes_firm_again(session, build):
    event = build.event(status=EventStatus.CLOSED)
    guest = build.invitation(event, state=S.NO_SHOW)
    actions.take_step(session.get(Event, event.id), EventStatus.RUNNING)
    assert session.get(Invitation, guest.id).state is S.FIRM


def test_invited_guests_keep_an_event_from_becoming_a_draft(session, build):
    event = build.event()
    build.invitation(event, state=S.INVITED)
    with pytest.raises(SigningDayError, match="guests_already_invited"):
        actions.take_step(session.get(Event, event.id), EventStatus.DRAFT)
