"""What comes back about events, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.blueprints.events import queries
from app.blueprints.events.rules.dates import round_due_at
from app.blueprints.events.rules.head_count import MAXIMUM
from app.blueprints.rsvp.queries import head_count_three_ways
from app.extensions import db
from app.models import (
    Answer,
    Call,
    CallOutcome,
    Channel,
    Event,
    GuestKind,
    InvitationState,
    Message,
    MessageState,
    Readiness,
    Reply,
    Round,
    Via,
)
from tests.build.statements import noted

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = InvitationState


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


def test_the_head_count_is_one_query_and_every_figure_a_sum_of_it(app, session, build):
    rep = build.user()
    event = build.event()
    first = build.invitation(event, state=S.FIRM, readiness=Readiness.READY, rep_id=rep.id, is_lead_signer=True)
    build.companions(first, ["a", "b"])
    build.invitation(event, state=S.ARRIVED, readiness=Readiness.READY, rep_id=rep.id)
    build.invitation(event, state=S.INVITED, kind=GuestKind.MEDIA)
    build.invitation(event, state=S.WAITING)
    build.companions(build.invitation(build.event(), state=S.FIRM), ["c"])
    loaded = session.get(Event, event.id)
    with noted(app) as statements:
        count = queries.head_count(loaded)
    assert len(statements) == 1
    assert (count.guests, count.people, count.lead_signers) == (4, 6, 1)
    assert (count.firm.guests, count.firm.people) == (2, 4)
    # Whoever has not replied may bring a companion: the one in the hall, and the journalist.
    assert (count.maximum.guests, count.maximum.people) == (3, 7)
    assert count.by("kind") == {GuestKind.DEALER: 3, GuestKind.MEDIA: 1}
    assert count.by("rep_id") == {rep.id: 2, None: 2}
    assert count.where(MAXIMUM, readiness=Readiness.READY).guests == 2
    assert count.where(rep_id=rep.id).guests == 2


def test_firm_and_maximum_are_the_same_figures_as_on_the_page_of_the_round(session, build):
    event = build.event()
    for number, state in enumerate(S):
        guest = build.invitation(event, state=state, companions_allowed=number % 3)
        build.companions(guest, ["x"] * (number % 2))
        if number % 4 == 0:
            build.save(Reply(invitation_id=guest.id, answer=Answer.COMING, answered_at=NOW, via=Via.LINK))
    loaded = session.get(Event, event.id)
    count, there = queries.head_count(loaded), head_count_three_ways(loaded).total
    assert (count.firm.people, count.maximum.people) == (there.firm, there.maximum)


def test_an_empty_event_counts_nothing(session, build):
    count = queries.head_count(session.get(Event, build.event().id))
    assert (count.guests, count.people, count.firm.people) == (0, 0, 0)


def reply(build, event, at, **values):
    guest = build.invitation(event, state=S.ACCEPTED, **values.pop("guest", {}))
    build.save(Reply(invitation_id=guest.id, answer=Answer.COMING, answered_at=at, via=Via.LINK, **values))
    return guest


def test_answers_are_counted_by_the_days_of_the_events_zone(session, build):
    event = build.event(time_zone="America/New_York")
    for hours in (-3, -6, -22, -23, -24 * 40):
        reply(build, event, NOW + timedelta(hours=hours))
    reply(build, build.event(), NOW)
    days = queries.answers_by_day(session.get(Event, event.id), NOW, days=3)
    # It is still the evening of the 23rd there: 18:00 and 15:00 that day, 23:00 and 22:00 the day before.
    assert [(each.day.day, each.answers) for each in days] == [(21, 0), (22, 2), (23, 2)]


def test_a_day_of_twenty_five_hours_is_one_day(session, build):
    event = build.event(time_zone="Europe/Berlin")
    fall_back = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)  # 23:30 on the day the clocks went back
    reply(build, event, fall_back)
    reply(build, event, fall_back - timedelta(hours=24))  # 00:30 of the same day
    days = queries.answers_by_day(session.get(Event, event.id), fall_back, days=2)
    assert [each.answers for each in days] == [0, 2]


def test_the_facts_are_gathered_with_one_query(app, session, build):
    event = build.event(starts_at=NOW + timedelta(days=2))
    silent = build.invitation(event, state=S.SILENT)
    called = build.invitation(event, state=S.SILENT)
    build.save(Call(invitation_id=called.id, called_at=NOW, outcome=CallOutcome.NOT_REACHED))
    build.badge(build.invitation(event, state=S.FIRM), printed_at=NOW)
    build.badge(build.invitation(event, state=S.FIRM), printed_at=NOW, revoked_at=NOW)
    build.badge(build.invitation(event, state=S.SUBSTITUTE))
    build.invitation(event, state=S.DECLINED)
    reply(build, event, NOW, question="Is there parking?")
    reply(build, event, NOW, question="Where?", question_answered_at=NOW)
    for number, state in enumerate(MessageState):
        build.save(
            Message(
                key=f"k{number}",
                event_id=event.id,
                template="invitation",
                channel=Channel.MAIL,
                address="a@example.com",
                locale="en",
                text="x",
                state=state,
                created_at=NOW,
                due_at=NOW,
            )
        )
    build.save(Round(event_id=event.id, number=1, event_starts_at=event.starts_at - timedelta(days=1), started_at=NOW))
    loaded = session.get(Event, event.id)
    count = queries.head_count(loaded)
    with noted(app) as statements:
        facts = queries.facts(loaded, count, [])
    assert len(statements) == 1
    assert (facts.silent_uncalled, facts.badges_unprinted) == (1, 2)
    assert (facts.messages_failed, facts.questions_open) == (2, 1)
    assert not facts.round_was_asked  # it was asked for another day
    assert facts.round_due_at == round_due_at(queries.start_of(loaded), 3, loaded.reconfirm_at)
    assert queries.facts(loaded, count, [], rep_id=silent.id + 99).silent_uncalled == 0


def test_cities_are_ordered_by_their_guests(session, build):
    event = build.event()
    for city in ("武汉", "宜昌", "武汉", ""):
        build.invitation(event, build.dealer(city=city))
    assert queries.guests_by_city(session.get(Event, event.id)) == [("武汉", 2), ("", 1), ("宜昌", 1)]


def test_an_event_is_found_by_name_place_and_pinyin(session, build):
    wanted = build.event(name="华中渠道招商会", slug="hua-zhong-qu-dao", venue="江城云麓酒店", theme="一杯好水")
    build.event(name="其他", slug="qi-ta")
    for typed in ("华中", "云麓", "好水", "huazhong", "hua-zhong", "HUA zhong 江城"):
        found = session.scalars(queries.events().where(queries.matching(typed)))
        assert [each.id for each in found] == [wanted.id], typed
    assert len(list(session.scalars(queries.events().where(queries.matching("%"))))) == 2


def test_another_events_milestone_is_not_found(session, build):
    first = session.get(Event, build.event().id)
    assert queries.milestone(first, 1) is None
