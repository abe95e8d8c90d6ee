"""Long lists: checked, taken in and undone by the worker, which may die at any moment; and two imports at once."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.invitations.importing import applying, jobs, steps
from app.errors import SigningDayError
from app.extensions import db
from app.job_runner import LEASE, JobRunner
from app.models import Dealer, Import, ImportState, Invitation, Job, JobState
from app.sheets import to_csv
from tests.invitations.lists import HEADINGS, Lists, people

MANY = steps.LARGE + 20


@pytest.fixture
def lists(app, build):
    return Lists(app, build)


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def bring(client, lists, rows):
    data = {"file": (io.BytesIO(to_csv([HEADINGS, *rows])), "long.csv")}
    answer = client.post(f"/events/{lists.event.slug}/guests/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    return answer.location


def work(app, name="worker") -> int:
    with app.app_context():
        return JobRunner(name, jobs.KINDS).run()


def the_import(app):
    with app.app_context():
        found = db.session.scalars(select(Import)).one()
        db.session.refresh(found, ["job"])
        return found


def number_of(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_long_list_is_left_to_the_worker(app, lists, planner):
    page = bring(planner, lists, people(MANY))
    assert the_import(app).state is ImportState.CHECKING
    assert "HX-Refresh" not in planner.get(f"{page}/progress").headers
    assert planner.get(page).status_code == 200
    assert work(app) == 1
    assert the_import(app).counts["new"] == MANY
    assert planner.get(f"{page}/progress").headers["HX-Refresh"] == "true"
    assert planner.post(f"{page}/apply").status_code == 303
    assert (the_import(app).state, number_of(app, Invitation)) == (ImportState.APPLYING, 0)
    assert work(app) == 1
    assert (the_import(app).state, number_of(app, Invitation)) == (ImportState.APPLIED, MANY)
    assert planner.post(f"{page}/revert").status_code == 303
    assert the_import(app).state is ImportState.REVERTING
    assert work(app) == 1
    assert (the_import(app).state, number_of(app, Dealer)) == (ImportState.REVERTED, 0)
    with app.app_context():
        assert {job.state for job in db.session.scalars(select(Job))} == {JobState.DONE}
        assert {job.done for job in db.session.scalars(select(Job).where(Job.kind == jobs.APPLY))} == {MANY + 1}


def test_while_the_worker_is_at_it_nobody_else_is(app, lists, planner):
    page = bring(planner, lists, people(MANY))
    as_json = {"Accept": "application/json"}
    for step in ("apply", "revert", "discard", "columns"):
        answer = planner.post(f"{page}/{step}", headers=as_json, data={"column_0": "company"})
        assert (answer.status_code, answer.json["error"]) == (409, "import_busy")


DYING = """
import os, signal
from app import create_app
from app.blueprints.invitations.importing import applying, jobs
from app.extensions import db
from app.job_runner import JobRunner

apply = applying.apply

def dying(*args):
    apply(*args)
    db.session.flush()
    if os.environ["AFTER_COMMIT"] == "1":
        db.session.commit()
    os.kill(os.getpid(), signal.SIGKILL)

applying.apply = dying
with create_app().app_context():
    JobRunner("first", jobs.KINDS).run()
"""


@pytest.mark.parametrize("after_commit", ["0", "1"])
def test_a_job_is_taken_up_again_after_its_worker_was_killed(app, lists, planner, after_commit):
    page = bring(planner, lists, people(MANY))
    work(app)
    planner.post(f"{page}/apply")
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    environment = {"DATABASE_URL": url, "SIGNING_DAY_HOME": str(lists.folder), "AFTER_COMMIT": after_commit}
    killed = subprocess.run([sys.executable, "-c", DYING], env=os.environ | environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert number_of(app, Invitation) == (MANY if after_commit == "1" else 0)
    with clock.stopped_at(clock.now() + LEASE + timedelta(seconds=1)):
        assert work(app, "second") == 1
    found = the_import(app)
    assert (found.state, found.counts["new"]) == (ImportState.APPLIED, MANY)
    assert (number_of(app, Invitation), number_of(app, Dealer)) == (MANY, MANY)


def test_a_job_that_was_given_up_can_be_begun_again(app, lists, planner, monkeypatch):
    page = bring(planner, lists, people(MANY))
    work(app)
    planner.post(f"{page}/apply")

    def broken(*args):
        raise RuntimeError("bug")

    monkeypatch.setattr(applying, "apply", broken)
    work(app)
    monkeypatch.undo()
    assert the_import(app).state is ImportState.APPLYING
    assert planner.get(page).status_code == 200
    assert planner.post(f"{page}/apply").status_code == 303
    work(app)
    assert the_import(app).state is ImportState.APPLIED


@pytest.mark.parametrize("with_mobile", [True, False])
def test_two_lists_with_the_same_guests_at_once(app, lists, with_mobile):
    rows = [row if with_mobile else (*row[:2], "", *row[3:]) for row in people(30)]
    ids = [lists.checked(rows), lists.checked(rows)]
    barrier, faults = Barrier(2), []

    def take(import_id):
        try:
            barrier.wait()
            lists.apply(import_id)
        except Exception as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)

    threads = [Thread(target=take, args=(import_id,)) for import_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (number_of(app, Dealer), number_of(app, Invitation)) == (30, 30)
    new = sorted(lists.find(import_id).counts["new"] for import_id in ids)
    assert new == [0, 30]


def test_one_list_taken_in_twice_at_once(app, lists):
    import_id = lists.checked(people(30))
    barrier, codes = Barrier(2), []

    def take():
        barrier.wait()
        try:
            lists.apply(import_id)
        except SigningDayError as error:
            codes.append(error.code)

    threads = [Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["import_already_applied"]
    assert number_of(app, Invitation) == 30


def test_one_import_undone_twice_at_once(app, lists):
    import_id = lists.taken(people(30))
    barrier, codes = Barrier(2), []

    def undo():
        barrier.wait()
        try:
            lists.revert(import_id)
        except SigningDayError as error:
            codes.append(error.code)

    threads = [Thread(target=undo) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["import_already_reverted"]
    assert number_of(app, Invitation) == 0
