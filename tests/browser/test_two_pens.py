"""Two pens at once: a province against its city. One is stored; the other says who has it and what is free nearby."""

from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.trail import Witness
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    EventStatus,
    IdentityPaper,
    Mark,
    RegionLevel,
    SigningWay,
    TerritoryGrant,
    TerritoryState,
    User,
)
from tests.browser.conftest import PHONE, TABLET, axe_findings, overflow
from tests.browser.test_signing import shot, write
from tests.build import contracts as made

PAGES = 2


@pytest.fixture
def hall(site):
    """A province and its cities, one product line; two contracts before the pen whose holds have just run out."""
    event = site.build.event(
        slug="today", name="华中区渠道招商会", organizer="晨曦医疗器械有限公司", status=EventStatus.RUNNING
    )
    rep = site.build.user(Role.SALES_REP, name="李晓雯")
    china = made.region(site.build, name="中国", level=RegionLevel.COUNTRY)
    hubei = made.region(site.build, china, name="湖北省")
    cities = [made.region(site.build, hubei, name=name) for name in ("武汉市", "宜昌市", "襄阳市")]
    made.region(site.build, china, name="湖南省")
    line = made.line(site.build, name="家用净水器")
    return {"event": event, "rep": rep, "province": hubei, "city": cities[0], "line": line}


def contract_of(site, hall, company, region):
    dealer = site.build.dealer(company=company, company_key=company[:6], contact="张建国", city="武汉")
    contract = made.ready(
        site.build,
        hall["event"],
        hall["rep"],
        pages=PAGES,
        dealer_id=dealer.id,
        signatory="张建国",
        region=region,
        line=hall["line"],
    )
    with site.app.app_context():
        host, row = db.session.get_one(User, hall["rep"].id), db.session.get_one(Contract, contract.id)
        signing = sessions.open_signing(row, SigningWay.TABLET, host)
        sessions.see_identity(signing, IdentityPaper.ID_CARD, "1234", host, Witness(host.name))
        link = f"/sign/{signing.token}"
        grant = db.session.scalars(select(TerritoryGrant).where(TerritoryGrant.contract_id == contract.id)).one()
        grant.held_until = clock.now() - timedelta(seconds=1)  # while the dealer read: now the quicker one has it
        db.session.commit()
    return contract, link


def at_the_pen(open_page, link, **how):
    page = open_page(**how)
    page.goto(link)
    page.locator("[data-page='1']").wait_for()
    for _ in range(PAGES):
        page.locator("[data-turn='1']").click()
    page.locator("[data-agree]").check()
    write(page)
    return page


def outcome(page):
    page.locator("[data-stage=signed], p[data-fault]:not([hidden])").first.wait_for()
    return page.locator("[data-stage=signed]").count() == 1


def test_of_two_pens_one_is_stored_and_the_other_is_told_why(site, hall, open_page):
    province, first_link = contract_of(site, hall, "荆楚净水设备有限公司", hall["province"])
    city, second_link = contract_of(site, hall, "江城水业商贸有限公司", hall["city"])
    one = at_the_pen(open_page, first_link, size=TABLET, locale="zh-CN")
    two = at_the_pen(open_page, second_link, size=TABLET, locale="en-GB")
    at = two.evaluate("Date.now()") + 700
    for page in (one, two):  # both press in the same instant
        page.evaluate(f"void setTimeout(() => document.querySelector('[data-sign]').click(), {at} - Date.now())")
    assert {outcome(one), outcome(two)} == {True, False}

    loser, winner = (two, one) if outcome(one) else (one, two)
    lost, won = (city, province) if loser is two else (province, city)
    taken = hall["province"] if won is province else hall["city"]
    told = loser.locator("p[data-fault]").inner_text()
    assert taken.name in told
    assert ("湖南省" if lost is province else "宜昌市") in told or won is province  # nothing is free inside a province
    assert won.dealer_id != lost.dealer_id
    assert loser.locator("[data-canvas]").is_visible()
    assert axe_findings(loser) == []
    assert overflow(loser) <= 0
    shot(loser, "two-pens-loser")
    shot(winner, "two-pens-winner")
    with site.app.app_context():
        states = {row.id: row.state for row in db.session.scalars(select(Contract))}
        assert states == {won.id: ContractState.SIGNED, lost.id: ContractState.SIGNING}
        assert db.session.scalars(select(Mark.contract_id)).all() == [won.id]
        signed = select(TerritoryGrant.contract_id).where(TerritoryGrant.state == TerritoryState.SIGNED)
        assert db.session.scalars(signed).all() == [won.id]

    host = open_page(Role.SALES_MANAGER, size=PHONE, locale="zh-CN")  # sees who has it, and what to hold instead
    host.goto(f"/contracts/{lost.id}/signing")
    clash = host.locator("[data-clash]")
    clash.wait_for()
    assert ("荆楚净水" if won is province else "江城水业") in clash.inner_text()
    assert axe_findings(host) == []
    assert overflow(host) <= 0
    shot(host, "two-pens-host")
    free = clash.locator("a[href*='/territories/hold?']")
    assert free.count() >= 1
    free.first.click()
    host.wait_for_url("**/territories/hold?**")
    assert host.locator("[name=region]").input_value()


