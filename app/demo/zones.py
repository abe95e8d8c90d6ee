"""The halls of the sample conferences: one being set up, one that stood, one whose site visit is half done."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app import clock
from app.blueprints.materials.actions import prepare
from app.blueprints.materials.zones import actions, queries
from app.blueprints.materials.zones.telling import digest_of
from app.extensions import db
from app.models import Event, Fitness, StaffPerson, User

OWNERS = {"stage": ("丁一鸣", "陆晓峰"), "seats": ("陆晓峰", "蒋文博"), "entrance": ("方静怡", "林小雅")}
FAILS = {
    "light": "主席台上方两组灯不亮，酒店答应前一天修好",
    "whiteboard": "只有一块小白板，需另借大号白板",
}
FITS = {"seats": "可坐130人，另有备用椅20把", "sound": "4支无线话筒，已试音", "projector": "幕布4米×3米"}


def _give(event: Event, people: Mapping[str, StaffPerson], *, but: str = "", untold: str = "") -> queries.Hall:
    """Let every zone be seen to by its people in turn, but one; all of them know it, but one."""
    prepare(event)
    hall = queries.hall(event)
    for part in hall.parts:
        names = OWNERS.get(part.zone.key or "", ())
        for number, task in enumerate(part.zone.tasks):
            if names and part.zone.key != but:
                name = names[number % len(names)]
                task.owner_id = people[name].id
                task.told_digest = "" if name == untold else digest_of(task, event)
    db.session.flush()
    return hall


def _set_up(event: Event, hall: queries.Hall, done: Mapping[str, int], by: User) -> None:
    """Tick off so many tasks of each zone, a few minutes apart, and accept what stands."""
    at = event.starts_at - timedelta(hours=5)
    for part in hall.parts:
        wanted = done.get(part.zone.key or "", 0)
        for task in part.zone.tasks[:wanted]:
            at += timedelta(minutes=11)
            with clock.stopped_at(at):
                actions.tick(event, task, task.owner.name if task.owner else by.name)
        if part.zone.tasks and wanted >= len(part.zone.tasks):
            with clock.stopped_at(at + timedelta(minutes=20)):
                actions.accept(event, part.zone, by_id=by.id)


def _visit(event: Event, at: datetime, by: User, *, only: int | None = None, mended: bool = False) -> None:
    with clock.stopped_at(at):
        for row in queries.requirements(event)[:only]:
            key = row.key or ""
            fails = key in FAILS and not mended
            note = FAILS[key] if fails else FITS.get(key, "")
            fitness = Fitness.FAILS if fails else Fitness.FITS
            actions.check(event, row, fitness=fitness, note=note, by_id=by.id)


def running(event: Event, people: Mapping[str, StaffPerson], by: User) -> None:
    """Stage and seats are accepted; at the entrance the last things are late."""
    hall = _give(event, people)
    _set_up(event, hall, {"stage": 99, "seats": 99, "entrance": 3}, by)
    _visit(event, event.starts_at - timedelta(days=21), by, mended=True)


def past(event: Event, people: Mapping[str, StaffPerson], by: User) -> None:
    """All of it stood."""
    hall = _give(event, people)
    _set_up(event, hall, {"stage": 99, "seats": 99, "entrance": 99}, by)
    _visit(event, event.starts_at - timedelta(days=18), by, mended=True)


def planned(event: Event, people: Mapping[str, StaffPerson], by: User, now: datetime) -> None:
    """The site was seen, with two faults; nobody has the entrance yet."""
    _give(event, people, but="entrance", untold="陆晓峰")
    _visit(event, now - timedelta(days=4), by, only=8)
