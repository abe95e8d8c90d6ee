"""Signed on paper: what the codes say, and that only a whole, checked document counts as signed."""

from io import BytesIO

import pikepdf
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app import pdf_picture
from app.access import Role
from app.blueprints.signing.paper import pictures
from app.blueprints.signing.paper.printing import with_codes
from app.blueprints.signing.rules import paper as rules
from app.blueprints.signing.rules.paper import Light, Scan
from app.extensions import db
from app.models import Contract, ContractState, File, Mark, PaperScan, SigningWay, TerritoryGrant, TerritoryState
from tests.build import contracts as made
from tests.signing.test_sessions import host_url, rows, state_of


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20), st.integers(1, 60)
)
def test_a_code_is_read_as_it_was_written(number, page):
    assert rules.read_code("https://example.com" + rules.code(number, page)) == (number, page)


@pytest.mark.parametrize("text", ["", "https://example.com/B/ABC", "/verify/X", "/verify/X?p=", "/verify/X?p=1&q=2"])
def test_other_codes_are_none_of_ours(text):
    assert rules.read_code(text) is None


@given(st.lists(st.builds(Scan, st.integers(0, 5), st.sampled_from([None, True, False])), max_size=12))
def test_a_page_counts_by_its_newest_scan(scans):
    lights = rules.lights(3, scans)
    assert set(lights) == {1, 2, 3}
    for page, light in lights.items():
        said = [each.is_accepted for each in scans if each.page == page]
        assert light is (
            {None: Light.RECEIVED, True: Light.ACCEPTED, False: Light.RETURNED}[said[-1]] if said else Light.MISSING
        )
    try:
        rules.check_whole(3, scans)
    except rules.PagesMissing:
        assert set(lights.values()) != {Light.ACCEPTED}
    else:
        assert set(lights.values()) == {Light.ACCEPTED}


@pytest.fixture
def contract(build, event, rep):
    return made.ready(build, event, rep)


@pytest.fixture
def clerk(build, client_of):
    return client_of(build.user(Role.CONTRACT_ADMINISTRATOR))


@pytest.fixture
def printed(client_of, contract, rep):
    """The pages as the printer makes them and a phone photographs them: JPEGs, the second one lying on its side."""
    host = client_of(rep)
    host.post(host_url(contract), data={"way": "paper"})
    host.post(host_url(contract, "/identity"), data={"paper": "id_card", "last4": "1234"})
    answer = host.post(f"/contracts/{contract.id}/paper/print")
    assert answer.mimetype == "application/pdf"
    photos = []
    for number in (1, 2):
        picture = Image.open(BytesIO(pdf_picture.page_picture(answer.data, number, width=1400))).convert("RGB")
        target = BytesIO()
        (picture.rotate(90, expand=True) if number == 2 else picture).save(target, "JPEG", quality=70)
        photos.append(target.getvalue())
    return photos


def bring(client, contract, *contents, **data):
    files = [(BytesIO(content), f"scan{at}.jpg") for at, content in enumerate(contents)]
    return client.post(f"/contracts/{contract.id}/paper/scans", data={"scans": files} | data)


