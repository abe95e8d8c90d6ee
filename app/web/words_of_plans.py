"""How the states of a plan and its tasks read and look: text, tone and icon."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import Control, RevisionState

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (RevisionState.DRAFT, (_("Draft"), "secondary", "pencil")),
    (RevisionState.IN_REVIEW, (_("Being reviewed"), "yellow", "eye")),
    (RevisionState.REVIEWED, (_("Waits for approval"), "yellow", "hourglass")),
    (RevisionState.RETURNED, (_("Returned"), "orange", "arrow-back-up")),
    (RevisionState.APPROVED, (_("Approved, locked"), "green", "lock")),
    (RevisionState.SUPERSEDED, (_("Superseded"), "secondary", "history")),
    (Control.CONTROLLED, (_("Controlled"), "blue", "shield-check")),
    (Control.UNCONTROLLED, (_("Uncontrolled"), "secondary", "file")),
)
