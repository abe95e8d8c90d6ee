"""Pages of those who look after the answers: who sees what, what a press does, how many queries it costs."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event as sa_event
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.rsvp import jobs
from app.extensions import db
from app.models import Answer, Call, CallOutcome, Job, Reply, Round, TravelMode, Via
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE, LONG_BEFORE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")
HOUR = timedelta(hours=1)
PAGES = ("confirm", "replies", "calls")


def fall_silent(desk):
    with clock.stopped_at(DUE):
        desk.run(jobs.run_reconfirm, DUE)
    with clock.stopped_at(DUE + 5 * HOUR):
        desk.run(jobs.run_silent, DUE + 5 * HOUR)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PLANNER, 200),
        (Role.DIRECTOR, 200),
        (Role.SALES_REP, 200),
        (Role.CONFERENCE_AFFAIRS, 200),
        (Role.FINANCE, 403),
        (Role.RECEPTION, 403),
    ],
)
def test_who_sees_the_pages(build, desk, page, role, status):
    event = desk.event()
    assert build.client(role).get(f"/events/{event.slug}/{page}/").status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_pages_want_a_sign_in(client, desk, page):
    event = desk.event()
    assert client.get(f"/events/{event.slug}/{page}/").status_code == 303


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_stand_in_every_situation(app, build, desk, page, locale):
    client = app.test_client()
    build.sign_in(client, build.user(locale=locale))
    event = desk.event(capacity=3)
    url = f"/events/{event.slug}/{page}/"
    assert client.get(url).status_code == 200
    guests = [desk.guest(event) for _ in range(6)]
    for guest in guests[:4]:
        desk.answer(guest)
    assert client.get(url).status_code == 200
    for moment in (DUE - HOUR, DUE, START - HOUR, START + HOUR):
        with clock.stopped_at(moment):
            assert client.get(url).status_code == 200
    fall_silent(desk)
    with clock.stopped_at(DUE + 6 * HOUR):
        assert client.get(url).status_code == 200
    desk.move(event, START + timedelta(days=9))
    assert client.get(url).status_code == 200


def test_a_rep_sees_only_the_own_guests(app, build, desk):
    rep = build.user(Role.SALES_REP)
    event = desk.event()
    own = desk.guest(event, dealer=build.dealer(contact="自己人"), rep_id=rep.id)
    other = desk.guest(event, dealer=build.dealer(contact="别家的"))
    for guest in (own, other):
        desk.answer(guest)
    fall_silent(desk)
    client = app.test_client()
    build.sign_in(client, rep)
    with clock.stopped_at(DUE + 6 * HOUR):
        for page in ("replies", "calls"):
            text = client.get(f"/events/{event.slug}/{page}/").text
            assert "自己人" in text
            assert "别家的" not in text
        assert client.get(f"/events/{event.slug}/replies/{other.id}/record").status_code == 404
        log = f"/events/{event.slug}/calls/"
        assert client.post(f"{log}{other.id}", data={"outcome": "coming"}).status_code == 404
        assert client.post(f"{log}{own.id}", data={"outcome": "coming"}).status_code == 303
        assert client.get(f"{log}?rep=999").status_code == 200
    assert (desk.state(own), desk.state(other)) == (S.FIRM, S.SILENT)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "replies/{}/record"),
        ("post", "replies/{}/record"),
        ("post", "replies/{}/question"),
        ("post", "replies/{}/first"),
        ("post", "replies/{}/seat"),
        ("post", "calls/{}"),
        ("post", "calls/{}/1/undo"),
    ],
)
def test_another_event_s_guest_is_not_found(build, desk, method, path):
    event, other = desk.event(), desk.event()
    guest = desk.guest(other)
    desk.answer(guest)
    response = getattr(build.client(), method)(f"/events/{event.slug}/{path.format(guest.id)}")
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.SALES_REP, "confirm/start"),
        (Role.DIRECTOR, "confirm/start"),
        (Role.DIRECTOR, "calls/1"),
        (Role.DIRECTOR, "replies/1/record"),
        (Role.SALES_REP, "replies/1/first"),
        (Role.SALES_REP, "replies/1/seat"),
    ],
)
def test_who_may_not_press(build, desk, role, path):
    event = desk.event()
    assert build.client(role).post(f"/events/{event.slug}/{path}").status_code == 403


def test_the_round_is_begun_by_a_press_and_asked_by_the_worker(app, build, desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    client = build.client()
    start = f"/events/{event.slug}/confirm/start"
    assert client.post(start).status_code == 303
    assert client.post(start).status_code == 409
    with app.app_context():
        (job,) = db.session.scalars(select(Job))
        assert (job.kind, job.total) == ("ask_again", 1)
        jobs.KINDS[0].run(job, lambda *_: None)
        assert db.session.scalars(select(Round)).one().finished_at == LONG_BEFORE
    assert len(desk.confirmations(guest)) == len(desk.messages("reconfirm")) == 1


def test_an_answer_taken_on_the_phone(build, desk):
    guest = desk.guest(desk.event(replies_close_at=LONG_BEFORE - HOUR))
    client = build.client()
    url = f"/events/event-1/replies/{guest.id}/record"
    assert client.get(url).status_code == 200
    assert client.post(url, data={"seen": "0"}).status_code == 422
    data = {
        "answer": "coming",
        "seen": "0",
        "travel_mode": "train",
        "hotel_nights": "1",
        "hotel_from": "2026-11-25",
        "next": "/events/event-1/replies/",
    }
    response = client.post(url, data=data)
    assert (response.status_code, response.location) == (303, "/events/event-1/replies/")
    reply = desk.reply(guest)
    assert (reply.answer, reply.via, reply.travel_mode) == (Answer.COMING, Via.PHONE, TravelMode.TRAIN)
    assert (reply.consented_at, reply.recorded_by_id is not None) == (None, True)
    assert client.post(url, data=data).status_code == 409  # somebody answered meanwhile


def test_a_question_is_answered_once_and_asked_anew(client, build, desk):
    guest = desk.guest(desk.event())
    form = {"answer": "coming", "consent": "y", "hotel_nights": "0", "question": "有停车场吗？"}
    client.post(f"/r/{guest.token}", data=form | {"seen": "0"})
    staff = build.client()
    replies = "/events/event-1/replies/"
    assert "有停车场吗" in staff.get(replies).text
    assert staff.post(f"{replies}{guest.id}/question", data={"answer": "有，请走东门。"}).status_code == 303
    assert desk.reply(guest).question_answered_at == LONG_BEFORE
    assert "有停车场吗" not in staff.get(replies).text
    assert "请走东门" in client.get(f"/r/{guest.token}").text
    again = form | {"seen": str(desk.reply(guest).version), "question": "几点开饭？"}
    client.post(f"/r/{guest.token}", data=again)
    assert (desk.reply(guest).question_answered_at, desk.reply(guest).question_answer) == (None, "")


def test_the_waiting_list_by_hand(build, desk):
    event = desk.event(capacity=1)
    seated, first, second = (desk.guest(event) for _ in range(3))
    for guest in (seated, first, second):
        desk.answer(guest)
    client = build.client(Role.PLANNER)
    at = f"/events/{event.slug}/replies/"
    assert client.post(f"{at}{second.id}/first").status_code == 303
    assert client.post(f"{at}{second.id}/seat").status_code == 409  # the hall is full
    assert client.post(f"{at}{seated.id}/first").status_code == 409  # does not wait
    desk.set_event(event, capacity=2)
    assert client.post(f"{at}{first.id}/seat").status_code == 303
    assert (desk.state(first), desk.state(second)) == (S.ACCEPTED, S.WAITING)
    desk.answer(seated, Answer.NOT_COMING)
    assert desk.state(second) is S.ACCEPTED


def rows_of(response):
    assert response.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0).to_python()


def test_lists_to_take_away(app, build, desk):
    event = desk.event()
    early, late, declined = (desk.guest(event) for _ in range(3))
    for guest, answer in ((early, Answer.COMING), (late, Answer.COMING), (declined, Answer.NOT_COMING)):
        desk.answer(guest, answer, companions=("李四",))
    with app.app_context():
        for guest, hours in ((early, 20), (late, 10), (declined, 12)):
            reply = db.session.scalars(select(Reply).where(Reply.invitation_id == guest.id)).one()
            reply.travel_mode = TravelMode.TRAIN
            reply.arrives_at = START - timedelta(hours=hours)
            reply.hotel_nights, reply.hotel_from = 2, START.date() - timedelta(days=1)
            reply.diet = "清真"
        db.session.commit()
    client = build.client(Role.CONFERENCE_AFFAIRS)
    at = f"/events/{event.slug}/replies/"
    travel = rows_of(client.get(at + "travel.xlsx"))
    assert [row[0].isoformat() for row in travel[1:]] == ["2026-11-25T13:00:00", "2026-11-25T23:00:00"]
    assert len(rows_of(client.get(at + "rooms.xlsx"))) == len(rows_of(client.get(at + "diets.xlsx"))) == 3
    assert client.get(at + "secrets.xlsx").status_code == 404
    assert build.client(Role.SALES_REP).get(at + "travel.xlsx").status_code == 403
    assert len(rows_of(client.get(at + "?format=xlsx&hotel=1&answer=coming"))) == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("answer=coming", 2),
        ("hotel=1", 1),
        ("hotel=0", 2),
        ("pickup=1", 0),
        ("travel=none", 3),
        ("via=phone", 1),
        ("", 3),
    ],
)
def test_filters(app, build, desk, query, expected):
    event = desk.event()
    guests = [desk.guest(event) for _ in range(3)]
    desk.answer(guests[0])
    desk.answer(guests[1], via=Via.PHONE)
    desk.answer(guests[2], Answer.NOT_COMING)
    with app.app_context():
        db.session.scalars(select(Reply).where(Reply.invitation_id == guests[0].id)).one().hotel_nights = 1
        db.session.commit()
    page = build.client().get(f"/events/{event.slug}/replies/?{query}").text
    assert page.count("data-row=") == expected


def test_a_call_in_three_taps_and_undo(app, build, desk):
    event = desk.event()
    guest = desk.guest(event)
    desk.answer(guest)
    fall_silent(desk)
    client = build.client(Role.SALES_MANAGER)
    log = f"/events/{event.slug}/calls/"
    with clock.stopped_at(DUE + 6 * HOUR):
        assert f"tel:{'+86138'}" in client.get(log).text
        assert client.post(f"{log}{guest.id}", data={"outcome": "perhaps"}).status_code == 422
        assert client.post(f"{log}{guest.id}", data={"outcome": "substitute"}).status_code == 422
        again = (DUE + 7 * HOUR).isoformat()
        assert (
            client.post(f"{log}{guest.id}", data={"outcome": f"call_back:{again}", "note": "开会"}).status_code == 303
        )
        assert client.post(f"{log}{guest.id}", data={"outcome": "coming"}).status_code == 303
        assert desk.state(guest) is S.FIRM
        with app.app_context():
            calls = list(db.session.scalars(select(Call).order_by(Call.id)))
        assert [(each.outcome, each.next_call_at) for each in calls] == [
            (CallOutcome.CALL_BACK, DUE + 7 * HOUR),
            (CallOutcome.COMING, None),
        ]
        assert client.post(f"{log}{guest.id}/{calls[0].id}/undo").status_code == 409
        assert client.post(f"{log}{guest.id}/{calls[1].id}/undo").status_code == 303
        assert client.post(f"{log}{guest.id}/{calls[1].id}/undo").status_code == 404
    assert desk.state(guest) is S.SILENT


def test_only_the_hour_is_asked_for_every_minute(build, desk):
    event = desk.event()
    response = build.client().get(f"/events/{event.slug}/calls/", headers={"HX-Request": "true"})
    assert 'id="hour"' in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize(("page", "budget"), [("confirm", 15), ("replies", 26), ("calls", 16)])
def test_pages_cost_a_fixed_number_of_queries(app, build, desk, page, budget):
    event = desk.event(capacity=500)
    client = build.client()

    def cost():
        seen = []
        with app.app_context():
            engine = db.engine

        def count(*args):
            seen.append(args[2])

        sa_event.listen(engine, "before_cursor_execute", count)
        try:
            with clock.stopped_at(DUE + 6 * HOUR):
                assert client.get(f"/events/{event.slug}/{page}/").status_code == 200
        finally:
            sa_event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    for _ in range(3):
        desk.answer(desk.guest(event))
    fall_silent(desk)
    few = cost()
    for _ in range(12):
        guest = desk.guest(event, state=S.SILENT)
        desk.build.save(Reply(invitation_id=guest.id, answer=Answer.COMING, answered_at=DUE, via=Via.LINK))
    assert cost() == few <= budget
