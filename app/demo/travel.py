"""The sample's arrivals, rooms, meals and groups: met yesterday, on the way home tonight; and one being prepared."""

from datetime import timedelta
from decimal import Decimal

from app import texts
from app.blueprints.travel import queries
from app.blueprints.travel.groups import actions as groups
from app.blueprints.travel.meals import actions as meals
from app.blueprints.travel.rooms import actions as rooms
from app.blueprints.travel.rooms.situation import rooming
from app.blueprints.travel.runs import actions as runs
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.sheets.actions import issue
from app.blueprints.travel.sheets.lines import of_rooms
from app.extensions import db
from app.models import Direction, Event, Invitation, RoomKind, RoomWish, SheetKind, TravelMode
from app.names import sort_key

# plate, make, seats, driver
_CARS = (
    ("A·6T218", "白色别克 GL8", 6, "周建军", "+8613871200361"),
    ("A·9K557", "黑色别克 GL8", 6, "罗成", "+8613871200362"),
    ("A·B3306", "丰田考斯特", 19, "姚国平", "+8613871200363"),
)
_GROUPS = ("华中一组", "华中二组", "华东组", "华南组")


def make(event: Event, coming: Event) -> None:
    """The conference in full swing, and the one being planned."""
    _stations(event, "武汉站", "天河机场 T3", "鄂")
    _wishes(event)
    _fetched(event)
    _going_home(event)
    _roomed(event)
    _grouped(event)
    meals.start(event)
    _stations(coming, "合肥南站", "新桥机场", "皖")
    _block(coming, spare=12, is_decided=False)
    meals.start(coming)
    db.session.flush()


def _stations(event: Event, station: str, airport: str, province: str) -> None:
    runs.set_plan(event, train_station=station, airport=airport, window_minutes=45, ready_minutes=15)
    for label, model, seats, driver, mobile in _CARS:
        runs.save_vehicle(
            event, label=f"{province}{label}", model=model, seats=seats, driver_name=driver, driver_mobile=mobile
        )


def _wishes(event: Event) -> None:
    """Every third guest who stays would share a room, every seventh wants one alone."""
    stays = [each for each in queries.travellers(event).values() if each.stays]
    for place, each in enumerate(stays):
        wish = RoomWish.SHARED if place % 3 == 0 else RoomWish.SINGLE if place % 7 == 1 else None
        if wish:
            runs.note_journey(db.session.get_one(Invitation, each.id), room_wish=wish)


def _fetched(event: Event) -> None:
    """Whoever came yesterday was met; the hosts took turns."""
    runs.group(situation(event), Direction.ARRIVAL)
    db.session.expire_all()
    now = situation(event)
    hosts = queries.hosts()[:8]
    for place, run in enumerate(now.runs):
        last = max(stop.at for stop in run.stops)
        run.vehicle_id = run.vehicle_id or now.vehicles[-1].id
        run.host_id = hosts[place % len(hosts)][0] if hosts else None
        run.told_at, run.done_at = run.starts_at - timedelta(days=1), last + timedelta(minutes=40)
        for each in now.by_run[run.id]:
            each.met_at = each.stop.at
    db.session.flush()


def _going_home(event: Event) -> None:
    """Some take a train tonight; of the last two nobody knows when."""
    by_train = [each for each in queries.travellers(event).values() if each.wants_pickup][::3]
    for place, each in enumerate(by_train):
        known = place < len(by_train) - 2
        runs.note_journey(
            db.session.get_one(Invitation, each.id),
            ride_wanted=True,
            leaves_by=TravelMode.TRAIN if known else None,
            leaves_number=f"G{1020 + 7 * place}" if known else "",
            leaves_at=event.ends_at + timedelta(minutes=150 + 12 * (place % 15)) if known else None,
        )
    runs.group(situation(event), Direction.DEPARTURE)


def _roomed(event: Event) -> None:
    """The hotel has its list; one guest was given another kind of room since."""
    rooms.take_up(event, rooming(event).proposals)
    _block(event, spare=3, is_decided=True)
    db.session.expire_all()
    now = rooming(event)
    for place, room in enumerate(now.rooms):
        room.block_id = now.blocks[0].id
        room.number = str(801 + place % 26 + 100 * (place // 26))
    db.session.flush()
    db.session.expire_all()
    now = rooming(event)
    issue(event, SheetKind.ROOMS, of_rooms(now, texts.known(event.language, "zh_CN")), by_id=None)
    alone = next((each for each in now.rooms if each.kind is RoomKind.SINGLE), None)
    if alone:
        rooms.save_room(event, alone, kind=RoomKind.DOUBLE, note="高楼层")


def _block(event: Event, *, spare: int, is_decided: bool) -> None:
    """What the hotel keeps: as many rooms as are needed, and some more; some may go back until a day before."""
    need = max((each.need for each in rooming(event).nights), default=0)
    first = event.local_start.date() - timedelta(days=1)
    days_before = 7 if is_decided else 20
    releases = [(event.local_start.date() - timedelta(days=days_before), spare)]
    block = rooms.save_block(
        event,
        None,
        releases,
        hotel=event.venue,
        kind=RoomKind.TWIN,
        first_on=first,
        nights=2,
        rooms=need + spare,
        rate=Decimal(428),
        note="",
    )
    if is_decided:
        rooms.give_back(block.releases[0], max(0, spare - 2), by_id=None)


def _grouped(event: Event) -> None:
    """Four groups by city, each led by one of its guests."""
    coming = sorted(
        (each for each in queries.travellers(event).values() if each.comes and each.is_dealer),
        key=lambda each: (sort_key(each.city), each.id),
    )
    hosts = queries.hosts()
    size = -(-len(coming) // len(_GROUPS))
    for place, name in enumerate(_GROUPS):
        members = coming[place * size : (place + 1) * size]
        host_id = hosts[place % len(hosts)][0] if hosts else None
        group = groups.save(event, name=name, host_id=host_id, leader_id=members[0].id if members else None)
        for each in members:
            groups.join(db.session.get_one(Invitation, each.id), group)
