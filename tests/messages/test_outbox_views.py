"""The page Outbox: who may see what, how a message reads, and what can be done about it."""

from datetime import time, timedelta

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from app import clock, heartbeat, journal
from app.access import Role
from app.blueprints.messages import actions
from app.extensions import db
from app.models import (
    Channel,
    Dealer,
    Event,
    Invitation,
    InvitationState,
    JournalEntry,
    Message,
    MessageState,
    Unsubscription,
)


@pytest.fixture
def event(build):
    return build.event(language="zh_CN")


def message(app, build, event, state=MessageState.WAITING, guest=None, **values):
    guest = guest or build.invitation(event, state=InvitationState.INVITED)
    with app.app_context():
        row = actions.post_to_guest(
            db.session.get_one(Invitation, guest.id),
            values.pop("template", "invitation"),
            reason=str(guest.id),
            attach_calendar=True,
        )
        assert row is not None
        row.state = state
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()
        db.session.refresh(row)
        db.session.expunge(row)
        return row


def account_message(build):
    return build.save(
        Message(
            key="password_reset:1",
            template="password_reset",
            channel=Channel.MAIL,
            address="user@example.com",
            locale="en",
            subject="Set a new password",
            text="http://localhost/password/secret-link",
            created_at=clock.now(),
            due_at=clock.now(),
            state=MessageState.KEPT,
        )
    )


def reload(app, row):
    with app.app_context():
        again = db.session.get_one(Message, row.id)
        db.session.expunge(again)
        return again


def url(event, row, tail=""):
    return f"/events/{event.slug}/outbox/{row.id}{tail}"


def test_the_list_shows_and_finds_messages(app, build, event):
    guest = build.invitation(event, build.dealer(contact="欧阳建国", search_key="欧阳建国 ouyangjianguo oyjg"))
    message(app, build, event, guest=guest)
    message(app, build, event, guest=build.invitation(event, build.dealer(contact="李四")))
    client = build.client(Role.PLANNER)
    page = client.get(f"/events/{event.slug}/outbox/").text
    assert "欧阳建国" in page
    assert "李四" in page
    page = client.get(f"/events/{event.slug}/outbox/?q=oyjg").text
    assert "欧阳建国" in page
    assert "李四" not in page
    assert "欧阳建国" not in client.get(f"/events/{event.slug}/outbox/?state=sent").text
    assert client.get(f"/events/{event.slug}/outbox/?format=csv").data.startswith(b"\xef\xbb\xbf")


def test_a_list_page_costs_a_fixed_number_of_queries(app, build, event):
    client = build.client(Role.PLANNER)
    counts = []
    for number in (3, 25):
        for _ in range(number):
            message(app, build, event)
        statements: list[str] = []

        def count(*arguments, seen=statements):
            seen.append(arguments[2])

        with app.app_context():
            engine = db.engine
        sqlalchemy_event.listen(engine, "before_cursor_execute", count)
        assert client.get(f"/events/{event.slug}/outbox/").status_code == 200
        sqlalchemy_event.remove(engine, "before_cursor_execute", count)
        counts.append(len(statements))
    assert counts[0] == counts[1] < 20


@pytest.mark.parametrize(
    ("role", "sees", "manages"),
    [
        (Role.PLANNER, True, True),
        (Role.DIRECTOR, True, False),
        (Role.SALES_MANAGER, True, False),
        (Role.SALES_REP, False, False),
        (Role.RECEPTION, False, False),
    ],
)
def test_who_may(app, build, event, role, sees, manages):
    row = message(app, build, event)
    client = build.client(role)
    for tail in ("", "/body", "/files/calendar"):
        assert client.get(url(event, row, tail)).status_code == (200 if sees else 403)
    assert client.get(f"/events/{event.slug}/outbox/").status_code == (200 if sees else 403)
    assert client.post(url(event, row, "/cancel")).status_code == (303 if manages else 403)
    assert reload(app, row).state is (MessageState.CANCELLED if manages else MessageState.WAITING)


def test_messages_about_accounts_are_for_administrators(app, build, event):
    row = account_message(build)
    planner, administrator = build.client(Role.PLANNER), build.client(Role.ADMINISTRATOR)
    for path in ("/outbox/", f"/outbox/{row.id}", f"/outbox/{row.id}/body"):
        assert planner.get(path).status_code == 403
        assert administrator.get(path).status_code == 200
    assert planner.post(f"/outbox/{row.id}/resend").status_code == 403
    assert planner.get(url(event, row)).status_code == 404
    assert "secret-link" in administrator.get(f"/outbox/{row.id}").text
    assert "user@example.com" not in planner.get(f"/events/{event.slug}/outbox/").text


