"""The standard conference template: two groups with their lines, and what other rooms promise by themselves.

The lines are the domain's own table. Each can be renamed in the event, and more can be added.
"""

from dataclasses import dataclass

from app.errors import N_
from app.models import BudgetGroup, BudgetLine, Event, OverPlan, StaffKind
from app.texts import gettext

OWN = "own-"  # begins the keys of lines that somebody added
MATERIALS, HOST, OTHER_STAFF, PACKAGES = "materials", "host", "conference_other", "marketing_support"
LODGING = "board_lodging"


@dataclass(frozen=True)
class LineRow:
    """One line of the template."""

    key: str
    group: BudgetGroup
    name: str


LINES = (
    LineRow("venue", BudgetGroup.CONFERENCE, N_("Venue hire")),
    LineRow(LODGING, BudgetGroup.CONFERENCE, N_("Board and lodging")),
    LineRow(MATERIALS, BudgetGroup.CONFERENCE, N_("Conference materials")),
    LineRow("transport", BudgetGroup.CONFERENCE, N_("Transport")),
    LineRow(OTHER_STAFF, BudgetGroup.CONFERENCE, N_("Other conference costs")),
    LineRow("media", BudgetGroup.PUBLICITY, N_("Media bought")),
    LineRow("guests", BudgetGroup.PUBLICITY, N_("Guest speakers")),
    LineRow(PACKAGES, BudgetGroup.PUBLICITY, N_("Marketing support")),
    LineRow(HOST, BudgetGroup.PUBLICITY, N_("Host of the conference")),
    LineRow("publicity_other", BudgetGroup.PUBLICITY, N_("Other publicity")),
)


def lines(event: Event) -> list[BudgetLine]:
    """Return the lines for an event, in its language, not added yet."""
    return [
        BudgetLine(
            event_id=event.id,
            key=row.key,
            group=row.group,
            position=place,
            name=gettext(event.language, row.name),
            over_plan=OverPlan.WARN,
        )
        for place, row in enumerate(LINES, 1)
    ]


def line_of_staff(kind: StaffKind) -> str:
    """Return the key of the line that pays a hired person: the host has one of their own."""
    return HOST if kind is StaffKind.HOST else OTHER_STAFF


def is_own(line: BudgetLine) -> bool:
    """Tell whether somebody added the line; those of the template stay."""
    return not line.key or line.key.startswith(OWN)
