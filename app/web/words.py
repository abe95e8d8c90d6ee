"""How each state reads and looks. The same state has the same word, tone and icon on every page."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString, lazy_gettext
from wtforms.fields.choices import SelectChoice

from app.access import Role
from app.models import (
    Answer,
    AttemptOutcome,
    CallOutcome,
    Channel,
    EventStatus,
    GuestKind,
    ImportState,
    InvitationState,
    JobState,
    MessageState,
    Readiness,
    RowVerdict,
    Stage,
    Standing,
    TravelMode,
    Verdict,
    Via,
)

_ = lazy_gettext


@dataclass(frozen=True)
class Word:
    """A word for a person, the tone of its badge (a Tabler colour) and an icon."""

    text: LazyString
    tone: str = "secondary"
    icon: str = ""


# Pairs, not a dictionary: words of different sets are equal as strings (Answer.COMING, CallOutcome.COMING).
WORDS: tuple[tuple[StrEnum, Word], ...] = (
    (EventStatus.DRAFT, Word(_("Draft"), "secondary", "pencil")),
    (EventStatus.OPEN, Word(_("Open"), "blue", "door")),
    (EventStatus.RUNNING, Word(_("Running"), "green", "player-play")),
    (EventStatus.CLOSED, Word(_("Closed"), "secondary", "lock")),
    (EventStatus.ARCHIVED, Word(_("Archived"), "secondary", "archive")),
    (Stage.PLAN, Word(_("Plan"), "blue", "clipboard-list")),
    (Stage.INVITE, Word(_("Invite"), "blue", "send")),
    (Stage.RECONFIRM, Word(_("Re-confirm"), "blue", "phone-check")),
    (Stage.CHECK_IN, Word(_("Check in"), "blue", "qrcode")),
    (Stage.SIGN, Word(_("Sign"), "blue", "signature")),
    (Stage.SETTLE, Word(_("Settle"), "blue", "cash")),
    (Stage.REPORT, Word(_("Report"), "blue", "report-analytics")),
    (Standing.SIGNED, Word(_("Signed dealer"), "green", "circle-check")),
    (Standing.LETTER_OF_INTENT, Word(_("Letter of intent"), "teal", "file-text")),
    (Standing.KEY, Word(_("Key dealer"), "purple", "star")),
    (Standing.PROGRESSING, Word(_("Progressing"), "blue", "trending-up")),
    (Standing.POTENTIAL, Word(_("Potential"), "secondary", "seedling")),
    (Standing.TRACKING, Word(_("Tracking"), "secondary", "eye")),
    (GuestKind.DEALER, Word(_("Dealer"), "blue", "building-store")),
    (GuestKind.EXPERT, Word(_("Expert"), "purple", "school")),
    (GuestKind.MEDIA, Word(_("Media"), "orange", "microphone")),
    (GuestKind.GOVERNMENT, Word(_("Government"), "red", "building-bank")),
    (GuestKind.ASSOCIATION, Word(_("Association"), "teal", "users-group")),
    (GuestKind.STAFF, Word(_("Staff guest"), "secondary", "id-badge")),
    (Readiness.READY, Word(_("Ready to sign"), "green", "signature")),
    (Readiness.LEANING, Word(_("Leaning"), "teal", "thumb-up")),
    (Readiness.WAVERING, Word(_("Wavering"), "yellow", "scale")),
    (Readiness.PROSPECT, Word(_("Prospect"), "secondary", "seedling")),
    (InvitationState.LISTED, Word(_("Listed"), "secondary", "list")),
    (InvitationState.INVITED, Word(_("Invited"), "blue", "send")),
    (InvitationState.NO_ANSWER, Word(_("No answer"), "yellow", "clock-question")),
    (InvitationState.ACCEPTED, Word(_("Accepted"), "teal", "check")),
    (InvitationState.WAITING, Word(_("Waiting list"), "purple", "hourglass")),
    (InvitationState.DECLINED, Word(_("Declined"), "secondary", "x")),
    (InvitationState.FIRM, Word(_("Firm"), "green", "checks")),
    (InvitationState.SUBSTITUTE, Word(_("Substitute"), "green", "user-share")),
    (InvitationState.SILENT, Word(_("Silent"), "orange", "phone-off")),
    (InvitationState.DECLINED_LATE, Word(_("Declined late"), "red", "calendar-x")),
    (InvitationState.ARRIVED, Word(_("Arrived"), "green", "map-pin-check")),
    (InvitationState.NO_SHOW, Word(_("No-show"), "red", "user-x")),
    (ImportState.UPLOADED, Word(_("Uploaded"), "secondary", "upload")),
    (ImportState.CHECKING, Word(_("Checking"), "blue", "loader")),
    (ImportState.CHECKED, Word(_("Checked"), "blue", "list-check")),
    (ImportState.APPLYING, Word(_("Importing"), "blue", "loader")),
    (ImportState.APPLIED, Word(_("Imported"), "green", "check")),
    (ImportState.REVERTING, Word(_("Reverting"), "blue", "loader")),
    (ImportState.REVERTED, Word(_("Reverted"), "secondary", "arrow-back-up")),
    (ImportState.FAILED, Word(_("Failed"), "red", "alert-triangle")),
    (RowVerdict.NEW, Word(_("New"), "green", "plus")),
    (RowVerdict.UPDATED, Word(_("Updated"), "blue", "pencil")),
    (RowVerdict.UNCHANGED, Word(_("Unchanged"), "secondary", "equal")),
    (RowVerdict.REFUSED, Word(_("Refused"), "red", "x")),
    (Answer.COMING, Word(_("Coming"), "green", "check")),
    (Answer.NOT_COMING, Word(_("Not coming"), "secondary", "x")),
    (Answer.SUBSTITUTE, Word(_("Somebody else comes"), "green", "user-share")),
    (Via.LINK, Word(_("by the personal link"), "secondary", "link")),
    (Via.PHONE, Word(_("by phone"), "secondary", "phone")),
    (TravelMode.TRAIN, Word(_("Train"), "secondary", "train")),
    (TravelMode.FLIGHT, Word(_("Flight"), "secondary", "plane")),
    (TravelMode.CAR, Word(_("Own car"), "secondary", "car")),
    (TravelMode.OTHER, Word(_("Other"), "secondary", "dots")),
    (CallOutcome.COMING, Word(_("Coming"), "green", "check")),
    (CallOutcome.NOT_COMING, Word(_("Not coming"), "secondary", "x")),
    (CallOutcome.SUBSTITUTE, Word(_("Somebody else comes"), "green", "user-share")),
    (CallOutcome.CALL_BACK, Word(_("Call back"), "yellow", "phone-calling")),
    (CallOutcome.NOT_REACHED, Word(_("Not reached"), "orange", "phone-off")),
    (CallOutcome.WRONG_NUMBER, Word(_("Wrong number"), "red", "phone-x")),
    (Verdict.ADMIT, Word(_("Welcome"), "green", "circle-check")),
    (Verdict.ALREADY_IN, Word(_("Already in"), "yellow", "user-check")),
    (Verdict.DECLINED, Word(_("Has declined"), "orange", "calendar-x")),
    (Verdict.NOT_INVITED, Word(_("Not invited yet"), "orange", "user-question")),
    (Verdict.WAITING, Word(_("On the waiting list"), "purple", "hourglass")),
    (Verdict.UNKNOWN, Word(_("Not on the list"), "red", "circle-x")),
    (Verdict.OTHER_EVENT, Word(_("Badge of another event"), "red", "calendar-question")),
    (Verdict.REVOKED, Word(_("Badge no longer valid"), "red", "id-badge-off")),
    (Channel.MAIL, Word(_("Mail"), "secondary", "mail")),
    (Channel.SMS, Word(_("SMS"), "secondary", "message")),
    (Channel.ROBOT, Word(_("Group robot"), "secondary", "robot")),
    (MessageState.WAITING, Word(_("Waiting to be sent"), "blue", "clock")),
    (MessageState.SENDING, Word(_("Being sent"), "blue", "loader")),
    (MessageState.SENT, Word(_("Sent"), "green", "check")),
    (MessageState.KEPT, Word(_("Kept here"), "purple", "inbox")),
    (MessageState.FAILED, Word(_("Failed"), "red", "alert-triangle")),
    (MessageState.UNCERTAIN, Word(_("Uncertain"), "orange", "help")),
    (MessageState.CANCELLED, Word(_("Cancelled"), "secondary", "ban")),
    (AttemptOutcome.STARTED, Word(_("Begun"), "blue", "loader")),
    (AttemptOutcome.SENT, Word(_("Sent"), "green", "check")),
    (AttemptOutcome.REFUSED, Word(_("Refused"), "red", "x")),
    (AttemptOutcome.FAILED, Word(_("Failed"), "orange", "alert-triangle")),
    (AttemptOutcome.UNCERTAIN, Word(_("Uncertain"), "orange", "help")),
    (JobState.WAITING, Word(_("Waiting"), "secondary", "clock")),
    (JobState.RUNNING, Word(_("Running"), "blue", "loader")),
    (JobState.DONE, Word(_("Done"), "green", "check")),
    (JobState.FAILED, Word(_("Failed"), "red", "alert-triangle")),
    (Role.ADMINISTRATOR, Word(_("Administrator"), "red", "shield")),
    (Role.DIRECTOR, Word(_("Director"), "purple", "crown")),
    (Role.PLANNER, Word(_("Planner (marketing)"), "blue", "clipboard-list")),
    (Role.SALES_MANAGER, Word(_("Sales manager"), "teal", "users")),
    (Role.SALES_REP, Word(_("Sales rep"), "teal", "user")),
    (Role.CONFERENCE_AFFAIRS, Word(_("Conference affairs"), "blue", "building")),
    (Role.FINANCE, Word(_("Finance"), "yellow", "cash")),
    (Role.CONTRACT_ADMINISTRATOR, Word(_("Contract administrator"), "orange", "file-certificate")),
    (Role.COMPLIANCE, Word(_("Compliance"), "orange", "certificate")),
    (Role.RECEPTION, Word(_("Reception"), "green", "qrcode")),
)

_KEYED = {(type(value), value.value): word for value, word in WORDS}


def word(value: StrEnum) -> Word:
    """Return how a state reads and looks."""
    return _KEYED[type(value), value.value]


def choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """Return the options of a select field for a closed set of words."""
    return [SelectChoice(value.value, word(value).text) for value in kind]
