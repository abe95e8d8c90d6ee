"""What leaves the building: headers, parts and attachments of a mail, and SMS and robots by way of apprise."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from icalendar import Calendar

from app import channels
from app.blueprints.messages import actions
from app.channels import Parcel, RobotLine, SmsLine
from app.extensions import db
from app.models import AttemptOutcome, Channel, Invitation
from app.worker import PACKER
from tests.messages.smtp import free_port


def invited(post, build, **values):
    event = build.event(language="zh_CN", name="春季招商会", venue="光谷酒店", hall="三楼国际厅", **values)
    guest = build.invitation(event)
    with post.app.app_context():
        row = db.session.get_one(Invitation, guest.id)
        actions.post_to_guest(row, "invitation", reason="1", attach_calendar=True, attach_letter=True)
        db.session.commit()
    post.later()
    post.send()
    (mail,) = post.server.received
    return event, guest, mail


def test_an_invitation_as_it_arrives(post, build):
    _, guest, mail = invited(post, build)
    assert mail["Subject"] == "邀请函：春季招商会"
    assert f"/r/{guest.token}" in mail.get_body(("plain",)).get_content()
    assert f"/r/{guest.token}" in mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://localhost/u/")
    assert mail["Message-ID"] == channels.message_id("invitation:1", "http://localhost")
    assert mail["Auto-Submitted"] == "auto-generated"
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["邀请函.pdf", "日程.ics"]


def test_the_calendar_entry_is_read_by_icalendar(post, build):
    event, guest, mail = invited(post, build)
    letter, entry = mail.iter_attachments()
    assert letter.get_payload(decode=True).startswith(b"%PDF-")
    assert entry.get_content_type() == "text/calendar"
    calendar: Any = Calendar.from_ical(entry.get_payload(decode=True))
    (found,) = calendar.walk("VEVENT")
    assert found["summary"] == "春季招商会"
    assert found["dtstart"].dt == event.starts_at
    assert found["dtend"].dt == event.ends_at
    assert str(found["location"]).startswith("光谷酒店")
    assert guest.token in str(found["description"])
    assert found["uid"] == f"event-{event.id}@localhost"


@pytest.mark.parametrize(
    "name", ["武汉, 光谷 Inc.", "甲", "武汉光谷生物医药科技有限责任公司华中区招商部", 'A "B" Co., Ltd.', "Signing Day"]
)
def test_a_sender_name_arrives_as_it_is(post, name):
    post.write()
    post.app.config["COMPANY_NAME"], kept = name, post.app.config["COMPANY_NAME"]
    try:
        post.send()
    finally:
        post.app.config["COMPANY_NAME"] = kept
    (mail,) = post.server.received
    (sender,) = mail["From"].addresses
    # Python parts a folded name where the mail is folded; mail readers do not.
    told = sender.display_name if name.isascii() else sender.display_name.replace(" ", "")
    assert told == (name if name.isascii() else name.replace(" ", ""))
    assert sender.addr_spec == "signing-day@localhost"


@pytest.mark.parametrize("address", ["no-at-sign", "a@b.c\nBcc: x@y.z", "张三@example.com", "a@例子.中国"])
def test_odd_addresses_never_break_the_batch(post, address):
    ids = post.write(1, address=address)
    post.write(1, key="good")
    post.send()
    assert post.message(ids[0]).state in {"failed", "sent"}
    assert [mail["To"] for mail in post.server.received][-1] == "test-0@example.com"
    for mail in post.server.received:
        assert "x@y.z" not in mail.as_string(policy=policy.default)


# -- apprise


@dataclass
class Gateway:
    """An HTTP server in place of a gateway."""

    port: int
    status: int = 200
    hang_up: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.requests.append({"path": self.path, **json.loads(body)})
            if found.hang_up:
                self.connection.close()
                return
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Gateway(server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def sms(text="您好"):
    return Parcel(1, "k", Channel.SMS, "+8613812345678", "", text)


def test_an_sms_goes_to_the_gateway_with_the_number_appended(gateway):
    line = SmsLine({"SMS_URL": f"json://127.0.0.1:{gateway.port}/send"})
    assert line.is_set
    assert line.send(sms()).outcome is AttemptOutcome.SENT
    assert gateway.requests[0]["path"] == "/send/13812345678"
    assert gateway.requests[0]["message"] == "您好"


def test_no_gateway_is_set(gateway):
    assert not SmsLine({"SMS_URL": ""}).is_set
    assert not RobotLine({"ROBOT_URLS": []}).is_set


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, AttemptOutcome.REFUSED),
        (404, AttemptOutcome.REFUSED),
        (429, AttemptOutcome.FAILED),
        (500, AttemptOutcome.FAILED),
        (503, AttemptOutcome.FAILED),
    ],
)
def test_what_a_gateways_answer_means(gateway, status, outcome):
    gateway.status = status
    assert SmsLine({"SMS_URL": f"json://127.0.0.1:{gateway.port}"}).send(sms()).outcome is outcome


def test_a_gateway_that_hangs_up_leaves_it_uncertain(gateway):
    gateway.hang_up = True
    result = SmsLine({"SMS_URL": f"json://127.0.0.1:{gateway.port}"}).send(sms())
    assert result.outcome is AttemptOutcome.UNCERTAIN


def test_a_gateway_that_is_not_there_was_certainly_not_reached():
    result = SmsLine({"SMS_URL": f"json://127.0.0.1:{free_port()}"}).send(sms())
    assert (result.outcome, result.line_is_down) == (AttemptOutcome.FAILED, True)


def test_each_robot_has_its_number(gateway):
    line = RobotLine({"ROBOT_URLS": ["json://127.0.0.1:1", f"json://127.0.0.1:{gateway.port}/two"]})
    assert line.send(Parcel(1, "k", Channel.ROBOT, "2", "标题", "正文")).outcome is AttemptOutcome.SENT
    assert gateway.requests[0]["path"] == "/two"
    assert line.send(Parcel(1, "k", Channel.ROBOT, "3", "", "")).outcome is AttemptOutcome.REFUSED


def test_a_setting_nobody_understands_loses_nothing():
    result = SmsLine({"SMS_URL": "what://is/this"}).send(sms())
    assert (result.outcome, result.line_is_down) == (AttemptOutcome.FAILED, True)


def test_numbers_and_addresses_are_not_logged(gateway, capfd, post):
    gateway.status = 500
    SmsLine({"SMS_URL": f"json://127.0.0.1:{gateway.port}"}).send(sms())
    SmsLine({"SMS_URL": f"json://127.0.0.1:{free_port()}"}).send(sms())
    post.write(2, address="secret-person@example.com")
    post.server.mode = type(post.server.mode).UNKNOWN_RECIPIENT
    post.send()
    out, err = capfd.readouterr()
    for secret in ("13812345678", "secret-person", "您好"):
        assert secret not in out + err


def test_the_packer_lists_only_what_a_message_has(app, build):
    guest = build.invitation(build.event())
    with app.app_context():
        row = db.session.get_one(Invitation, guest.id)
        message = actions.post_to_guest(row, "reconfirm", reason="1") or actions.post_to_guest(
            row, "invitation", reason="1", attach_calendar=True
        )
        assert message is not None
        assert [each.media_type.split(";")[0] for each in PACKER.attachments(message)] == ["text/calendar"]
        assert PACKER.attachment(message, "letter") is None
