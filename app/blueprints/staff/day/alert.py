"""The message to the executive commander about whoever has not come. Nothing here commits."""

from sqlalchemy import select

from app import clock, links
from app.blueprints.messages.actions import post_to_staff
from app.blueprints.staff import passes
from app.blueprints.staff.day.board import Attendance, DayBoard
from app.blueprints.staff.notice import letters
from app.errors import N_
from app.extensions import db
from app.models import StaffAlert, StaffPerson
from app.phones import display
from app.texts import gettext

TEMPLATE = "staff_missing"
_DEPUTY = N_("stands in: %(name)s")


def untold(board: DayBoard) -> list[Attendance]:
    """Return the missing people of whom the commander has not been told, of this shift."""
    shifts = {each.first.shift_id for each in board.missing}
    rows = db.session.execute(select(StaffAlert.person_id, StaffAlert.shift_id).where(StaffAlert.shift_id.in_(shifts)))
    known = {(person_id, shift_id) for person_id, shift_id in rows}
    return [each for each in board.missing if (each.person.id, each.first.shift_id) not in known]


def receiver(board: DayBoard) -> StaffPerson | None:
    """Return who is told: the first of the commanders who is not missing and has an address."""
    missing = {each.person.id for each in board.missing}
    able = [each for each in board.commanders() if letters.address_of(each) is not None]
    return next((each for each in able if each.id not in missing), None) or next(iter(able), None)


def tell(board: DayBoard) -> int:
    """Write one message about everybody who is missing and was not told of yet. Returns how many people that are.

    A row for each person and shift, unique, keeps two workers from telling it twice: the second one's transaction
    fails as a whole, its message with it.
    """
    found = untold(board)
    who = receiver(board) if found else None
    if who is None:
        return 0
    alerts = [
        StaffAlert(event_id=board.event.id, person_id=each.person.id, shift_id=each.first.shift_id, told_at=clock.now())
        for each in found
    ]
    db.session.add_all(alerts)
    db.session.flush()
    locale = letters.locale_of(who, board.event)
    key = passes.ensure(board.event, [who])[who.id]
    values = {
        "count": str(len(found)),
        "missing": "\n".join(line(board, each, locale) for each in found),
        "link": links.public(f"/events/{board.event.slug}/staff/day"),
    }
    if who.user_id is None:
        values["link"] = letters.page_of(key.token)
    post_to_staff(board.event, TEMPLATE, [letters.to_person(board.event, who, key.token, f"{alerts[0].id}", values)])
    return len(found)


def line(board: DayBoard, attendance: Attendance, locale: str) -> str:
    """Return a missing person as one line: name, mobile, role, station, shift, and who stands in with the number."""
    duty = attendance.first
    parts = [
        " ".join(part for part in (attendance.person.name, _mobile(attendance.person)) if part),
        letters.role_words(duty, locale),
        duty.station,
        letters.day_words(duty, board.event.time_zone, locale),
        *(
            gettext(locale, _DEPUTY, name=" ".join(part for part in (each.name, _mobile(each)) if part))
            for each in board.deputies_of(attendance)
        ),
    ]
    return " · ".join(part for part in parts if part)


def _mobile(person: StaffPerson) -> str:
    number = person.mobile or (person.user.mobile if person.user else "")
    return display(number) if number else ""