@pytest.mark.parametrize("tail", ["", "/body", "/files/calendar"])
def test_a_message_of_another_event_is_not_found(app, build, event, tail):
    row = message(app, build, event)
    other = build.event()
    assert build.client(Role.PLANNER).get(url(other, row, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["/resend", "/cancel", "/settle"])
def test_nor_can_it_be_changed_from_there(app, build, event, tail):
    row, other = message(app, build, event), build.event()
    client = build.client(Role.PLANNER)
    assert client.post(url(other, row, tail)).status_code == 404
    client.post(f"/events/{other.slug}/outbox/cancel", data={"ids": [row.id]})
    assert reload(app, row).state is MessageState.WAITING


def test_mail_is_shown_shut_off_from_the_page(app, build, event):
    row = message(app, build, event)
    client = build.client(Role.PLANNER)
    answer = client.get(url(event, row, "/body"))
    assert answer.text.replace('<base target="_blank">', "") == row.html
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    frame = client.get(url(event, row)).text.partition("<iframe")[2].partition(">")[0]
    assert "sandbox=" in frame
    assert "allow-scripts" not in frame


def test_attachments_open(app, build, event):
    row = message(app, build, event)
    client = build.client(Role.PLANNER)
    answer = client.get(url(event, row, "/files/calendar"))
    assert answer.mimetype == "text/calendar"
    assert b"BEGIN:VEVENT" in answer.data
    assert client.get(url(event, row, "/files/letter")).status_code == 404  # it has none
    assert client.get(url(event, row, "/files/passwd")).status_code == 404


# -- acting


def test_cancel_and_undo(app, build, event):
    row = message(app, build, event)
    client = build.client(Role.PLANNER)
    client.post(url(event, row, "/cancel"))
    assert (reload(app, row).state, reload(app, row).reason_code) == (MessageState.CANCELLED, "by_person")
    client.post(url(event, row, "/resend"))
    assert (reload(app, row).state, reload(app, row).reason_code) == (MessageState.WAITING, "")
    with app.app_context():
        said = list(
            db.session.scalars(
                select(JournalEntry.action).where(JournalEntry.subject_kind == "messages").order_by(JournalEntry.id)
            )
        )
    assert said == ["message.cancelled", "message.released"]


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN])
def test_what_is_on_its_way_cannot_be_cancelled(app, build, event, state):
    row = message(app, build, event, state)
    answer = build.client(Role.PLANNER).post(url(event, row, "/cancel"), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "message_on_its_way")
    assert reload(app, row).state is state


@pytest.mark.parametrize("state", [MessageState.KEPT, MessageState.FAILED])
def test_what_did_not_arrive_goes_again_as_itself_to_the_address_of_today(app, build, event, state):
    guest = build.invitation(event, state=InvitationState.INVITED)
    row = message(app, build, event, state, guest=guest, tries=8)
    with app.app_context():
        db.session.get_one(Dealer, guest.dealer_id).mail = "corrected@example.com"
        db.session.commit()
    build.client(Role.PLANNER).post(url(event, row, "/resend"))
    again = reload(app, row)
    assert (again.state, again.address, again.tries) == (MessageState.WAITING, "corrected@example.com", 0)


def test_what_arrived_is_sent_once_more_as_a_new_message(app, build, event):
    row = message(app, build, event, MessageState.SENT)
    client = build.client(Role.PLANNER)
    client.post(url(event, row, "/resend"))
    client.post(url(event, row, "/resend"))
    assert reload(app, row).state is MessageState.SENT
    with app.app_context():
        copies = list(db.session.scalars(select(Message).where(Message.copy_of_id == row.id).order_by(Message.id)))
        assert [copy.key for copy in copies] == [f"again:{row.id}:1", f"again:{row.id}:2"]
        assert {(copy.state, copy.text, copy.attach_calendar) for copy in copies} == {
            (MessageState.WAITING, row.text, True)
        }


@pytest.mark.parametrize(("arrived", "state"), [("yes", MessageState.SENT), ("no", MessageState.WAITING)])
def test_an_uncertain_message_is_settled_by_a_person(app, build, event, arrived, state):
    row = message(app, build, event, MessageState.UNCERTAIN)
    build.client(Role.PLANNER).post(url(event, row, "/settle"), data={"arrived": arrived})
    assert reload(app, row).state is state


@pytest.mark.parametrize("state", [MessageState.KEPT, MessageState.SENT, MessageState.CANCELLED])
def test_who_declined_or_unsubscribed_is_left_alone(app, build, event, state):
    declined = build.invitation(event, state=InvitationState.INVITED)
    row = message(app, build, event, state, guest=declined)
    with app.app_context():
        db.session.get_one(Invitation, declined.id).state = InvitationState.DECLINED
        db.session.commit()
    client = build.client(Role.PLANNER)
    answer = client.post(url(event, row, "/resend"), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "guest_declined")
    other = message(app, build, event, state)
    build.save(Unsubscription(address=other.address, unsubscribed_at=clock.now()))
    answer = client.post(url(event, other, "/resend"), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "unsubscribed")


