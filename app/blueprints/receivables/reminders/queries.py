"""What the reminders know: levels of an event, what is due to be reminded, and what was."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from app.access import PERMISSIONS_OF, Permission
from app.blueprints.receivables import queries
from app.blueprints.receivables.rules.levels import STANDARD, Level
from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import (
    Amount,
    Contract,
    Dealer,
    DunningCall,
    Event,
    EventStatus,
    Message,
    Receipt,
    Receivable,
    Reminder,
    ReminderLevel,
    User,
    UserRole,
)


def levels_of(event: Event) -> list[Level]:
    """Return the levels of an event in the order of days: its own, or the house's."""
    rows = db.session.scalars(
        select(ReminderLevel).where(ReminderLevel.event_id == event.id).order_by(ReminderLevel.days)
    ).all()
    own = [Level(row.days, row.by, row.tone, row.text, row.task, row.person_id) for row in rows]
    return own or list(STANDARD)


def has_own_levels(event: Event) -> bool:
    return bool(db.session.scalar(select(exists().where(ReminderLevel.event_id == event.id))))


def events_owed() -> list[int]:
    """Return the events of which something is open; an archived one reminds nobody."""
    statement = (
        select(Event.id)
        .where(Event.status != EventStatus.ARCHIVED)
        .where(exists().where(Receivable.event_id == Event.id, queries.IS_OPEN))
    )
    return list(db.session.scalars(statement.order_by(Event.id)))


def _reached(levels: Sequence[Level], today: date) -> ColumnElement[bool]:
    """A row has reached a level that it was not reminded at, nor at a higher one; or a promise about it is over."""
    conditions: list[ColumnElement[bool]] = []
    for place, level in enumerate(levels):
        reached = Receivable.due_on <= today - timedelta(days=level.days)
        if place + 1 < len(levels):
            reached = and_(reached, Receivable.due_on > today - timedelta(days=levels[place + 1].days))
        done = exists().where(Reminder.receivable_id == Receivable.id, Reminder.days >= level.days)
        conditions.append(and_(reached, ~done))
    broken = exists().where(DunningCall.receivable_id == Receivable.id, DunningCall.promised_on < today)
    highest = exists().where(Reminder.receivable_id == Receivable.id, Reminder.days >= levels[-1].days)
    return or_(*conditions, and_(broken, ~highest))


# What a reminder says, and where it goes; with 200 rows a time nothing else of a dealer or a contract is read.
_ON_A_REMINDER = (
    selectinload(Receivable.dealer).load_only(
        Dealer.company, Dealer.contact, Dealer.mail, Dealer.mobile, Dealer.locale
    ),
    selectinload(Receivable.contract).load_only(Contract.number),
    selectinload(Receivable.rep).load_only(User.name, User.mobile),
)


def to_remind(event: Event, levels: Sequence[Level], today: date, after_id: int, limit: int) -> list[Receivable]:
    """Return the next rows that may be reminded of, held until the transaction ends; rows others hold are left."""
    statement = (
        queries.receivables(event)
        .where(queries.IS_OPEN, Receivable.id > after_id, _reached(levels, today))
        .order_by(Receivable.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Receivable)
        .options(*_ON_A_REMINDER)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def is_any_to_remind(event: Event, levels: Sequence[Level], today: date) -> bool:
    """Tell whether `to_remind` would find something, without holding anything."""
    some = queries.receivables(event).where(queries.IS_OPEN, _reached(levels, today)).limit(1)
    return db.session.scalar(some.with_only_columns(Receivable.id)) is not None


def reminded(ids: Sequence[int]) -> dict[int, list[int]]:
    """Return at which levels receivables were reminded of."""
    found: dict[int, list[int]] = {}
    for receivable_id, days in db.session.execute(
        select(Reminder.receivable_id, Reminder.days).where(Reminder.receivable_id.in_(ids))
    ):
        found.setdefault(receivable_id, []).append(days)
    return found


def unbooked(dealer_ids: Sequence[int]) -> dict[tuple[int, str], Decimal]:
    """Return what dealers have paid that is not booked on anything yet, by dealer and currency."""
    rest = type_coerce(func.sum(Receipt.amount - Receipt.used), Amount())
    rows = db.session.execute(
        select(Receipt.dealer_id, Receipt.currency, rest)
        .where(Receipt.dealer_id.in_(dealer_ids), Receipt.bounced_at.is_(None), Receipt.used < Receipt.amount)
        .group_by(Receipt.dealer_id, Receipt.currency)
    )
    return {(dealer_id, currency): total for dealer_id, currency, total in rows}


def is_paid(row: Receivable, rest: dict[tuple[int, str], Decimal]) -> bool:
    """Tell whether nothing is open, or as much lies unbooked on the dealer's receipts."""
    return row.open_amount <= 0 or rest.get((row.dealer_id, row.currency), ZERO) >= row.open_amount


def reminder_of(message: Message) -> Reminder | None:
    """Return what a message reminds of; also for one that is sent once more."""
    ids = [each for each in (message.id, message.copy_of_id) if each is not None]
    return db.session.scalar(
        select(Reminder).where(Reminder.message_id.in_(ids)).options(joinedload(Reminder.receivable))
    )


def latest(event: Event, only_of: int | None = None, limit: int = 100) -> Sequence[Reminder]:
    """Return the newest reminders of an event."""
    statement = (
        select(Reminder)
        .join(Receivable, Receivable.id == Reminder.receivable_id)
        .where(Receivable.event_id == event.id)
        .order_by(Reminder.id.desc())
        .limit(limit)
        .options(
            joinedload(Reminder.message),
            joinedload(Reminder.receivable).joinedload(Receivable.dealer),
        )
    )
    return db.session.scalars(statement if only_of is None else statement.where(Receivable.rep_id == only_of)).all()


def of_receivable(row: Receivable) -> Sequence[Reminder]:
    """Return how often a sum was reminded of, newest first, with what became of the messages."""
    statement = select(Reminder).where(Reminder.receivable_id == row.id).order_by(Reminder.id.desc())
    loads = (joinedload(Reminder.message), joinedload(Reminder.person), joinedload(Reminder.done_by))
    return db.session.scalars(statement.options(*loads)).all()


def open_tasks(person_id: int, limit: int = 50) -> Sequence[Reminder]:
    """Return what a person is to do about sums that are still open, the oldest first."""
    statement = (
        select(Reminder)
        .join(Receivable, Receivable.id == Reminder.receivable_id)
        .where(Reminder.person_id == person_id, Reminder.task != "", Reminder.done_at.is_(None), queries.IS_OPEN)
        .order_by(Reminder.id)
        .limit(limit)
        .options(joinedload(Reminder.receivable).joinedload(Receivable.dealer))
    )
    return db.session.scalars(statement).all()


def people_for_tasks() -> dict[int, str]:
    """Return who chases payments, by name."""
    roles = [role for role, rights in PERMISSIONS_OF.items() if Permission.CHASE_PAYMENTS in rights]
    chasing = exists().where(UserRole.user_id == User.id, UserRole.role.in_(roles))
    found = db.session.execute(select(User.id, User.name).where(User.is_active, chasing).order_by(User.name, User.id))
    return dict(found.all())
