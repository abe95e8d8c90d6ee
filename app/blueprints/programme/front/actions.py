"""What is done to whoever stands in front. Nothing here commits."""

from dataclasses import dataclass

from app import journal, removal
from app.blueprints.plan.actions import check_open
from app.blueprints.programme import queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, FrontKind, FrontPerson, Removal


class NamedTwice(SigningDayError):
    """Somebody of the invite list or of the staff stands among the people in front once."""

    code = "named_twice"
    sentence = N_("%(name)s is among the people in front already.")


@dataclass(frozen=True)
class Who:
    """What somebody says of a person. With a guest or a colleague, the name is read from there."""

    kind: FrontKind
    name: str = ""
    name_en: str = ""
    title: str = ""
    title_en: str = ""
    body: str = ""
    body_en: str = ""
    mobile: str | None = None
    mail: str | None = None
    invitation_id: int | None = None
    person_id: int | None = None
    host_id: int | None = None
    rostrum_order: int | None = None
    note: str = ""


def add(event: Event, who: Who) -> FrontPerson:
    check_open(event)
    row = FrontPerson(event_id=event.id, kind=who.kind, name=who.name)
    _set(event, row, who)
    db.session.add(row)
    journal.record("front_person.added", row)
    db.session.flush()
    return row


def edit(event: Event, row: FrontPerson, who: Who) -> None:
    check_open(event)
    _set(event, row, who)
    if changes := journal.changes_of(row):
        journal.record("front_person.edited", row, changes={"name": [row.name, row.name]} | changes)
    db.session.flush()


def remove(event: Event, row: FrontPerson, *, by_id: int | None = None) -> Removal:
    """Take somebody out and return what brings them back; their sessions have no speaker then."""
    check_open(event)
    kept = removal.keep(row, event=event, name=row.name, by_id=by_id)
    journal.record("front_person.removed", row, changes={"name": [row.name, None]})
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    return kept


def _set(event: Event, row: FrontPerson, who: Who) -> None:
    guests = {each.id: each for each in queries.guests_to_choose(event)}
    if row.invitation is not None:
        guests[row.invitation.id] = row.invitation
    colleagues = {each.id: each for each in queries.colleagues()}
    guest = guests.get(who.invitation_id or 0)
    colleague = colleagues.get(who.person_id or 0) if guest is None else None
    name = guest.dealer.contact if guest else colleague.name if colleague else who.name
    for other in queries.front(event):
        same_guest = guest is not None and other.invitation_id == guest.id
        same_colleague = colleague is not None and other.person_id == colleague.id
        if other.id != row.id and (same_guest or same_colleague):
            raise NamedTwice(name=name)
    row.kind, row.name, row.name_en = who.kind, name, who.name_en
    row.title = who.title or (guest.dealer.contact_title if guest else "")
    row.title_en, row.body = who.title_en, who.body or (guest.dealer.company if guest else "")
    row.body_en = who.body_en
    is_elsewhere = guest is not None or colleague is not None  # addresses are kept there, once
    row.mobile, row.mail = (None, None) if is_elsewhere else (who.mobile or None, who.mail or None)
    row.invitation_id = guest.id if guest else None
    row.person_id = colleague.id if colleague else None
    row.host_id = who.host_id if who.host_id in colleagues else None
    row.rostrum_order, row.note = who.rostrum_order, who.note
