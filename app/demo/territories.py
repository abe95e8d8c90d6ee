"""The territories of the sample: what central China is offered, who holds and has what, and the packages of the day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import clock
from app.blueprints.territories import actions
from app.blueprints.territories.bids import actions as bids
from app.blueprints.territories.board import actions as boards
from app.blueprints.territories.board.queries import default_days
from app.blueprints.territories.packages import actions as packages
from app.blueprints.territories.regions import actions as regions
from app.blueprints.territories.regions import official, queries
from app.extensions import db
from app.models import Event, Invitation, Package, ProductLine, Region, SalesChannel, TerritoryGrant, User

LINES = (("home", "家用净水器"), ("business", "商用净饮水机"))
CHANNELS = (("home_fitting", "家装渠道"), ("hardware", "五金零售"), ("projects", "工程渠道"))
# Cities that the autumn conference offers for the home line, each as a whole and exclusive.
CITIES = {
    province: tuple(f"{city}市" for city in cities.split())
    for province, cities in (
        ("湖北省", "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州"),
        ("湖南省", "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底"),
        ("河南省", "郑州 开封 洛阳 安阳 新乡 焦作 许昌 漯河 南阳 信阳 周口 驻马店"),
        ("江西省", "南昌 景德镇 萍乡 九江 新余 赣州 吉安 宜春 抚州 上饶"),
        ("安徽省", "合肥 芜湖 蚌埠 马鞍山 安庆 滁州 阜阳 六安 宣城"),
    )
}
SIGNED = ("黄石市", "襄阳市", "株洲市", "洛阳市")
HELD = (("宜昌市", 96), ("荆州市", 11), ("岳阳市", 54), ("郑州市", 38), ("南昌市", 7), ("合肥市", 71))  # minutes left
WAITING = ("宜昌市", "宜昌市", "郑州市")
OF_SPRING = ("湘潭市", "九江市", "赣州市")


class _Sample:
    """Finds regions by name and dealers who come from there."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.days = default_days(event)
        names = {name for cities in CITIES.values() for name in cities} | set(CITIES)
        rows = db.session.scalars(select(Region).where(Region.name.in_(names)))
        self.region = {row.name: row for row in rows if row.parent is not None and row.code.endswith("00")}
        self.line = {row.key: row for row in db.session.scalars(select(ProductLine))}
        self.channel = {row.key: row for row in db.session.scalars(select(SalesChannel))}
        guests = db.session.scalars(
            select(Invitation).where(Invitation.event_id == event.id, Invitation.rep_id.is_not(None))
        )
        self._guests = sorted(guests, key=lambda guest: (guest.readiness is None, str(guest.readiness), guest.id))
        self._used: set[int] = set()

    def guest(self, city: str) -> Invitation:
        """A dealer of the city, else of anywhere, who has nothing yet."""
        free = [guest for guest in self._guests if guest.id not in self._used]
        here = [guest for guest in free if guest.dealer.city and city.startswith(guest.dealer.city)]
        guest = (here or free)[0]
        self._used.add(guest.id)
        return guest

    def hold(self, city: str, at: datetime, until: datetime) -> TerritoryGrant:
        guest = self.guest(city)
        with clock.stopped_at(at):
            return actions.hold(
                self.event,
                guest.dealer,
                self.region[city],
                self.line["home"],
                None,
                exclusive=True,
                starts_on=self.days[0],
                ends_on=self.days[1],
                by=guest.rep,
                until=until,
            )

    def wait(self, city: str, at: datetime) -> None:
        guest = self.guest("")
        with clock.stopped_at(at):
            bids.bid(
                self.event,
                guest.dealer,
                self.region[city],
                self.line["home"],
                None,
                exclusive=True,
                starts_on=self.days[0],
                ends_on=self.days[1],
                rep=guest.rep,
            )


def company() -> None:
    """The official regions, two product lines, three channels and two regions of the company's own."""
    if not db.session.scalar(select(func.count()).select_from(Region)):
        regions.load(official.areas())
    if db.session.scalar(select(ProductLine.id).limit(1)) is not None:
        return
    for kind, rows in ((ProductLine, LINES), (SalesChannel, CHANNELS)):
        db.session.add_all(kind(key=key, name=name, position=place) for place, (key, name) in enumerate(rows))
    db.session.flush()
    regions.add_group("环武汉城市圈", queries.regions_by_code(["420700", "420900", "421100", "421200"]))
    regions.add_account("江城大学后勤集团", queries.regions_by_code(["420111"])[0])


def running(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """The board on the day: four signed this morning, six held with their time running, three waiting."""
    sample = _Sample(event)
    cities = [sample.region[name] for names in CITIES.values() for name in names]
    boards.offer(event, cities, [sample.line["home"]], [None], exclusive=True)
    provinces = [sample.region[name] for name in CITIES]
    boards.offer(event, provinces, [sample.line["business"]], [None, sample.channel["projects"]], exclusive=True)
    boards.settings(event, hold_minutes=120, offer_minutes=15)
    boards.publish(event)
    for place, city in enumerate(SIGNED):
        at = now - timedelta(minutes=52 - 11 * place)
        grant = sample.hold(city, at - timedelta(hours=1), now + timedelta(hours=2))
        with clock.stopped_at(at):
            actions.sign([grant], at)
    for place, (city, left) in enumerate(HELD):
        sample.hold(city, now - timedelta(minutes=40 - 5 * place), now + timedelta(minutes=left))
    for place, city in enumerate(WAITING):
        sample.wait(city, now - timedelta(minutes=12 - 3 * place))
    packages.prepare(event)
    first = db.session.scalar(select(Package).where(Package.event_id == event.id, Package.key == "first_ten"))
    if first is not None:
        first.taken = len(SIGNED)
    db.session.flush()


def past(event: Event) -> None:
    """What was signed last spring still holds, so the autumn board shows it as taken."""
    sample = _Sample(event)
    at = event.starts_at + timedelta(hours=3)
    for city in OF_SPRING:
        grant = sample.hold(city, at, at + timedelta(hours=2))
        with clock.stopped_at(at + timedelta(hours=1)):
            actions.sign([grant], at + timedelta(hours=1))
    packages.prepare(event)
    db.session.flush()


def planned(event: Event) -> None:
    """The next conference has its packages, and its first offers."""
    sample = _Sample(event)
    boards.offer(
        event, [sample.region[name] for name in CITIES["江西省"]], [sample.line["home"]], [None], exclusive=True
    )
    packages.prepare(event)
