"""Groups of guests: reading and setting them. No verb commits."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app import journal
from app.blueprints.travel import queries
from app.blueprints.travel.errors import GroupNameTaken
from app.blueprints.travel.who import Traveller
from app.extensions import db
from app.models import Event, GroupMember, GuestGroup, Invitation


@dataclass(frozen=True)
class Grouping:
    """Who is in which group. Whoever has withdrawn is left out, and comes back with the answer."""

    event: Event
    guests: dict[int, Traveller]
    groups: list[GuestGroup]
    member_ids: dict[int, list[int]]  # group -> invitations

    def members(self, group: GuestGroup) -> list[Traveller]:
        there = [self.guests[each] for each in self.member_ids.get(group.id, ()) if each in self.guests]
        return [each for each in there if each.comes]

    def people(self, group: GuestGroup) -> int:
        return sum(each.people for each in self.members(group))

    def has_leader(self, group: GuestGroup) -> bool:
        """Tell whether the leader comes and is in the group."""
        return group.leader_id in {each.id for each in self.members(group)}

    @property
    def without(self) -> list[Traveller]:
        """Return who comes and is in no group."""
        grouped = {each for ids in self.member_ids.values() for each in ids}
        return [each for each in self.guests.values() if each.comes and each.id not in grouped]


def grouping(event: Event) -> Grouping:
    """Read the groups of an event: four queries."""
    of_event = select(GuestGroup).where(GuestGroup.event_id == event.id).options(joinedload(GuestGroup.host))
    groups = list(db.session.scalars(of_event.order_by(GuestGroup.name, GuestGroup.id)))
    members: dict[int, list[int]] = defaultdict(list)
    rows = select(GroupMember).join(GroupMember.group).where(GuestGroup.event_id == event.id)
    for each in db.session.scalars(rows.order_by(GroupMember.invitation_id)):
        members[each.group_id].append(each.invitation_id)
    return Grouping(event, queries.travellers(event), groups, members)


def group_of(event: Event, group_id: int) -> GuestGroup | None:
    """Return one group of this event."""
    return db.session.scalar(select(GuestGroup).where(GuestGroup.event_id == event.id, GuestGroup.id == group_id))


def save(event: Event, group: GuestGroup | None = None, **values: Any) -> GuestGroup:
    """Add a group, or change one. Raises GroupNameTaken."""
    code = "group.edited" if group else "group.added"
    group = group or GuestGroup(event_id=event.id)
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(group, name, value)
            db.session.add(group)
            journal.record(code, group, event_id=event.id)
    except IntegrityError as error:
        raise GroupNameTaken(name=values["name"]) from error
    return group


def remove(group: GuestGroup) -> None:
    """Dissolve a group."""
    journal.record("group.removed", group, changes={"name": [group.name, None]})
    for each in db.session.scalars(select(GroupMember).where(GroupMember.group_id == group.id)):
        db.session.delete(each)
    db.session.flush()
    db.session.delete(group)
    db.session.flush()


def join(invitation: Invitation, group: GuestGroup | None) -> None:
    """Put a guest into a group, out of any other; None takes them out."""
    known = db.session.get(GroupMember, invitation.id)
    before = known.group_id if known else None
    if before == (group.id if group else None):
        return
    if known is not None and group is not None:
        known.group_id = group.id
    elif known is not None:
        db.session.delete(known)
    elif group is not None:
        db.session.add(GroupMember(invitation_id=invitation.id, group_id=group.id))
    journal.record("group.joined", invitation, changes={"group": [before, group.id if group else None]})
    db.session.flush()
