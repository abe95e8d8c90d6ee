"""A worker killed in the middle of a round: the next one goes on, and nobody is asked twice."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import clock
from app.blueprints.rsvp import jobs
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE

pytestmark = pytest.mark.usefixtures("at_the_beginning")

GUESTS, BATCH = 40, 3
WORKER = """
import sys, time
from datetime import datetime
from pathlib import Path
from app import clock
from app.blueprints.rsvp import jobs
from app.blueprints.rsvp.rounds import actions
from tests.conftest import make_app

home, url, due, batch = sys.argv[1:]
app = make_app(Path(home), url)
ask = actions.ask_some


def slowly(of_round, event, at):
    asked = ask(of_round, event, at, int(batch))
    print(asked, flush=True)
    time.sleep(0.02)
    return asked


actions.ask_some = slowly
moment = datetime.fromisoformat(due)
with app.app_context(), clock.stopped_at(moment):
    jobs.run_reconfirm(moment)
"""


@pytest.mark.parametrize("batches", [1, 4])
def test_killed_in_the_middle(app, desk, engine, batches):
    event = desk.event(capacity=100)
    guests = [desk.guest(event, state=S.ACCEPTED) for _ in range(GUESTS)]
    home = app.config["SIGNING_DAY_HOME"]
    url = "" if engine == "sqlite" else app.config["SQLALCHEMY_DATABASE_URI"]
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(home), url, DUE.isoformat(), str(BATCH)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    for _ in range(batches):
        assert worker.stdout.readline().strip() == str(BATCH)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    asked = sum(len(desk.confirmations(guest)) for guest in guests)
    assert asked < GUESTS
    assert asked == len(desk.messages("reconfirm"))
    with clock.stopped_at(DUE):
        assert desk.run(jobs.run_reconfirm, DUE) == GUESTS - asked
    assert [len(desk.confirmations(guest)) for guest in guests] == [1] * GUESTS
    messages = desk.messages("reconfirm")
    assert len(messages) == len({message.invitation_id for message in messages}) == GUESTS
