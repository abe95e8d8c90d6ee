"""The guest's own page: no sign-in, nothing changed by looking, nothing of anybody else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.blueprints.rsvp import jobs
from app.extensions import db
from app.models import Answer, Base, Companion, EventStatus, Invitation, TravelMode
from app.models import InvitationState as S
from tests.conftest import make_app
from tests.rsvp.conftest import DUE, LONG_BEFORE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")
HOUR = timedelta(hours=1)


def url(guest, tail=""):
    return f"/r/{guest.token}{tail}"


def coming(**more):
    return {"answer": "coming", "consent": "y", "seen": "0", "travel_mode": "", "hotel_nights": "0"} | more


def counts(app):
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def versions(app):
    with app.app_context():
        return list(db.session.execute(select(Invitation.id, Invitation.version, Invitation.state)))


@pytest.fixture
def guest(desk):
    return desk.guest(desk.event(venue="国际会议中心", contact_phone="021 5555 1234", contact_name="陈静"))


def test_looking_changes_nothing(app, client, desk, guest):
    desk.answer(guest)
    before, rows = counts(app), versions(app)
    for tail in ("", "/thanks", "/calendar.ics"):
        assert client.get(url(guest, tail)).status_code == 200
        assert client.head(url(guest, tail)).status_code == 200
    assert (counts(app), versions(app)) == (before, rows)


def test_headers(client, guest):
    response = client.get(url(guest))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "no-store"


def test_unknown_links_are_all_the_same_page(client, guest):
    answers = [client.get("/r/" + token) for token in ("x", "A" * 27, guest.token[:-1], guest.token + "x", "B" * 64)]
    assert {response.status_code for response in answers} == {404}
    assert client.get("/r/" + "C" * 65).status_code == 404
    assert len({len(response.data) for response in answers}) == 1
    assert all(response.headers["Referrer-Policy"] == "no-referrer" for response in answers)
    for tail in ("/thanks", "/calendar.ics"):
        assert client.get("/r/unknown" + tail).status_code == 404
    assert client.post("/r/unknown/confirm").status_code == 404


def test_the_whole_answer(client, app, desk, guest):
    response = client.post(
        url(guest),
        data=coming(
            **{"companions-0": " 李四 ", "companions-1": "", "companions-2": "王五"},
            travel_mode="train",
            travel_number="G1234",
            arrives_at="2026-11-25T18:30",
            pickup_wanted="y",
            hotel_nights="2",
            hotel_from="2026-11-25",
            diet="清真",
            question="停车方便吗？",
        ),
    )
    assert response.status_code == 303
    assert response.location.endswith("/thanks")
    reply = desk.reply(guest)
    assert (reply.answer, reply.travel_mode, reply.travel_number) == (Answer.COMING, TravelMode.TRAIN, "G1234")
    assert clock.local(reply.arrives_at, "Asia/Shanghai").isoformat() == "2026-11-25T18:30:00+08:00"
    assert (reply.pickup_wanted, reply.hotel_nights, reply.hotel_from.isoformat()) == (True, 2, "2026-11-25")
    assert (reply.diet, reply.question, reply.consented_at) == ("清真", "停车方便吗？", LONG_BEFORE)
    with app.app_context():
        assert set(db.session.scalars(select(Companion.name))) == {"李四", "王五"}
    page = client.get(url(guest, "/thanks")).text
    assert "G1234" in page
    assert "李四" in page


def test_times_are_those_of_the_event_s_zone(client, desk):
    guest = desk.guest(desk.event(time_zone="Europe/Berlin"))
    client.post(url(guest), data=coming(arrives_at="2026-11-25T18:30"))
    assert desk.reply(guest).arrives_at.isoformat() == "2026-11-25T17:30:00+00:00"
    assert "2026-11-25T18:30" in client.get(url(guest)).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "perhaps"},
        coming(consent=""),
        coming(answer="substitute"),
        coming(answer="substitute", substitute_name="王五", substitute_mobile="12"),
        coming(arrives_at="2025-01-01T10:00"),
        coming(arrives_at="tomorrow"),
        coming(hotel_nights="2", hotel_from=""),
        coming(diet="x" * 200),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(client, desk, guest, data):
    response = client.post(url(guest), data=data | {"question": "一个问题"})
    assert response.status_code == 422
    assert "一个问题" in response.text
    assert desk.reply(guest) is None


def test_a_decline_wants_neither_consent_nor_details(client, desk, guest):
    assert client.post(url(guest), data={"answer": "not_coming", "decline_reason": "出差"}).status_code == 303
    reply = desk.reply(guest)
    assert (reply.answer, reply.decline_reason, reply.consented_at) == (Answer.NOT_COMING, "出差", None)
    assert client.get(url(guest, "/thanks")).status_code == 200


def test_consent_is_asked_once(client, desk, guest):
    client.post(url(guest), data=coming())
    again = coming(consent="", seen=str(desk.reply(guest).version), diet="素食")
    assert client.post(url(guest), data=again).status_code == 303
    assert desk.reply(guest).consented_at == LONG_BEFORE


def test_a_second_tab_is_told_and_may_insist(client, desk, guest):
    client.post(url(guest), data=coming())
    late = {"answer": "not_coming", "seen": "0", "decline_reason": "出差"}
    response = client.post(url(guest), data=late)
    assert response.status_code == 409
    assert "出差" in response.text
    assert desk.state(guest) is S.ACCEPTED
    version = desk.reply(guest).version
    assert f'name="seen" type="hidden" value="{version}"' in response.text
    assert client.post(url(guest), data=late | {"seen": str(version)}).status_code == 303
    assert desk.state(guest) is S.DECLINED


def test_no_seat_for_a_companion_is_an_error_beside_the_field(client, desk):
    guest = desk.guest(desk.event(capacity=1))
    client.post(url(guest), data=coming())
    response = client.post(url(guest), data=coming(seen="1", **{"companions-0": "李四"}))
    assert response.status_code == 422
    assert "李四" in response.text
    assert desk.state(guest) is S.ACCEPTED


def test_no_more_companions_than_invited(client, desk):
    guest = desk.guest(desk.event(), companions_allowed=1)
    names = {f"companions-{n}": f"客人{n}" for n in range(3)}
    assert client.post(url(guest), data=coming(**names)).status_code == 422
    assert desk.reply(guest) is None


def test_a_waiting_guest_reads_so(client, desk):
    event = desk.event(capacity=1)
    desk.answer(desk.guest(event))
    guest = desk.guest(event)
    client.post(url(guest), data=coming())
    assert desk.state(guest) is S.WAITING
    for tail in ("", "/thanks"):
        assert "tone-special" in client.get(url(guest, tail)).text
    assert "calendar.ics" not in client.get(url(guest, "/thanks")).text


def test_closed_replies_are_read_only(client, desk):
    event = desk.event(replies_close_at=LONG_BEFORE - HOUR, contact_phone="+8613800001111")
    guest = desk.guest(event)
    page = client.get(url(guest)).text
    assert "<textarea" not in page
    assert "tel:+8613800001111" in page
    assert client.post(url(guest), data=coming()).status_code == 409
    assert client.post(url(guest, "/confirm"), data={"tap-answer": "coming", "tap-seen": "0"}).status_code == 409
    assert desk.reply(guest) is None


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_pages_of_events_that_are_not_open(client, desk, status):
    guest = desk.guest(desk.event(status=status))
    assert client.get(url(guest)).status_code == 200
    assert client.post(url(guest), data=coming()).status_code == 409


@pytest.mark.parametrize(
    ("answer", "more", "expected"),
    [
        ("coming", {}, S.FIRM),
        ("not_coming", {}, S.DECLINED_LATE),
        ("substitute", {"tap-substitute_name": "王五"}, S.SUBSTITUTE),
    ],
)
def test_one_tap_when_asked_again(client, desk, answer, more, expected):
    guest = desk.guest(desk.event(replies_close_at=DUE - HOUR))
    with clock.stopped_at(DUE):
        desk.run(jobs.run_reconfirm, DUE)
        assert "tap-answer" in client.get(url(guest)).text
        data = {"tap-answer": answer, "tap-seen": "0"} | more
        assert client.post(url(guest, "/confirm"), data=data).status_code == 303
        assert desk.state(guest) is expected
        assert client.get(url(guest, "/thanks")).status_code == 200
        # Two taps on two open pages: the second is told.
        assert client.post(url(guest, "/confirm"), data={"tap-answer": "coming", "tap-seen": "0"}).status_code == 409


@pytest.mark.parametrize("data", [{}, {"tap-answer": "substitute"}, {"tap-answer": "?"}])
def test_a_tap_without_what_it_needs(client, desk, data):
    guest = desk.guest(desk.event())
    with clock.stopped_at(DUE):
        desk.run(jobs.run_reconfirm, DUE)
        assert client.post(url(guest, "/confirm"), data=data).status_code == 422
    assert desk.confirmations(guest)[0].answer is None


def test_language_is_the_guest_s_and_can_be_switched(client, desk, build):
    event = desk.event(language="zh_CN")
    chinese = desk.guest(event)
    english = desk.guest(event, dealer=build.dealer(locale="en"))
    browser = {"Accept-Language": "en"}
    assert 'lang="zh-CN"' in client.get(url(chinese), headers=browser).text
    assert 'lang="en"' in client.get(url(english), headers={"Accept-Language": "zh"}).text
    with client.session_transaction() as session:
        session["locale"] = "en"
    assert 'lang="en"' in client.get(url(chinese)).text


def test_only_what_the_link_may_see(client, desk, build):
    event = desk.event()
    rep = build.user(name="内部人员")
    guest = desk.guest(event, notes="谈判底价", host_notes="贵宾", rep_id=rep.id)
    other = desk.guest(event, dealer=build.dealer(contact="别人", company="别家公司"))
    desk.answer(other)
    page = client.get(url(guest)).text
    for secret in ("谈判底价", "贵宾", "别人", "别家公司", other.token, rep.login):
        assert secret not in page


def test_the_entry_code_is_shown_once_there_is_a_badge(client, desk, build, guest):
    desk.answer(guest)
    assert "guest-qr" not in client.get(url(guest, "/thanks")).text
    build.badge(guest, revoked_at=LONG_BEFORE)
    assert "guest-qr" not in client.get(url(guest, "/thanks")).text
    build.badge(guest)
    assert "guest-qr" in client.get(url(guest, "/thanks")).text


def test_too_many_requests_are_held_back(template_home, tmp_path):
    app = make_app(tmp_path, limits=True, RATE_PUBLIC="3 per minute")
    client = app.test_client()
    with app.app_context():
        db.create_all()
    codes = [client.get("/r/guess").status_code for _ in range(5)]
    assert codes == [404, 404, 404, 429, 429]


def test_forms_carry_a_token_against_forgery(template_home, tmp_path):
    app = make_app(tmp_path, csrf=True)
    with app.app_context():
        db.create_all()
    assert app.test_client().post("/r/guess", data={"answer": "coming"}).status_code == 400


def test_the_calendar_entry(client, guest):
    response = client.get(url(guest, "/calendar.ics"))
    assert response.mimetype == "text/calendar"
    assert START.strftime("DTSTART:%Y%m%dT%H%M%SZ") in response.text
    assert guest.token in response.text.replace("\r\n ", "")
