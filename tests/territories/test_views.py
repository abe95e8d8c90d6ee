"""The pages: who sees what, what a form does, what it costs, and what the public screen hides."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.territories.board import actions as boards
from app.extensions import db
from app.models import (
    BidState,
    Event,
    GuestKind,
    InvitationState,
    ProductLine,
    Region,
    TerritoryBid,
    TerritoryGrant,
    TerritoryOffer,
    TerritoryState,
)
from tests.build import contracts
from tests.build.statements import noted


@pytest.fixture
def board(land):
    """The land's cities and Guangdong as a whole are offered."""
    with land.app.app_context():
        event = db.session.get_one(Event, land.event.id)
        regions = [db.session.get_one(Region, each.id) for each in (land.gz, land.sz, land.cs, land.yy, land.group)]
        boards.offer(event, regions, [db.session.get_one(ProductLine, land.line.id)], [None], exclusive=True)
        token = boards.publish(event)
        db.session.commit()
    land.token, land.at = token, f"/events/{land.event.slug}/territories"
    return land


def offer_id(board, region):
    with board.app.app_context():
        return db.session.scalar(select(TerritoryOffer.id).where(TerritoryOffer.region_id == region.id))


def guest(board, **values):
    values = {"kind": GuestKind.DEALER, "state": InvitationState.ARRIVED} | values
    return board.build.invitation(board.event, board.build.dealer(company=values.pop("company", "测试公司")), **values)


def form(board, invitation, region, **values):
    today = clock.now().date()
    return {
        "region": region.code,
        "line_id": board.line.id,
        "channel_id": "",
        "invitation_id": invitation.id,
        "exclusive": "y",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
        "minutes": "60",
    } | values


def test_the_board_tells_the_states(board):
    held, signed = board.hold(board.build.dealer(), board.gz), board.hold(board.build.dealer(), board.yy)
    board.sign(signed)
    text = board.build.client(Role.PLANNER).get(f"{board.at}/").text
    tiles = re.findall(r'class="tb-tile is-(\w+)', text)
    assert sorted(tiles) == ["free", "free", "held", "partly", "signed"]
    narrowed = board.build.client(Role.PLANNER).get(f"{board.at}/?state=held&line=999&channel=x").text
    assert re.findall(r'class="tb-tile is-(\w+)', narrowed) == ["held"]
    cell = board.build.client(Role.SALES_MANAGER).get(f"{board.at}/{offer_id(board, board.gz)}").text
    assert f"/holds/{held}/release" in cell


def test_pages_cost_a_fixed_number_of_statements(board):
    client = board.build.client(Role.SALES_MANAGER)
    board.hold(board.build.dealer(), board.gz)
    board.bid(board.build.dealer(), board.gz)
    client.get(f"{board.at}/")
    with noted(board.app) as few:
        client.get(f"{board.at}/")
    more = [contracts.region(board.build, board.gd) for _ in range(12)]
    with board.app.app_context():
        event = db.session.get_one(Event, board.event.id)
        line = db.session.get_one(ProductLine, board.line.id)
        boards.offer(event, [db.session.get_one(Region, each.id) for each in more], [line], [None], exclusive=True)
        db.session.commit()
    for region in more[:8]:
        board.hold(board.build.dealer(), region)
    for region in more[:4]:
        board.bid(board.build.dealer(), region)
    with noted(board.app) as many:
        client.get(f"{board.at}/")
    assert len(many) <= len(few)
    assert len(many) <= 16


def test_a_rep_holds_for_an_own_guest_only(board):
    rep = board.build.user(Role.SALES_REP)
    client = board.app.test_client()
    board.build.sign_in(client, rep)
    mine, other = guest(board, rep_id=rep.id), guest(board)
    assert client.post(f"{board.at}/hold", data=form(board, other, board.gz)).status_code == 422
    assert client.post(f"{board.at}/hold", data=form(board, mine, board.gz)).status_code == 303
    with board.app.app_context():
        grant = db.session.scalars(select(TerritoryGrant)).one()
        assert (grant.held_by_id, grant.dealer_id, grant.region_id) == (rep.id, mine.dealer_id, board.gz.id)


def test_bad_input_keeps_what_was_typed(board):
    client = board.build.client(Role.SALES_MANAGER)
    data = form(board, guest(board), board.gz) | {"region": "无此地", "ends_on": "2001-01-01"}
    answer = client.post(f"{board.at}/hold", data=data)
    assert answer.status_code == 422
    assert "无此地" in answer.text


def test_a_clash_offers_choices_and_the_queue(board):
    client = board.build.client(Role.SALES_MANAGER)
    first, second = guest(board, company="先到公司"), guest(board)
    assert client.post(f"{board.at}/hold", data=form(board, first, board.gd)).status_code == 303
    data = form(board, second, board.gz)
    answer = client.post(f"{board.at}/hold", data=data)
    assert answer.status_code == 409
    assert "先到公司" in answer.text
    assert 'name="wait"' in answer.text
    assert client.post(f"{board.at}/hold", data=data | {"wait": "1"}).status_code == 303
    with board.app.app_context():
        bid = db.session.scalars(select(TerritoryBid)).one()
        assert (bid.dealer_id, bid.state) == (second.dealer_id, BidState.WAITING)
        bid_id = bid.id
    assert client.post(f"{board.at}/bids/{bid_id}/withdraw").status_code == 303
    assert board.bid_state(bid_id) is BidState.WITHDRAWN


