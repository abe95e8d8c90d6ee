"""Long work: claimed, seen to progress, taken up after a crash, and what becomes of errors."""

from datetime import timedelta
from threading import Barrier, Thread
from threading import Event as Flag

import pytest
from sqlalchemy import select, update

from app import clock, jobs
from app.errors import SigningDayError
from app.extensions import db
from app.job_runner import LEASE, TRIES, JobRunner, Stopping
from app.jobs import JobKind
from app.models import Job, JobState


class TooFar(SigningDayError):
    code = "too_far"


def start(app, kind="count", **arguments) -> int:
    with app.app_context():
        job = jobs.start(kind, event_id=None, arguments=arguments, by_id=None, total=5)
        db.session.commit()
        return job.id


def run(app, do, name="j1", **values) -> int:
    with app.app_context():
        return JobRunner(name, [JobKind("count", do)], **values).run()


def row(app, job_id) -> Job:
    with app.app_context():
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        return job


def test_a_job_is_done_once(app):
    job_id, seen = start(app, n=3), []

    def do(job, progress):
        seen.append(job.arguments["n"])
        progress(5, 5)

    assert run(app, do) == 1
    assert run(app, do) == 0
    job = row(app, job_id)
    assert seen == [3]
    assert (job.state, job.done, job.total, job.tries, job.lease_until) == (JobState.DONE, 5, 5, 1, None)
    assert job.finished_at is not None


@pytest.mark.parametrize(("error", "code"), [(TooFar(), "too_far"), (ZeroDivisionError(), "bug")])
def test_an_error_fails_the_job_and_undoes_what_was_not_committed(app, error, code):
    job_id = start(app)

    def do(job, progress):
        jobs.start("other", event_id=None, arguments={}, by_id=None)
        raise error

    run(app, do)
    assert (row(app, job_id).state, row(app, job_id).error_code) == (JobState.FAILED, code)
    with app.app_context():
        assert len(list(db.session.scalars(select(Job)))) == 1


def test_a_job_of_another_program_is_left_alone(app):
    job_id = start(app, kind="unknown")
    assert run(app, lambda *_: None) == 0
    assert row(app, job_id).state is JobState.WAITING


def crash(app, job_id, tries):
    with app.app_context():
        values = {"state": JobState.RUNNING, "claimed_by": "dead", "tries": tries}
        values["lease_until"] = clock.now() - timedelta(seconds=1)
        db.session.execute(update(Job).where(Job.id == job_id).values(**values))
        db.session.commit()


def test_a_crashed_job_is_taken_up_again_and_given_up_in_the_end(app):
    job_id = start(app)
    crash(app, job_id, tries=1)
    assert run(app, lambda *_: None) == 1
    assert (row(app, job_id).state, row(app, job_id).tries) == (JobState.DONE, 2)
    crash(app, job_id, tries=TRIES)
    assert run(app, lambda *_: None) == 0
    assert (row(app, job_id).state, row(app, job_id).error_code) == (JobState.FAILED, "crashed")


def test_a_running_job_is_nobody_elses(app):
    start(app)

    def do(job, progress):
        assert run(app, lambda *_: None, name="j2") == 0

    assert run(app, do) == 1


def test_stopping_gives_the_job_back_without_counting_a_try(app):
    job_id, stop = start(app), Flag()

    def do(job, progress):
        stop.set()
        progress(2, 5)
        raise AssertionError("it goes on although it was told to stop")

    run(app, do, stop=stop)
    job = row(app, job_id)
    assert (job.state, job.tries, job.done, job.claimed_by) == (JobState.WAITING, 0, 2, "")
    assert issubclass(Stopping, Exception)


def test_progress_and_lease_are_written_while_it_runs(app, monkeypatch):
    monkeypatch.setattr("app.job_runner._PULSE", 0.02)
    job_id, beaten = start(app), Flag()

    def do(job, progress):
        db.session.rollback()  # it only computes now
        progress(3, 5)
        for _ in range(200):
            beaten.wait(0.02)
            if row(app, job_id).done == 3:
                beaten.set()
                break
        seen = row(app, job_id)
        assert (seen.done, seen.total, seen.state) == (3, 5, JobState.RUNNING)
        assert seen.lease_until is not None
        assert seen.lease_until > clock.now() + LEASE / 2

    assert run(app, do) == 1
    assert row(app, job_id).state is JobState.DONE


def test_two_runners_share_the_work(app):
    ids, done = [start(app, n=n) for n in range(12)], []
    begin = Barrier(3)

    def work(name):
        begin.wait()
        run(app, lambda job, _: done.append(job.arguments["n"]), name=name)

    threads = [Thread(target=work, args=(f"j{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(12))
    assert {row(app, each).state for each in ids} == {JobState.DONE}
