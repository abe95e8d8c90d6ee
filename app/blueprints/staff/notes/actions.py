"""Writing a note to the staff into the outbox. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import journal
from app.blueprints.messages.actions import ToPerson, draft_to_staff, post_to_staff
from app.blueprints.staff import passes
from app.blueprints.staff.notice import letters
from app.blueprints.staff.notice.actions import NoticesRest, are_sent
from app.models import Event, Message, StaffPerson

PLAIN, URGENT = "staff_note", "staff_note_urgent"


@dataclass(frozen=True)
class Note:
    """What is told, by whom, and whether it goes out in quiet hours too. `nonce` is the form's: sent twice is once."""

    text: str
    sender: str
    is_urgent: bool
    nonce: str

    @property
    def template(self) -> str:
        return URGENT if self.is_urgent else PLAIN


@dataclass(frozen=True)
class Reach:
    """Who can be written to, and who has no address."""

    reached: Sequence[StaffPerson]
    unreached: Sequence[StaffPerson]


def reach(people: Sequence[StaffPerson]) -> Reach:
    """Tell the people with an address from those without."""
    reached = [each for each in people if letters.address_of(each) is not None]
    return Reach(reached, [each for each in people if letters.address_of(each) is None])


def drafts(event: Event, people: Sequence[StaffPerson], note: Note) -> list[Message]:
    """Return the messages as they would be written, with a link that leads nowhere yet; written down nowhere."""
    return draft_to_staff(event, note.template, [_letter(event, each, "…", note) for each in people])


def send(event: Event, people: Sequence[StaffPerson], note: Note, *, to: str) -> int:
    """Write the note to everybody with an address. Returns how many messages are new; a second press writes none."""
    if not are_sent(event):
        raise NoticesRest
    reached = reach(people).reached
    keys = passes.ensure(event, reached)
    posted = post_to_staff(event, note.template, [_letter(event, each, keys[each.id].token, note) for each in reached])
    if posted:
        changes = {"to": [None, to], "messages": [None, len(posted)], "body": [None, note.text]}
        journal.record("staff.note_sent", event, event_id=event.id, changes=changes)
    return len(posted)


def _letter(event: Event, person: StaffPerson, token: str, note: Note) -> ToPerson:
    values = {"text": note.text, "sender": note.sender}
    return letters.to_person(event, person, token, f"{event.id}:{note.nonce}:{person.id}", values)
