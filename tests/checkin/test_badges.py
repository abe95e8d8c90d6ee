"""Who gets a badge, printing them, and replacing one."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.checkin import jobs as work
from app.blueprints.checkin.badges import BadgeSize, actions, queries
from app.blueprints.checkin.badges import print as cards
from app.blueprints.checkin.badges.queries import Order, Which
from app.blueprints.checkin.commands import badges_command
from app.extensions import db
from app.job_runner import JobRunner
from app.models import Answer, Badge, Event, Job, JobState, JournalEntry, Reply, Via
from app.models import InvitationState as S


def badges_of(app, **only):
    with app.app_context():
        return list(db.session.scalars(select(Badge).filter_by(**only).order_by(Badge.id)))


def people(app, event, which=Which.ALL, ids=(), order=Order.NAME):
    with app.app_context():
        return [each.name for each in queries.chosen(event, which, ids, order)]


@pytest.fixture
def event(build):
    return build.event(language="zh_CN")


@pytest.fixture
def printer(build):
    return build.client(Role.CONFERENCE_AFFAIRS)


def guest(build, event, name, state=S.FIRM, **values):
    from app import names

    dealer = build.dealer(contact=name, sort_key=names.sort_key(name), search_key=names.search_key(name))
    return build.invitation(event, dealer, state=state, **values)


@pytest.mark.parametrize("state", list(S))
def test_whoever_is_expected_or_here_gets_a_badge(app, build, event, state):
    guest(build, event, "张三", state)
    expected = {S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.SILENT, S.ARRIVED}
    assert people(app, event) == (["张三"] if state in expected else [])


def test_companions_follow_their_guest_and_a_substitute_is_named(app, build, event):
    first = guest(build, event, "赵磊", S.SUBSTITUTE)
    build.save(
        Reply(
            invitation_id=first.id,
            answer=Answer.SUBSTITUTE,
            substitute_name="安然",
            answered_at=clock.now(),
            via=Via.LINK,
        )
    )
    second = guest(build, event, "陈静")
    build.companions(second, ["左一", "阿二"])
    guest(build, build.event(), "别人")
    assert people(app, event) == ["安然", "陈静", "左一", "阿二"]


def test_tables_are_counted_and_those_without_come_last(app, build, event):
    for name, table in (("甲", "10"), ("乙", ""), ("丙", "2"), ("丁", "VIP 3")):
        guest(build, event, name, table_label=table)
    assert people(app, event, order=Order.TABLE) == ["丙", "甲", "丁", "乙"]


def test_everybody_gets_one_badge_however_often_it_is_asked(app, build, event):
    invitation = guest(build, event, "张三")
    build.companions(invitation, ["李四"])
    for _ in range(2):
        with app.app_context():
            made = actions.ensure_badges(event, queries.wearers(event), at=clock.now())
            db.session.commit()
            assert len({each.badge and each.badge.code for each in made}) == 2
    assert len(badges_of(app)) == 2


def test_two_who_print_at_once_print_the_same_codes(app, build, event):
    for name in ("张三", "李四", "王五"):
        build.companions(guest(build, event, name), ["同行"])
    together = threading.Barrier(4)

    def print_all(_):
        with app.app_context():
            wearers = [replace(each, badge=None) for each in queries.wearers(event)]
            db.session.rollback()
            together.wait()
            made = actions.ensure_badges(event, wearers, at=clock.now())
            codes = sorted(each.badge.code for each in made if each.badge)
            db.session.commit()
            return codes

    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(print_all, range(4)))
    assert printed == [printed[0]] * 4
    assert len(badges_of(app)) == 6


def test_the_list_shows_and_counts_what_is_not_printed(app, build, event, printer):
    done = guest(build, event, "张三")
    build.badge(done, printed_at=clock.now())
    guest(build, event, "李四")
    half = guest(build, event, "王五")
    build.badge(half, printed_at=clock.now())
    build.companions(half, ["同行"])
    with app.app_context():
        counts = queries.counts(event)
    assert (counts.guests, counts.companions, counts.missing, counts.outdated) == (3, 1, 2, 0)
    page = printer.get(f"/events/{event.slug}/badges/?printed=missing").text
    assert "李四" in page
    assert "王五" in page
    assert "张三" not in page


def test_a_badge_printed_before_somebody_else_was_named_is_shown(app, build, event, printer):
    invitation = guest(build, event, "张三", S.SUBSTITUTE)
    build.badge(invitation, printed_at=clock.now() - timedelta(hours=2))
    build.save(
        Reply(
            invitation_id=invitation.id,
            answer=Answer.SUBSTITUTE,
            substitute_name="欧阳兰",
            answered_at=clock.now(),
            via=Via.LINK,
        )
    )
    assert "欧阳兰" in printer.get(f"/events/{event.slug}/badges/?printed=outdated").text


def test_a_few_badges_are_drawn_at_once(app, build, event, printer):
    guest(build, event, "张三")
    answer = printer.post(
        f"/events/{event.slug}/badges/print", data={"which": "missing", "size": "a6", "order": "name"}
    )
    assert answer.status_code == 303
    pdf = printer.get(answer.location)
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    (badge,) = badges_of(app)
    assert badge.printed_at is not None
    with app.app_context():
        assert db.session.scalar(select(Job.state)) is JobState.DONE
        assert "badges.printed" in set(db.session.scalars(select(JournalEntry.action)))
    assert printer.get(f"/events/{build.event().slug}/badges/files/1.pdf").status_code == 404


def test_many_badges_are_left_to_the_worker(app, build, event, printer, monkeypatch):
    monkeypatch.setattr(work, "AT_ONCE", 1)
    for name in ("张三", "李四"):
        guest(build, event, name)
    printer.post(f"/events/{event.slug}/badges/print", data={"which": "all", "size": "90x54", "order": "table"})
    assert badges_of(app) == []
    assert "/badges/prints" in printer.get(f"/events/{event.slug}/badges/").text
    with app.app_context():
        assert JobRunner("test", work.KINDS).run() == 1
        job = db.session.scalars(select(Job)).one()
        assert (job.state, job.done, job.total, job.error_code) == (JobState.DONE, 2, 2, "")
        assert job.result_file_id is not None
    assert all(badge.printed_at for badge in badges_of(app))
    assert "/badges/files/1.pdf" in printer.get(f"/events/{event.slug}/badges/prints").text
    assert "/badges/prints" not in printer.get(f"/events/{event.slug}/badges/").text


@pytest.mark.parametrize(
    "data",
    [
        {"which": "missing", "size": "a3", "order": "name"},
        {"which": "nobody", "size": "a6", "order": "name"},
        {"which": "missing", "size": "a6", "order": "name"},  # there is nobody
    ],
)
def test_what_cannot_be_printed_is_asked_again(app, build, event, printer, data):
    assert printer.post(f"/events/{event.slug}/badges/print", data=data).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_a_replaced_badge_is_revoked_and_the_new_one_opens_the_door(app, build, event, printer):
    invitation = guest(build, event, "张三")
    (companion,) = build.companions(invitation, ["李四"])
    old = build.badge(invitation, printed_at=clock.now())
    other = build.badge(invitation, companion_id=companion.id, printed_at=clock.now())
    url = f"/events/{event.slug}/badges/{invitation.id}/print"
    assert printer.post(url, data={"replace": "1"}).status_code == 303
    first, second, third = badges_of(app)
    assert (first.code, first.revoked_at is None) == (old.code, False)
    assert (second.code, second.revoked_at) == (other.code, None)
    assert third.companion_id is None
    assert third.printed_at is not None
    assert third.code != old.code
    assert printer.get(f"/B/{old.code}").status_code == 410
    assert printer.get(f"/B/{third.code}").status_code == 200
    with app.app_context():
        assert "badge.replaced" in set(db.session.scalars(select(JournalEntry.action)))


def test_printing_again_keeps_the_code(app, build, event, printer):
    invitation = guest(build, event, "张三")
    old = build.badge(invitation, printed_at=clock.now() - timedelta(days=1))
    assert printer.post(f"/events/{event.slug}/badges/{invitation.id}/print").status_code == 303
    (badge,) = badges_of(app)
    assert badge.code == old.code
    assert badge.printed_at > old.printed_at


def test_a_guest_of_another_event_is_not_found(build, event, printer):
    foreign = guest(build, build.event(), "张三")
    for url in (f"/events/{event.slug}/badges/{foreign.id}", f"/events/{event.slug}/badges/{foreign.id}/print"):
        call = printer.post if url.endswith("print") else printer.get
        assert call(url).status_code == 404


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.SALES_REP, Role.FINANCE, Role.DIRECTOR])
def test_only_those_who_print_see_badges(build, event, role):
    client = build.client(role)
    for path in ("", "print", "preview.png", "1"):
        assert client.get(f"/events/{event.slug}/badges/{path}").status_code == 403


@pytest.mark.parametrize("size", list(BadgeSize))
def test_the_picture_is_drawn_for_every_size(build, event, printer, size):
    picture = printer.get(f"/events/{event.slug}/badges/preview.png?size={size}")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")


def test_names_that_no_font_can_draw_are_told_beforehand(app, build, event, printer):
    guest(build, event, "张\U000200a2")
    assert "\U000200a2</strong>" in printer.get(f"/events/{event.slug}/badges/print").text


def test_the_face_speaks_the_language_of_the_documents(app, build, event):
    english = build.event(language="en")
    for each in (event, english):
        guest(build, each, "单雄信", table_label="7")
    with app.app_context():
        (chinese,) = cards.faces(event, queries.wearers(event))
        (latin,) = cards.faces(english, queries.wearers(english))
    assert (chinese.kind_word, chinese.second, chinese.latin) == ("经销商", "7 桌", "Shan Xiongxin")
    assert (latin.kind_word, latin.second) == ("Dealer", "Table 7")


@pytest.mark.parametrize(
    ("public", "printed"),
    [
        ("http://localhost:8000", "HTTP://LOCALHOST:8000/B/X"),
        ("https://sign.example.com/招商", "HTTPS://SIGN.EXAMPLE.COM/招商/B/X"),
    ],
)
def test_the_address_in_the_code_is_upper_case_where_that_is_safe(app, monkeypatch, public, printed):
    from app import links

    monkeypatch.setitem(app.config, "PUBLIC_URL", public)
    with app.app_context():
        assert links.badge_page("X") == printed


def test_the_command_line_prints(app, build, event, tmp_path):
    guest(build, event, "张三")
    output = tmp_path / "badges.pdf"
    runner = app.test_cli_runner()

    def run(args):
        return runner.invoke(badges_command, args)

    told = run([event.slug, "-o", str(output), "--size", "a4", "--json"])
    assert told.exit_code == 0, told.output
    assert re.search(r'"badges": 1\b', told.output)
    assert output.read_bytes()[:5] == b"%PDF-"
    assert run([event.slug, "-o", str(output), "--only", "unprinted"]).exit_code == 1
    assert run(["nowhere", "-o", str(output)]).exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 1
