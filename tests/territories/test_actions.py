"""Holding, extending, signing, releasing, ending: who gets what, and what the losing one is told."""

import random
from datetime import timedelta

import pytest

from app import clock
from app.blueprints.territories import actions, queries
from app.blueprints.territories.queries import Wish
from app.blueprints.territories.rules.overlap import Claim, clash
from app.blueprints.territories.rules.taken import (
    AlreadyHeld,
    HoldTooShort,
    TerritoryClosed,
    TerritoryNotHeld,
    TerritoryTaken,
)
from app.extensions import db
from app.models import Contract, Region, RegionLevel, TerritoryGrant, TerritoryState
from tests.build import contracts

S = TerritoryState


@pytest.mark.parametrize(
    ("first", "second", "how", "is_free"),
    [
        ("gd", "gz", {}, False),
        ("gz", "gd", {}, False),
        ("tianhe", "gd", {}, False),
        ("gd", "hn", {}, True),
        ("gz", "sz", {}, True),
        ("country", "tianhe", {}, False),
        ("group", "gz", {}, False),
        ("tianhe", "group", {}, False),
        ("group", "hn", {}, False),
        ("hn", "group", {}, False),
        ("group", "sz", {}, True),
        ("gd", "gz", {"exclusive": False}, False),
    ],
)
def test_an_exclusive_one_excludes_what_it_contains_and_what_contains_it(land, first, second, how, is_free):
    land.hold(land.build.dealer(), getattr(land, first))
    if is_free:
        land.hold(land.build.dealer(), getattr(land, second), **how)
    else:
        with pytest.raises(TerritoryTaken):
            land.hold(land.build.dealer(), getattr(land, second), **how)
    assert len(land.live()) == 1 + is_free


def test_what_lets_two_live_side_by_side(land, today):
    a, b = land.build.dealer(), land.build.dealer()
    land.hold(a, land.gd, land.retail)
    land.hold(b, land.gd, land.clinic)
    land.hold(b, land.gd, land.retail, starts_on=today + timedelta(days=365), ends_on=today + timedelta(days=400))
    land.hold(b, land.gd, land.retail, line=contracts.line(land.build))
    with pytest.raises(TerritoryTaken):
        land.hold(b, land.gd)  # all channels
    land.hold(a, land.hn, exclusive=False)
    land.hold(b, land.hn, exclusive=False)
    with pytest.raises(TerritoryTaken):
        land.hold(land.build.dealer(), land.cs)  # nobody can have it for himself any more


def test_a_dealer_does_not_stand_against_himself(land):
    dealer = land.build.dealer()
    land.hold(dealer, land.gz)
    land.hold(dealer, land.gd)
    with pytest.raises(AlreadyHeld):
        land.hold(dealer, land.gd)


def test_what_is_switched_off_or_empty_is_not_promised(land):
    gone = land.build.save(Region(code="X", name="旧县", level=RegionLevel.COUNTY, path="/X/", is_active=False))
    for region in (gone, land.new_group("空区")):
        with pytest.raises(TerritoryClosed):
            land.hold(land.build.dealer(), region)
    with pytest.raises(HoldTooShort):
        land.hold(land.build.dealer(), land.gd, minutes=0)


def test_the_losing_one_learns_the_clash_and_what_is_free(land):
    a, b = land.build.dealer(), land.build.dealer()
    held = land.hold(a, land.gz)
    land.hold(land.build.dealer(), land.tianhe, land.clinic, line=contracts.line(land.build))
    with pytest.raises(TerritoryTaken) as caught:
        land.hold(b, land.gd)
    error = caught.value
    assert (error.code, error.clash.grant_id, error.clash.dealer_id) == ("territory_taken", held, a.id)
    assert error.clash.region == "广州市"
    assert not error.clash.is_signed
    free = [(choice.region, choice.channel) for choice in error.choices]
    assert ("深圳市", "") in free
    assert ("湖南省", "") in free
    assert "广州市" not in [region for region, _ in free]
    land.hold(b, land.gd, land.retail, line=contracts.line(land.build))


def test_when_all_around_is_taken_the_neighbours_of_the_region_above_are_named(land):
    land.hold(land.build.dealer(), land.gd)
    with pytest.raises(TerritoryTaken) as caught:
        land.hold(land.build.dealer(), land.gz)
    assert [each.region for each in caught.value.choices if not each.channel] == ["湖南省"]


def test_the_same_region_in_another_channel_is_a_choice(land):
    land.hold(land.build.dealer(), land.sz, land.retail)
    with pytest.raises(TerritoryTaken) as caught:
        land.hold(land.build.dealer(), land.sz, land.retail)
    assert ("深圳市", "临床") in [(each.region, each.channel) for each in caught.value.choices]


