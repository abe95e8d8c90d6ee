"""What the tests of territories share: a small country, a line, two channels, and short ways to promise things."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.territories import actions
from app.blueprints.territories.bids import actions as bids
from app.extensions import db
from app.models import (
    BidState,
    Contract,
    Dealer,
    EventStatus,
    Message,
    ProductLine,
    Region,
    RegionLevel,
    RegionMember,
    SalesChannel,
    TerritoryBid,
    TerritoryGrant,
    TerritoryState,
)
from app.models import Event as EventRow
from tests.build import contracts


class Land:
    """A country of two provinces with two cities each, a group of one city of either, and the event."""

    def __init__(self, app, build):
        self.app, self.build = app, build
        self.country = contracts.region(build, name="中国")
        self.gd = contracts.region(build, self.country, name="广东省")
        self.hn = contracts.region(build, self.country, name="湖南省")
        self.gz, self.sz = (contracts.region(build, self.gd, name=name) for name in ("广州市", "深圳市"))
        self.cs, self.yy = (contracts.region(build, self.hn, name=name) for name in ("长沙市", "岳阳市"))
        self.tianhe = contracts.region(build, self.gz, name="天河区")
        self.group = self.new_group("重点城市", self.gz, self.cs)
        self.line = contracts.line(build)
        self.retail = build.save(SalesChannel(key="retail", name="零售"))
        self.clinic = build.save(SalesChannel(key="clinic", name="临床"))
        self.event = build.event(status=EventStatus.RUNNING)
        self.rep = build.user()

    def new_group(self, name, *members):
        group = self.build.save(Region(code=f"G-{name}", name=name, level=RegionLevel.GROUP, path=f"/G-{name}/"))
        for member in members:
            with self.app.app_context():
                db.session.add(RegionMember(group_id=group.id, region_id=member.id))
                db.session.commit()
        return group

    def _wish(self, region, channel, line, **how: Any):
        today = clock.now().date()
        given: dict[str, Any] = {"exclusive": True, "starts_on": today, "ends_on": today + timedelta(days=364)}
        return (
            db.session.get_one(Region, region.id),
            db.session.get_one(ProductLine, (line or self.line).id),
            db.session.get_one(SalesChannel, channel.id) if channel else None,
        ), given | how

    def hold(self, dealer, region, channel=None, line=None, *, minutes=60, rep=None, **how: Any):
        """Hold and commit; returns the id of the grant."""
        with self.app.app_context():
            what, given = self._wish(region, channel, line, **how)
            event = db.session.get_one(EventRow, self.event.id)
            until = clock.now() + timedelta(minutes=minutes)
            who = db.session.get_one(Dealer, dealer.id)
            grant = actions.hold(event, who, *what, by=rep or self.rep, until=until, **given)
            db.session.commit()
            return grant.id

    def bid(self, dealer, region, channel=None, line=None, *, rep=None, **how: Any):
        with self.app.app_context():
            what, given = self._wish(region, channel, line, **how)
            event = db.session.get_one(EventRow, self.event.id)
            row = bids.bid(event, db.session.get_one(Dealer, dealer.id), *what, rep=rep or self.rep, **given)
            db.session.commit()
            return row.id

    def sign(self, *ids):
        with self.app.app_context():
            actions.sign([db.session.get_one(TerritoryGrant, each) for each in ids], clock.now())
            db.session.commit()

    def release(self, grant_id, why=""):
        with self.app.app_context():
            actions.release(db.session.get_one(TerritoryGrant, grant_id), why)
            db.session.commit()

    def contract(self, dealer, *grant_ids, **values: Any):
        contract = contracts.contract(self.build, self.event, dealer_id=dealer.id, **values)
        with self.app.app_context():
            grants = [db.session.get_one(TerritoryGrant, each) for each in grant_ids]
            actions.tie(grants, db.session.get_one(Contract, contract.id))
            db.session.commit()
        return contract

    def state(self, grant_id) -> TerritoryState:
        with self.app.app_context():
            return db.session.get_one(TerritoryGrant, grant_id).state

    def bid_state(self, bid_id) -> BidState:
        with self.app.app_context():
            return db.session.get_one(TerritoryBid, bid_id).state

    def live(self) -> list[tuple[int, int]]:
        """Dealer and region of everything held or signed."""
        with self.app.app_context():
            states = (TerritoryState.HELD, TerritoryState.SIGNED)
            grants = db.session.scalars(select(TerritoryGrant).where(TerritoryGrant.state.in_(states)))
            return sorted((each.dealer_id, each.region_id) for each in grants)

    def messages(self, template) -> list[str]:
        with self.app.app_context():
            statement = select(Message.key).where(Message.template == template).order_by(Message.id)
            return list(db.session.scalars(statement))


@pytest.fixture
def land(app, build) -> Land:
    return Land(app, build)


@pytest.fixture
def today() -> date:
    return clock.now().date()
