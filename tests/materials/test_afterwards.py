"""After the event: one table says what became of each thing, and what is still out keeps the event from closing."""

from datetime import timedelta

import pytest

from app import clock
from app.access import Role
from app.blueprints.events import actions as events
from app.blueprints.events import hindrances
from app.blueprints.events.hindrances import EventNotClearedUp, NotInTheWay, ReasonMissing
from app.blueprints.materials import actions, queries
from app.blueprints.materials.afterwards import rules
from app.blueprints.materials.log.actions import By, write
from app.blueprints.materials.stock import queries as stock
from app.extensions import db
from app.models import ClosingWaiver, Event, EventStatus, Material, MovementKind

K = MovementKind
BY = By("方静怡")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"returned": "13", "lost": "1"}, None),
        ({"returned": "１３", "lost": "1"}, None),
        ({"returned": "13"}, rules.NOT_THE_SUM),
        ({"returned": "13", "lost": "2"}, rules.NOT_THE_SUM),
        ({"returned": "15", "lost": "-1"}, rules.NOT_WHOLE),
        ({"returned": "13.5", "lost": "0.5"}, rules.NOT_WHOLE),
        ({"returned": "十四"}, rules.NOT_WHOLE),
        ({"returned": "99999999999999999999"}, rules.NOT_WHOLE),
        ({"returned": "14", "here": "15"}, rules.CHANGED),
        ({}, None),
    ],
)
def test_a_row_adds_up_to_what_is_here(typed, wrong):
    sent = {"m7-here": "14"} | {f"m7-{name}": text for name, text in typed.items()}
    [row] = rules.read({7: 14, 8: 3}, sent)
    assert row.wrong == wrong
    assert row.is_blank is (not typed)


@pytest.fixture
def over(app, build):
    """An event that has just ended, with fourteen roll-ups to give back and a hundred pens."""
    now = clock.now()
    given = {"starts_at": now - timedelta(hours=9), "ends_at": now - timedelta(hours=1)}
    event = build.event(status=EventStatus.RUNNING, **given)
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        rolls = actions.add(here, name="易拉宝", is_returnable=True)
        pens = actions.add(here, name="签字笔")
        write(here, rolls, K.DELIVERED, 14, by=BY)
        write(here, pens, K.DELIVERED, 100, by=BY)
        ids = rolls.id, pens.id
        db.session.commit()
    return event, *ids


def test_the_page_proposes_and_writes_all_at_once(app, build, over):
    event, rolls, pens = over
    planner = build.client(Role.PLANNER)
    path = f"/events/{event.slug}/materials/after"
    assert f'name="m{rolls}-returned" value="14"' in planner.get(path).text
    assert f'name="m{pens}-used_up" value="100"' in planner.get(path).text
    sent = {f"m{rolls}-here": "14", f"m{rolls}-returned": "13", f"m{pens}-here": "100", f"m{pens}-used_up": "100"}
    assert planner.post(path + "/write", data=sent).status_code == 422
    with app.app_context():
        assert queries.figures_of(db.session.get_one(Material, pens)).used_up == 0  # all or none
    sent[f"m{rolls}-lost"] = "1"
    assert planner.post(path + "/write", data=sent).status_code == 303
    assert planner.post(path + "/write", data=sent).status_code == 303  # a second time nothing is here any more
    with app.app_context():
        figures = queries.figures_of(db.session.get_one(Material, rolls))
        assert (figures.returned, figures.lost, figures.here) == (13, 1, 0)
        assert stock.of_names(["易拉宝", "签字笔"]) == {"易拉宝": 13}
    assert planner.get(path).status_code == 200
    assert build.client(Role.DIRECTOR).get(path).status_code == 200
    assert build.client(Role.DIRECTOR).post(path + "/write", data=sent).status_code == 403


def test_what_is_to_come_back_keeps_the_event_open(app, over):
    event, rolls, _pens = over
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        with pytest.raises(EventNotClearedUp):
            events.take_step(here, EventStatus.CLOSED)
        [(source, rows)] = hindrances.of_event(here)
        assert (source.key, [(row.ref, row.number) for row in rows]) == ("materials", [(rolls, 14)])
        write(here, db.session.get_one(Material, rolls), K.KEPT, 14, by=BY)
        events.take_step(here, EventStatus.CLOSED)
        db.session.commit()
        assert here.status is EventStatus.CLOSED


def test_one_thing_is_waived_with_a_reason(app, build, over):
    event, rolls, pens = over
    planner = build.client(Role.PLANNER)
    path = f"/events/{event.slug}/close"
    assert planner.get(path).status_code == 200
    assert planner.post(path + "/waive", data={"source": "materials", "ref": rolls, "why": ""}).status_code == 422
    assert planner.post(path + "/waive", data={"source": "materials", "ref": pens, "why": "x"}).status_code == 409
    assert planner.post(path + "/waive", data={"source": "nothing", "ref": 1, "why": "x"}).status_code == 409
    sent = {"source": "materials", "ref": rolls, "why": "下一站直接使用"}
    assert planner.post(path + "/waive", data=sent).status_code == 303
    assert planner.post(path + "/waive", data=sent).status_code == 303
    with app.app_context():
        waiver = db.session.scalars(db.select(ClosingWaiver)).one()
        assert (waiver.about, waiver.why) == ("易拉宝", "下一站直接使用")
        assert hindrances.of_event(db.session.get_one(Event, event.id)) == []
    assert planner.post(f"{path}/waivers/{waiver.id}/take-back").status_code == 303
    assert planner.post(path).status_code == 422
    planner.post(path + "/waive", data=sent)
    assert planner.post(path).status_code == 303


def test_no_waiver_without_a_reason_or_a_hindrance(app, over):
    event, rolls, _pens = over
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        with pytest.raises(ReasonMissing):
            hindrances.waive(here, "materials", rolls, " \n", by_id=None)
        with pytest.raises(NotInTheWay):
            hindrances.waive(here, "closeout", 1, "x", by_id=None)
