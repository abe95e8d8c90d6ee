"""What is for today and what comes, by role; and the director's glance over all events."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from app import clock
from app.access import Role
from app.blueprints.home import board
from app.blueprints.home.agenda import queries
from app.blueprints.home.board import Fire, Standing
from app.blueprints.home.queries import events_of_a_year
from app.blueprints.report import queries as report
from app.blueprints.report.queries import Outcome
from app.extensions import db
from app.models import (
    Call,
    CallOutcome,
    Event,
    InvitationState,
    Milestone,
    NextStep,
    Receivable,
    Stage,
)
from app.web.locale import DEFAULT_ZONE
from tests.report.conftest import World

TODAY = clock.today(DEFAULT_ZONE)
S = InvitationState


def test_what_falls_due_is_summed_by_day(app, build):
    world = World(app, build)
    world.signed(world.guest())
    world.signed(world.guest())
    with app.app_context():
        rows = db.session.scalars(db.select(Receivable).where(Receivable.position == 2)).all()
        for row in rows:
            row.due_on = TODAY + timedelta(days=5)
        db.session.commit()
        week = TODAY + timedelta(days=7)
        found = queries.falling_due(TODAY + timedelta(days=4), TODAY + timedelta(days=6), None)
        assert [(each.number, each.total, each.currency) for each in found] == [(2, Decimal(120_000), "CNY")]
        assert queries.falling_due(TODAY, week, world.rep.id + 1) == []


def test_the_last_call_says_when_to_call_again(app, build):
    event = build.event()
    rep = build.user(Role.SALES_REP)
    guest = build.invitation(event, rep_id=rep.id, state=S.SILENT)
    decided = build.invitation(event, rep_id=rep.id, state=S.DECLINED)
    now = clock.now()
    for row, hours in ((guest, 1), (guest, 3), (decided, 2)):
        given = {"called_at": now, "outcome": CallOutcome.CALL_BACK, "next_call_at": now + timedelta(hours=hours)}
        build.save(Call(invitation_id=row.id, caller_id=rep.id, **given))
    with app.app_context():
        found = queries.calls_agreed(rep.id, now + timedelta(days=1))
        assert [each.next_call_at for each in found] == [now + timedelta(hours=3)]
        assert list(queries.calls_agreed(rep.id, now + timedelta(hours=2))) == []


def test_each_role_finds_its_day(app, build):
    world = World(app, build)
    guest = world.guest()
    rep = build.user(Role.SALES_REP)
    ahead = build.event(starts_at=clock.now() + timedelta(days=3))
    given = {"event_id": ahead.id, "stage": Stage.PLAN, "title": "Print the badges"}
    build.save(Milestone(due_on=TODAY + timedelta(days=1), **given))
    step = {"event_id": world.event.id, "invitation_id": guest.id, "text": "Bring samples", "owner_id": rep.id}
    build.save(NextStep(due_on=TODAY - timedelta(days=1), said_at=clock.now(), **step))
    client = app.test_client()
    build.sign_in(client, rep)
    page = client.get("/").text
    assert page.index("Bring samples") < page.index('id="today"')  # late things stand first
    assert "Print the badges" not in page
    planner = build.client(Role.PLANNER).get("/").text
    assert planner.index("Print the badges") > planner.index('id="coming"')
    assert "/door/" in build.client(Role.RECEPTION).get("/").text
    for role in Role:
        assert build.client(role).get("/").status_code == 200, role


def standing(event: Event, **values: Any) -> Standing:
    given: dict[str, Any] = {
        "invited": 20,
        "firm": 10,
        "came": 10,
        "outcome": Outcome(signed=10, paid=10),
        "is_over": True,
    }
    return Standing(event=event, **given | values)


def test_what_burns():
    event = Event(signing_target=10, currency="CNY")
    assert standing(event).fires == []
    assert standing(event, outcome=Outcome(10, 9)).fires == [Fire.NEVER_PAID]
    assert standing(event, outcome=Outcome(9, 9)).fires == [Fire.BELOW_TARGET]
    assert standing(event, came=7).fires == [Fire.NO_SHOWS]
    assert standing(event, came=8).fires == []
    assert standing(event, outcome=Outcome(10, 10, overdue=Decimal(1))).fires == [Fire.OVERDUE]
    assert standing(event, outcome=Outcome(0, 0), is_over=False).fires == []
    assert standing(event, outcome=Outcome(10, 8)).heat > standing(event, outcome=Outcome(3, 3)).heat


def test_the_directors_glance(app, build):
    first, second = World(app, build, signing_target=1), World(app, build, signing_target=1)
    first.signed(first.guest(), 20_000)
    second.signed(second.guest())
    second.guest(S.NO_SHOW)
    with app.app_context():
        found = board.board(events_of_a_year(clock.now()), clock.now(), TODAY)
        assert (found.came, found.firm, found.signed, found.paid, found.target) == (2, 3, 2, 1, 2)
        assert found.got == {"CNY": Decimal(20_000)}
        assert found.burning[0].event.id == second.event.id
        assert found.burning[0].fires[0] is Fire.NEVER_PAID
        assert report.outcomes([first.event.id], TODAY)[first.event.id].signed == 1
    page = build.client(Role.DIRECTOR).get("/").text
    assert f"/events/{second.event.slug}/report/" in page
    assert f"/events/{second.event.slug}/report/" not in build.client(Role.SALES_REP).get("/").text