def test_another_reps_dealer_is_not_named(board):
    secret = board.build.dealer(company="秘密经销公司")
    board.hold(secret, board.gz, rep=None)
    rep = board.build.user(Role.SALES_REP)
    client = board.app.test_client()
    board.build.sign_in(client, rep)
    mine = guest(board, rep_id=rep.id)
    pages = [client.get(f"{board.at}/"), client.get(f"{board.at}/{offer_id(board, board.gz)}")]
    pages.append(client.post(f"{board.at}/hold", data=form(board, mine, board.gz)))
    assert [page.status_code for page in pages] == [200, 200, 409]
    assert not any("秘密经销公司" in page.text for page in pages)
    assert "秘密经销公司" in board.build.client(Role.PLANNER).get(f"{board.at}/").text


def test_keeping_and_letting_go(board):
    grant = board.hold(board.build.dealer(), board.gz, minutes=5)
    client = board.build.client(Role.SALES_MANAGER)
    assert client.post(f"{board.at}/holds/{grant}/extend").status_code == 303
    with board.app.app_context():
        until = db.session.get_one(TerritoryGrant, grant).held_until
        assert until is not None
        assert until > clock.now() + timedelta(minutes=110)
    stranger = board.build.client(Role.SALES_REP)
    assert stranger.post(f"{board.at}/holds/{grant}/release").status_code == 404
    assert client.post(f"{board.at}/holds/{grant}/release").status_code == 303
    assert board.state(grant) is TerritoryState.RELEASED


def test_nothing_of_another_event(board):
    other = board.build.event()
    at = f"/events/{other.slug}/territories"
    client = board.build.client()
    grant = board.hold(board.build.dealer(), board.gz)
    assert client.get(f"{at}/{offer_id(board, board.gz)}").status_code == 404
    for address in (f"holds/{grant}/extend", f"holds/{grant}/release", f"offers/{offer_id(board, board.gz)}/withdraw"):
        assert client.post(f"{at}/{address}").status_code == 404


def test_the_public_screen_hides_names_and_needs_its_token(board):
    board.hold(board.build.dealer(company="不可见公司"), board.gz)
    stranger = board.app.test_client()
    for page in (f"/board/{board.token}", f"/board/{board.token}/live"):
        answer = stranger.get(page)
        assert answer.status_code == 200
        assert "广州市" in answer.text
        assert "不可见公司" not in answer.text
    fresh = stranger.get(f"/board/{board.token}/live")
    again = stranger.get(f"/board/{board.token}/live", headers={"If-None-Match": fresh.headers["ETag"]})
    assert again.status_code == 304
    for wrong in ("x", f"{board.token}x", "%00"):
        assert stranger.get(f"/board/{wrong}").status_code == 404
    client = board.build.client()
    assert client.post(f"{board.at}/publish", data={"off": "1"}).status_code == 303
    assert stranger.get(f"/board/{board.token}").status_code == 404


def test_offering(board):
    client = board.build.client(Role.PLANNER)
    data = {"regions": f"{board.hn.code}\n{board.gd.name}", "parts": "", "line_ids": "", "channel_id": ""}
    assert client.post(f"{board.at}/offers", data=data).status_code == 303
    assert offer_id(board, board.hn)
    assert offer_id(board, board.gd)
    assert client.post(f"{board.at}/offers", data=data | {"regions": "查无此地"}).status_code == 422
    assert client.post(f"{board.at}/offers/{offer_id(board, board.hn)}/withdraw").status_code == 303
    assert offer_id(board, board.hn) is None
    assert client.post(f"{board.at}/times", data={"hold_minutes": "90", "offer_minutes": "0"}).status_code == 422
    assert client.post(f"{board.at}/times", data={"hold_minutes": "90", "offer_minutes": "9"}).status_code == 303


def test_the_picker(board):
    client = board.build.client(Role.SALES_REP)
    top = client.get("/regions/choices").json
    assert [row["name"] for row in top["rows"]][:1] == ["重点城市"]
    below = client.get(f"/regions/choices?in={board.gd.id}").json
    assert [row["name"] for row in below["rows"]] == ["广州市", "深圳市"]
    assert below["here"]["value"] == f"广东省 {board.gd.code}"
    for odd in ("in=x", "in=99999999999999", "q=%00", "q=%27"):
        assert client.get(f"/regions/choices?{odd}").status_code == 200


def test_own_regions_lines_and_limits_are_kept(board):
    client = board.build.client(Role.PLANNER)
    data = {"name": "湘粤", "members": f"{board.gd.code}\n{board.hn.code}", "is_active": "y"}
    assert client.post("/regions/groups/new", data=data).status_code == 303
    account = {"name": "天河医院", "parent": board.tianhe.code, "is_active": "y"}
    assert client.post("/regions/accounts/new", data=account).status_code == 303
    assert client.post("/territories/lines/new", data={"name": "新产品线", "is_active": "y"}).status_code == 303
    assert client.post(f"/territories/lines/{board.line.id}/edit", data={"name": "旧线"}).status_code == 303
    assert client.post("/territories/nothing/new", data={"name": "x"}).status_code == 404
    assert client.get("/regions/").text.count("湘粤") >= 1
    with board.app.app_context():
        assert not db.session.get_one(ProductLine, board.line.id).is_active
    assert client.get(f"/regions/{board.gd.id}/edit").status_code == 409


def test_who_may_come_in(board):
    reception = board.build.client(Role.RECEPTION)
    for page in ("/", "/hold", "/offers"):
        assert reception.get(f"{board.at}{page}").status_code == 403
    finance = board.build.client(Role.FINANCE)
    assert finance.get(f"{board.at}/").status_code == 200
    assert finance.get(f"{board.at}/hold").status_code == 403
