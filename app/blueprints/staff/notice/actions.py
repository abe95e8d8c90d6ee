"""Telling people their duties. Messages wait in the outbox; nothing here commits."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app import clock, journal
from app.blueprints.messages.actions import post_to_staff
from app.blueprints.staff import passes
from app.blueprints.staff.notice import letters, tasks
from app.blueprints.staff.notice.tasks import Task
from app.blueprints.staff.plan import Plan, digest_of, standing_of
from app.blueprints.staff.rules.duty import Step, after, wants_telling
from app.errors import N_, SigningDayError
from app.models import Duty, DutyState, Event, EventStatus, StaffPerson

TEMPLATE = "duty_notice"
TASKS = "hall_tasks"  # to whoever has tasks and no duty to be told of
# A second press within this time tells nobody twice who has not been asked anything new.
AGAIN_AFTER = timedelta(minutes=10)


class NoticesRest(SigningDayError):
    """Nobody is told of duties at an event that is being drafted or is over."""

    code = "notices_rest"
    sentence = N_("Duties are told while the event is open. Open it first.")


@dataclass(frozen=True)
class Told:
    """What came of telling: how many people were written to, and who has no address."""

    written: int
    without_address: Sequence[StaffPerson]


def are_sent(event: Event) -> bool:
    """Tell whether notices go out for this event."""
    return event.status in {EventStatus.OPEN, EventStatus.RUNNING}


def waiting(plan: Plan) -> list[StaffPerson]:
    """Return everybody who still works for us and has a duty that nobody told them, or that has changed since."""
    ids = {each.person_id for each in plan.facts.duties if each.is_here and wants_telling(each.standing)}
    return [each for each in plan.people if each.id in ids]


def tell(plan: Plan, person_ids: Collection[int]) -> Told:
    """Write to these people. All their duties are in the message; those told or changed are asked, again if need be.

    What they see to besides is told along; who has only that gets a message of it. A refused duty stays refused unless
    it has changed: somebody has to be found, asking twice does not mend it.
    """
    event = plan.event
    if not are_sent(event):
        raise NoticesRest
    to_do = tasks.of(event)
    wanted = [each for each in everybody(plan, to_do) if each.id in person_ids and each.is_here]
    own: dict[int, list[Duty]] = defaultdict(list)
    for duty in plan.duties:
        if standing_of(duty) is not DutyState.REFUSED:
            own[duty.person_id].append(duty)
    untold = tasks.waiting(to_do)
    reached = [each for each in wanted if letters.address_of(each)]
    asked = [each for each in reached if _asks(own[each.id])]
    others = [each for each in reached if each not in asked and each.id in untold]
    keys = passes.ensure(event, [*asked, *others])
    notices = {
        each.id: letters.notice(
            event, each, own[each.id], to_do.get(each.id, ()), keys[each.id].token, _key(event, each, own[each.id])
        )
        for each in asked
    }
    only_tasks = {
        each.id: letters.tasks_only(event, each, to_do[each.id], keys[each.id].token, _tasks_key(each, to_do[each.id]))
        for each in others
    }
    posted = post_to_staff(event, TEMPLATE, list(notices.values()))
    posted += post_to_staff(event, TASKS, list(only_tasks.values()))
    written = {message.key for message in posted}
    for person in asked:
        if f"{TEMPLATE}:{notices[person.id].reason}" in written:
            for duty in own[person.id]:
                _mark(duty)
            tasks.told(event, to_do.get(person.id, ()))
    for person in others:
        if f"{TASKS}:{only_tasks[person.id].reason}" in written:
            tasks.told(event, to_do[person.id])
    return Told(len(posted), [each for each in wanted if letters.address_of(each) is None])


def everybody(plan: Plan, to_do: dict[int, list[Task]]) -> list[StaffPerson]:
    """Return who has a duty, or sees to something, in the order of their names."""
    found = {each.id: each for each in plan.people}
    found |= {person_id: theirs[0].person for person_id, theirs in to_do.items() if person_id not in found}
    return sorted(found.values(), key=lambda person: (person.sort_key, person.id))


def _tasks_key(person: StaffPerson, theirs: Sequence[Task]) -> str:
    said = ",".join(f"{each.id}:{each.digest}" for each in theirs)
    return f"{person.id}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _asks(duties: Sequence[Duty]) -> bool:
    """Tell whether there is anything to ask: something new, or something unanswered that was asked a while ago."""
    late = clock.now() - AGAIN_AFTER
    for duty in duties:
        standing = standing_of(duty)
        if wants_telling(standing):
            return True
        if standing is DutyState.TOLD and (duty.told_at is None or duty.told_at < late):
            return True
    return False


def _key(event: Event, person: StaffPerson, duties: Sequence[Duty]) -> str:
    """Name the reason: these duties as they are now. A changed one is another reason, so it asks again."""
    said = ",".join(sorted(f"{each.id}:{each.version}:{digest_of(each)}" for each in duties))
    return f"{event.id}:{person.id}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _mark(duty: Duty) -> None:
    standing = standing_of(duty)
    if standing is DutyState.ACKNOWLEDGED:
        return  # known and agreed, and unchanged
    duty.state = after(standing, Step.TELL)
    duty.told_at, duty.told_digest = clock.now(), digest_of(duty)
    duty.answered_at, duty.refusal = None, ""
    changes = {"person": [None, duty.person.name], "role": [None, duty.role.name], "shift": [None, duty.shift.name]}
    journal.record("duty.told", duty, event_id=duty.event_id, changes=changes)


class ByHand(StrEnum):
    """How somebody was told without a message."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"


BY_HAND = "duty.told_by_hand"


def tell_by_hand(plan: Plan, person_ids: Collection[int], how: ByHand, *, said_yes: bool) -> list[StaffPerson]:
    """Note that these people were told all their duties in person or by phone, and with `said_yes` that they agreed.

    Returns whom that changed something for. Who told them and when stands in the journal. A refused duty stays
    refused: somebody has to be found.
    """
    event = plan.event
    if not are_sent(event):
        raise NoticesRest
    told: dict[int, StaffPerson] = {}
    for person_id, theirs in tasks.of(event).items():
        if person_id in person_ids and any(not each.is_told for each in theirs):
            tasks.told(event, theirs)
            told[person_id] = theirs[0].person
    for duty in plan.duties:
        standing = standing_of(duty)
        is_known = standing is DutyState.ACKNOWLEDGED or (standing is DutyState.TOLD and not said_yes)
        if duty.person_id not in person_ids or not duty.person.is_here or is_known or standing is DutyState.REFUSED:
            continue
        if wants_telling(standing):
            duty.state = after(standing, Step.TELL)
            duty.told_at, duty.told_digest = clock.now(), digest_of(duty)
            duty.answered_at, duty.refusal = None, ""
        if said_yes:
            duty.state, duty.answered_at = after(DutyState.TOLD, Step.ACKNOWLEDGE), clock.now()
        changes = {"person": duty.person.name, "role": duty.role.name, "shift": duty.shift.name, "how": how.value}
        changes["duty_state"] = duty.state.value
        said = {name: [None, value] for name, value in changes.items()}
        journal.record(BY_HAND, duty, event_id=event.id, changes=said)
        told[duty.person_id] = duty.person
    return list(told.values())