def test_printed_scanned_checked_and_signed(app, clerk, contract, printed):
    link = f"/contracts/{contract.id}/paper"
    assert bring(clerk, contract, *printed).status_code == 303
    scans = rows(app, PaperScan)
    assert sorted(each.page for each in scans) == [1, 2]
    assert clerk.get(link).status_code == 200
    assert clerk.get(f"{link}/scans/{scans[0].id}.jpg").data.startswith(b"\xff\xd8")
    assert clerk.get(f"{link}/pages/1.png").data.startswith(b"\x89PNG")

    clerk.post(f"{link}/scans/{scans[0].id}/accept")
    assert clerk.post(f"{link}/finish", headers={"Accept": "application/json"}).json["error"] == "pages_missing"
    assert clerk.post(f"{link}/scans/{scans[1].id}/return", data={"reason": ""}).status_code == 422
    clerk.post(f"{link}/scans/{scans[1].id}/return", data={"reason": "no seal"})
    assert clerk.post(f"{link}/finish", headers={"Accept": "application/json"}).json["error"] == "pages_missing"
    assert state_of(app, contract) is ContractState.SIGNING

    bring(clerk, contract, printed[1])
    clerk.post(f"{link}/scans/{rows(app, PaperScan)[-1].id}/accept")
    assert clerk.post(f"{link}/finish").status_code == 303
    assert state_of(app, contract) is ContractState.SIGNED
    (mark,) = rows(app, Mark)
    assert mark.way is SigningWay.PAPER
    assert [each.state for each in rows(app, TerritoryGrant)] == [TerritoryState.SIGNED]
    with app.app_context():
        assert db.session.get_one(File, mark.picture_id).media_type == "application/pdf"


def test_a_page_of_another_contract_is_not_taken(app, build, clerk, client_of, contract, printed, event, rep):
    other = made.ready(build, event, rep)
    client_of(rep).post(host_url(other), data={"way": "paper"})
    assert bring(clerk, other, printed[0]).status_code == 422
    assert rows(app, PaperScan) == []


def test_a_page_without_a_code_is_placed_by_hand(app, clerk, contract, printed):
    target = BytesIO()
    Image.new("RGB", (600, 800), "white").save(target, "PNG")
    assert bring(clerk, contract, target.getvalue()).status_code == 422
    assert bring(clerk, contract, target.getvalue(), page="9").status_code == 422
    assert bring(clerk, contract, target.getvalue(), page="2").status_code == 303
    assert [each.page for each in rows(app, PaperScan)] == [2]


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7 broken", b"\xff\xd8\xff\xe0 half", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_scan_is_refused(app, clerk, contract, printed, content):
    assert bring(clerk, contract, content).status_code == 422
    assert rows(app, PaperScan) == []


def test_a_contract_on_a_tablet_takes_no_scans(app, client_of, clerk, build, event, rep, contract, printed):
    client_of(rep).post(host_url(contract), data={"way": "tablet"})
    answer = clerk.post(f"/contracts/{contract.id}/paper/finish", headers={"Accept": "application/json"})
    assert answer.json["error"] == "not_on_paper"


def test_the_host_does_not_check(client_of, build, contract, printed, rep):
    bring(client_of(rep), contract, printed[0])
    assert client_of(rep).post(f"/contracts/{contract.id}/paper/finish").status_code == 403


def test_pages_become_one_document():
    target = BytesIO()
    Image.new("RGB", (300, 500), "white").save(target, "JPEG")
    whole = pictures.document([target.getvalue()] * 3)
    assert pdf_picture.page_picture(whole, 3, width=100).startswith(b"\x89PNG")


def test_contracts_of_nobody_else(app, client_of, build, contract):
    stranger = client_of(build.user(Role.SALES_REP))
    assert stranger.get(f"/contracts/{contract.id}/paper").status_code == 404
    assert rows(app, Contract)[0].state is ContractState.APPROVED


def test_the_code_stands_upright_in_the_upper_corner_whatever_the_page_leaves_behind(app):
    """WeasyPrint turns the axes over and leaves them so; the code must not be mirrored, nor stand at the foot."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    page.contents_add(b"1 0 0 -1 0 842 cm 0 g 100 100 20 20 re f")
    target = BytesIO()
    document.save(target)
    with app.app_context():
        printed = with_codes(target.getvalue(), "JX-2026-00001")
    picture = pdf_picture.page_picture(printed, 1, width=1200)
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    corners = found.position
    assert found.text.endswith("/verify/JX-2026-00001?p=1")
    assert corners.top_left.y < corners.bottom_left.y < 200
    assert 1000 < corners.top_left.x < corners.top_right.x