def test_an_expired_hold_stands_against_nobody_and_is_checked_when_signed(land):
    a, b = land.build.dealer(), land.build.dealer()
    late = land.hold(a, land.gz, minutes=1)
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        land.sign(late)  # nobody else has come
        assert land.state(late) is S.SIGNED
        other = land.hold(a, land.cs, minutes=1)
    with clock.stopped_at(clock.now() + timedelta(minutes=9)):
        winner = land.hold(b, land.hn)
        assert land.state(other) is S.RELEASED
        with pytest.raises(TerritoryTaken):
            land.sign(other)
        land.release(winner)
        land.sign(other)  # only its time had run out
        assert land.state(other) is S.SIGNED


def test_what_was_let_go_is_not_signed(land):
    grant = land.hold(land.build.dealer(), land.gz)
    land.release(grant)
    land.release(grant)
    assert land.state(grant) is S.RELEASED
    with pytest.raises(TerritoryNotHeld):
        land.sign(grant)


def test_signing_twice_changes_nothing(land):
    grant = land.hold(land.build.dealer(), land.gz)
    land.sign(grant)
    land.sign(grant)
    assert land.state(grant) is S.SIGNED


def test_a_contract_signs_and_ends_all_it_has(land):
    dealer = land.build.dealer()
    ids = [land.hold(dealer, land.gz), land.hold(dealer, land.cs, land.retail, line=contracts.line(land.build))]
    contract = land.contract(dealer, *ids)
    with land.app.app_context():
        actions.sign(db.session.get_one(Contract, contract.id), clock.now())
        db.session.commit()
    assert [land.state(each) for each in ids] == [S.SIGNED, S.SIGNED]
    with land.app.app_context():
        actions.end(db.session.get_one(Contract, contract.id), "作废")
        db.session.commit()
    assert [land.state(each) for each in ids] == [S.ENDED, S.ENDED]
    land.hold(land.build.dealer(), land.country)


def test_all_of_a_contract_or_none(land):
    a, b = land.build.dealer(), land.build.dealer()
    first, second = land.hold(a, land.gz, minutes=1), land.hold(a, land.cs)
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        land.hold(b, land.gz)
        with pytest.raises(TerritoryTaken):
            land.sign(second, first)
    assert land.state(second) is S.HELD


def test_extending_and_changing_are_checked(land, today):
    a, b = land.build.dealer(), land.build.dealer()
    mine = land.hold(a, land.gz, minutes=1, ends_on=today + timedelta(days=30))
    land.hold(b, land.gd, starts_on=today + timedelta(days=31), ends_on=today + timedelta(days=60))
    with land.app.app_context():
        grant = db.session.get_one(TerritoryGrant, mine)
        actions.extend(grant, clock.now() + timedelta(hours=3))
        with pytest.raises(TerritoryTaken):
            actions.change(grant, starts_on=today, ends_on=today + timedelta(days=31), exclusive=False)
        db.session.rollback()
        grant = db.session.get_one(TerritoryGrant, mine)
        actions.change(grant, starts_on=today, ends_on=today + timedelta(days=20), exclusive=False)
        db.session.commit()


def test_the_select_and_the_rule_say_the_same(land, today):
    """A few hundred random promises: the statement that narrows by indexes finds what the rule of overlap finds."""
    draw = random.Random(4)
    regions = [land.country, land.gd, land.hn, land.gz, land.sz, land.cs, land.yy, land.tianhe, land.group]
    dealers = [land.build.dealer() for _ in range(3)]
    lines = [land.line, contracts.line(land.build)]
    with land.app.app_context():
        for _ in range(150):
            start = today + timedelta(days=draw.randrange(40))
            db.session.add(
                TerritoryGrant(
                    dealer_id=draw.choice(dealers).id,
                    region_id=draw.choice(regions).id,
                    line_id=draw.choice(lines).id,
                    channel_id=draw.choice((None, land.retail.id, land.clinic.id)),
                    is_exclusive=draw.random() < 0.5,
                    starts_on=start,
                    ends_on=start + timedelta(days=draw.randrange(10)),
                    state=draw.choice(list(TerritoryState)),
                    held_until=draw.choice((None, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))),
                )
            )
        db.session.commit()
        grants = queries.grants_by_id(range(1, 151))
        now = clock.now()
        for grant in grants:
            wish = queries.wish_of(grant)
            found = {each.id for each in db.session.scalars(queries.standing_against(wish, now))}
            assert found == {each.id for each in grants if _stands_against(each, grant, wish, now)}


def _stands_against(other: TerritoryGrant, grant: TerritoryGrant, wish: Wish, now) -> bool:
    claim: Claim = queries.wish_of(other).claim
    alive = other.state is S.SIGNED or (other.state is S.HELD and (other.held_until is None or other.held_until > now))
    return alive and other.dealer_id != grant.dealer_id and clash(claim, wish.claim)
