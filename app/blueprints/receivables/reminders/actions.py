"""Reminding: some rows a time, each at each level once, and nobody who has paid."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_currency
from sqlalchemy import delete

from app import clock, journal, outbox, phones
from app.blueprints.messages import actions as messages
from app.blueprints.messages.actions import ToPerson
from app.blueprints.messages.rules import check_wording
from app.blueprints.messages.wording import KINDS
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.reminders import queries
from app.blueprints.receivables.rules import levels as rules
from app.blueprints.receivables.rules.levels import Due, Level
from app.blueprints.receivables.rules.sums import days_late
from app.errors import N_
from app.extensions import db
from app.models import (
    Channel,
    Event,
    Message,
    PayingHabit,
    PaymentKind,
    PromiseState,
    Receivable,
    Reminder,
    ReminderBy,
    ReminderLevel,
    Tone,
)
from app.sending import Decision
from app.texts import gettext, known, parsed

TEMPLATES = {Tone.FRIENDLY: "payment_friendly", Tone.FIRM: "payment_firm", Tone.FINAL: "payment_final"}
_CHANNELS = {ReminderBy.MAIL: Channel.MAIL, ReminderBy.SMS: Channel.SMS}
_WHAT = {
    PaymentKind.INTENT: N_("Intent money"),
    PaymentKind.PREPAYMENT: N_("Prepayment"),
    PaymentKind.EARNEST: N_("Earnest money"),
    PaymentKind.DEPOSIT: N_("Deposit"),
    PaymentKind.FIRST_ORDER: N_("First order"),
    PaymentKind.INSTALMENT: N_("Instalment"),
}


def remind(event: Event, levels: Sequence[Level], rows: Sequence[Receivable], now: datetime) -> int:
    """Remind of those rows that are due for it; the rows are held. Returns how many reminders were made."""
    today = clock.local(now, event.time_zone).date()
    promises, done = followup.promises(rows, today), queries.reminded([row.id for row in rows])
    dealers = sorted({row.dealer_id for row in rows})
    rest, habits = queries.unbooked(dealers), followup.habits_of(dealers)
    made: list[tuple[Reminder, Receivable]] = []
    for row in rows:
        promise, habit = promises.get(row.id), habits.get(row.dealer_id)
        due = rules.due(levels, days_late(row.due_on, today), promise.state if promise else None)
        if due is None or queries.is_paid(row, rest) or not rules.is_news(due, done.get(row.id, [])):
            continue
        if habit is not None and rules.is_paused_by_day(today, row.due_on, habit.pay_day):
            continue
        made.append((_reminder(row, due, now), row))
    _write(event, made, habits, {level.days: level.text for level in levels if level.text})
    db.session.add_all(reminder for reminder, _row in made)
    db.session.flush()
    said = {row.id: _to_journal(reminder) for reminder, row in made}
    journal.record_many("payment.reminded", Receivable.__tablename__, said, event_id=event.id)
    return len(made)


def _to_journal(reminder: Reminder) -> dict[str, list[object]]:
    return {"days": [None, reminder.days], "by": [None, reminder.by], "tone": [None, reminder.tone]}


def _reminder(row: Receivable, due: Due, now: datetime) -> Reminder:
    return Reminder(
        receivable_id=row.id,
        days=due.level.days,
        by=_way(row, due.level.by),
        tone=due.level.tone,
        is_raised=due.is_raised,
        made_at=now,
        task=due.level.task,
        person_id=(due.level.person_id or row.rep_id) if due.level.task else None,
    )


def _way(row: Receivable, wanted: ReminderBy) -> ReminderBy:
    """By the wanted way, else the other one; without any address the rep calls."""
    has = {ReminderBy.MAIL: bool(row.dealer.mail), ReminderBy.SMS: bool(row.dealer.mobile), ReminderBy.CALL: True}
    order = (wanted, ReminderBy.MAIL, ReminderBy.SMS, ReminderBy.CALL)
    return next(each for each in order if has[each])


def _write(
    event: Event,
    made: Sequence[tuple[Reminder, Receivable]],
    habits: dict[int, PayingHabit],
    texts: dict[int, str],
) -> None:
    """Put the messages into the outbox, one kind after the other, and tie them to their reminders."""
    for tone, template in TEMPLATES.items():
        some = [(each, row) for each, row in made if each.tone is tone and each.by in _CHANNELS]
        if not some:
            continue
        written = messages.draft_to_staff(event, template, [_letter(event, each, row, texts) for each, row in some])
        for (reminder, row), message in zip(some, written, strict=True):
            habit = habits.get(row.dealer_id)
            if habit is not None and habit.no_mornings:
                message.due_at = rules.not_in_the_morning(message.due_at, event.time_zone)
            reminder.message = message
        outbox.post_all(written)


def _letter(event: Event, reminder: Reminder, row: Receivable, texts: dict[int, str]) -> ToPerson:
    locale = known(row.dealer.locale, known(event.language, "zh_CN"))
    channel = _CHANNELS[reminder.by]
    address = (row.dealer.mail if channel is Channel.MAIL else row.dealer.mobile) or ""
    # A level's own text is in the event's language; to who reads another one the wording of the tone goes.
    body = texts.get(reminder.days, "") if locale == known(event.language, "zh_CN") else ""
    return ToPerson(f"{row.id}:{reminder.days}", channel, address, locale, values(row, locale), body=body)


def what(kind: PaymentKind, locale: str) -> str:
    """Return what a payment is called outside a page."""
    return gettext(locale, _WHAT[kind])


def values(row: Receivable, locale: str) -> dict[str, str]:
    """Return what the variables of a reminder stand for."""
    rep = row.rep
    pattern = "y年M月d日" if parsed(locale).language == "zh" else "d MMMM y"
    return {
        "name": row.dealer.contact,
        "dealer": row.dealer.company,
        "number": row.contract.number or "",
        "what": what(row.kind, locale),
        "open_sum": format_currency(row.open_amount, row.currency, locale=parsed(locale)),
        "due_day": format_date(row.due_on, pattern, locale=parsed(locale)),
        "rep": rep.name if rep else "",
        "rep_phone": phones.display(rep.mobile) if rep and rep.mobile else "",
    }


def last_look(message: Message, now: datetime) -> Decision:
    """Look at the newest receipts at the moment of sending: nobody who has paid, or promised, is reminded."""
    reminder = queries.reminder_of(message)
    if reminder is None or reminder.receivable.cancelled_at:
        return Decision(cancel="nothing_owed")
    row = reminder.receivable
    if queries.is_paid(row, queries.unbooked([row.dealer_id])):
        return Decision(cancel="paid")
    zone = row.event.time_zone if row.event else "Asia/Shanghai"
    promise = followup.promises([row], clock.local(now, zone).date()).get(row.id)
    if promise is not None and promise.state is PromiseState.RUNNING:
        return Decision(cancel="promised")
    habit = followup.habits_of([row.dealer_id]).get(row.dealer_id)
    if habit is not None and habit.no_mornings and (later := rules.not_in_the_morning(now, zone)) > now:
        return Decision(later=later)
    return Decision()


def set_levels(event: Event, levels: Sequence[Level]) -> None:
    """Give an event its own levels; none: the house's hold again. What was reminded of stays as it is.

    Raises UnknownVariable or StrayBrace where a level's text cannot be filled in.
    """
    for each in levels:
        check_wording(each.text, KINDS[TEMPLATES[each.tone]].variables)
    before = queries.levels_of(event)
    db.session.execute(delete(ReminderLevel).where(ReminderLevel.event_id == event.id))
    db.session.add_all(ReminderLevel(event_id=event.id, **asdict(each)) for each in levels)
    said = {"levels": [_said(before), _said(levels)]}
    journal.record("payment.levels", event, changes=said)
    db.session.flush()


def _said(levels: Sequence[Level]) -> str:
    marks = (f"{each.days}:{each.by.value}:{each.tone.value}{'+' if each.text or each.task else ''}" for each in levels)
    return ", ".join(marks)


def task_done(reminder: Reminder, *, by_id: int | None) -> None:
    """Say that the task of a reminder is done. Saying it twice is saying it once."""
    if reminder.done_at is None:
        reminder.done_at, reminder.done_by_id = clock.now(), by_id
        journal.record("payment.task_done", reminder.receivable, changes={"task": [None, reminder.task]})
        db.session.flush()
