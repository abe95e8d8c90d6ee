"""The job tray and the files that jobs make."""

import pytest

from app import clock, files
from app.access import Role
from app.extensions import db
from app.models import Job, JobState


@pytest.fixture
def job(build):
    def make(user, **values):
        return build.save(Job(**{"kind": "badges", "created_by_id": user.id, "created_at": clock.now()} | values))

    return make


@pytest.fixture
def signed_in(app, build):
    def make(user):
        client = app.test_client()
        build.sign_in(client, user)
        return client

    return make


def test_the_tray_polls_while_something_runs(build, job, signed_in):
    user = build.user(Role.PLANNER)
    client = signed_in(user)
    assert "empty-state" in client.get("/jobs/").text
    done = job(user, state=JobState.DONE)
    assert "hx-get" not in client.get("/jobs/", headers={"HX-Request": "true"}).text
    job(user, state=JobState.RUNNING, done=30, total=120)
    part = client.get("/jobs/?last=5", headers={"HX-Request": "true"}).text
    assert 'hx-get="/jobs/?last=5"' in part
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    assert f"job-{done.id}" in part
    assert "/jobs/tray" in client.get("/account").text


def test_the_header_tells_what_runs_and_then_that_it_is_done(app, build, job, signed_in):
    user = build.user(Role.PLANNER)
    client = signed_in(user)
    assert "/jobs/tray" not in client.get("/account").text
    started = job(user, state=JobState.WAITING)
    assert 'hx-get="/jobs/tray"' in client.get("/account").text
    assert 'hx-get="/jobs/tray"' in client.get("/jobs/tray", headers={"HX-Request": "true"}).text
    with app.app_context():
        db.session.get_one(Job, started.id).state = JobState.DONE
        db.session.commit()
    done = client.get("/jobs/tray", headers={"HX-Request": "true"}).text
    assert "hx-get" not in done
    assert "/jobs/" in done


def test_only_ones_own_jobs_are_shown(build, job, signed_in):
    user, other = build.user(Role.PLANNER), build.user(Role.PLANNER)
    theirs = job(other)
    assert f"job-{theirs.id}" not in signed_in(user).get("/jobs/").text


def test_results_go_to_their_maker_and_to_administrators(app, build, job, signed_in):
    user = build.user(Role.PLANNER)
    with app.app_context():
        file = files.keep(b"%PDF", folder=app.config["SIGNING_DAY_HOME"], name="胸卡.pdf", media_type="application/pdf")
        db.session.commit()
        file_id = file.id
    made = job(user, state=JobState.DONE, result_file_id=file_id)
    answer = signed_in(user).get(f"/jobs/{made.id}/result")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"%PDF", "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert build.client(Role.ADMINISTRATOR).get(f"/jobs/{made.id}/result").status_code == 200
    for role in (Role.PLANNER, Role.DIRECTOR):
        assert build.client(role).get(f"/jobs/{made.id}/result").status_code == 404
    bare = job(user, state=JobState.DONE)
    assert signed_in(user).get(f"/jobs/{bare.id}/result").status_code == 404
    assert signed_in(user).get("/jobs/99/result").status_code == 404


def test_a_failed_job_says_why(build, job, signed_in):
    user = build.user(Role.PLANNER)
    job(user, state=JobState.FAILED, error_code="event_not_open")
    job(user, state=JobState.FAILED, error_code="something_new", kind="unheard_of")
    page = signed_in(user).get("/jobs/").text
    assert page.count("job-why") == 2
    assert "something_new" in page
