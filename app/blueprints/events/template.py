"""The standard conference template: what every new event starts from. Each row can be changed in the event.

The dates are those of a planner who has six weeks; whoever has less finds the earlier rows due on the first day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from app.blueprints.events.rules.dates import Start, due_day
from app.errors import N_
from app.models import Event, Milestone, Stage
from app.texts import gettext


@dataclass(frozen=True)
class MilestoneRow:
    """One date an event has to keep, in calendar days from its own day; negative is before."""

    key: str
    stage: Stage
    offset_days: int
    title: str


DEFAULTS: Mapping[str, Any] = {
    "capacity": 120,
    "reconfirm_days_before": 3,
    "reconfirm_at": time(10, 0),
    "silent_after_hours": 4,
    "quiet_from": time(21, 0),
    "quiet_until": time(8, 30),
    "spare_percent": 5,
    "currency": "CNY",
    "time_zone": "Asia/Shanghai",
}

PURPOSES = (
    N_("Sign the dealers with whom terms are already settled"),
    N_("Let them carry along the dealers who lean to yes but hesitate"),
    N_("Present the product to dealers who may join later"),
    N_("Make news in the region"),
)

MILESTONES = (
    MilestoneRow("plan_approved", Stage.PLAN, -45, N_("Conference plan approved")),
    MilestoneRow("venue_booked", Stage.PLAN, -40, N_("Venue booked")),
    MilestoneRow("recruitment_pack_ready", Stage.PLAN, -30, N_("Recruitment pack ready (letter, agreement, products)")),
    MilestoneRow("talks_rehearsed", Stage.PLAN, -7, N_("Talks rehearsed")),
    MilestoneRow("invite_list_complete", Stage.INVITE, -28, N_("Invite list complete")),
    MilestoneRow("invitations_sent", Stage.INVITE, -21, N_("Invitations sent")),
    MilestoneRow("replies_chased", Stage.INVITE, -10, N_("Replies chased")),
    MilestoneRow("lead_signers_agreed", Stage.INVITE, -5, N_("Lead signers agreed")),
    MilestoneRow("reconfirmed", Stage.RECONFIRM, -3, N_("Every guest asked again")),
    MilestoneRow("silent_called", Stage.RECONFIRM, -2, N_("Silent guests called")),
    MilestoneRow("badges_printed", Stage.CHECK_IN, -1, N_("Badges printed")),
    MilestoneRow("hall_set_up", Stage.CHECK_IN, -1, N_("Hall set up")),
    MilestoneRow("doors_open", Stage.CHECK_IN, 0, N_("Doors open")),
    MilestoneRow("signing", Stage.SIGN, 0, N_("Signing on the stage")),
    MilestoneRow("greetings_sent", Stage.SIGN, 3, N_("Thank-you greetings sent")),
    MilestoneRow("closed_out", Stage.SETTLE, 3, N_("Everybody who worked has closed out")),
    MilestoneRow("costs_settled", Stage.SETTLE, 7, N_("Conference costs settled")),
    MilestoneRow("publicity_out", Stage.REPORT, 5, N_("Publicity pieces out")),
    MilestoneRow("summary_report", Stage.REPORT, 7, N_("Summary report handed in")),
)


def purposes(language: str) -> str:
    """Return the standard purposes in the event's language, one a line."""
    return "\n".join(gettext(language, purpose) for purpose in PURPOSES)


def add_milestones(event: Event, not_before: date | None = None) -> None:
    """Give the event the standard milestones, named in its language; none is due before `not_before`."""
    start = Start(event.starts_at, event.time_zone)
    event.milestones.extend(
        Milestone(
            key=row.key,
            stage=row.stage,
            title=gettext(event.language, row.title),
            due_on=due_day(start, row.offset_days, not_before),
        )
        for row in MILESTONES
    )
