"""What the scheduler looks after: late tasks are told to whoever is in charge and to the executive commander.

In the morning of the event's zone, one mail a person and event with everything that is late, and only when something
more has become late since the last one: the newest late task names the mail's reason, so a second look writes nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time

from babel.dates import format_date
from sqlalchemy import select

from app import clock
from app.blueprints.contracts import mail
from app.blueprints.plan import queries as plans
from app.blueprints.plan.timeline import queries
from app.blueprints.plan.timeline.rules import days_late
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Duty, DutyState, Event, Message, PlanTask, StaffPerson, StaffRole, User
from app.rights import OVER
from app.texts import known, ngettext, parsed

MORNING = time(9, 0)
LATE = "plan_late"
COMMANDER = "executive_commander"
_DAY = {"zh_CN": "M月d日", "en": "d MMM"}


def commanders(event: Event) -> set[int]:
    """Return the accounts of whoever is executive commander of an event."""
    rows = db.session.scalars(
        select(StaffPerson.user_id)
        .join(Duty, Duty.person_id == StaffPerson.id)
        .join(StaffRole, StaffRole.id == Duty.role_id)
        .where(
            Duty.event_id == event.id,
            StaffRole.key == COMMANDER,
            Duty.state != DutyState.REFUSED,
            Duty.is_deputy.is_(False),
            StaffPerson.user_id.is_not(None),
        )
    )
    return {each for each in rows if each is not None}


def _events(now: datetime) -> list[Event]:
    """Return the events that are not closed and where the morning has come."""
    events = db.session.scalars(select(Event).where(Event.status.not_in(OVER)).order_by(Event.id))
    return [each for each in events if clock.local(now, each.time_zone).time() >= MORNING]


def _due(now: datetime) -> list[tuple[Event, User, list[PlanTask], str]]:
    """Return whom to tell about which tasks, with the reason; what has been told already is left out."""
    found = []
    for event in _events(now):
        late = queries.late([event.id], clock.local(now, event.time_zone).date())
        if not late:
            continue
        of_person: dict[int, list[PlanTask]] = defaultdict(list)
        for task in late:
            for user_id in ({task.owner_id} if task.owner_id else set()) | commanders(event):
                of_person[user_id].append(task)
        for user in plans.users(of_person.keys()):
            key = _reason(event, of_person[user.id])
            if db.session.scalar(select(Message.id).where(Message.key == f"{key}:{user.id}")) is None:
                found.append((event, user, of_person[user.id], key))
    return found


def _reason(event: Event, tasks: Sequence[PlanTask]) -> str:
    newest = max(tasks, key=lambda each: (each.due_on, each.id))
    return f"{LATE}:{event.id}:{newest.id}:{newest.due_on.isoformat()}"


def _line(task: PlanTask, event: Event, locale: str) -> str:
    days = days_late(task.due_on, clock.today(event.time_zone))
    day = format_date(task.due_on, _DAY[locale], locale=parsed(locale))
    late = ngettext("%(num)d day late", "%(num)d days late", days, locale=locale)
    who = task.owner.name if task.owner else task.department
    return "• " + " · ".join(part for part in (task.title, day, late, who) if part)


def plan_late(now: datetime) -> list[Planned]:
    """Mails that would be written now."""
    return [Planned("plan_late", event.slug, len(tasks), now) for event, _user, tasks, _key in _due(now)]


def run_late(now: datetime) -> int:
    """Write them."""
    db.session.rollback()
    with reading_only():
        is_any = bool(_due(now))
        db.session.rollback()
    if not is_any:
        return 0
    count = 0
    for event, user, tasks, key in _due(now):
        locale = known(user.locale, known(event.language, "zh_CN"))
        newest = max(tasks, key=lambda each: (each.due_on, each.id))
        count += len(
            mail.post(
                [user],
                LATE,
                "/tasks/" if any(task.owner_id == user.id for task in tasks) else f"/events/{event.slug}/plan/timeline",
                key,
                event=event,
                title=newest.title,
                tasks="\n".join(_line(task, event, locale) for task in tasks),
            )
        )
    return count


STEPS = (Step("plan_late", plan_late, run_late),)
