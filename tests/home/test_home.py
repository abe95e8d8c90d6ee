"""Home: what needs one, the events ahead, and what each role sees."""

from datetime import timedelta

from app import clock
from app.access import Role
from app.blueprints.home import queries
from app.models import (
    Channel,
    EventStatus,
    InvitationState,
    Message,
    MessageState,
    Milestone,
    Stage,
)
from app.web.locale import DEFAULT_ZONE
from tests.build.statements import noted


def milestone(build, event, days, **values):
    today = clock.today(DEFAULT_ZONE)
    given = {"stage": Stage.PLAN, "title": f"Due in {days}", "due_on": today + timedelta(days=days)}
    return build.save(Milestone(event_id=event.id, **given | values))


def message(build, event, state):
    now = clock.now()
    return build.save(
        Message(
            key=f"test:{state.value}",
            event_id=event.id,
            template="invitation",
            channel=Channel.MAIL,
            address="x@example.com",
            locale="en",
            text="",
            state=state,
            created_at=now,
            due_at=now,
        )
    )


def test_the_first_run_says_what_to_do(build):
    for role in (Role.PLANNER, Role.RECEPTION, Role.FINANCE):
        page = build.client(role).get("/")
        assert page.status_code == 200
        assert "empty-state" in page.text


def test_events_are_counted_by_state(app, build):
    event = build.event()
    for state in ("listed", "accepted", "firm", "substitute", "silent", "silent", "arrived", "declined"):
        build.invitation(event, state=InvitationState(state))
    message(build, event, MessageState.FAILED)
    message(build, event, MessageState.UNCERTAIN)
    message(build, event, MessageState.SENT)
    with app.app_context():
        [ahead] = queries.events_ahead(clock.now())
        figures = queries.figures_of([ahead], queries.Scope(None))[event.id]
    assert (figures.listed, figures.invited, figures.coming) == (8, 7, 4)
    assert (figures.arrived, figures.to_call, figures.troubled) == (1, 2, 2)


def test_a_rep_sees_only_own_guests(app, build):
    event = build.event()
    rep = build.user(Role.SALES_REP)
    build.invitation(event, rep_id=rep.id, state=InvitationState.SILENT)
    build.invitation(event, state=InvitationState.SILENT)
    with app.app_context():
        [ahead] = queries.events_ahead(clock.now())
        assert queries.figures_of([ahead], queries.Scope((), rep.id))[event.id].to_call == 1
        assert queries.figures_of([ahead], queries.Scope(None))[event.id].to_call == 2


def test_which_events_are_ahead(app, build):
    now = clock.now()
    build.event(slug="soon", starts_at=now + timedelta(days=3))
    build.event(slug="later", starts_at=now + timedelta(days=30), status=EventStatus.DRAFT)
    build.event(slug="yesterday", starts_at=now - timedelta(days=1), status=EventStatus.RUNNING)
    build.event(slug="forgotten", starts_at=now - timedelta(days=9), status=EventStatus.RUNNING)
    build.event(slug="closed", starts_at=now + timedelta(days=1), status=EventStatus.CLOSED)
    build.event(slug="old", starts_at=now - timedelta(days=400), status=EventStatus.CLOSED)
    with app.app_context():
        assert [event.slug for event in queries.events_ahead(now)] == ["yesterday", "soon", "later"]
        whole = [event.slug for event in queries.events_of_a_year(now)]
        assert whole == ["later", "soon", "closed", "yesterday", "forgotten"]


def test_what_is_late(app, build):
    event = build.event()
    owner = build.user(Role.CONFERENCE_AFFAIRS)
    late = milestone(build, event, -3, owner_id=owner.id)
    milestone(build, event, -1)
    milestone(build, event, 0)
    milestone(build, event, -5, done_at=clock.now())
    milestone(build, build.event(status=EventStatus.CLOSED), -5)
    today = clock.today(DEFAULT_ZONE)
    with app.app_context():
        assert [each.title for each in queries.late_milestones(today, None)] == ["Due in -3", "Due in -1"]
        assert [each.id for each in queries.late_milestones(today, owner.id)] == [late.id]
    assert "Due in -1" in build.client(Role.PLANNER).get("/").text
    client = app.test_client()
    build.sign_in(client, owner)
    assert "Due in -3" in client.get("/").text
    assert "Due in -1" not in client.get("/").text


def test_the_director_sees_all_events(build):
    build.event(name="Long over", starts_at=clock.now() - timedelta(days=90), status=EventStatus.CLOSED)
    assert "Long over" in build.client(Role.DIRECTOR).get("/").text
    assert "Long over" not in build.client(Role.SALES_REP).get("/").text


def test_home_costs_the_same_with_many_events(app, build):
    client = build.client(Role.ADMINISTRATOR)
    build.invitation(build.event(), state=InvitationState.SILENT)
    with noted(app) as few:
        client.get("/")
    for _ in range(8):
        event = build.event()
        build.invitation(event, state=InvitationState.SILENT)
        milestone(build, event, -2)
    with noted(app) as many:
        client.get("/")
    assert len(many) == len(few) <= 64  # one more for each alarm of agenda and travel


def test_home_wants_a_person(client, build):
    build.user()
    for address in ("/", "/jobs/", "/journal/", "/search?q=x", "/jobs/1/result"):
        assert client.get(address).location.startswith("/login")
