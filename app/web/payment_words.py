"""How states and kinds of payments read and look: (text, tone, icon), as in `app.web.words`."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import (
    AgeBucket,
    DunningOutcome,
    PostingKind,
    PromiseState,
    ReceiptState,
    ReceiptWay,
    ReceivableState,
    ReminderBy,
    Tone,
)

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (ReceivableState.UPCOMING, (_("Not due yet"), "blue", "clock")),
    (ReceivableState.DUE_TODAY, (_("Due today"), "orange", "bell")),
    (ReceivableState.OVERDUE, (_("Overdue"), "red", "alert-circle")),
    (ReceivableState.SETTLED, (_("Paid"), "green", "circle-check")),
    (ReceivableState.CANCELLED, (_("Cancelled"), "secondary", "ban")),
    (AgeBucket.NOT_DUE, (_("Not due"), "blue", "clock")),
    (AgeBucket.UP_TO_30, (_("1–30 days"), "yellow", "clock-hour-4")),
    (AgeBucket.UP_TO_60, (_("31–60 days"), "orange", "alert-circle")),
    (AgeBucket.UP_TO_90, (_("61–90 days"), "red", "alert-triangle")),
    (AgeBucket.OVER_90, (_("Over 90 days"), "purple", "flame")),
    (ReceiptWay.TRANSFER, (_("Bank transfer"), "secondary", "building-bank")),
    (ReceiptWay.POS, (_("Card terminal (POS)"), "secondary", "credit-card")),
    (ReceiptWay.CASH, (_("Cash"), "secondary", "cash")),
    (ReceiptWay.CHEQUE, (_("Cheque"), "secondary", "receipt")),
    (ReceiptWay.OTHER, (_("Otherwise"), "secondary", "wallet")),
    (ReceiptState.PROVISIONAL, (_("Provisional"), "yellow", "hourglass")),
    (ReceiptState.CONFIRMED, (_("Confirmed"), "green", "circle-check")),
    (ReceiptState.BOUNCED, (_("Bounced"), "red", "circle-x")),
    (PostingKind.ALLOCATION, (_("Payment booked"), "green", "cash")),
    (PostingKind.REFUND, (_("Refund"), "orange", "arrow-back-up")),
    (PostingKind.WRITE_OFF, (_("Write-off"), "secondary", "x")),
    (PostingKind.BONUS, (_("Bonus for paying early"), "teal", "gift")),
    (PostingKind.INTEREST, (_("Interest for paying late"), "red", "percentage")),
    (PostingKind.RELEASE, (_("Settled, no longer held"), "secondary", "lock-open")),
    (PostingKind.RETURN, (_("Goes back to the dealer"), "orange", "arrow-back-up")),
    (PostingKind.FORFEIT, (_("Kept for good"), "purple", "gavel")),
    (PostingKind.COMPENSATION, (_("Compensation, as much again"), "orange", "heart-handshake")),
    (PostingKind.RESCHEDULE, (_("Divided into instalments"), "blue", "calendar")),
    (DunningOutcome.PROMISED, (_("Promised to pay"), "blue", "heart-handshake")),
    (DunningOutcome.NOT_REACHED, (_("Not reached"), "secondary", "phone-off")),
    (DunningOutcome.CALL_BACK, (_("Call back"), "yellow", "phone-calling")),
    (DunningOutcome.SAYS_PAID, (_("Says it is paid"), "teal", "receipt")),
    (DunningOutcome.DISPUTES, (_("Disputes the sum"), "red", "message-question")),
    (PromiseState.RUNNING, (_("Promise running"), "blue", "hourglass")),
    (PromiseState.KEPT, (_("Promise kept"), "green", "heart-handshake")),
    (PromiseState.BROKEN, (_("Promise broken"), "red", "thumb-down")),
    (ReminderBy.MAIL, (_("Mail"), "secondary", "mail")),
    (ReminderBy.SMS, (_("SMS"), "secondary", "message")),
    (ReminderBy.CALL, (_("Call by the rep"), "secondary", "phone")),
    (Tone.FRIENDLY, (_("Friendly"), "teal", "message-circle")),
    (Tone.FIRM, (_("Pressing"), "orange", "message-2")),
    (Tone.FINAL, (_("Last warning"), "red", "gavel")),
)
