"""The rooming list against the replies, and blocks with what goes back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.blueprints.travel.errors import NoRoomWanted, RoomFull, TooManyGivenBack
from app.blueprints.travel.rooms import actions
from app.blueprints.travel.rooms.situation import RoomTrouble, rooming
from app.blueprints.travel.rules.sharing import Sleeper
from app.blueprints.travel.runs.actions import note_journey
from app.extensions import db
from app.models import Dealer, Event, Invitation, InvitationState, Reply, Room, RoomGuest, RoomKind, RoomWish
from tests.travel.problems import guest

CITIES = ["武汉", "长沙", "南昌", "合肥"]


@pytest.fixture
def event(build):
    return build.event()


def _first(event: Event) -> date:
    return event.starts_at.date() - timedelta(days=1)


def _stays(build, event, *wishes: RoomWish | None):
    """Guests of different cities, so that the seating does not keep them apart, who stay two nights."""
    found = [guest(build, event, hotel_from=_first(event), hotel_nights=2) for _ in wishes]
    with build.app.app_context():
        for each, wish, city in zip(found, wishes, CITIES, strict=False):
            db.session.get_one(Dealer, each.dealer_id).city = city
            note_journey(db.session.get_one(Invitation, each.id), room_wish=wish)
        db.session.commit()
    return found


def test_proposals_are_taken_up_and_what_changes_is_shown(app, build, event):
    one, two, three = _stays(build, event, RoomWish.SHARED, RoomWish.SHARED, None)
    build.companions(three, ["小李"])
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        now = rooming(here)
        assert [each.need for each in now.nights] == [2, 2]
        assert actions.take_up(here, now.proposals) == 2
        db.session.commit()
        now = rooming(here)
        assert (now.waiting, now.troubles) == ([], {})
        shared = next(each for each in now.rooms if {one.id, two.id} == {who.invitation_id for who in each.guests})
        family = next(each for each in now.rooms if each is not shared)
        db.session.scalars(select(Reply).where(Reply.invitation_id == one.id)).one().hotel_nights = 1
        db.session.get_one(Invitation, three.id).state = InvitationState.DECLINED_LATE
        db.session.get_one(Dealer, one.dealer_id).city = CITIES[1]
        note_journey(db.session.get_one(Invitation, two.id), room_wish=RoomWish.SINGLE)
        db.session.commit()
        now = rooming(here)
        assert now.troubles == {
            shared.id: [RoomTrouble.RIVALS, RoomTrouble.ALONE_WISHED, RoomTrouble.OTHER_NIGHTS],
            family.id: [RoomTrouble.NOT_COMING],
        }
        assert actions.tidy(now) == 2
        db.session.commit()
        assert [each.id for each in rooming(here).rooms] == [shared.id]


def test_a_bed_holds_one(app, build, event):
    one, two = _stays(build, event, None, None)
    none = guest(build, event, hotel_nights=0)
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        actions.take_up(here, rooming(here).proposals)
        now = rooming(here)
        first, second = now.rooms
        sleeper = {each.invitation_id: each for each in now.sleepers}
        with pytest.raises(RoomFull):
            actions.sleep_in(now, first, sleeper[second.guests[0].invitation_id])
        with pytest.raises(NoRoomWanted):
            actions.sleep_in(now, first, Sleeper(none.id, None, _first(event), 1))
        actions.save_room(here, first, kind=RoomKind.TWIN)
        actions.sleep_in(now, first, sleeper[second.guests[0].invitation_id])
        db.session.commit()
        assert {each.invitation_id for each in first.guests} == {one.id, two.id}
        assert len(db.session.scalars(select(RoomGuest)).all()) == 2
        with pytest.raises(RoomFull):
            actions.save_room(here, first, kind=RoomKind.SINGLE)
        db.session.rollback()
        actions.remove_room(db.session.get_one(Room, first.id))
        db.session.commit()
        assert len(rooming(here).waiting) == 2


def test_a_block_goes_back_only_as_far_as_agreed(app, build, event):
    _stays(build, event, None, None)
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        day = _first(event)
        due = [(day - timedelta(days=7), 3), (day - timedelta(days=2), 1)]
        values = {"hotel": "Lakeside", "kind": RoomKind.TWIN, "first_on": day, "nights": 2, "rooms": 6}
        block = actions.save_block(here, None, due, **values)
        db.session.commit()
        now = rooming(here)
        assert [each.spare for each in now.nights] == [4, 4]
        assert now.can_go_back(block, 3) == 3
        with pytest.raises(TooManyGivenBack):
            actions.give_back(block.releases[0], 4, by_id=None)
        actions.give_back(block.releases[0], 3, by_id=None)
        actions.save_block(here, block, [(day - timedelta(days=3), 1)])  # what is decided stays
        db.session.commit()
        now = rooming(here)
        assert [each.kept for each in now.nights] == [3, 3]
        assert [each.due_on for each in now.blocks[0].releases] == [due[0][0], day - timedelta(days=3)]
        actions.remove_block(block)
        db.session.commit()
        assert rooming(here).blocks == []
