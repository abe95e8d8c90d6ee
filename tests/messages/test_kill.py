"""Workers are killed (SIGKILL) at random moments while mail goes out: nothing is lost, nothing arrives twice.

300 messages in the suite; `make bench` lets 2,000 go (KILL_MESSAGES).
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import channels, clock, outbox
from app.extensions import db
from app.models import Attempt, AttemptOutcome, Channel, Heartbeat, Message, MessageState
from tests import postgres
from tests.conftest import ENGINES, make_app
from tests.messages import smtp
from tests.messages.worker_process import worker

MESSAGES = int(os.environ.get("KILL_MESSAGES", "300"))
KILLS = 6


@pytest.fixture(params=ENGINES)
def place(request, tmp_path) -> Iterator[dict[str, str]]:
    """The settings of a fresh installation."""
    name = f"kill_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    url = "" if request.param == "sqlite" else postgres.create_database(name)
    yield {"SIGNING_DAY_HOME": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "only for tests"}
    if url:
        postgres.drop_database(name)


def prepare(settings: dict[str, str]):
    app = make_app(Path(settings["SIGNING_DAY_HOME"]), settings["DATABASE_URL"])
    with app.app_context():
        upgrade()
        for n in range(MESSAGES):
            outbox.post(
                key=f"kill:{n}",
                template="note",
                channel=Channel.MAIL,
                address=f"guest{n}@example.com",
                locale="en",
                subject=f"Subject {n}",
                text="Hello",
            )
        db.session.commit()
        db.session.remove()
    return app


def wait_until(true, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.005)


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_repeat_nothing(place):
    chance = random.Random(20261124)
    with smtp.running() as (server, port):
        app = prepare(place)
        settings = place | {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port), "LOG_LEVEL": "ERROR"}
        for number in range(KILLS):
            goal = min(MESSAGES - 1, (number + 1) * MESSAGES // (KILLS + 1) + chance.randrange(MESSAGES // 20))
            with worker(settings) as process:
                wait_until(lambda goal=goal: len(server.received) >= goal)
                time.sleep(chance.random() * 0.02)
                process.kill()

        def unsettled():
            with app.app_context():
                states = [MessageState.WAITING, MessageState.SENDING]
                return db.session.scalar(select(func.count()).where(Message.state.in_(states)))

        begun_at = clock.now()

        def running():
            with app.app_context():
                return db.session.scalar(select(func.count()).where(Heartbeat.started_at >= begun_at))

        with worker(settings) as one, worker(settings) as other:  # the rest they share
            wait_until(lambda: running() == 2 and unsettled() == 0)
            for process in (one, other):
                process.terminate()
                process.join(timeout=20)
                assert process.exitcode == 0  # they also know how to stop when asked

        received = Counter(server.message_ids)
        with app.app_context():
            messages = list(db.session.scalars(select(Message)))
            times = {each.key: received[channels.message_id(each.key, app.config["PUBLIC_URL"])] for each in messages}
            states = Counter(each.state for each in messages)
            begun = db.session.scalar(select(func.count()).where(Attempt.outcome == AttemptOutcome.STARTED))
            db.engine.dispose()
    assert len(messages) == MESSAGES
    assert begun == 0
    assert states[MessageState.UNCERTAIN] <= KILLS
    assert states[MessageState.SENT] == MESSAGES - states[MessageState.UNCERTAIN]
    for each in messages:
        assert times[each.key] == 1 or (each.state is MessageState.UNCERTAIN and times[each.key] == 0), each.key
