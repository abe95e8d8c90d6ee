"""The journal of the house as a list: its columns, chips and search, and where each line leads."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from app import names
from app.extensions import db
from app.models import Dealer, Event, Invitation, JournalEntry, Milestone, Reply, User
from app.web import history
from app.web.nav import door
from app.web.tables import Column, Filter, Option, TableSpec, like

# The kinds of record that have a chip; others are found by their event, person or action.
KINDS: dict[str, tuple[LazyString, str]] = {
    "invitations": (_("Guests"), "users"),
    "replies": (_("Replies"), "mail-opened"),
    "dealers": (_("Dealers"), "building-store"),
    "events": (_("Events"), "calendar-event"),
    "milestones": (_("Milestones"), "flag"),
    "rounds": (_("Re-confirmations"), "phone-check"),
    "imports": (_("Imports"), "file-import"),
    "messages": (_("Mail and SMS"), "send"),
    "message_templates": (_("Wordings"), "template"),
    "badges": (_("Badges"), "id-badge"),
    "users": (_("Accounts"), "user-circle"),
}


class Shown(NamedTuple):
    """A record as the journal names it. Without an address the person may not open it, or it is gone."""

    name: str
    url: str
    more: str = ""


_PEOPLE = User.__tablename__


def entries(*, with_accounts: bool) -> Select[JournalEntry]:
    """Return the select of the journal. Who signed in from where is shown only to who manages accounts."""
    statement = select(JournalEntry)
    return statement if with_accounts else statement.where(JournalEntry.subject_kind != _PEOPLE)


def _search(typed: str) -> ColumnElement[bool]:
    """By the name of who acted, and by the dealer that the record is about."""
    dealers = select(Dealer.id).where(
        and_(true(), *(Dealer.search_key.like(each) for each in names.search_patterns(typed)))
    )
    guests = select(Invitation.id).where(Invitation.dealer_id.in_(dealers))
    return or_(
        JournalEntry.actor.ilike(like(typed), escape="\\"),
        and_(JournalEntry.subject_kind == "dealers", JournalEntry.subject_id.in_(dealers)),
        and_(JournalEntry.subject_kind == "invitations", JournalEntry.subject_id.in_(guests)),
    )


def _kind_chips(counts: dict[Any, int]) -> list[Option]:
    known = [Option(key, text, icon=icon, count=counts.get(key, 0)) for key, (text, icon) in KINDS.items()]
    return known + [Option(key, key, count=count) for key, count in counts.items() if key not in KINDS]


def _event_chips(counts: dict[Any, int]) -> list[Option]:
    rows = db.session.execute(select(Event.id, Event.name).where(Event.id.in_(counts)).order_by(Event.starts_at.desc()))
    return [Option(str(row.id), row.name, count=counts[row.id]) for row in rows]


def _action_chips(counts: dict[Any, int]) -> list[Option]:
    found = [Option(code, history.what(code), "secondary", history.icon(code), n) for code, n in counts.items()]
    return sorted(found, key=lambda option: str(option.label))


def _person_chips(counts: dict[Any, int]) -> list[Option]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(counts)).order_by(User.name))
    people = [Option(str(row.id), row.name, count=counts[row.id]) for row in rows]
    nobody = counts.get(None, 0)
    return [*people, Option("none", _("Without an account"), count=nobody)] if nobody else people


def _person(value: str) -> int | None:
    return None if value == "none" else int(value)


JOURNAL = TableSpec(
    name="journal",
    columns=(
        Column("at", _("When"), sort=JournalEntry.id, hideable=False),
        Column("what", _("Who did what")),
        Column("subject", _("Record")),
        Column("event", _("Event")),
        Column("changes", _("Changes")),
        Column("where", _("From where"), shown=False),
    ),
    tie=JournalEntry.id,
    default_sort="-at",
    filters=(
        Filter("kind", _("Kind of record"), JournalEntry.subject_kind, _kind_chips),
        Filter("event", _("Event"), JournalEntry.event_id, _event_chips, parse=int),
        Filter("action", _("Action"), JournalEntry.action, _action_chips),
        Filter("person", _("Person"), JournalEntry.actor_id, _person_chips, parse=_person),
    ),
    search=_search,
)


def subjects(rows: Sequence[JournalEntry]) -> dict[tuple[str, int], Shown]:
    """Return the records of one page of the journal, by kind and id: one query for each kind."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_kind, set()).add(row.subject_id)
    named: dict[tuple[str, int], Shown] = {}
    for kind, ids in wanted.items():
        if kind in _NAMED:
            named.update({(kind, key): shown for key, shown in _NAMED[kind](ids)})
    return named


def _events(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(select(Event.id, Event.name, Event.slug).where(Event.id.in_(ids)))
    return [(row.id, Shown(row.name, door("events.overview", slug=row.slug))) for row in rows]


def _dealers(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(select(Dealer.id, Dealer.contact, Dealer.company).where(Dealer.id.in_(ids)))
    return [(row.id, Shown(row.contact, door("dealers.show", dealer_id=row.id), row.company)) for row in rows]


def _users(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return [(row.id, Shown(row.name, door("auth.user_edit", user_id=row.id))) for row in rows]


def _guests(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(
        select(Invitation.id, Dealer.contact, Dealer.company, Event.slug)
        .join(Invitation.dealer)
        .join(Invitation.event)
        .where(Invitation.id.in_(ids))
    )
    return [
        (row.id, Shown(row.contact, door("invitations.show", slug=row.slug, invitation_id=row.id), row.company))
        for row in rows
    ]


def _replies(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(select(Reply.id, Reply.invitation_id).where(Reply.id.in_(ids)))
    of_guest = {row.id: row.invitation_id for row in rows}
    guests = dict(_guests(set(of_guest.values())))
    return [(key, guests[guest]) for key, guest in of_guest.items() if guest in guests]


def _milestones(ids: set[int]) -> list[tuple[int, Shown]]:
    rows = db.session.execute(
        select(Milestone.id, Milestone.title, Event.slug).join(Milestone.event).where(Milestone.id.in_(ids))
    )
    return [(row.id, Shown(row.title, door("events.overview", slug=row.slug))) for row in rows]


_NAMED = {
    "events": _events,
    "dealers": _dealers,
    "users": _users,
    "invitations": _guests,
    "replies": _replies,
    "milestones": _milestones,
}
