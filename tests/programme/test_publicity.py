"""Publicity: the proof that a piece appeared, and what is overdue."""

import io
from datetime import date, timedelta

from app.access import Role
from app.blueprints.programme.publicity import actions, lines
from app.blueprints.programme.publicity.actions import Row
from app.models import PublicityEntry
from tests.programme.conftest import NOW

PDF = b"%PDF-1.7\n" + b"x" * 50 + b"\n%%EOF\n"


def test_a_proof_is_kept_by_its_content_replaced_and_taken_away(build, event, session):
    piece = actions.add(event, Row("周刊", "广告", date(2026, 12, 10), "media"))
    session.commit()
    client, base = build.client(Role.PLANNER), f"/events/{event.slug}/programme/publicity"
    url, typed = f"{base}/{piece.id}", {"medium": "周刊", "piece": "广告", "due_on": "2026-12-10", "cost_line": "media"}

    def post(content=None, **more):
        session.expire_all()
        sent = typed | {"version": str(session.get(PublicityEntry, piece.id).version)} | more
        return client.post(url, data=sent | ({"proof": (io.BytesIO(content), "剪报.pdf")} if content else {}))

    assert client.get(f"{url}/proof").status_code == 404
    refused = post(b"<script>alert(1)</script>", piece="改过的内容")
    assert refused.status_code == 422
    assert "改过的内容" in refused.text
    assert post(PDF).status_code == 303
    shown = client.get(f"{url}/proof")
    assert (shown.data, shown.mimetype) == (PDF, "application/pdf")
    assert post(appeared_on="2026-12-11").status_code == 303  # without a file the kept one stays
    assert client.get(f"{url}/proof").status_code == 200
    assert (
        client.get(f"/events/{build.event(slug='other').slug}/programme/publicity/{piece.id}/proof").status_code == 404
    )
    assert post(without_proof="y").status_code == 303
    assert client.get(f"{url}/proof").status_code == 404
    with_file = typed | {"medium": "电视台", "proof": (io.BytesIO(PDF), "a.pdf")}
    assert client.post(f"{base}/new", data=with_file).status_code == 303
    assert client.post(f"{base}/new", data=typed | {"proof": (io.BytesIO(b"MZ"), "a.png")}).status_code == 422
    assert client.get(base + "/").status_code == 200


def test_what_is_overdue_and_what_has_no_proof(app, event, session):
    today = NOW.date()
    late, unproved = (
        actions.add(event, Row(name, "x", today - timedelta(days=1), "media", appeared_on=on))
        for name, on in (("周刊", None), ("电视台", today))
    )
    proved = Row("网站", "x", today, "media", appeared_on=today, proof_url="https://a.example/b")
    ahead = [actions.add(event, row) for row in (proved, Row("公众号", "x", today, "media"))]
    session.commit()
    with app.test_request_context():
        found = lines.of(event, [late, unproved, *ahead])
        assert [(each.icon, each.detail) for each in found] == [("calendar-x", "周刊"), ("photo", "电视台")]
        assert lines.of(event, ahead) == []
