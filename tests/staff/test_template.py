"""The standard template is complete: the domain's roles and all their duties, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.blueprints.staff import actions, queries, template
from app.extensions import db
from app.models import Event, Grant, StaffKind
from tests.staff.domain_table import HIRED, LEADS

START = datetime(2027, 1, 15, 1, tzinfo=UTC)


@pytest.fixture
def prepare(app, build):
    """An event of a language, prepared, with its plan."""
    with app.app_context():

        def prepared(language="zh_CN", **values):
            given = {"starts_at": START, "ends_at": START + timedelta(hours=7, minutes=30), "language": language}
            event = db.session.get_one(Event, build.event(**given | values).id)
            actions.prepare(event)
            db.session.commit()
            return queries.plan(event)

        yield prepared


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_row_of_the_domains_table(prepare, language):
    plan = prepare(language)
    of = 0 if language == "zh_CN" else 1
    roles = {role.key: role for role in plan.roles}
    for key, name, held_by, duties in LEADS:
        role = roles[key]
        assert name[of] in role.name.lower()
        assert held_by[of] in role.held_by.lower()
        assert role.is_lead
        for words in duties:
            assert words[of] in role.duties.lower(), (key, words[of])
    for key, name in HIRED:
        role = roles[key]
        assert role.name.lower() == name[of]
        assert len(role.duty_lines) >= 4
        assert not role.is_lead
        assert role.for_kind is not StaffKind.OWN
    assert len(roles) == len(LEADS) + len(HIRED)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_speaks_the_events_language(prepare, language):
    plan = prepare(language)
    texts = [
        text
        for role in plan.roles
        for text in (role.name, role.held_by, role.duties.replace("HR", ""), role.stations, role.department)
    ] + [shift.name for shift in plan.shifts]
    for text in texts:
        plain = text.replace("’", "'")
        assert plain.isascii() == (language == "en" or not text), text


def test_every_role_is_needed_and_every_shift_has_people(prepare):
    plan = prepare()
    assert {role.id for role in plan.roles} == {role_id for role_id, _ in plan.needs}
    assert {shift.id for shift in plan.shifts} == {shift_id for _, shift_id in plan.needs}
    assert plan.required == 34


def test_stations_are_as_many_as_places(prepare):
    plan = prepare()
    for role in plan.roles:
        if names := role.station_names:
            assert len(names) >= max(number for (role_id, _), number in plan.needs.items() if role_id == role.id)
            assert all(len(name) <= 60 for name in names)


def test_who_gets_which_rights(prepare):
    granted = {role.key: role.grant for role in prepare().roles if role.grant is not Grant.NONE}
    assert granted == {
        "conference_affairs_lead": Grant.CONFERENCE_AFFAIRS,
        "hall_lead": Grant.HALL,
        "receptionist": Grant.DOOR,
    }


def test_twice_is_once(app, prepare):
    plan = prepare()
    assert actions.prepare(plan.event) == 0
    db.session.commit()
    again = queries.plan(plan.event)
    assert (len(again.roles), len(again.shifts), again.needs) == (len(plan.roles), len(plan.shifts), plan.needs)


def test_what_was_taken_away_comes_back_and_the_rest_stays(app, prepare):
    plan = prepare()
    kept = plan.roles[0]
    kept.name = "总负责人"
    db.session.delete(plan.roles[-1])
    db.session.commit()
    assert actions.prepare(plan.event) == 1
    db.session.commit()
    again = queries.plan(plan.event)
    assert next(role.name for role in again.roles) == "总负责人"
    assert len(again.roles) == len(template.ROLES)
    assert again.required == 34


def test_two_days_number_their_shifts(prepare):
    names = [shift.name for shift in prepare("en", ends_at=START + timedelta(days=1, hours=4)).shifts]
    assert names == [
        *("Set-up", "Registration, day 1", "Conference, day 1"),
        *("Registration, day 2", "Conference, day 2", "Signing", "Tear-down"),
    ]


def test_shifts_are_laid_out_for_the_event_as_it_is(prepare):
    plan = prepare(time_zone="Asia/Urumqi")
    assert all((row.for_start_at, row.for_time_zone) == (START, "Asia/Urumqi") for row in plan.shifts)
    assert clock.local(plan.shifts[0].starts_at, "Asia/Urumqi").hour == 14
