"""The three sample conferences, without their guests."""

from datetime import datetime, time, timedelta

from app import clock
from app.blueprints.events import template
from app.models import Event, EventStatus, Stage, User

ZONE = "Asia/Shanghai"
ORGANIZER = "岚溪净饮科技有限公司"


def _day_at(day: datetime, hour: int, minute: int = 0) -> datetime:
    return clock.instant(clock.local(day, ZONE).date(), time(hour, minute), ZONE)


def _event(staff: dict[str, User], **values: object) -> Event:
    planner = staff["planner@demo.example"]
    event = Event(
        **{
            "organizer": ORGANIZER,
            "time_zone": ZONE,
            "language": "zh_CN",
            "currency": "CNY",
            "contact_name": "方静怡",
            "contact_phone": "+8619900000008",
            "purposes": template.purposes("zh_CN"),
            "created_by_id": planner.id,
        }
        | values
    )
    template.add_milestones(event)
    return event


def _tick(event: Event, stages: tuple[Stage, ...], at: datetime) -> None:
    """Mark the milestones of these stages as done in time."""
    for milestone in event.milestones:
        if milestone.stage in stages:
            milestone.done_at = min(at, _day_at(at.combine(milestone.due_on, time(8), at.tzinfo), 16))


def running_event(now: datetime, staff: dict[str, User], slug: str, *, capacity: int) -> Event:
    """A conference that begins within the half hour: doors are open, guests are coming in."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    half_hours = timedelta(minutes=30)
    start = midnight + ((now - midnight) // half_hours + 1) * half_hours
    event = _event(
        staff,
        slug=slug,
        name="秋季渠道招商会·华中站",
        theme="一杯好水，共赴新程",
        status=EventStatus.RUNNING,
        starts_at=start,
        ends_at=start + timedelta(hours=7),
        venue="江城云麓酒店",
        venue_address="武汉市东湖高新区望湖路 88 号",
        hall="三楼云麓厅",
        map_url="",
        capacity=capacity,
        co_organizer="华中净水行业联谊会",
        signing_target=36,
        replies_close_at=start - timedelta(hours=12),
        reconfirm_at=time(10, 0),
        created_at=now - timedelta(days=62),
    )
    _tick(event, (Stage.PLAN, Stage.INVITE, Stage.RECONFIRM), now - timedelta(days=1))
    today = clock.local(now, ZONE).date()
    for milestone in event.milestones:
        if milestone.stage is Stage.CHECK_IN and milestone.due_on < today:
            milestone.done_at = now - timedelta(hours=15)
    return event


def past_event(day: datetime, staff: dict[str, User]) -> Event:
    """Last spring's conference: over, closed, and what the guests did there is on file."""
    event = _event(
        staff,
        slug="spring-xianggan",
        name="春季渠道招商会·湘赣站",
        theme="净水下乡，渠道先行",
        status=EventStatus.CLOSED,
        starts_at=_day_at(day, 9),
        ends_at=_day_at(day, 16, 30),
        venue="湘江听澜宾馆",
        venue_address="长沙市岳麓区潇湘中路 16 号",
        hall="二楼听澜厅",
        capacity=100,
        co_organizer="",
        signing_target=28,
        created_at=day - timedelta(days=50),
    )
    _tick(event, tuple(Stage), day + timedelta(days=12))
    return event


def planned_event(day: datetime, staff: dict[str, User]) -> Event:
    """The next conference, three and a half weeks away: half the invitations are out."""
    event = _event(
        staff,
        slug="winter-east",
        name="冬季渠道招商会·皖江站",
        theme="新品首发，携手共赢",
        status=EventStatus.OPEN,
        starts_at=_day_at(day, 9),
        ends_at=_day_at(day, 16, 30),
        venue="庐阳锦澜国际酒店",
        venue_address="合肥市庐阳区北一环 218 号",
        hall="",
        capacity=120,
        co_organizer="",
        signing_target=30,
        created_at=day - timedelta(days=40),
    )
    _tick(event, (Stage.PLAN,), day - timedelta(days=26))
    return event
