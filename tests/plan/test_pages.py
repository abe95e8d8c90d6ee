"""The pages of a plan: who may see and do what, bad input, the clash of two writers, another event's sections."""

from app.access import Role
from app.blueprints.plan import queries
from app.blueprints.plan.rules import clean
from app.models import RevisionState

WRITER, REVIEWER, APPROVER = Role.PLANNER, Role.SALES_MANAGER, Role.DIRECTOR


def newest_of(event):
    document = queries.document(event)
    assert document is not None
    return queries.newest(document)


def test_the_way_of_a_plan_through_the_pages(event, people, ask, session):
    row = event()
    base = f"/events/{row.slug}/plan"
    writer, reviewer, approver = people[WRITER], people[REVIEWER], people[APPROVER]
    assert ask(writer, "GET", f"{base}/").status_code == 200
    assert ask(people[Role.SALES_REP], "GET", f"{base}/").status_code == 403
    assert ask(reviewer, "POST", f"{base}/start").status_code == 403
    assert ask(writer, "POST", f"{base}/start").status_code == 303
    section = newest_of(row).sections[0]
    assert ask(writer, "GET", f"{base}/sections/{section.id}").status_code == 200
    answer = ask(writer, "POST", f"{base}/sections/{section.id}", heading="", body="{{x}}", opened="")
    assert answer.status_code == 422
    assert "{{x}}" in answer.text
    opened = clean.digest(section.heading, section.body)
    pasted = '<p onclick="x()">ours<script>alert(1)</script></p>'
    sent = {"heading": section.heading, "body": pasted, "opened": opened}
    assert ask(writer, "POST", f"{base}/sections/{section.id}", **sent).status_code == 303
    answer = ask(people[Role.CONFERENCE_AFFAIRS], "POST", f"{base}/sections/{section.id}", **sent | {"body": "mine"})
    assert answer.status_code == 409
    assert "mine" in answer.text
    session.refresh(section)
    assert section.body == "<p>ours</p>"
    assert ask(writer, "POST", f"{base}/edit", title="").status_code == 422
    assert ask(writer, "GET", f"{base}/submit").status_code == 200
    assert ask(writer, "POST", f"{base}/submit", reviewer="x", approver="0").status_code == 422
    assert ask(writer, "POST", f"{base}/submit", reviewer=reviewer.id, approver=approver.id).status_code == 303
    assert ask(writer, "GET", f"{base}/sections/{section.id}").status_code == 409
    assert ask(writer, "POST", f"{base}/decide").status_code == 409  # figures_moved or own plan, never a yes
    assert ask(reviewer, "GET", f"{base}/return").status_code == 200
    assert ask(reviewer, "POST", f"{base}/return", remark=" ").status_code == 422
    for person in (reviewer, approver):
        page = ask(person, "GET", f"{base}/").text
        seen = page.split('name="seen" value="')[1].split('"')[0]
        assert ask(person, "POST", f"{base}/decide", seen=seen).status_code == 303
    assert newest_of(row).state is RevisionState.APPROVED
    assert ask(writer, "POST", f"{base}/revise", reason="").status_code == 422
    assert ask(writer, "POST", f"{base}/revise", reason="why").status_code == 303
    assert ask(approver, "GET", f"{base}/compare?from=A&to=B").status_code == 200
    assert ask(approver, "GET", f"{base}/compare?from=Q&to=B").status_code == 404
    assert ask(approver, "GET", f"{base}/?revision=A").status_code == 200


def test_sections_are_loaded_through_their_event(written, people, ask):
    one, document = written()
    other, _ = written()
    section = queries.newest(document).sections[0]
    answer = ask(people[WRITER], "POST", f"/events/{other.slug}/plan/sections/{section.id}/remove")
    assert answer.status_code == 404
    assert ask(people[WRITER], "GET", f"/events/{one.slug}/plan/sections/{section.id}").status_code == 200
