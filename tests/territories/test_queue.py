"""The queue: who is served when something becomes free, told once, for a while, and then the next."""

import threading
from datetime import timedelta

import pytest

from app import clock
from app.blueprints.territories import actions, jobs
from app.blueprints.territories.bids import actions as bids
from app.blueprints.territories.rules.taken import AlreadyQueued, NothingToWaitFor, TerritoryTaken
from app.extensions import db
from app.models import BidState, Event, EventStatus, TerritoryBid, TerritoryGrant, TerritoryState
from app.worker import run_steps

B, S = BidState, TerritoryState


@pytest.fixture
def scene(land):
    """A holds Guangdong; B and then C wait for Guangzhou in it."""

    class Scene:
        a, b, c = (land.build.dealer() for _ in range(3))
        held = land.hold(a, land.gd, minutes=10)
        second, third = land.bid(b, land.gz), land.bid(c, land.gz)

    return Scene


def offered(land, bid_id):
    with land.app.app_context():
        return db.session.get_one(TerritoryBid, bid_id).grant_id


def later(minutes):
    return clock.stopped_at(clock.now() + timedelta(minutes=minutes))


def step(land):
    with land.app.app_context():
        return run_steps(jobs.STEPS)


def test_the_first_in_the_queue_gets_what_is_let_go(land, scene):
    land.release(scene.held)
    assert land.live() == [(scene.b.id, land.gz.id)]
    assert [land.bid_state(each) for each in (scene.second, scene.third)] == [B.OFFERED, B.WAITING]
    assert land.messages("territory_offered") == [f"territory_offered:{offered(land, scene.second)}"]


def test_an_offer_runs_out_and_goes_to_the_next(land, scene):
    with later(11):
        assert step(land) == 1
        assert step(land) == 0
        assert land.live() == [(scene.b.id, land.gz.id)]
        with later(16):
            assert step(land) == 1
            assert step(land) == 0
            assert land.live() == [(scene.c.id, land.gz.id)]
            assert [land.bid_state(each) for each in (scene.second, scene.third)] == [B.LAPSED, B.OFFERED]
            assert len(land.messages("territory_offered")) == 2


def test_taking_an_offer_up_is_extending_its_hold(land, scene):
    land.release(scene.held)
    with land.app.app_context():
        grant = db.session.get_one(TerritoryGrant, offered(land, scene.second))
        actions.extend(grant, clock.now() + timedelta(hours=2))
        db.session.commit()
    assert land.bid_state(scene.second) is B.WON
    with later(30):
        assert step(land) == 0


def test_leaving_the_queue_hands_the_offer_on(land, scene):
    land.release(scene.held)
    with land.app.app_context():
        bids.withdraw(db.session.get_one(TerritoryBid, scene.second))
        db.session.commit()
    assert [land.bid_state(each) for each in (scene.second, scene.third)] == [B.WITHDRAWN, B.OFFERED]


def test_nobody_overtakes_the_queue_between_time_and_worker(land, scene):
    with later(11), pytest.raises(TerritoryTaken):
        land.hold(land.build.dealer(), land.gz)


def test_what_does_not_clash_is_offered_at_once(land, scene):
    fourth = land.bid(land.build.dealer(), land.sz)
    land.release(scene.held)
    assert land.bid_state(fourth) is B.OFFERED
    assert len(land.live()) == 2


def test_waiting_is_for_what_is_taken_and_once(land, scene):
    with pytest.raises(NothingToWaitFor):
        land.bid(scene.b, land.hn)
    with pytest.raises(AlreadyQueued):
        land.bid(scene.b, land.gz)
    with land.app.app_context():
        bids.withdraw(db.session.get_one(TerritoryBid, scene.second))
        db.session.commit()
    assert land.bid(scene.b, land.gz) == scene.second  # again, at the end
    land.release(scene.held)
    assert [land.bid_state(each) for each in (scene.second, scene.third)] == [B.WAITING, B.OFFERED]


def test_whoever_waits_hears_that_it_was_signed_and_keeps_the_place(land, scene):
    land.sign(scene.held)
    land.sign(scene.held)
    assert len(land.messages("territory_gone")) == 2
    assert land.bid_state(scene.second) is B.WAITING
    contract = land.contract(scene.a, scene.held)
    with land.app.app_context():
        actions.end(db.session.get_one(type(contract), contract.id), "作废")
        db.session.commit()
    assert land.bid_state(scene.second) is B.OFFERED


def test_signing_an_offer_wins_it(land, scene):
    land.release(scene.held)
    land.sign(offered(land, scene.second))
    assert land.bid_state(scene.second) is B.WON


def test_nobody_is_served_at_an_event_that_is_over(land, scene):
    with land.app.app_context():
        db.session.get_one(Event, land.event.id).status = EventStatus.CLOSED
        db.session.commit()
    land.release(scene.held)
    assert land.live() == []


def test_several_workers_tell_nobody_twice(land, scene):
    with later(11):
        barrier = threading.Barrier(3)

        def work():
            barrier.wait()
            step(land)

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert land.live() == [(scene.b.id, land.gz.id)]
    assert len(land.messages("territory_offered")) == 1


def test_the_plan_names_what_would_be_released(land, scene):
    with land.app.app_context():
        assert jobs.plan_release(clock.now()) == []
        [planned] = jobs.plan_release(clock.now() + timedelta(hours=1))
    assert (planned.event_slug, planned.count) == (land.event.slug, 1)
