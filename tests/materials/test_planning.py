"""Quantities that follow the head count, stock from event to event, what is late, and how many queries a page costs."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select

from app import clock
from app.blueprints.materials import actions, queries
from app.blueprints.materials.log.actions import By, QuantityOutOfRange, take_back, write
from app.blueprints.materials.orders.actions import QuantityNotPositive, cancel, order, order_from_stock
from app.blueprints.materials.rules.alarms import Trouble
from app.blueprints.materials.stock import queries as stock
from app.blueprints.materials.stock.actions import NotInStock
from app.extensions import db
from app.models import ClothingCut, GuestKind, Invitation, InvitationState, Material, Movement, QuantityRule, Readiness
from app.models import MovementKind as K
from tests.materials.conftest import NOW
from tests.staff.conftest import Crew

ME = By("沈若溪")


def line(row):
    return queries.sheet(row.event).by_id[row.id]


def troubles(event):
    return {(each.trouble, each.material_id) for each in queries.sheet(event).alarms()}


@pytest.fixture
def guests(build, session):
    def make(event, number, **values):
        its = SimpleNamespace(id=event.id)
        session.commit()  # on SQLite one transaction writes at a time
        given = {"state": InvitationState.FIRM} | values
        return [build.invitation(its, **given) for _ in range(number)]

    return make


def test_bags_follow_the_head_count_until_ordered_and_then_the_difference(event, thing, guests, session):
    made = event()
    bags = thing(made, rule=QuantityRule.PER_GUEST, base_quantity=1, spare_percent=5)
    handbook = thing(made, name="加盟手册", kit_id=bags.id, base_quantity=2)
    invited = guests(made, 19)
    assert (line(bags).wanted.firm, line(handbook).wanted.firm) == (20, 40)
    order(made, bags, 20, by_id=None)
    guests(made, 1, is_lead_signer=True)
    assert line(bags).balance.to_order == 1
    for row in invited[:8]:
        session.get(Invitation, row.id).state = InvitationState.DECLINED_LATE
    session.commit()
    found = line(bags)
    assert (found.balance.to_order, found.balance.over) == (0, 7)
    assert (Trouble.OVER, bags.id) in troubles(made)


def test_companions_count_as_guests(event, thing, guests, build, session):
    made = event()
    bags = thing(made, rule=QuantityRule.PER_GUEST, base_quantity=1)
    build.companions(guests(made, 1)[0], ["李四", "王五"])
    assert line(bags).wanted.firm == 3


def test_plaques_are_a_forecast_and_name_cards_count_guests_of_honour(event, thing, guests):
    made = event()
    plaques = thing(made, rule=QuantityRule.PER_EXCLUSIVE_DEALER, base_quantity=1)
    cards = thing(made, rule=QuantityRule.PER_ROSTRUM, base_quantity=1, extra_quantity=2)
    guests(made, 2, readiness=Readiness.READY)
    guests(made, 1, is_lead_signer=True)
    guests(made, 1, readiness=Readiness.READY, state=InvitationState.DECLINED)
    guests(made, 1, kind=GuestKind.EXPERT)
    guests(made, 1, kind=GuestKind.MEDIA)
    assert line(plaques).wanted.firm == 3
    assert line(cards).wanted.firm == 3


def test_clothes_by_size_each_person_once(event, thing, build, session):
    made = event()
    clothes = thing(made, rule=QuantityRule.PER_STAFF, base_quantity=1)
    crew = Crew(build)
    its = SimpleNamespace(id=made.id, starts_at=made.starts_at, time_zone=made.time_zone)
    role, first, second = crew.role(its), crew.shift(its), crew.shift(its, 15, 18)  # type: ignore[arg-type]
    wang = crew.person(cut=ClothingCut.WOMEN, clothing_size="M")
    for shift in (first, second):
        crew.duty(role, shift, wang)
    crew.duty(role, first, crew.person(), slot=2)
    session.expire_all()
    assert line(clothes).wanted.firm == 2
    assert queries.staff_sizes(made) == {("", ""): 1, ("women", "M"): 1}


def test_what_came_broken_is_ordered_again(event, thing):
    made = event()
    row = thing(made, base_quantity=10)
    order(made, row, 10, by_id=None)
    write(made, row, K.DELIVERED, 10, by=ME)
    write(made, row, K.DAMAGED, 3, by=ME)
    assert line(row).balance.to_order == 3
    assert (Trouble.DAMAGED, row.id) in troubles(made)
    order(made, row, 3, by_id=None)
    assert (Trouble.DAMAGED, row.id) not in troubles(made)


def test_late_short_and_nobodys(event, thing, build, session):
    made = event()
    day = made.local_start.date()
    never = thing(made, name="背板", lead_days=30)
    late = thing(made, name="铭牌")
    short = thing(made, name="三折页")
    order(made, late, 10, due_on=day - timedelta(days=25), by_id=None)
    order(made, short, 10, due_on=day - timedelta(days=25), by_id=None)
    write(made, short, K.DELIVERED, 8, by=ME)
    found = troubles(made)
    assert {(Trouble.NOT_ORDERED, never.id), (Trouble.NOT_HERE, late.id), (Trouble.SHORT, short.id)} <= found
    assert sum(1 for trouble, _ in found if trouble is Trouble.NO_OWNER) == 3


def test_a_moved_event_moves_the_dates(event, thing, session):
    made = event()
    row = thing(made, lead_days=20)
    before = line(row).order_by
    made.starts_at += timedelta(days=30)
    made.ends_at += timedelta(days=30)
    session.commit()
    assert line(row).order_by == before + timedelta(days=30)


def test_nothing_negative_can_be_ordered_or_written(event, thing):
    made = event()
    row = thing(made)
    for number in (0, -1):
        with pytest.raises(QuantityNotPositive):
            order(made, row, number, by_id=None)
        with pytest.raises(QuantityOutOfRange):
            write(made, row, K.DELIVERED, number, by=ME)


def test_cancelling_leaves_what_has_come(event, thing):
    made = event()
    row = thing(made)
    placed = order(made, row, 10, by_id=None)
    write(made, row, K.DELIVERED, 6, by=ME)
    assert cancel(made, row, placed, by_id=None) == 4
    assert queries.ordered_of(row) == 6


def test_what_is_kept_goes_into_stock_once_and_the_next_event_draws_from_it(event, thing, session):
    spring, winter = event(), event()
    row = thing(spring, is_returnable=True)
    write(spring, row, K.DELIVERED, 10, by=ME)
    entry = write(spring, row, K.KEPT, 9, by=ME, client_id="phone-1")
    assert write(spring, row, K.KEPT, 9, by=ME, client_id="phone-1").id == entry.id
    assert stock.of_names(["易拉宝"]) == {"易拉宝": 9}
    ours = thing(winter, is_returnable=True)
    with pytest.raises(NotInStock):
        order_from_stock(winter, ours, 10, by_id=None)
    taken = order_from_stock(winter, ours, 7, by_id=None)
    assert (stock.of_names(["易拉宝"]), queries.ordered_of(ours)) == ({"易拉宝": 2}, 7)
    cancel(winter, ours, taken, by_id=None)
    assert stock.of_names(["易拉宝"]) == {"易拉宝": 9}
    take_back(spring, row, entry, by_id=None)
    assert stock.of_names(["易拉宝"]) == {}
    assert [held.quantity for held in stock.held()] == [0]


def test_a_device_with_a_wrong_clock_hides_nothing(event, thing):
    made = event()
    row = thing(made)
    write(made, row, K.COUNTED, 7, by=ME, happened_at=NOW + timedelta(days=400))
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        write(made, row, K.COUNTED, 5, by=ME)
        assert queries.figures_of(row).here == 5


def test_a_list_page_costs_the_same_for_many_rows(planner, event, session):
    made = event()
    actions.prepare(made)
    event_id, address = made.id, f"/events/{made.slug}/materials/"
    few = _queries(planner, address)
    session.add_all(Material(event_id=event_id, name=f"物品{n}", search_key="", position=n) for n in range(80))
    session.flush()
    rows = session.scalars(select(Material).where(Material.event_id == event_id)).all()
    session.add_all(
        Movement(
            event_id=event_id,
            material_id=row.id,
            client_id=f"c{row.id}",
            kind=K.DELIVERED,
            quantity=3,
            happened_at=NOW,
            received_at=NOW,
            by_name="张三",
        )
        for row in rows
    )
    session.commit()
    assert session.scalar(select(func.count()).select_from(Material)) > 100
    assert _queries(planner, address) <= few


def _queries(client, address):
    seen = []
    db.session.commit()
    db.session.expunge_all()

    def count(*_arguments):
        seen.append(1)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)
