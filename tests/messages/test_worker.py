"""The worker as a whole: the bell, the heartbeat, one pass, a rehearsal, and stopping when asked."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app import clock, heartbeat, jobs, outbox, rehearsal, wake, worker
from app.blueprints.messages import actions, delivery
from app.cli import rehearse_command, worker_command
from app.extensions import db
from app.jobs import Planned, Step
from app.models import Channel, Event, EventStatus, Heartbeat, Invitation, InvitationState, Job, Message, MessageState
from tests import postgres
from tests.conftest import make_app

ROOT = Path(__file__).parents[2]


def write(key="wake:1"):
    return outbox.post(
        key=key, template="note", channel=Channel.MAIL, address="a@example.com", locale="en", subject="s", text="t"
    )


def _nothing(now):
    return 0


@pytest.fixture
def rings(app):
    heard: list[int] = []
    wake.ring_by(app, lambda: heard.append(1))
    yield heard
    wake.ring_by(app, lambda: None)


def test_the_bell_rings_after_the_commit_and_only_then(app, rings):
    with app.app_context():
        write()
        db.session.flush()
        with db.session.begin_nested():
            write("wake:2")
        assert rings == []
        db.session.commit()
        assert rings == [1]
        db.session.commit()
        assert rings == [1]
        write("wake:3")
        db.session.rollback()
        db.session.commit()
        assert rings == [1]
        jobs.start("count", event_id=None, arguments={}, by_id=None)
        db.session.commit()
        assert rings == [1, 1]


def test_a_bell_that_fails_harms_nobody(app):
    def broken():
        raise OSError("no queue")

    wake.ring_by(app, broken)
    with app.app_context():
        write()
        db.session.commit()
        assert db.session.scalar(select(Message.key)) == "wake:1"
    wake.ring_by(app, lambda: None)


def test_the_queue_carries_the_bell(app, engine):
    heard: list[str] = []
    queue = wake.queue(app.config, on_wake=lambda: heard.append("wake"))
    bell = wake._HueyBell(app.config)
    bell()
    bell()
    assert queue.storage.queue_size() == 1  # one note is enough
    queue.execute(queue.dequeue())
    assert heard == ["wake"]
    queue.storage.close()
    if engine == "postgresql":
        with app.app_context(), db.engine.begin() as connection:
            for table in ("kv", "schedule", "task", "counter"):
                connection.exec_driver_sql(f"DROP TABLE huey_{table}")


def test_heartbeats_tell_whether_a_worker_runs(app):
    now = clock.now()
    with app.app_context():
        assert not heartbeat.is_worker_running()
        heartbeat.beat("one", now)
        heartbeat.beat("one", now)
        heartbeat.beat("two", now)
        assert heartbeat.is_worker_running()
        heartbeat.leave("two")
        with clock.stopped_at(now + timedelta(minutes=2)):
            assert not heartbeat.is_worker_running()
            assert heartbeat.last_seen() is not None
        with clock.stopped_at(now + timedelta(days=2)):
            heartbeat.beat("three", clock.now())
            assert list(db.session.scalars(select(Heartbeat.name))) == ["three"]


def test_one_pass_does_what_is_due(post):
    post.write(3)
    with post.app.app_context():
        assert worker.run_once(post.app) == {"steps": 0, "messages": 3, "jobs": 0}
    assert post.states() == [MessageState.SENT] * 3


def test_a_step_that_fails_stops_no_other(app):
    done = []

    def fail(now):
        raise ZeroDivisionError

    def run(now):
        done.append(now)
        return 2

    with app.app_context():
        steps = [Step("bad", lambda _: [], fail), Step("good", lambda _: [], run)]
        assert worker.run_steps(steps) == 2
    assert len(done) == 1


def test_a_rehearsal_tells_and_does_nothing(app, build):
    event = build.event(starts_at=datetime(2026, 12, 5, 1, tzinfo=UTC))
    asked = build.invitation(event, state=InvitationState.INVITED)
    gone = build.invitation(event, state=InvitationState.INVITED)
    noon = datetime(2026, 11, 20, 4, tzinfo=UTC)
    with app.app_context(), clock.stopped_at(noon):
        guests = list(db.session.scalars(select(Invitation)))
        actions.post_to_guests(guests, "reminder", due_at=noon + timedelta(hours=1))
        db.session.get_one(Invitation, gone.id).state = InvitationState.DECLINED
        db.session.commit()
        step = Step("ask", lambda now: [Planned("ask", event.slug, 7, now), Planned("ask", "other", 1, now)], _nothing)
        row = db.session.get_one(Event, event.id)
        early = rehearsal.rehearse(row, noon, steps=[step], decide=delivery.decide)
        assert [each.count for each in early.steps] == [7]
        assert early.messages == []
        later = rehearsal.rehearse(row, noon + timedelta(hours=2), steps=[step], decide=delivery.decide)
        assert [(each.verdict, each.count) for each in later.messages] == [("declined", 1), ("send", 1)]
        assert set(db.session.scalars(select(Message.state))) == {MessageState.WAITING}
    assert asked.id


def test_a_plan_that_writes_is_refused_by_the_database(app, build):
    event = build.event()

    def plan(now):
        db.session.add(Job(kind="x", created_at=now))
        db.session.flush()
        return []

    with app.app_context():
        row = db.session.get_one(Event, event.id)
        with pytest.raises(DatabaseError):
            rehearsal.rehearse(row, clock.now(), steps=[Step("bad", plan, _nothing)], decide=delivery.decide)
        write()
        db.session.commit()  # and afterwards writing works again


def test_the_commands(app, build, post):
    event = build.event(status=EventStatus.OPEN)
    post.write(2)
    runner = app.test_cli_runner()
    said = runner.invoke(worker_command, ["--once", "--json"])
    assert json.loads(said.output)["messages"] == 2
    said = runner.invoke(rehearse_command, [event.slug, "--at", "2026-11-26T10:00", "--json"])
    assert said.exit_code == 0
    assert datetime.fromisoformat(json.loads(said.output)["at"]) == datetime(2026, 11, 26, 2, tzinfo=UTC)
    assert runner.invoke(rehearse_command, ["nowhere", "--at", "2026-11-26"]).exit_code == 1
    assert runner.invoke(rehearse_command, [event.slug, "--at", "tomorrow"]).exit_code == 2


@pytest.mark.slow
def test_sigterm_ends_a_running_worker_cleanly(engine, tmp_path):
    url = "" if engine == "sqlite" else postgres.create_database("stopping", postgres.template_database("empty", _none))
    app = make_app(tmp_path, url)
    if not url:
        with app.app_context():
            upgrade()
    settings = {"SIGNING_DAY_HOME": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "x", "LOG_LEVEL": "ERROR"}
    with app.app_context():
        write("early:1")
        db.session.commit()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "worker"], cwd=ROOT, env=os.environ | settings
    )
    try:
        with app.app_context():
            _until(heartbeat.is_worker_running)
            _until(lambda: _state("early:1") is MessageState.KEPT)
            db.session.rollback()
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=15) == 0
            assert time.monotonic() - began < 10
            db.session.rollback()
            assert not heartbeat.is_worker_running()
            db.session.remove()
            db.engine.dispose()
    finally:
        process.kill()
        if url:
            postgres.drop_database("stopping")


def _none(url: str) -> None:
    raise AssertionError("the tests' floor makes the template first")


def _state(key):
    db.session.rollback()
    return db.session.scalar(select(Message.state).where(Message.key == key))


def _until(true, seconds=25.0):
    deadline = time.monotonic() + seconds
    while not true():
        db.session.rollback()
        assert time.monotonic() < deadline
        time.sleep(0.1)
