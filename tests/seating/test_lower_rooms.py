"""The seat on the badge, at the door and on the guest's own page."""

from flask import Flask
from sqlalchemy import select

from app.access import Role
from app.blueprints.checkin.badges.queries import wearers
from app.blueprints.seating import actions, jobs, queries
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.layout import Wanted
from app.blueprints.seating.situation import Keep
from app.extensions import db
from app.models import Event, EventStatus, Invitation, InvitationState, Seat
from tests.build import Builder


def test_whoever_is_seated_reads_the_chair_everywhere(app: Flask, build: Builder):
    event = build.event(slug="here", status=EventStatus.RUNNING)
    guest = build.invitation(event, build.dealer(), state=InvitationState.FIRM)
    (companion,) = build.companions(guest, ["同行人"])
    badge, theirs = build.badge(guest), build.badge(guest, companion_id=companion.id)
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        halls.lay_out(here, Wanted(1500, 1600, 10, each=5), by_id=None)
        jobs.run_now(jobs.start(here, Keep.LOCKED, by_id=None))  # type: ignore[arg-type]
        chairs = {each.companion_id: each.number for each in db.session.scalars(select(Seat))}
        assert {each.key[1]: each.chair for each in wearers(here)} == chairs
        label = db.session.get_one(Invitation, guest.id).table_label

    page = app.test_client()
    assert "#armchair" not in page.get(f"/r/{guest.token}").text
    with app.app_context():
        actions.show(db.session.get_one(Event, event.id), shown=True)
        db.session.commit()
    assert "#armchair" in page.get(f"/r/{guest.token}").text

    desk = build.client(Role.RECEPTION)
    for code, chair in ((badge.code, chairs[None]), (theirs.code, chairs[companion.id])):
        scan = {"code": code, "scan_id": f"scan-{code}", "door": "A"}
        answer = desk.post("/api/v1/events/here/scans", json=scan, headers={"Accept": "application/json"}).json
        assert answer is not None
        assert (answer["verdict"], answer["table"], answer["chair"]) == ("admit", label, chair)
    with app.app_context():
        assert len(queries.situation(db.session.get_one(Event, event.id)).valid) == 2
