"""What the QR code of a badge opens on a phone."""

import pytest

from app import clock
from app.access import Role
from app.blueprints.checkin.badges.rules import masked
from app.models import InvitationState as S
from tests.conftest import make_app


@pytest.fixture
def guest(build):
    event = build.event(name="招商大会", hall="长江厅")
    dealer = build.dealer(contact="欧阳建国", company="秘密商贸有限公司")
    invitation = build.invitation(event, dealer, state=S.FIRM, table_label="7")
    return invitation, build.badge(invitation), dealer


@pytest.mark.parametrize("path", ["/B/{}", "/b/{}"])
def test_the_page_names_place_and_table_but_nobody(client, guest, path):
    invitation, badge, dealer = guest
    for code in (badge.code, badge.code.lower()):
        answer = client.get(path.format(code))
        assert answer.status_code == 200
        for told in ("招商大会", "长江厅", "7", "欧**"):
            assert told in answer.text
        for secret in (dealer.contact, dealer.company, dealer.mobile, dealer.mail, invitation.token):
            assert secret not in answer.text


def test_our_own_people_see_who_it_is(build, guest):
    _, badge, dealer = guest
    assert dealer.contact in build.client(Role.RECEPTION).get(f"/B/{badge.code}").text
    assert dealer.contact not in build.client(Role.FINANCE).get(f"/B/{badge.code}").text


def test_a_companions_badge_names_the_companion(build, client, guest):
    invitation, _, _ = guest
    (companion,) = build.companions(invitation, ["Maria Lund"])
    badge = build.badge(invitation, companion_id=companion.id)
    assert "M*** L***" in client.get(f"/B/{badge.code}").text


def test_unknown_wrong_and_revoked_codes(build, client, guest):
    _, badge, _ = guest
    assert client.get("/B/" + "0" * 9).status_code == 404
    assert client.get("/B/nonsense").status_code == 404
    assert client.get("/B/" + badge.code[:-1]).status_code == 404
    old = build.badge(build.invitation(build.event(), state=S.FIRM), revoked_at=clock.now())
    assert client.get(f"/B/{old.code}").status_code == 410


def test_codes_cannot_be_tried_by_the_thousand(tmp_path):
    client = make_app(tmp_path, limits=True, RATE_PUBLIC="60 per minute").test_client()
    statuses = [client.get("/B/0").status_code for _ in range(70)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


@pytest.mark.parametrize(("name", "shown"), [("张三", "张**"), ("王", "王**"), ("Jo", "J***"), ("", "**")])
def test_masks(name, shown):
    assert masked(name) == shown or name == ""