def test_many_at_once(app, build, event):
    states = (MessageState.WAITING, MessageState.KEPT, MessageState.SENT, MessageState.SENDING)
    rows = [message(app, build, event, state) for state in states]
    client = build.client(Role.PLANNER)
    ids = [row.id for row in rows]
    client.post(f"/events/{event.slug}/outbox/cancel", data={"ids": ids})
    assert [reload(app, row).state for row in rows] == [
        MessageState.CANCELLED,
        MessageState.CANCELLED,
        MessageState.SENT,
        MessageState.SENDING,
    ]
    client.post(f"/events/{event.slug}/outbox/resend", data={"ids": ids})
    assert [reload(app, row).state for row in rows] == [
        MessageState.WAITING,
        MessageState.WAITING,
        MessageState.SENT,
        MessageState.SENDING,
    ]
    with app.app_context():
        assert len(list(db.session.scalars(select(Message)))) == 5  # the sent one has a copy


def test_everything_kept_goes_at_once(app, build, event):
    rows = [message(app, build, event, MessageState.KEPT) for _ in range(3)]
    sms = message(
        app,
        build,
        event,
        MessageState.KEPT,
        guest=build.invitation(event, build.dealer(mail=None)),
        template="invitation",
    )
    foreign = message(app, build, build.event(), MessageState.KEPT)
    client = build.client(Role.PLANNER)
    assert client.post(f"/events/{event.slug}/outbox/release/kept").status_code == 303
    assert {reload(app, row).state for row in [*rows, sms]} == {MessageState.WAITING}
    assert reload(app, sms).address.startswith("+86")
    assert reload(app, foreign).state is MessageState.KEPT
    assert client.post(f"/events/{event.slug}/outbox/release/sent").status_code == 404


def test_the_page_says_what_keeps_messages_from_arriving(app, build, event):
    message(app, build, event)
    message(app, build, event, MessageState.FAILED)
    message(app, build, event, MessageState.UNCERTAIN)
    client = build.client(Role.PLANNER)
    page = client.get(f"/events/{event.slug}/outbox/").text
    for sign in ("flask --app app worker", "MAIL_SERVER", "/outbox/release/failed", "?state=uncertain"):
        assert sign in page
    with app.app_context():
        heartbeat.beat("one", clock.now())
    assert "flask --app app worker" not in client.get(f"/events/{event.slug}/outbox/").text
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        assert "flask --app app worker" in client.get(f"/events/{event.slug}/outbox/").text


def test_guests_are_told_once_that_the_event_was_moved(app, build):
    event = build.event(starts_at=clock.now() + timedelta(days=20))
    yesterday = clock.now() - timedelta(days=1)
    invited = build.invitation(event, state=InvitationState.ACCEPTED, invited_at=yesterday)
    build.invitation(event, state=InvitationState.DECLINED, invited_at=yesterday)
    build.invitation(event)  # only listed
    client = build.client(Role.PLANNER)
    page = f"/events/{event.slug}/outbox/"
    assert "tell-moved" not in client.get(page).text
    with app.app_context():
        row = db.session.get_one(Event, event.id)
        journal.record("event.edited", row, event_id=row.id, changes={"name": ["a", "b"]})
        db.session.commit()
    assert "tell-moved" not in client.get(page).text
    with app.app_context():
        row = db.session.get_one(Event, event.id)
        row.venue = "新酒店"
        journal.record("event.edited", row, event_id=row.id)
        db.session.commit()
    assert "tell-moved" in client.get(page).text
    client.post(page + "tell-moved")
    client.post(page + "tell-moved")
    with app.app_context():
        (told,) = db.session.scalars(select(Message))
        assert (told.invitation_id, told.template, told.attach_calendar) == (invited.id, "event_moved", True)
        assert "新酒店" in told.text
    assert "tell-moved" not in client.get(page).text


def test_who_has_not_answered_is_reminded_but_not_every_day(app, build):
    now = clock.now()
    event = build.event(starts_at=now + timedelta(days=20), quiet_from=time(0), quiet_until=time(0))
    days = {"invited_at": now - timedelta(days=4)}
    silent = build.invitation(event, state=InvitationState.INVITED, **days)
    build.invitation(event, state=InvitationState.DECLINED, **days)
    build.invitation(event, state=InvitationState.ACCEPTED, **days)
    build.invitation(event, state=InvitationState.INVITED, invited_at=now - timedelta(hours=4))
    client = build.client(Role.PLANNER)

    def remind(at):
        with clock.stopped_at(at):
            assert client.post(f"/events/{event.slug}/outbox/remind").status_code == 303
        with app.app_context():
            wanted = select(Message.invitation_id).where(Message.template == "reminder").order_by(Message.id)
            return list(db.session.scalars(wanted))

    assert "/outbox/remind" in client.get(f"/events/{event.slug}/outbox/").text
    assert remind(now) == [silent.id]
    assert remind(now + timedelta(hours=30)) == [silent.id]
    assert remind(now + timedelta(days=3)).count(silent.id) == 2
    assert build.client(Role.DIRECTOR).post(f"/events/{event.slug}/outbox/remind").status_code == 403
    assert len(remind(event.starts_at)) == len(remind(event.starts_at))  # nobody is reminded once replies are closed
