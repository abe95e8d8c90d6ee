"""What the publicity plan needs somebody for, as lines of its page, the overview and home."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from app import clock
from app.models import Event, PublicityEntry
from app.web.alarms import Row
from app.web.nav import door


def of(event: Event, rows: Sequence[PublicityEntry]) -> list[Row]:
    """Return what is overdue, and what has appeared without a proof that it did."""
    today = clock.today(event.time_zone)
    late = [each for each in rows if each.appeared_on is None and each.due_on < today]
    unproved = [each for each in rows if each.appeared_on and not each.proof_url and not each.proof_file_id]
    found = []
    if late:
        text = ngettext("%(num)d piece of publicity is overdue", "%(num)d pieces of publicity are overdue", len(late))
        found.append(_row(event, text, "calendar-x", late))
    if unproved:
        text = ngettext(
            "%(num)d piece has appeared and has no proof",
            "%(num)d pieces have appeared and have no proof",
            len(unproved),
        )
        found.append(_row(event, text, "photo", unproved))
    return found


def _row(event: Event, text: str, icon: str, rows: Sequence[PublicityEntry]) -> Row:
    """One leads to its own row, several to the plan."""
    own = door("programme.publicity_edit", slug=event.slug, entry_id=rows[0].id) if len(rows) == 1 else ""
    url = own or door("programme.publicity", slug=event.slug)
    act = {"label": gettext("Open it") if own else gettext("See the publicity"), "url": url} if url else None
    return Row(text, icon, False, gettext(", ").join(each.medium for each in rows), act)
