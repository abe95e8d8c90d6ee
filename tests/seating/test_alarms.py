"""What the overview and home say of the seating, and badges and guest forms that follow the seats."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_login import login_user
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.checkin.badges.queries import counts, wearers
from app.blueprints.invitations.importing import actions as imports
from app.blueprints.invitations.importing.values import Draft
from app.blueprints.invitations.importing.vocabulary import Field
from app.blueprints.seating import actions, alarm_rows, jobs, queries
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.layout import Wanted
from app.blueprints.seating.situation import Keep
from app.blueprints.seating.writing import undo
from app.extensions import db
from app.models import Event, EventStatus, Invitation, InvitationState, PairRule, Seat, User
from app.web.identity import Person
from tests.build import Builder
from tests.build.statements import noted

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def _event(build: Builder, slug: str, starts_in: timedelta, people: int = 4) -> Event:
    event = build.event(slug=slug, status=EventStatus.OPEN, starts_at=NOW + starts_in)
    for n in range(people):
        build.invitation(event, build.dealer(city=f"c{n}"), state=InvitationState.FIRM)
    return event


def _hall(slug: str, seats: int) -> Event:
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    halls.lay_out(event, Wanted(1500, 1600, seats, each=5), by_id=None)
    return event


def test_lines_for_events_near_their_day_in_a_fixed_number_of_queries(app: Flask, build: Builder):
    _event(build, "soon", timedelta(hours=5))
    _event(build, "short", timedelta(days=3), people=7)
    _event(build, "later", timedelta(days=30), people=7)
    _event(build, "bare", timedelta(days=1))
    planner = build.user(Role.PLANNER)
    with app.test_request_context(), clock.stopped_at(NOW):
        login_user(Person(db.session.get_one(User, planner.id), None, ""))  # type: ignore[arg-type]
        soon, short = _hall("soon", 10), _hall("short", 5)
        _hall("later", 5)
        db.session.commit()
        everything = list(db.session.scalars(select(Event).order_by(Event.id)))
        assert {each: [row.icon for row in rows] for each, rows in alarm_rows.rows(everything).items()} == {
            soon.id: ["armchair"],  # nobody has a seat, and it is the day
            short.id: ["alert-triangle"],  # fewer chairs than people
        }
        with noted(app) as of_one:
            alarm_rows.rows([soon])
        with noted(app) as of_all:
            alarm_rows.rows(everything)
        assert len(of_one) == len(of_all) <= 9

        jobs.run_now(jobs.start(soon, Keep.LOCKED, by_id=None))  # type: ignore[arg-type]
        assert soon.id not in alarm_rows.rows([soon])
        first, second = list(queries.situation(soon).coming)[:2]
        actions.pair(soon, first.id, second.id, PairRule.APART)
        now = queries.situation(soon)
        table = now.tables[0]
        actions.place(now, now.guests[first.id], table, 1, by_id=None)
        db.session.expire_all()
        now = queries.situation(soon)
        actions.place(now, now.guests[second.id], table, 3, by_id=None)
        db.session.expire_all()
        assert [row.is_grave for row in alarm_rows.rows([soon])[soon.id]] == [True]


def test_a_badge_is_out_of_date_once_its_wearer_sits_elsewhere(app: Flask, build: Builder):
    event = build.event(slug="here", starts_at=NOW + timedelta(hours=5))
    guests = [build.invitation(event, build.dealer(city=f"c{n}"), state=InvitationState.FIRM) for n in range(2)]
    for guest in guests:
        build.badge(guest, printed_at=NOW + timedelta(minutes=1))
    one, other = (guest.id for guest in guests)
    with app.app_context(), clock.stopped_at(NOW):
        here = _hall("here", 10)
        jobs.run_now(jobs.start(here, Keep.LOCKED, by_id=None))  # type: ignore[arg-type]
    with app.app_context():

        def outdated() -> list[int]:
            db.session.expire_all()
            found = [each.invitation.id for each in wearers(here) if each.is_outdated]
            assert counts(here).outdated == len(found)
            return found

        here = db.session.get_one(Event, event.id)
        with clock.stopped_at(NOW + timedelta(minutes=2)):
            now = queries.situation(here)
            actions.keep(now, list(now.guests.values()), locked=True, by_id=None)
            assert outdated() == []
            actions.keep(queries.situation(here), list(now.guests.values()), locked=False, by_id=None)
            now = queries.situation(here)
            table = next(each for each in now.tables if each.id != now.by_guest[one][0].item_id)
            actions.place(now, now.guests[one], table, 4, by_id=None)
            assert outdated() == [one]
            undo(here)
            assert outdated() == []
            seat = db.session.scalars(select(Seat).where(Seat.invitation_id == other)).one()
            columns = ("kind", "x", "y", "width", "depth", "seats", "is_vip", "host_id")
            values = {name: getattr(seat.item, name) for name in columns} | {"label": "龙门"}
            halls.change(here, seat.item, values, version=seat.item.version, by_id=None)
            assert other in outdated()


@pytest.mark.parametrize("drawn", [False, True])
def test_a_guests_table_is_typed_or_listed_only_while_there_is_no_hall(app: Flask, build: Builder, drawn: bool):
    event = _event(build, "here", timedelta(days=5), people=1)
    client = build.client(Role.PLANNER)
    with app.app_context():
        if drawn:
            _hall("here", 10)
            db.session.commit()
        guest = db.session.scalars(select(Invitation.id).where(Invitation.event_id == event.id)).one()
        drafts = [Draft(1, [], {Field.COMPANY: "甲", Field.TABLE: "7"})]
        imports.leave_seats_alone(db.session.get_one(Event, event.id), drafts)
        assert (Field.TABLE in drafts[0].values) is not drawn
    at = f"/events/here/guests/{guest}/edit"
    assert ('name="table_label"' in client.get(at).text) is not drawn
    assert ("/events/here/seating/" in client.get(at).text.split("<form", 1)[1]) is drawn
    sent = {"kind": "dealer", "readiness": "prospect", "companions_allowed": "1", "table_label": "9"}
    assert client.post(at, data=sent).status_code == 303
    with app.app_context():
        assert db.session.get_one(Invitation, guest).table_label == ("" if drawn else "9")
