"""What a reminder to close out is filled in with; its words are a wording of the event."""

from app.blueprints.messages.actions import ToPerson
from app.blueprints.staff.closeout.queries import Sheet
from app.blueprints.staff.notice.letters import to_person
from app.models import Event

TEMPLATE = "closeout_reminder"


def reminder(event: Event, sheet: Sheet, token: str, day: str) -> ToPerson:
    """Return the reminder of one day to somebody who has an address and something open."""
    open_ = [each.text for each in sheet.items if each.is_open]
    values = {"items": "\n".join(f"□ {text}" for text in open_), "count": str(len(open_))}
    return to_person(event, sheet.person, token, f"{event.id}:{sheet.person.id}:{day}", values)
