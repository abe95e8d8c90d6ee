"""The schema: one file per subject, imported here so that migrations and relationships see every table."""

from app.models.base import Amount, Base, Instant
from app.models.dealer import Dealer, Standing
from app.models.door import Arrival, Badge, Scan, Verdict
from app.models.event import Event, EventStatus, Milestone, Stage
from app.models.invitation import (
    ColumnMapping,
    GuestKind,
    Import,
    ImportRow,
    ImportState,
    Invitation,
    InvitationState,
    Readiness,
    RowVerdict,
)
from app.models.message import (
    Attempt,
    AttemptOutcome,
    Channel,
    Message,
    MessageState,
    MessageTemplate,
    Unsubscription,
)
from app.models.record import File, Job, JobState, JournalEntry
from app.models.reply import (
    Answer,
    Call,
    CallOutcome,
    Companion,
    Confirmation,
    Reply,
    Round,
    TravelMode,
    Via,
)
from app.models.user import LoginSession, PasswordReset, SavedView, User, UserRole

__all__ = [
    "Amount",
    "Answer",
    "Arrival",
    "Attempt",
    "AttemptOutcome",
    "Badge",
    "Base",
    "Call",
    "CallOutcome",
    "Channel",
    "ColumnMapping",
    "Companion",
    "Confirmation",
    "Dealer",
    "Event",
    "EventStatus",
    "File",
    "GuestKind",
    "Import",
    "ImportRow",
    "ImportState",
    "Instant",
    "Invitation",
    "InvitationState",
    "Job",
    "JobState",
    "JournalEntry",
    "LoginSession",
    "Message",
    "MessageState",
    "MessageTemplate",
    "Milestone",
    "PasswordReset",
    "Readiness",
    "Reply",
    "Round",
    "RowVerdict",
    "SavedView",
    "Scan",
    "Stage",
    "Standing",
    "TravelMode",
    "Unsubscription",
    "User",
    "UserRole",
    "Verdict",
    "Via",
]
