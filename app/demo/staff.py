"""Who works at the sample conferences: colleagues and hired people, with what a real plan has open."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app import clock, names
from app.blueprints.staff import template
from app.blueprints.staff.closeout import actions as closeout
from app.blueprints.staff.plan import digest_of
from app.extensions import db
from app.models import (
    CloseoutKind,
    ClothingCut,
    Duty,
    DutyState,
    Event,
    EventStatus,
    Shift,
    StaffKind,
    StaffPerson,
    StaffRole,
    User,
)

K, S = StaffKind, DutyState
Teams = dict[str, dict[str, tuple[str, ...]]]  # role, shift, names by place
CEREMONY_AGENCY, HOST_AGENCY = "锦程礼仪庆典有限公司", "声动主持工作室"

# name, kind, agency, day rate, cut, size
HIRED = (
    ("周子墨", K.HOST, HOST_AGENCY, 2800, ClothingCut.MEN, "175/92A"),
    ("林晚晴", K.RECEPTIONIST, CEREMONY_AGENCY, 380, ClothingCut.WOMEN, "M"),
    ("许佳怡", K.RECEPTIONIST, CEREMONY_AGENCY, 380, ClothingCut.WOMEN, "S"),
    ("陶思涵", K.RECEPTIONIST, CEREMONY_AGENCY, 380, ClothingCut.WOMEN, "M"),
    ("蒋文博", K.RECEPTIONIST, CEREMONY_AGENCY, 400, ClothingCut.MEN, "L"),
    ("白若兰", K.CEREMONY, CEREMONY_AGENCY, 450, ClothingCut.WOMEN, "S"),
    ("邓雅静", K.CEREMONY, CEREMONY_AGENCY, 450, ClothingCut.WOMEN, "M"),
    ("潘语桐", K.CEREMONY, CEREMONY_AGENCY, 450, ClothingCut.WOMEN, "M"),
    ("冯梦洁", K.CEREMONY, CEREMONY_AGENCY, 450, ClothingCut.WOMEN, "S"),
    ("叶知秋", K.CEREMONY, CEREMONY_AGENCY, 450, ClothingCut.WOMEN, "L"),
)
SIZES = {"director@demo.example": "180/100B", "planner@demo.example": "M", "affairs@demo.example": "M"}
LEADS: dict[str, tuple[str, str]] = {
    "commander_in_chief": ("顾明远", "沈若溪"),
    "executive_commander": ("沈若溪", "韩卫东"),
    "conference_affairs_lead": ("方静怡", "林小雅"),
    "hall_lead": ("丁一鸣", "陆晓峰"),
}
ALL = ("set_up", "reception", "conference", "signing", "tear_down")
FULL: Teams = {
    "host": {"conference": ("周子墨",), "signing": ("周子墨",)},
    "receptionist": {
        "reception": ("林晚晴", "许佳怡", "陶思涵", "林小雅"),
        "conference": ("林晚晴", "许佳怡"),
    },
    "ceremony_staff": {
        "reception": ("白若兰", "邓雅静"),
        "conference": ("白若兰", "邓雅静"),
        "signing": ("白若兰", "邓雅静", "潘语桐", "冯梦洁"),
    },
}


def people(staff: dict[str, User]) -> dict[str, StaffPerson]:
    """Return the sample people by name: every colleague, and those who are hired; made where they are not there yet."""
    found = {each.name: each for each in db.session.scalars(select(StaffPerson))}
    for number, (login, user) in enumerate(staff.items(), start=1):
        if user.name not in found:
            found[user.name] = _person(
                user.name,
                f"+86199009100{number:02}",
                user=user,
                mail=login,
                kind=K.OWN,
                clothing_size=SIZES.get(login, ""),
            )
    for number, (name, kind, agency, rate, cut, size) in enumerate(HIRED, start=1):
        if name not in found:
            found[name] = _person(
                name,
                f"+86199009200{number:02}",
                kind=kind,
                agency=agency,
                day_rate=Decimal(rate),
                cut=cut,
                clothing_size=size,
            )
    db.session.flush()
    return found


def _person(name: str, mobile: str, **values: object) -> StaffPerson:
    person = StaffPerson(
        name=name,
        mobile=mobile,
        search_key=names.search_key(name, str(values.get("agency", "")), mobile),
        sort_key=names.sort_key(name),
        created_at=clock.now(),
        **values,
    )
    db.session.add(person)
    return person


class Staffing:
    """The standard plan of one event, filled with people."""

    def __init__(self, event: Event, people: dict[str, StaffPerson]) -> None:
        self.event, self.people = event, people
        laid_out = template.shifts(event)
        self.shifts: dict[str, Shift] = {part.value: shift for part, shift in laid_out}
        self.roles: dict[str, StaffRole] = {}
        db.session.add_all(self.shifts.values())
        for position, row in enumerate(template.ROLES, start=1):
            self.roles[row.key] = template.role(row, event, position)
            db.session.add(self.roles[row.key])
        db.session.flush()
        self.needs = {row.key: {part.value: n for part, n in row.needs.items()} for row in template.ROLES}
        for row in template.ROLES:
            db.session.add_all(template.needs(row, self.roles[row.key], laid_out))

    def give(self, name: str, role: str, shift: str, slot: int = 1, *, is_deputy: bool = False) -> Duty:
        """Give one person one place; nobody has been told yet."""
        duty = Duty(
            event=self.event,
            role=self.roles[role],
            shift=self.shifts[shift],
            person=self.people[name],
            slot=slot,
            is_deputy=is_deputy,
            station="" if is_deputy else self.roles[role].station_of(slot),
            state=S.PLANNED,
            created_at=self.event.created_at,
        )
        db.session.add(duty)
        return duty

    def leads(self, *, without_deputy: str = "") -> list[Duty]:
        """Give the lead roles, each with its deputy."""
        given = []
        for role, (holder, deputy) in LEADS.items():
            for shift in self.needs[role]:
                given.append(self.give(holder, role, shift))
                if role != without_deputy:
                    given.append(self.give(deputy, role, shift, is_deputy=True))
        return given

    def hired(self, wanted: Teams) -> list[Duty]:
        return [
            self.give(name, role, shift, slot)
            for role, shifts in wanted.items()
            for shift, team in shifts.items()
            for slot, name in enumerate(team, start=1)
        ]


def tell(duties: list[Duty], at: datetime, state: DutyState, *, answered_after: timedelta | None = None) -> None:
    """Let people have been told, and have answered."""
    db.session.flush()
    for duty in duties:
        duty.state, duty.told_at, duty.told_digest = state, at, digest_of(duty)
        duty.answered_at = at + answered_after if answered_after is not None else None


def running(event: Event, people: dict[str, StaffPerson], now: datetime) -> None:
    """Everybody is there; one has just cancelled, and one has never answered."""
    plan = Staffing(event, people)
    duties = plan.leads() + plan.hired(FULL)
    tell(duties, now - timedelta(days=6), S.ACKNOWLEDGED, answered_after=timedelta(hours=3))
    for duty in duties:
        if duty.person.name == "冯梦洁":
            duty.state, duty.refusal = S.REFUSED, "家里老人住院，当天到不了"
            duty.answered_at = now - timedelta(hours=2)
        elif duty.person.name == "陶思涵":
            duty.state, duty.answered_at = S.TOLD, None
            duty.told_at = now - timedelta(hours=30)


def past(event: Event, people: dict[str, StaffPerson]) -> None:
    """All of it went as planned."""
    plan = Staffing(event, people)
    duties = plan.leads() + plan.hired(
        FULL | {"receptionist": {**FULL["receptionist"], "conference": ("蒋文博", "陶思涵")}}
    )
    tell(duties, event.starts_at - timedelta(days=8), S.ACKNOWLEDGED, answered_after=timedelta(hours=5))


def close_out(event: Event, people: dict[str, StaffPerson], by: User) -> None:
    """After last spring's conference nearly everything is closed out: one thing is waived, two are open."""
    db.session.flush()
    status, event.status = event.status, EventStatus.RUNNING
    with clock.stopped_at(event.ends_at + timedelta(minutes=5)):
        items = closeout.make(event)
    waived, left = "话筒为酒店所有，已由酒店当场收回", {("方静怡", "return"), ("丁一鸣", "settle")}
    for number, item in enumerate(items):
        kind = (item.person.name, item.kind.value)
        with clock.stopped_at(event.ends_at + timedelta(hours=1, minutes=17 * number)):
            if item.person.name == "周子墨" and item.kind is CloseoutKind.RETURN and waived:
                closeout.waive(event, [item], waived, by_id=by.id)
                waived = ""
            elif kind in left:
                left.discard(kind)
            else:
                closeout.tick(event, item, done=True, by=item.person.name)
    event.status = status


def planned(event: Event, people: dict[str, StaffPerson], now: datetime) -> None:
    """Half planned: the leads know, the hired people do not, and some things do not fit yet."""
    plan = Staffing(event, people)
    leads = plan.leads(without_deputy="hall_lead")
    tell(leads, now - timedelta(days=2), S.ACKNOWLEDGED, answered_after=timedelta(hours=4))
    for duty in leads:
        if duty.person.name == "丁一鸣" and not duty.is_deputy:
            duty.state, duty.answered_at = S.TOLD, None
    plan.hired(
        {
            "receptionist": {"reception": ("林晚晴", "许佳怡", "林小雅"), "conference": ("林晚晴", "蒋文博")},
            "ceremony_staff": {"reception": ("白若兰", "林小雅"), "conference": ("白若兰",), "signing": ("白若兰",)},
        }
    )
    people["蒋文博"].is_active = False
