"""Rides, rooms, meals and marks: what holds whatever the replies say."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.travel.rules import block, changed, meals, runs, sharing
from app.models import MealFor, RoomWish

START = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
DAY = date(2026, 11, 27)
WINDOW = timedelta(minutes=45)

parties = st.lists(
    st.builds(
        runs.Party,
        id=st.integers(1, 500),
        people=st.integers(1, 9),
        station=st.sampled_from(["Wuhan", "Hankou", "Tianhe T3"]),
        at=st.integers(0, 48).map(lambda quarters: START + timedelta(minutes=15 * quarters)),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)
cars = st.lists(
    st.builds(runs.Car, id=st.integers(1, 9), seats=st.sampled_from([2, 5, 7, 19])),
    max_size=4,
    unique_by=lambda each: each.id,
)


@settings(max_examples=60, deadline=None)
@given(parties, cars, st.randoms(use_true_random=False))
def test_every_party_rides_once_in_a_car_that_holds_it(everybody, fleet, chance):
    rides = runs.grouped(everybody, fleet, WINDOW)
    assert sorted(each.id for ride in rides for each in ride.parties) == sorted(each.id for each in everybody)
    by_id = {each.id: each for each in fleet}
    for ride in rides:
        assert {each.station for each in ride.parties} == {ride.station}
        assert ride.last_at - ride.first_at <= WINDOW
        assert ride.car_id is None or ride.people <= by_id[ride.car_id].guests
    for one in rides:
        for other in rides:
            if one is not other and one.car_id is not None and one.car_id == other.car_id:
                assert not runs.Busy(one.car_id, one.first_at, one.last_at).meets(other.first_at, other.last_at)
    shuffled, other_fleet = list(everybody), list(fleet)
    chance.shuffle(shuffled)
    chance.shuffle(other_fleet)
    assert runs.grouped(shuffled, other_fleet, WINDOW) == rides


def test_the_smallest_car_that_fits_is_taken_and_one_that_is_out_is_not():
    def at(minutes: int, people: int = 1, number: int = 1) -> runs.Party:
        return runs.Party(number, people, "Wuhan", START + timedelta(minutes=minutes))

    fleet = [runs.Car(1, 19), runs.Car(2, 5)]
    (ride,) = runs.grouped([at(0, 2, 1), at(30, 2, 2)], fleet, WINDOW)
    assert (ride.car_id, ride.people) == (2, 4)
    (ride,) = runs.grouped([at(0, 2, 1)], fleet, WINDOW, [runs.Busy(2, START, START)])
    assert ride.car_id == 1
    (ride,) = runs.grouped([at(0, 40)], fleet, WINDOW)
    assert ride.car_id is None
    assert len(runs.grouped([at(0), at(45, 1, 2), at(46, 1, 3)], [], WINDOW)) == 2


@st.composite
def sleeping(draw):
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        first, nights = DAY + timedelta(days=draw(st.integers(0, 2))), draw(st.integers(1, 3))
        wish = draw(st.sampled_from([None, *RoomWish]))
        other = draw(st.sampled_from([None, *range(1, 13)]))
        found.append(sharing.Sleeper(number, None, first, nights, wish, other))
        with_them = range(draw(st.integers(0, 3)))
        found += [sharing.Sleeper(number, number * 10 + each, first, nights, wish) for each in with_them]
    return found


@settings(max_examples=60, deadline=None)
@given(sleeping(), st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=6))
def test_everybody_has_one_bed_and_nobody_sleeps_beside_a_rival(sleepers, pairs):
    apart = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    rooms = sharing.proposed(sleepers, apart)
    assert sorted(each.key for room in rooms for each in room.sleepers) == sorted(each.key for each in sleepers)
    for room in rooms:
        assert len(room.sleepers) <= sharing.SLEEP_IN[room.kind]
        if len(room.sleepers) == 2:
            one, other = room.sleepers
            assert RoomWish.SINGLE not in {one.wish, other.wish}
            assert frozenset((one.invitation_id, other.invitation_id)) not in apart
            assert one.first_on < other.until
            assert other.first_on < one.until
            # Strangers are put together only when both said so, or one asked for the other.
            strangers = one.invitation_id != other.invitation_id
            asked = other.invitation_id == one.shares_with or one.invitation_id == other.shares_with
            assert not strangers or asked or one.wish is other.wish is RoomWish.SHARED
    assert sharing.proposed(reversed(sleepers), apart) == rooms


def test_those_who_asked_for_each_other_come_first():
    rooms = sharing.proposed(
        [
            sharing.Sleeper(1, None, DAY, 2, RoomWish.SHARED),
            sharing.Sleeper(2, None, DAY, 2, RoomWish.SHARED, shares_with=3),
            sharing.Sleeper(3, None, DAY, 1, RoomWish.SHARED),
            sharing.Sleeper(4, None, DAY, 2, RoomWish.SHARED),
            sharing.Sleeper(5, None, DAY, 2),
            sharing.Sleeper(5, 51, DAY, 2),
        ]
    )
    together = {tuple(each.key for each in room.sleepers): room.why for room in rooms}
    assert together == {
        ((1, 0), (4, 0)): sharing.Why.NIGHTS,
        ((2, 0), (3, 0)): sharing.Why.ASKED,
        ((5, 0), (5, 51)): sharing.Why.PARTY,
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(block.Stay, st.integers(0, 4).map(lambda n: DAY + timedelta(days=n)), st.integers(1, 4))),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_giving_rooms_back_leaves_nobody_without(stays, rooms, at_most):
    kept = block.Block(1, DAY, 3, rooms)
    nights = block.by_night(stays, [kept])
    assert sum(each.need for each in nights) == sum(each.nights for each in stays)
    back = block.can_go_back(kept, nights, at_most)
    assert 0 <= back <= min(rooms, at_most)
    after = block.by_night(stays, [block.Block(1, DAY, 3, rooms - back)])
    assert sum(each.short for each in after) == sum(each.short for each in nights)


def test_a_release_presses_from_a_week_before_to_its_day():
    due = DAY + timedelta(days=7)
    assert [block.is_pressing(due, DAY + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [False, True, True, False]


def test_breakfast_is_for_those_who_slept_here():
    guest = meals.Eater(1, 2, True, "Halal", DAY, 1)
    expert = meals.Eater(2, 1, False, " halal ")
    everybody = [guest, expert]
    next_day = DAY + timedelta(days=1)
    assert meals.at_sitting(everybody, MealFor.OVERNIGHT, next_day) == [guest]
    assert meals.at_sitting(everybody, MealFor.OVERNIGHT, DAY) == []
    assert meals.at_sitting(everybody, MealFor.ARRIVED_BEFORE, DAY) == [guest]
    assert meals.at_sitting(everybody, MealFor.DEALERS, next_day) == [guest]
    assert meals.at_sitting(everybody, MealFor.EVERYBODY, next_day, away={1}) == [expert]
    counted = meals.covers(everybody, 4)
    assert (counted.guests, counted.total, counted.diets) == (3, 7, (("Halal", 2),))


lines = st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=3), max_size=4), max_size=6)


@settings(max_examples=60, deadline=None)
@given(lines, lines)
def test_a_fingerprint_differs_exactly_when_something_is_marked(before, now):
    changes = changed.since(before, now)
    assert bool(changes) == (changed.fingerprint(before) != changed.fingerprint(now))
    assert changes.count <= len(before) + len(now)
    assert set(now) - set(before) == changes.added
    for key, places in changes.cells.items():
        for place in range(max(len(before[key]), len(now[key]))):
            same = before[key][place : place + 1] == now[key][place : place + 1]
            assert same == (place not in places)
