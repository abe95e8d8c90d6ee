"""The levels of reminding as they are typed into the page's rows."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict

from app.blueprints.receivables.rules.levels import Level
from app.models import ReminderBy, Tone

ROWS = 10
_FIRST, _LAST = -60, 365
_LONGEST_TASK, _LONGEST_TEXT = 120, 1000


@dataclass(frozen=True)
class Row:
    """One row of the page, as text."""

    days: str = ""
    by: str = ""
    tone: str = ""
    text: str = ""
    task: str = ""
    person: str = ""


def rows_of(levels: list[Level]) -> list[Row]:
    """Return the page's rows, with an empty one to add a level."""
    rows = [Row(str(e.days), e.by.value, e.tone.value, e.text, e.task, str(e.person_id or "")) for e in levels]
    return [*rows, Row()][:ROWS]


def rows_from(form: ImmutableMultiDict[str, str]) -> list[Row]:
    """Return what was sent; rows from before there were tasks have none."""
    names = ("days", "by", "tone", "text", "task", "person")
    columns = [form.getlist(name)[:ROWS] for name in names]
    count = min(len(column) for column in columns[:3])
    padded = [(column + [""] * count)[:count] for column in columns]
    return [
        Row(days.strip().replace("−", "-"), by, tone, text.strip()[:_LONGEST_TEXT], task.strip()[:_LONGEST_TASK], who)
        for days, by, tone, text, task, who in zip(*padded, strict=True)
    ]


def levels_from(rows: list[Row], people: set[int]) -> tuple[list[Level], str]:
    """Return the levels, or what is wrong with the rows."""
    try:
        levels = [_level(row) for row in rows if row.days]
    except ValueError:
        return [], _("Please give whole days, for instance -3, 0 or 15.")
    days = [each.days for each in levels]
    if len(set(days)) < len(days) or any(not _FIRST <= each <= _LAST for each in days):
        return [], _("Each day stands once, from -60 to 365.")
    if any(each.person_id is not None and each.person_id not in people for each in levels):
        return [], _("This person does not chase payments.")
    return sorted(levels, key=lambda each: each.days), ""


def _level(row: Row) -> Level:
    person = int(row.person) if row.person else None
    return Level(int(row.days), ReminderBy(row.by), Tone(row.tone), row.text, row.task, person)
