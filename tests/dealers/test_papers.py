"""Handing papers in and checking them, through the pages."""

from datetime import timedelta
from io import BytesIO

import pytest

from app import clock
from app.access import Role
from app.extensions import db
from app.models import PaperState, QualificationPaper, Screening, ScreeningVerdict

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"


def papers(app):
    with app.app_context():
        return list(db.session.query(QualificationPaper).order_by(QualificationPaper.id))


def handed_in(client, dealer, **values):
    given = {"kind": "business_licence", "number": "91420100MA4K", "is_stamped": "y", "scope": "净水设备销售"} | values
    given.setdefault("file", (BytesIO(PNG), "licence.png"))
    return client.post(f"/dealers/{dealer.id}/papers", data=given, content_type="multipart/form-data")


@pytest.fixture
def dealer(build):
    return build.dealer()


@pytest.fixture
def compliance(build):
    return build.client(Role.COMPLIANCE)


def test_a_paper_is_handed_in_and_passed(app, build, dealer, compliance):
    rep = build.client(Role.SALES_REP)
    assert handed_in(rep, dealer).status_code == 303
    (paper,) = papers(app)
    assert (paper.state, bool(paper.file_id)) == (PaperState.SUBMITTED, True)
    here = f"/dealers/{dealer.id}/papers/{paper.id}"
    assert rep.post(here, data={"answer": "pass"}).status_code == 403
    assert compliance.get("/dealers/papers").status_code == 200
    assert compliance.get(here).status_code == 200
    assert compliance.get(f"{here}/file").data == PNG
    assert compliance.post(here, data={"answer": "pass"}).status_code == 422  # without the seal
    assert compliance.post(here, data={"answer": "pass", "is_stamped": "on", "scope": "净水"}).status_code == 303
    assert [(row.state, row.scope) for row in papers(app)] == [(PaperState.PASSED, "净水")]


def test_a_paper_is_returned_with_a_reason(app, build, dealer, compliance):
    handed_in(compliance, dealer)
    here = f"/dealers/{dealer.id}/papers/{papers(app)[0].id}"
    assert compliance.post(here, data={"answer": "return", "reason": " "}).status_code == 422
    assert compliance.post(here, data={"answer": "return", "reason": "看不清"}).status_code == 303
    assert papers(app)[0].reason == "看不清"


def test_an_expired_paper_is_not_passed(app, dealer, compliance):
    yesterday = (clock.now() - timedelta(days=2)).date()
    handed_in(compliance, dealer, valid_until=yesterday.isoformat())
    here = f"/dealers/{dealer.id}/papers/{papers(app)[0].id}"
    assert compliance.post(here, data={"answer": "pass", "is_stamped": "on"}).status_code == 422


def test_what_is_no_picture_is_refused_by_its_bytes(app, dealer, compliance):
    answer = handed_in(compliance, dealer, file=(BytesIO(b"<html>"), "licence.png"))
    assert (answer.status_code, papers(app)) == (422, [])


def test_the_newest_counts_and_the_older_stays(app, dealer, compliance):
    handed_in(compliance, dealer)
    handed_in(compliance, dealer, number="2")
    first, second = papers(app)
    assert (bool(first.replaced_at), second.replaced_at) == (True, None)
    answer = compliance.post(f"/dealers/{dealer.id}/papers/{first.id}", data={"answer": "pass", "is_stamped": "on"})
    assert answer.status_code == 422


def test_screening(app, build, dealer, compliance):
    here = f"/dealers/{dealer.id}/screening"
    assert build.client(Role.SALES_REP).post(here, data={"verdict": "passed", "score": 80}).status_code == 403
    assert compliance.post(here, data={"verdict": "refused", "score": 30}).status_code == 422
    assert compliance.post(here, data={"verdict": "passed", "score": 101}).status_code == 422
    assert compliance.post(here, data={"verdict": "passed", "score": 82}).status_code == 303
    with app.app_context():
        assert db.session.query(Screening).one().verdict is ScreeningVerdict.PASSED


def test_a_paper_of_another_dealer_is_not_found(app, build, dealer, compliance):
    handed_in(compliance, dealer)
    other = build.dealer()
    assert compliance.get(f"/dealers/{other.id}/papers/{papers(app)[0].id}").status_code == 404


def test_the_page_of_a_dealer_shows_what_stands_behind_it(dealer, compliance):
    handed_in(compliance, dealer)
    assert compliance.get(f"/dealers/{dealer.id}").status_code == 200
    assert compliance.get(f"/dealers/{dealer.id}/papers").status_code == 200
