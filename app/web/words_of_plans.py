"""How the states of a plan and its tasks read and look: text, tone and icon."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import Control, RevisionState, TaskState

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (RevisionState.DRAFT, (_("Draft"), "secondary", "pencil")),
    (RevisionState.IN_REVIEW, (_("Being reviewed"), "yellow", "eye")),
    (RevisionState.REVIEWED, (_("Waits for approval"), "yellow", "hourglass")),
    (RevisionState.RETURNED, (_("Returned for mending"), "orange", "arrow-back-up")),
    (RevisionState.APPROVED, (_("Approved, locked"), "green", "lock")),
    (RevisionState.SUPERSEDED, (_("Superseded"), "secondary", "history")),
    (TaskState.LATE, (_("Past its day"), "red", "calendar-x")),
    (TaskState.WAITING, (_("Waits for another"), "yellow", "hourglass")),
    (TaskState.RUNNING, (_("Under way"), "blue", "player-play")),
    (TaskState.AHEAD, (_("Ahead"), "secondary", "clock")),
    (TaskState.DONE, (_("Done"), "green", "circle-check")),
    (Control.CONTROLLED, (_("Controlled"), "blue", "shield-check")),
    (Control.UNCONTROLLED, (_("Uncontrolled"), "secondary", "file")),
)
