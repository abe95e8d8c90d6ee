"""What is taken along: the document in both languages, publicity pieces, photos."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.access import Role
from app.blueprints.report.publicity import actions, rules
from app.blueprints.report.publicity.drafts import DRAFTS, FACTS
from app.extensions import db
from app.models import PieceKind, PublicityPiece, ReportPhoto


def test_a_piece_is_filled_in():
    facts = {"event": "秋季招商会", "signed": "12", "signers": ""}
    assert rules.filled("{event}：{signed} 家\n{signers}\n\n谢谢", facts) == "秋季招商会：12 家\n\n谢谢"
    assert rules.unknown("{event} {sum} {sum} {x y}", FACTS) == ["sum", "x y"]


def test_every_draft_names_known_facts():
    assert set(DRAFTS) == {(kind, language) for kind in PieceKind for language in ("zh_CN", "en")}
    for text in DRAFTS.values():
        assert rules.unknown(text, FACTS) == []


def test_pieces_are_worded_and_go_back(season, build):
    client = build.client(Role.PLANNER)
    base = f"/events/{season.event.slug}/report/publicity"
    page = client.get(base, query_string={"language": "en"})
    assert "3 dealers sign at" in page.text
    refused = client.post(f"{base}/news?language=en", data={"text": "So much: {sum}"})
    assert refused.status_code == 422
    assert "So much: {sum}" in refused.text
    assert client.post(f"{base}/news?language=en", data={"text": " "}).status_code == 422
    assert client.post(f"{base}/news?language=en", data={"text": "{signed} signed!"}).status_code == 303
    assert "3 signed!" in client.get(base, query_string={"language": "en"}).text
    with season.app.app_context():
        assert db.session.scalars(db.select(PublicityPiece)).one().text == "{signed} signed!"
        with pytest.raises(actions.UnknownFact):
            actions.word(season.row(), PieceKind.NEWS, "en", "{who}", by_id=None)
    assert client.post(f"{base}/news/reset?language=en").status_code == 303
    assert client.post(f"{base}/news/reset?language=en").status_code == 404
    assert client.post(f"{base}/poem").status_code == 404
    assert build.client(Role.DIRECTOR).post(f"{base}/news", data={"text": "x"}).status_code == 403


def test_the_document_and_its_photos(season, build):
    client = build.client(Role.PLANNER)
    base = f"/events/{season.event.slug}/report"
    picture = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "PNG")
    picture.seek(0)
    sent = client.post(f"{base}/photos", data={"file": (picture, "hall.png"), "caption": "The hall"})
    assert sent.status_code == 303
    with season.app.app_context():
        photo = db.session.scalars(db.select(ReportPhoto)).one()
        assert photo.caption == "The hall"
    assert client.get(f"{base}/photos/{photo.id}").mimetype == "image/png"
    other = build.event()
    assert client.get(f"/events/{other.slug}/report/photos/{photo.id}").status_code == 404
    broken = {"file": (BytesIO(b"no picture"), "x.png"), "caption": "Kept"}
    refused = client.post(f"{base}/photos", data=broken)
    assert refused.status_code == 422
    assert "Kept" in refused.text
    for language in ("zh_CN", "en"):
        answer = client.get(f"{base}/report.pdf", query_string={"language": language})
        with pikepdf.open(BytesIO(answer.data)) as made:
            assert len(made.pages) >= 2
    assert client.post(f"{base}/photos/{photo.id}/remove").status_code == 303
    assert client.post(f"{base}/photos/{photo.id}/remove").status_code == 404
