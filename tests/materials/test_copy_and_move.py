"""What an event takes along when it is copied or moved, stock by item, sizes, surplus; and bad input."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.events import actions as events
from app.blueprints.materials import actions, queries, sizes
from app.blueprints.materials.log.actions import By, write
from app.blueprints.materials.orders.actions import OrderHasCome, QuantityNotPositive, cancel, order, order_from_stock
from app.blueprints.materials.rules.alarms import Trouble
from app.blueprints.materials.stock import queries as stock
from app.blueprints.staff import actions as staff
from app.blueprints.staff import queries as plans
from app.models import ClothingCut, Duty, Event, EventStatus, Material, MovementKind, QuantityRule, StaffPerson
from app.names import sort_key
from tests.materials.conftest import NOW, START

K = MovementKind
ME = By("方静怡")


def person(session, name, **values):
    row = StaffPerson(name=name, sort_key=sort_key(name), created_at=NOW, **values)
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def spring(event, session):
    """A whole conference: staff plan with somebody in it, materials with a day of their own, a zone with an owner."""
    made = event(status=EventStatus.OPEN)
    staff.prepare(made)
    actions.prepare(made)
    host = person(session, "周子墨")
    role = next(each for each in plans.roles(made) if each.key == "host")
    shifts = plans.shifts(made)
    staff.assign(made, role, host, [next(each for each in shifts if each.key and "conference" in each.key)])
    task = queries.zones(made)[0].tasks[0]
    task.owner_id, task.due_at = host.id, START - timedelta(hours=3)
    roll = session.scalars(select(Material).where(Material.key == "roll_ups")).one()
    roll.needed_on = date(2026, 12, 15)
    session.commit()
    return made


def _copy(source, days, *, with_people):
    given = {
        "name": "again",
        "starts_at": START + timedelta(days=days),
        "ends_at": START + timedelta(days=days, hours=7),
    }
    return events.copy(source, given, with_guests=False, with_people=with_people, by_id=None)


@pytest.mark.parametrize("with_people", [True, False])
def test_a_copied_event_is_staffed_and_stocked(spring, session, with_people):
    copy = _copy(spring, 60, with_people=with_people)
    session.commit()
    before, after = plans.plan(spring), plans.plan(copy)
    assert [each.name for each in after.roles] == [each.name for each in before.roles]
    assert [each.settles for each in after.roles] == [each.settles for each in before.roles]
    assert [each.starts_at for each in after.shifts] == [each.starts_at + timedelta(days=60) for each in before.shifts]
    assert sorted(after.needs.values()) == sorted(before.needs.values())
    assert [each.person.name for each in after.duties] == (["周子墨"] if with_people else [])
    assert {each.state.value for each in after.duties} <= {"planned"}
    kept = {each.material.key: each.material for each in queries.sheet(copy).lines}
    assert len(kept) == len(queries.sheet(spring).lines)
    assert kept["roll_ups"].needed_on == date(2027, 2, 13)
    task = queries.zones(copy)[0].tasks[0]
    assert task.due_at == START + timedelta(days=60, hours=-3)
    assert (task.owner_id is not None) is with_people
    assert [each.name for each in queries.zones(copy)] == [each.name for each in queries.zones(spring)]


def test_who_has_left_is_not_copied(spring, session):
    session.scalars(select(StaffPerson)).one().is_active = False
    copy = _copy(spring, 60, with_people=True)
    assert plans.plan(copy).duties == []
    assert queries.zones(copy)[0].tasks[0].owner_id is None


@pytest.mark.parametrize("moves", [True, False])
def test_an_event_moved_by_a_month(spring, session, moves):
    """Days of their own move along when wished; shifts wait for the planner, and are an alarm until then."""
    to = START + timedelta(days=31)
    values = {"starts_at": to, "ends_at": to + timedelta(hours=7)}
    events.edit(spring, values, version=spring.version, move_milestones=moves)
    session.commit()
    roll = session.scalars(select(Material).where(Material.key == "roll_ups")).one()
    task = queries.zones(spring)[0].tasks[0]
    days = 31 if moves else 0
    assert roll.needed_on == date(2026, 12, 15) + timedelta(days=days)
    assert task.due_at == START + timedelta(days=days, hours=-3)
    line = queries.sheet(spring).by_id[roll.id]
    assert line.order_by == roll.needed_on - timedelta(days=roll.lead_days)
    assert "shifts_not_moved" in {each.matter.value for each in plans.alarms(spring)}


def test_a_material_knows_its_stock_whatever_it_is_called(event, thing, session):
    spring, winter = event(), event()
    row = thing(spring, is_returnable=True)
    write(spring, row, K.DELIVERED, 9, by=ME)
    write(spring, row, K.RETURNED, 9, by=ME)
    assert row.stock_item_id is not None
    actions.copy_from(winter, spring)
    ours = session.scalars(select(Material).where(Material.event_id == winter.id)).one()
    actions.edit(winter, ours, name="新款易拉宝")
    assert stock.in_stock(ours) == 9
    order_from_stock(winter, ours, 4, by_id=None)
    assert stock.of_names(["易拉宝", "新款易拉宝"]) == {"易拉宝": 5}


def test_what_is_too_much_is_shown_with_its_cost_and_reduced(event, thing, session, planner):
    made = event(status=EventStatus.OPEN)
    row = thing(made, base_quantity=10, unit_price=Decimal("2.50"), supplier="新华彩印厂")
    placed = order(made, row, 30, unit_price=Decimal("2.50"), by_id=None)
    write(made, row, K.DELIVERED, 8, by=ME)
    session.commit()
    assert [(each.trouble, each.number) for each in queries.sheet(made).alarms() if each.trouble is Trouble.OVER] == [
        (Trouble.OVER, 20)
    ]
    address, slug = f"/events/{made.slug}/materials/{row.id}/orders/{placed.id}/cancel", made.slug
    session.commit()
    assert "¥50.00" in planner.get(f"/events/{slug}/materials/").text
    for wrong in ("-3", "1.5", "0", "x"):
        assert planner.post(address, data={"number": wrong}).status_code == 409
    assert planner.post(address, data={"number": "20"}).status_code == 303
    session.expire_all()
    assert queries.ordered_of(row) == 10
    assert cancel(made, row, placed, number=99, by_id=None) == 2  # what has come stays
    with pytest.raises(OrderHasCome):
        cancel(made, row, placed, by_id=None)
    with pytest.raises(QuantityNotPositive):
        order(made, row, 0, by_id=None)


def test_clothes_are_ordered_by_size_and_the_difference_on_top(event, thing, session, build):
    made = event(status=EventStatus.OPEN)
    staff.prepare(made)
    row = thing(made, name="职业装", rule=QuantityRule.PER_STAFF, base_quantity=1)
    role, shift = plans.roles(made)[-1], plans.shifts(made)[0]
    wear = (("林晚晴", "WOMEN", "M"), ("许佳怡", "WOMEN", "S"), ("蒋文博", "MEN", "L"), ("白若兰", "WOMEN", "M"))
    for slot, (name, cut, size) in enumerate(wear, start=1):
        worn = person(session, name, cut=ClothingCut[cut], clothing_size=size)
        staff.assign(made, role, worn, [shift], slot=slot)
    staff.assign(made, role, person(session, "陶思涵"), [shift], slot=9)
    address, row_id, made_id = f"/events/{made.slug}/materials/{row.id}", row.id, made.id
    session.commit()
    planner = build.client(Role.PLANNER)
    assert "陶思涵" in planner.get(address).text

    def table():
        session.expire_all()
        here = session.get_one(Event, made_id)
        found = sizes.clothing(here, queries.sheet(here).by_id[row_id])
        session.commit()
        return found

    assert [(each.cut.value, each.size, each.to_order) for each in table().rows] == [
        ("men", "L", 1),
        ("women", "S", 1),
        ("women", "M", 2),
    ]
    assert [each.name for each in table().missing] == ["陶思涵"]
    for wrong in ("-1", "1.5", "x"):
        assert planner.post(address + "/order-sizes", data={"size-men-L": wrong}).status_code == 422
    sent = {each.name: str(each.to_order) for each in table().rows}
    assert planner.post(address + "/order-sizes", data=sent).status_code == 303
    assert table().to_order == 0
    gone = session.scalars(select(Duty).join(StaffPerson).where(StaffPerson.name == "蒋文博")).one()
    staff.remove(session.get_one(Event, made_id), gone)
    session.scalars(select(StaffPerson).where(StaffPerson.name == "陶思涵")).one().clothing_size = "M"
    session.scalars(select(StaffPerson).where(StaffPerson.name == "陶思涵")).one().cut = ClothingCut.WOMEN
    session.commit()
    assert [(each.size, each.to_order, each.over) for each in table().rows] == [("L", 0, 1), ("S", 0, 0), ("M", 1, 0)]
