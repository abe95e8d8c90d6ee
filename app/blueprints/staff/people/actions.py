"""What is done to the file of people. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from app import clock, journal
from app.blueprints.staff.people import queries
from app.errors import N_, SigningDayError, StaleChange
from app.extensions import db
from app.models import StaffKind, StaffPerson, User
from app.names import search_key, sort_key


class StaffMobileTaken(SigningDayError):
    """One mobile number is one person, and that person is on file."""

    code = "staff_mobile_taken"
    sentence = N_("This mobile number belongs to %(person)s, who is on file already.")


def create(values: Mapping[str, Any]) -> StaffPerson:
    """Put somebody on file."""
    _check_mobile(values.get("mobile"), None)
    person = StaffPerson(**values, created_at=clock.now())
    _spell(person)
    db.session.add(person)
    journal.record("staff_person.added", person, changes={"name": [None, person.name]})
    db.session.flush()
    return person


def edit(person: StaffPerson, values: Mapping[str, Any], *, version: int) -> None:
    """Change what is on file."""
    if person.version != version:
        raise StaleChange
    _check_mobile(values.get("mobile"), person.id)
    for name, value in values.items():
        setattr(person, name, value)
    _spell(person)
    if changes := journal.changes_of(person):
        journal.record("staff_person.edited", person, changes=changes)
    db.session.flush()


def set_active(person: StaffPerson, *, is_active: bool) -> None:
    """Say that somebody has left, or is back. Duties stay, and become alarms until others have them. Twice is once."""
    if person.is_active == is_active:
        return
    person.is_active = is_active
    journal.record("staff_person.back" if is_active else "staff_person.left", person, changes={})
    db.session.flush()


def add_colleagues() -> int:
    """Put everybody with an account in use on file. Returns how many were not there yet."""
    added = [_of_account(user) for user in queries.colleagues_not_on_file()]
    db.session.flush()
    return len(added)


def _of_account(user: User) -> StaffPerson:
    """A number that somebody hired has on file already is left to them: one number is one person."""
    taken = user.mobile is not None and queries.by_mobile(user.mobile) is not None
    person = StaffPerson(
        user=user,
        kind=StaffKind.OWN,
        name=user.name,
        mobile=None if taken else user.mobile,
        mail=user.login,
        locale=user.locale,
        created_at=clock.now(),
    )
    _spell(person)
    db.session.add(person)
    journal.record("staff_person.added", person, changes={"name": [None, person.name]})
    return person


def _check_mobile(mobile: str | None, other_than: int | None) -> None:
    if mobile and (other := queries.by_mobile(mobile, other_than)) is not None:
        raise StaffMobileTaken(person=other.name)


def _spell(person: StaffPerson) -> None:
    person.search_key = search_key(person.name, person.agency or "", person.mobile or "")
    person.sort_key = sort_key(person.name)
