"""Rosters per CPU second, and how large three hundred people are, on paper and as badges. All names are different."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.blueprints.checkin.badges import BadgeFace, BadgeHeading, BadgeSize, badge_pdf
from app.blueprints.checkin.badges.faces import CREW_COLOUR
from app.blueprints.staff.plan import Plan
from app.blueprints.staff.printing.document import Paper, list_pdf
from app.models import Duty, DutyState, Event, EventStatus, Shift, StaffKind, StaffPerson, StaffRole
from app.tokens import new_badge_code

START = datetime(2026, 11, 26, 1, tzinfo=UTC)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何", "若思雨晨子涵欣怡佳宁文博语桐静雅梦洁知秋"
PARTS = (("布置", -17, -12), ("签到接待", -1, 0), ("会议进行", 0, 6), ("现场签约", 6, 7), ("撤场", 7, 9))


def plan(people: int, roles: int = 12) -> Plan:
    """So many people, each with a duty in three of five shifts, in no database."""
    event = Event(id=1, slug="bench", name="秋季渠道招商会·华中站", status=EventStatus.RUNNING, starts_at=START)
    event.ends_at, event.time_zone, event.language = START + timedelta(hours=7), "Asia/Shanghai", "zh_CN"
    event.venue, event.hall, event.venue_address = "江城云麓酒店", "三楼云麓厅", "武汉市东湖高新区望湖路 88 号"
    event.contact_name, event.contact_phone = "方静怡", "+8619900000008"
    shifts = [_shift(number, name, first, last) for number, (name, first, last) in enumerate(PARTS, start=1)]
    found = [
        StaffRole(id=n, event_id=1, position=n, name=f"第{n}组接待", duties="迎宾\n引导", stations="", is_lead=n == 1)
        for n in range(1, roles + 1)
    ]
    duties: list[Duty] = []
    for number in range(people):
        person, role = _person(number), found[number % roles]
        for shift in (shifts[1], shifts[2], shifts[3 + number % 2]):
            duty = Duty(id=len(duties) + 1, event_id=1, role_id=role.id, shift_id=shift.id, person_id=person.id)
            duty.slot, duty.station, duty.is_deputy = number // roles + 1, f"{number % 40 + 1} 号岗", False
            duty.state, duty.told_digest, duty.refusal = DutyState.ACKNOWLEDGED, "", ""
            duty.event, duty.role, duty.shift, duty.person = event, role, shift, person
            duties.append(duty)
    return Plan(event=event, roles=found, shifts=shifts, needs={}, duties=duties, now=START)


def _shift(number: int, name: str, first: int, last: int) -> Shift:
    shift = Shift(id=number, event_id=1, name=name, for_start_at=START, for_time_zone="Asia/Shanghai")
    shift.starts_at, shift.ends_at = START + timedelta(hours=first), START + timedelta(hours=last)
    return shift


def _person(number: int) -> StaffPerson:
    name = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number * 7 % 20]
    person = StaffPerson(id=number + 1, name=name, kind=StaffKind.RECEPTIONIST, mobile=f"+86139{number:08d}")
    person.agency, person.is_active, person.sort_key = "锦程礼仪庆典有限公司", True, f"{number:05}"
    return person


def badges(made: Plan) -> bytes:
    """A badge for everybody, eight on a sheet."""
    faces = [
        BadgeFace(person.name, "工作人员", CREW_COLOUR, f"HTTPS://H/B/{code}", code, company="接待人员", is_crew=True)
        for person in made.people
        for code in [new_badge_code()]
    ]
    return badge_pdf(faces, size=BadgeSize.SHEET, heading=BadgeHeading(made.event.name), language="zh_CN")


def measure(draw: Callable[[Plan], bytes], people: int) -> tuple[float, int]:
    """Seconds of CPU and bytes of one paper, start-up not counted."""
    draw(plan(8))
    made = plan(people)
    began = time.process_time()
    document = draw(made)
    return time.process_time() - began, len(document)


def main(words: list[str] | None = None) -> int:
    """Print one line a paper."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.roster", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    people = parser.parse_args(words).people
    papers: dict[str, Callable[[Plan], bytes]] = {
        "by role, A4": lambda made: list_pdf(made, Paper.ROLES, "zh_CN"),
        "by hour, A3": lambda made: list_pdf(made, Paper.HOURS, "zh_CN", size="A3"),
        "phone list, A4": lambda made: list_pdf(made, Paper.PHONES, "zh_CN"),
        "badges, eight on A4": badges,
    }
    for name, draw in papers.items():
        seconds, length = measure(draw, people)
        print(f"roster {name}: {people} people, {seconds:.1f} s of CPU, {length / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
