"""The standard template is complete: the domain's materials, zones and hall requirements, in both languages."""

import pytest
from sqlalchemy import func, select

from app.blueprints.materials import actions, queries
from app.models import HallRequirement, Material, ProofState, Zone, ZoneTask
from tests.materials.domain_table import HALL, IN_TOTE_BAG, MATERIALS, WORK_DESK, ZONES

LANGUAGES = pytest.mark.parametrize(("language", "of"), [("zh_CN", 0), ("en", 1)])


@pytest.fixture
def prepared(event, session):
    def make(language="zh_CN"):
        made = event(language=language)
        actions.prepare(made)
        session.commit()
        return made

    return make


def rows(session, event):
    return {row.key: row for row in session.scalars(select(Material).where(Material.event_id == event.id))}


@LANGUAGES
def test_every_row_of_the_material_table(prepared, session, language, of):
    found = rows(session, prepared(language))
    for key, name, rule, number, note in MATERIALS:
        row = found[key]
        assert name[of] in (row.name if of == 0 else row.name.lower()), key
        assert row.rule is rule
        assert row.base_quantity == number
        if note:
            assert note[of] in row.notes.lower(), key
        assert row.department
        assert row.zone_id or key == "work_clothes"
    assert len(found) == len(MATERIALS) + len(IN_TOTE_BAG)


@LANGUAGES
def test_the_tote_bag_holds_five_things(prepared, session, language, of):
    found = rows(session, prepared(language))
    parts = {key: row for key, row in found.items() if row.kit_id == found["tote_bags"].id}
    assert set(parts) == {key for key, _ in IN_TOTE_BAG}
    for key, name in IN_TOTE_BAG:
        assert name[of] in parts[key].name.lower()
        assert parts[key].base_quantity == 1


def test_what_carries_the_theme_wants_a_proof(prepared, session):
    found = rows(session, prepared())
    for key in ("pop_posters", "roll_ups", "hanging_banners", "arches", "stage_backdrop"):
        assert "{theme}" in found[key].design_text
        assert found[key].proof is ProofState.WANTED
    assert "{organizer}" in found["stage_backdrop"].design_text
    assert "{co_organizer}" in found["stage_backdrop"].design_text


@LANGUAGES
def test_every_zone_with_what_to_set_up(prepared, session, language, of):
    event = prepared(language)
    zones = {zone.key: zone for zone in queries.zones(event)}
    assert list(zones) == [key for key, _, _ in ZONES]
    for key, name, tasks in ZONES:
        assert zones[key].name.lower() == name[of]
        texts = [task.text.lower() for task in zones[key].tasks]
        assert len(texts) == len(tasks)
        for text, words in zip(texts, tasks, strict=True):
            assert words[of] in text
    desk = zones["entrance"].tasks[2].text.lower()
    assert all(words[of] in desk for words in WORK_DESK)


@LANGUAGES
def test_the_hall_requirements(prepared, session, language, of):
    event = prepared(language)
    texts = list(session.scalars(select(HallRequirement.text).where(HallRequirement.event_id == event.id)))
    whole = "\n".join(texts).lower()
    assert all(words[of] in whole for words in HALL)


def test_it_speaks_the_events_language(prepared, session):
    event = prepared("en")
    texts = [f"{row.name}{row.notes}{row.unit}{row.department}{row.place}" for row in rows(session, event).values()]
    texts += [task.text for zone in queries.zones(event) for task in zone.tasks]
    assert all(text.replace("’", "'").replace("–", "-").isascii() for text in texts)


def test_twice_is_once_and_what_was_taken_away_comes_back(prepared, session):
    event = prepared()
    before = session.scalar(select(func.count()).select_from(Material))
    assert actions.prepare(event) == 0
    found = rows(session, event)
    found["roll_ups"].name = "我们的易拉宝"
    actions.remove(event, found["signature_board"])
    session.commit()
    assert actions.prepare(event) == 1
    session.commit()
    found = rows(session, event)
    assert len(found) == before
    assert found["roll_ups"].name == "我们的易拉宝"
    assert session.scalar(select(func.count()).select_from(ZoneTask)) == sum(len(tasks) for _, _, tasks in ZONES)


def test_tasks_depend_on_their_materials(prepared, session):
    event = prepared()
    found = rows(session, event)
    stage = session.scalar(select(Zone).where(Zone.event_id == event.id, Zone.key == "stage"))
    assert stage.tasks[0].material_id == found["stage_backdrop"].id


def test_an_earlier_events_list_is_taken_over(prepared, event, session):
    earlier = prepared()
    bag = rows(session, earlier)["tote_bags"]
    bag.proof = ProofState.SIGNED_OFF
    actions.add(earlier, name="签到笔", base_quantity=6, supplier="宏图文具")
    coming = event()
    assert actions.copy_from(coming, earlier) == len(MATERIALS) + len(IN_TOTE_BAG) + 1
    session.commit()
    copied = rows(session, coming)
    assert copied["leaflet"].kit_id == copied["tote_bags"].id
    assert copied["tote_bags"].proof is ProofState.WANTED
    assert copied["tote_bags"].zone.event_id == coming.id
    assert [len(zone.tasks) for zone in queries.zones(coming)] == [len(tasks) for _, _, tasks in ZONES]
    assert actions.copy_from(coming, earlier) == 0
