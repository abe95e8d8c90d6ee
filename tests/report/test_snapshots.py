"""Figures kept at set days: once each, by whichever worker comes first, and as the rows were then."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from app import clock
from app.blueprints.report import compare, gather
from app.blueprints.report.rules.days import due_at
from app.blueprints.report.snapshots import actions, jobs
from app.extensions import db
from app.models import EventStatus, ReportSnapshot


def run_on(world, days):
    at = due_at(world.event.ends_at, world.event.time_zone, days) + timedelta(minutes=1)
    with clock.stopped_at(at), world.app.app_context():
        planned = jobs.plan_snapshots(clock.now())
        return len(planned), jobs.run_snapshots(clock.now())


def kept(world):
    with world.app.app_context():
        rows = db.session.execute(db.select(ReportSnapshot.days, ReportSnapshot.figures).order_by(ReportSnapshot.days))
        return dict(rows.all())


def test_each_day_is_kept_once_and_stays_as_it_was(season):
    assert run_on(season, 0) == (1, 1)
    assert run_on(season, 0) == (0, 0)
    assert run_on(season, 30) == (1, 1)  # the seventh day was missed
    found = kept(season)
    assert list(found) == [0, 30]
    # Nobody had paid on the evening; what came in later changes nothing that was kept.
    assert (found[0]["signed"], found[0]["paid"], found[30]["paid"]) == (3, 0, 2)
    with season.app.app_context():
        over = compare.over_time(gather.report(season.row()))
        course = next(each for each in over.courses if each.name == "paid")
        assert [*course.kept, course.now, course.change] == [Decimal(n) for n in (0, 2, 2, 2)]
        assert over.missed == [7]


def test_the_second_of_two_workers_keeps_nothing(season):
    at = due_at(season.event.ends_at, season.event.time_zone, 0)
    with clock.stopped_at(at), season.app.app_context():
        event, day = actions.due(clock.now())[0]
        assert actions.take(event, day)
        assert not actions.take(event, day)
        db.session.commit()
        db.session.add(ReportSnapshot(event_id=event.id, days=day, taken_at=at, figures={}))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
    assert list(kept(season)) == [0]


def test_drafts_and_events_ahead_are_left_alone(world):
    with world.app.app_context():
        world.row().status = EventStatus.DRAFT
        db.session.commit()
        assert actions.due(clock.now()) == []
    with clock.stopped_at(world.event.ends_at - timedelta(minutes=1)), world.app.app_context():
        assert actions.due(clock.now()) == []
