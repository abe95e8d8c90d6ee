"""The door for programs: every verdict, its errors, and that the description is true."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock, tokens
from app.access import Role
from app.blueprints.checkin.api.document import SCHEMAS, document
from app.extensions import db
from app.models import Arrival, EventStatus, Scan
from app.models import InvitationState as S
from tests.checkin.schema import complaints
from tests.conftest import make_app


@pytest.fixture
def event(build):
    return build.event(status=EventStatus.RUNNING)


@pytest.fixture
def url(event):
    return f"/api/v1/events/{event.slug}/scans"


@pytest.fixture
def desk(build):
    return build.client(Role.RECEPTION)


def badge(build, event, state=S.FIRM, **values):
    invitation = build.invitation(event, state=state, **values)
    return build.badge(invitation)


def sent(client, url, code, scan_id="scan-0001", **more):
    return client.post(url, json={"code": code, "scan_id": scan_id, "door": "API", **more})


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(
    ("state", "verdict"),
    [(S.FIRM, "admit"), (S.DECLINED, "declined"), (S.LISTED, "not_invited"), (S.WAITING, "waiting")],
)
def test_verdicts_of_states(app, build, event, url, desk, state, verdict):
    answer = sent(desk, url, badge(build, event, state, table_label="7", host_notes="主席台").code)
    assert answer.status_code == 200
    assert complaints(SCHEMAS["Scan"], answer.json) == []
    assert (answer.json["verdict"], answer.json["table"], answer.json["notes"]) == (verdict, "7", "主席台")
    assert answer.json["can_overrule"] is (verdict != "admit")
    assert (answer.json["arrived_at"] is not None) is (verdict == "admit")
    assert count(app, Arrival) == (verdict == "admit")


def test_badges_that_are_not_ours(app, build, event, url, desk):
    foreign = badge(build, build.event())
    old = badge(build, event, kind="media")
    with app.app_context():
        db.session.merge(old).revoked_at = clock.now()
        db.session.commit()
    for code, verdict in ((foreign.code, "other_event"), (tokens.new_badge_code(), "unknown"), (old.code, "revoked")):
        answer = sent(desk, url, code, scan_id=f"scan-{verdict}").json
        assert answer["verdict"] == verdict
        assert complaints(SCHEMAS["Scan"], answer) == []
        assert (answer["name"] is None) is (verdict != "revoked")


def test_overrule_repeat_and_undo(app, build, event, url, desk):
    code = badge(build, event, S.DECLINED).code
    for _ in range(2):
        assert sent(desk, url, code, "scan-0001").json["verdict"] == "declined"
    assert sent(desk, url, code, "scan-0002", overrule=True).json["verdict"] == "admit"
    assert sent(desk, url, code, "scan-0003").json["verdict"] == "already_in"
    undone = desk.post(f"{url}/scan-0002/undo")
    assert (undone.status_code, complaints(SCHEMAS["Undone"], undone.json)) == (200, [])
    again = desk.post(f"{url}/scan-0002/undo")
    assert (again.status_code, again.json["error"]) == (409, "nothing_to_undo")
    assert (count(app, Arrival), count(app, Scan)) == (0, 3)


def test_companions_are_told(build, event, url, desk):
    invitation = build.invitation(event, state=S.FIRM)
    (first,) = build.companions(invitation, ["李四"])
    guest, along = build.badge(invitation), build.badge(invitation, companion_id=first.id)
    assert sent(desk, url, along.code, "scan-0001").json["comes_with"] is not None
    assert sent(desk, url, guest.code, "scan-0002").json["companions"] == [{"name": "李四", "is_in": True}]


def test_errors_are_json_with_codes(build, event, url, desk):
    code = badge(build, event).code
    sent(desk, url, code)
    other = badge(build, event).code
    closed = build.event(status=EventStatus.CLOSED)
    elsewhere = f"/api/v1/events/{closed.slug}/scans"
    cases = [
        (sent(desk, url, other), 409, "scan_id_taken"),
        (sent(desk, elsewhere, badge(build, closed).code), 409, "event_not_open"),
        (sent(desk, "/api/v1/events/nowhere/scans", code), 404, "not_found"),
        (sent(desk, url, "nonsense", "scan-0009"), 422, "malformed_code"),
        (sent(desk, url, code, "x"), 422, "invalid"),
        (desk.post(url, data="{", content_type="application/json"), 400, "bad_request"),
        (desk.post(url, data="[" * 90_000, content_type="application/json"), 400, "bad_request"),
        (desk.post(url, data={"code": code}), 415, "unsupported_media_type"),
        (desk.post(f"{url}/scan-0404/undo"), 404, "not_found"),
        (desk.post(f"{url}/x/undo"), 400, "bad_request"),
        (desk.get(url), 405, "method_not_allowed"),
    ]
    for answer, status, error in cases:
        assert (answer.status_code, answer.json["error"]) == (status, error)
        assert complaints(SCHEMAS["Error"], answer.json) == []


def test_who_may_use_it(app, build, event, url):
    code = badge(build, event).code
    assert sent(app.test_client(), url, code).status_code == 401
    for role, scan, look in ((Role.SALES_REP, 403, 200), (Role.FINANCE, 403, 403), (Role.PLANNER, 200, 200)):
        client = build.client(role)
        assert sent(client, url, code, f"scan-{role}").status_code == scan
        assert client.get(f"/api/v1/events/{event.slug}/arrivals").status_code == look


def test_a_scan_of_another_event_cannot_be_undone(build, event, url, desk):
    sent(desk, url, badge(build, event).code)
    assert desk.post(f"/api/v1/events/{build.event().slug}/scans/scan-0001/undo").status_code == 404


def test_counters(build, event, url, desk):
    badge(build, event, S.SILENT)
    sent(desk, url, badge(build, event, kind="media").code)
    counters = f"/api/v1/events/{event.slug}/arrivals"
    answer = desk.get(counters)
    assert complaints(SCHEMAS["Arrivals"], answer.json) == []
    assert (answer.json["guests_in"], answer.json["expected"], answer.json["by_kind"]["media"]["in"]) == (1, 2, 1)
    assert sum(slot["guests"] for slot in answer.json["per_slot"]) == 1
    assert desk.get(counters, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_token_comes_from_the_session(tmp_path, template_home, build, event, url, app):
    code = badge(build, event).code
    guarded = make_app(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""), csrf=True)
    if not str(guarded.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql"):
        guarded.config["SQLALCHEMY_DATABASE_URI"] = app.config["SQLALCHEMY_DATABASE_URI"]
    client = guarded.test_client()
    build.sign_in(client, build.user(Role.RECEPTION))
    session = client.get("/api/v1/session").get_json()
    assert complaints(SCHEMAS["Session"], session) == []
    bare = sent(client, url, code)
    assert (bare.status_code, bare.json["error"]) == (400, "form_expired")
    body = {"code": code, "scan_id": "scan-0001"}
    answer = client.post(url, json=body, headers={"X-CSRFToken": session["csrf_token"]})
    assert answer.get_json()["verdict"] == "admit"


def test_the_description_names_every_address(app, client):
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    ours = {
        rule.rule.replace("<", "{").replace(">", "}"): rule.methods & {"GET", "POST"}
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "checkin.api_document"
    }
    assert {
        path: {verb.upper() for verb in item if verb != "parameters"} for path, item in described["paths"].items()
    } == ours
    names = set(json.dumps(document("")).split("#/components/schemas/")[1:])
    assert {name.partition('"')[0] for name in names} <= set(SCHEMAS)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
BODIES = ANYTHING | st.fixed_dictionaries(
    {"code": st.just("ZZZZZZZZ") | st.just("0" * 9) | ANYTHING, "scan_id": st.just("scan-0001") | ANYTHING},
    optional={"door": ANYTHING, "overrule": ANYTHING, "more": ANYTHING},
)


@pytest.mark.filterwarnings("ignore")
def test_any_json_gets_a_sensible_answer(build, event, url, desk):
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(BODIES)
    def any_body(body):
        answer = desk.post(url, data=json.dumps(body), content_type="application/json")
        assert answer.status_code in {200, 400, 409, 422}
        schema = "Scan" if answer.status_code == 200 else "Error"
        assert complaints(SCHEMAS[schema], answer.json) == []

    any_body()


@pytest.mark.filterwarnings("ignore")
def test_any_address_gets_a_sensible_answer(build, event, desk):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
    def any_name(name):
        for path in (f"/api/v1/events/{name}/arrivals", f"/api/v1/events/{event.slug}/scans/{name}/undo", f"/B/{name}"):
            answer = desk.open(path, method="POST" if path.endswith("undo") else "GET")
            assert answer.status_code in {200, 308, 400, 404, 405}

    any_name()
