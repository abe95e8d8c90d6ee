"""The sample's staff on the day: who is here already, who is not, and what has gone wrong."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.staff import passes
from app.demo.arrivals import DOORS
from app.extensions import db
from app.models import Duty, DutyState, Event, Incident, Scan, Severity, StaffPass, StaffPerson, User, Verdict

LATE = "陶思涵"  # has never answered, and has not come
MIN = timedelta(minutes=1)

# What, where, how bad, reported by, minutes ago, who acts, minutes until it was closed, what was done
RUNNING = (
    ("2 号签到台扫码枪没有电", "2 号签到台", Severity.MINOR, "许佳怡", 41, "林小雅", 6, "已换备用扫码枪，旧枪充电中"),
    ("手提袋少 12 只，数量与送货单不符", "物料发放处", Severity.MINOR, "林小雅", 33, "方静怡", None, ""),
    ("主屏每隔几分钟黑一下，投影线接触不良", "主席台", Severity.SERIOUS, "周子墨", 14, "韩卫东", None, ""),
    ("一位嘉宾低血糖头晕，需要医护人员", "三楼电梯厅", Severity.EMERGENCY, "林晚晴", 4, "方静怡", None, ""),
)
PAST = (
    ("茶歇点心晚到半小时", "茶歇区", Severity.MINOR, "方静怡", 380, "方静怡", 32, "酒店补送水果，点心 10:40 上齐"),
    ("签约台少两支签字笔", "签约台", Severity.MINOR, "白若兰", 95, "韩卫东", 4, "从物料箱补足"),
)


def running(event: Event, people: dict[str, StaffPerson], now: datetime, desk: User) -> None:
    """Everybody on duty has come but one; those of a later shift are still on their way."""
    chance = random.Random(event.id)  # noqa: S311 - a sample, not a secret
    keys = _passes(event, printed_at=now - timedelta(hours=20))
    for person_id, starts_at in _first_shifts(event, now).items():
        key = keys[person_id]
        if key.person.name != LATE and starts_at <= now:
            _arrive(event, key, chance, min(now - MIN, starts_at - MIN * chance.randint(3, 22)), desk)
    _incidents(event, people, RUNNING, now)


def past(event: Event, people: dict[str, StaffPerson], desk: User) -> None:
    """All have come, and what went wrong was seen to."""
    chance = random.Random(event.id)  # noqa: S311 - a sample, not a secret
    keys = _passes(event, printed_at=event.starts_at - timedelta(days=1))
    for person_id, starts_at in _first_shifts(event, event.starts_at - timedelta(hours=2)).items():
        _arrive(event, keys[person_id], chance, starts_at - MIN * chance.randint(2, 25), desk)
    _incidents(event, people, PAST, event.ends_at)


def _passes(event: Event, *, printed_at: datetime) -> dict[int, StaffPass]:
    db.session.flush()
    on_duty = select(Duty.person_id).where(Duty.event_id == event.id)
    people = db.session.scalars(select(StaffPerson).where(StaffPerson.id.in_(on_duty)).order_by(StaffPerson.id))
    keys = passes.ensure(event, people)
    for key in keys.values():
        key.printed_at = printed_at
    return keys


def _first_shifts(event: Event, now: datetime) -> dict[int, datetime]:
    """When each person who stands somewhere begins on the day that counts, by person."""
    rows = db.session.scalars(
        select(Duty).where(Duty.event_id == event.id, ~Duty.is_deputy).options(joinedload(Duty.shift))
    )
    found: dict[int, datetime] = {}
    for duty in rows:
        begins = duty.shift.starts_at
        if duty.shift.ends_at > now and duty.state is not DutyState.REFUSED:
            found[duty.person_id] = min(begins, found.get(duty.person_id, begins))
    return found


def _arrive(event: Event, key: StaffPass, chance: random.Random, at: datetime, desk: User) -> None:
    key.arrived_at, key.arrived_by_id = at, desk.id
    db.session.add(
        Scan(
            event_id=event.id,
            scan_id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            staff_pass_id=key.id,
            verdict=Verdict.ADMIT,
            door=DOORS[0],
            scanned_at=at,
            by_id=desk.id,
        )
    )


def _incidents(event: Event, people: dict[str, StaffPerson], rows: tuple[tuple[Any, ...], ...], now: datetime) -> None:
    """Write down what went wrong, minutes before `now`."""
    for what, place, severity, by, ago, acting, took, outcome in rows:
        reported_at = now - MIN * ago
        db.session.add(
            Incident(
                event_id=event.id,
                what=what,
                place=place,
                severity=severity,
                reported_at=reported_at,
                reported_by=by,
                acting=people[acting],
                done_at=None if took is None else reported_at + MIN * took,
                outcome=outcome,
            )
        )
