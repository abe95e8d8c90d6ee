"""The tasks of the trade, counted back from the event. Each can be changed, taken out, and more be added."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.blueprints.events.rules.dates import Start, due_day
from app.errors import N_
from app.models import Event, PlanTask
from app.texts import gettext

MARKETING, SALES, ADMIN = N_("Marketing"), N_("Sales"), N_("Administration & HR")
FINANCE, MANAGER = N_("Finance department"), N_("General manager’s office")


@dataclass(frozen=True)
class TaskRow:
    """A task from one day to another, in calendar days from the event's own; negative is before."""

    key: str
    title: str
    department: str
    begins: int
    due: int
    after: str = ""


TASKS = (
    TaskRow("plan_written", N_("Write the plan of the conference"), MARKETING, -52, -47),
    TaskRow("plan_approved", N_("Review and approve the plan"), MANAGER, -46, -45, "plan_written"),
    TaskRow("budget_approved", N_("Settle and approve the budget"), FINANCE, -46, -44, "plan_written"),
    TaskRow("venue_booked", N_("Look at halls and book one"), ADMIN, -44, -38, "budget_approved"),
    TaskRow("dealers_screened", N_("Screen the dealers"), SALES, -44, -30, "plan_approved"),
    TaskRow("pack_written", N_("Write the recruitment pack"), MARKETING, -44, -32, "plan_approved"),
    TaskRow("list_complete", N_("Complete the invite list"), SALES, -30, -28, "dealers_screened"),
    TaskRow("materials_designed", N_("Design the printed materials"), MARKETING, -32, -22, "pack_written"),
    TaskRow("media_agreed", N_("Agree with the media"), MARKETING, -30, -18, "plan_approved"),
    TaskRow("talks_written", N_("Write talks and slides"), MARKETING, -28, -14, "plan_approved"),
    TaskRow("invitations_sent", N_("Send the invitations"), SALES, -24, -21, "list_complete"),
    TaskRow("materials_ordered", N_("Order the materials"), ADMIN, -22, -18, "materials_designed"),
    TaskRow("staff_named", N_("Name the staff, hire who is missing"), ADMIN, -20, -12, "plan_approved"),
    TaskRow("replies_chased", N_("Chase the replies"), SALES, -20, -10, "invitations_sent"),
    TaskRow("talks_rehearsed", N_("Rehearse the talks"), MARKETING, -12, -7, "talks_written"),
    TaskRow("lead_signers", N_("Agree with the lead signers"), SALES, -10, -5, "replies_chased"),
    TaskRow("contracts_ready", N_("Prepare the contracts"), SALES, -9, -4, "replies_chased"),
    TaskRow("materials_here", N_("Take the materials in and count them"), ADMIN, -8, -3, "materials_ordered"),
    TaskRow("reconfirmed", N_("Ask every guest again"), SALES, -3, -2, "replies_chased"),
    TaskRow("rooms_settled", N_("Settle rooms, meals and pick-ups"), ADMIN, -2, -1, "reconfirmed"),
    TaskRow("badges_printed", N_("Print the badges"), ADMIN, -2, -1, "reconfirmed"),
    TaskRow("hall_set_up", N_("Set up the hall"), ADMIN, -1, -1, "materials_here"),
    TaskRow("run_through", N_("Run through the whole day in the hall"), MARKETING, -1, -1, "hall_set_up"),
    TaskRow("held", N_("Hold the conference"), MANAGER, 0, 0, "run_through"),
    TaskRow("thanked", N_("Thank the guests in writing"), SALES, 1, 3, "held"),
    TaskRow("publicity_out", N_("Bring out the publicity pieces"), MARKETING, 1, 5, "held"),
    TaskRow("costs_settled", N_("Settle the costs"), FINANCE, 1, 7, "held"),
    TaskRow("payments_chased", N_("See to the first payments"), SALES, 1, 15, "held"),
    TaskRow("reported", N_("Hand in the summary report"), MARKETING, 3, 7, "held"),
)


def tasks(event: Event, not_before: date) -> dict[str, PlanTask]:
    """Return the tasks of the trade in the event's language by their keys; none is due before the given day.

    A planner who starts late has everything to do on the first day; nothing has been missed yet.
    """
    start = Start(event.starts_at, event.time_zone)
    made = {}
    for row in TASKS:
        due = due_day(start, row.due, not_before)
        made[row.key] = PlanTask(
            event_id=event.id,
            key=row.key,
            title=gettext(event.language, row.title),
            department=gettext(event.language, row.department),
            starts_on=min(due, start.day + timedelta(days=row.begins)),
            due_on=due,
        )
        made[row.key].after = made.get(row.after)
    return made