def finger(page, dealt):
    """Write with a finger, as a touch screen tells of it; `dealt` are the strokes in shares of the field."""
    box = page.locator("[data-canvas]").bounding_box()
    session = page.context.new_cdp_session(page)
    for stroke in dealt:
        points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in stroke]
        for number, (x, y) in enumerate(points):
            kind = "touchMove" if number else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_the_dealers_own_phone_signs_by_the_code_on_the_hosts_screen(site, hall, open_page):
    dealer = site.build.dealer(company="江城水业商贸有限公司", company_key="江城水业", contact="张建国", city="武汉")
    contract = made.ready(
        site.build, hall["event"], hall["rep"], pages=PAGES, dealer_id=dealer.id, signatory="张建国", line=hall["line"]
    )
    host = open_page(Role.SALES_MANAGER, locale="zh-CN")
    host.goto(f"/contracts/{contract.id}/signing")
    host.locator("button[name=way][value=phone]").click()
    host.locator(".sign-qr svg").wait_for()
    seen = Image.open(BytesIO(host.locator(".sign-qr svg").screenshot()))
    [code] = zxingcpp.read_barcodes(seen)

    phone = open_page(size=PHONE, locale="zh-CN")
    phone.goto(code.text)  # before the host has seen a paper, the phone waits
    phone.locator("[data-stage=identity]").wait_for()
    shot(phone, "phone-waits")
    host.locator("#last4").fill("881x")
    host.locator("form[action$='/identity'] .submit-bar button").click()
    phone.locator("[data-page='1']").wait_for()
    assert axe_findings(phone) == []
    assert overflow(phone) <= 0
    for _ in range(PAGES):
        phone.locator("[data-turn='1']").tap()
    phone.locator("[data-agree]").check()
    phone.locator("[data-canvas]").scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    finger(phone, [[(0.1 + 0.08 * n, 0.3 + 0.3 * (n % 2)) for n in range(10)], [(0.2, 0.8), (0.5, 0.75), (0.8, 0.85)]])
    assert phone.evaluate("scrollY") == before  # the page stays while the finger writes
    assert overflow(phone) <= 0
    shot(phone, "phone-pen")
    phone.locator("[data-sign]").click()  # a tap right behind the strokes may count as one of theirs
    phone.locator("[data-stage=signed]").wait_for()
    host.locator(".notice.tone-success").wait_for()  # the host's screen follows by itself
    with site.app.app_context():
        mark = db.session.scalars(select(Mark)).one()
        assert (mark.way, len(mark.strokes or [])) == (SigningWay.PHONE, 2)
        assert db.session.get_one(Contract, contract.id).state is ContractState.SIGNED
    again = open_page(size=(360, 740))
    again.goto(code.text)  # whoever scans it now sees only that it is signed
    again.locator("[data-stage=signed]").wait_for()
    assert again.locator("[data-canvas]").count() == 0
