"""What is done to events: create, copy, edit, take a step. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import clock, journal, tokens
from app.blueprints.events import following, hindrances, queries, template
from app.blueprints.events.rules.dates import Move, Start, moved_day, moved_instant, round_due_at
from app.blueprints.events.rules.head_count import EXPECTED, INVITED_STEP
from app.blueprints.events.rules.slug import LONGEST, slug_from
from app.blueprints.events.rules.status import UNDER_WAY, EventArchived, check_step
from app.errors import StaleChange
from app.extensions import db
from app.models import (
    Event,
    EventStatus,
    Invitation,
    InvitationState,
    JournalEntry,
    MessageTemplate,
    Milestone,
)

# What an event says about itself; a copy keeps it unless the form says otherwise.
KEPT = (
    "theme", "time_zone", "venue", "venue_address", "hall", "map_url", "capacity", "organizer", "co_organizer",
    "purposes", "contact_name", "contact_phone", "currency", "language", "signing_target", "reconfirm_days_before",
    "reconfirm_at", "silent_after_hours", "quiet_from", "quiet_until", "spare_percent",
)  # fmt: skip
NO_SHOW = "invitation.no_show"


def free_slug(name: str) -> str:
    """Return an address for the name that no event has."""
    return slug_from(name, queries.taken_slugs(slug_from(name)[: LONGEST - 4]))


def create(values: Mapping[str, Any], *, by_id: int | None) -> Event:
    """Create an event from the standard conference template; `values` are columns that differ from it.

    An empty slug is made from the name. Returns the event, flushed.
    """
    given = {**template.DEFAULTS, **values}
    event = Event(**given | {"slug": given.get("slug") or free_slug(given["name"])})
    event.status = EventStatus.DRAFT
    event.created_at = clock.now()
    event.created_by_id = by_id
    event.language = event.language or "zh_CN"
    event.purposes = event.purposes or template.purposes(event.language)
    template.add_milestones(event, not_before=clock.today(event.time_zone))
    _add(event, "event.created")
    return event


def copy(
    source: Event, values: Mapping[str, Any], *, with_guests: bool, with_people: bool = False, by_id: int | None
) -> Event:
    """Create an event with another one's settings, wording and milestones, moved by the difference of the dates.

    The rooms above bring their plans along (`following`): roles, needs and shifts, materials and the hall. With guests,
    everybody on the source's list is listed here too, as if nobody had been invited yet; with people, those who worked
    there are planned here, as if nobody had told them yet.
    """
    kept = {name: getattr(source, name) for name in KEPT}
    given = kept | dict(values)
    event = Event(**given | {"slug": given.get("slug") or free_slug(given["name"])})
    event.status = EventStatus.DRAFT
    event.created_at = clock.now()
    event.created_by_id = by_id
    event.copied_from_id = source.id
    before, after = queries.start_of(source), queries.start_of(event)
    today = clock.today(event.time_zone)
    if source.replies_close_at is not None and event.replies_close_at is None:
        event.replies_close_at = moved_instant(source.replies_close_at, before, after)
    event.milestones = [
        Milestone(
            key=row.key,
            stage=row.stage,
            title=row.title,
            due_on=max(moved_day(row.due_on, before, after), today),
            owner_id=row.owner_id,
        )
        for row in queries.milestones(source)
    ]
    _add(event, "event.copied")
    _copy_wording(source, event)
    if with_guests:
        _copy_guests(source, event)
    following.copied(source, event, with_people=with_people)
    return event


def _add(event: Event, action: str) -> None:
    db.session.add(event)
    db.session.flush()
    journal.record(action, event, event_id=event.id, changes={"name": [None, event.name]})


def _copy_wording(source: Event, event: Event) -> None:
    for row in db.session.scalars(select(MessageTemplate).where(MessageTemplate.event_id == source.id)):
        db.session.add(
            MessageTemplate(
                event_id=event.id,
                key=row.key,
                channel=row.channel,
                locale=row.locale,
                subject=row.subject,
                body=row.body,
            )
        )


def _copy_guests(source: Event, event: Event) -> None:
    """List the same guests. What was agreed for one event (lead signer, amount, table) is not carried over."""
    now = clock.now()
    for row in db.session.scalars(select(Invitation).where(Invitation.event_id == source.id).order_by(Invitation.id)):
        db.session.add(
            Invitation(
                event_id=event.id,
                dealer_id=row.dealer_id,
                kind=row.kind,
                readiness=row.readiness,
                rep_id=row.rep_id,
                companions_allowed=row.companions_allowed,
                notes=row.notes,
                token=tokens.new_link_token(),
                listed_at=now,
            )
        )


def planned_move(event: Event, after: Start) -> Move | None:
    """Return what would move with the event, or None when it stays where it is."""
    before = queries.start_of(event)
    if before == after:
        return None
    count = queries.head_count(event)
    return Move(
        before=before,
        after=after,
        milestones=sum(row.done_at is None for row in queries.milestones(event)),
        round_before=round_due_at(before, event.reconfirm_days_before, event.reconfirm_at),
        round_after=round_due_at(after, event.reconfirm_days_before, event.reconfirm_at),
        round_was_asked=queries.round_was_asked(event),
        replies_before=event.replies_close_at,
        replies_after=event.replies_close_at and moved_instant(event.replies_close_at, before, after),
        guests_told=count.where(INVITED_STEP).guests,
    )


def edit(event: Event, values: Mapping[str, Any], *, version: int, move_milestones: bool) -> Move | None:
    """Set new values; a new start takes the undone milestones along when wished, and the closing time of replies.

    The closing time moves only when `values` leaves it as it was: whoever set another one meant it.
    """
    if event.status is EventStatus.ARCHIVED:
        raise EventArchived
    if event.version != version:
        raise StaleChange
    after = Start(values.get("starts_at", event.starts_at), values.get("time_zone", event.time_zone))
    move = planned_move(event, after)
    same_closing = values.get("replies_close_at", event.replies_close_at) == event.replies_close_at
    for name, value in values.items():
        if name != "slug" or (value and event.status is EventStatus.DRAFT):
            setattr(event, name, value)
    if move is not None and same_closing:
        event.replies_close_at = move.replies_after
    if move is not None and move_milestones:
        for row in queries.milestones(event):
            if row.done_at is None:
                row.due_on = moved_day(row.due_on, move.before, move.after)
        following.moved(event, move)
    if changes := journal.changes_of(event):
        journal.record("event.edited", event, event_id=event.id, changes=changes)
    db.session.flush()
    return move


def take_step(event: Event, to: EventStatus, *, despite: str = "") -> None:
    """Give the event another status. Closing marks the missing as no-shows; reopening takes that back.

    While anything stands in the way of closing (`hindrances`) it needs a written reason, `despite`, which is kept.
    """
    hindrances.lock(event)
    check_step(event.status, to, queries.standing(event))
    said: dict[str, Any] = {}
    if event.status in UNDER_WAY and to is EventStatus.CLOSED:
        said = _check_cleared_up(event, " ".join(despite.split())[:200])
        mark_no_shows(event)
    if event.status is EventStatus.CLOSED and to is EventStatus.RUNNING:
        take_back_no_shows(event)
    event.status = to
    journal.record(f"event.{to.value}", event, event_id=event.id, changes=journal.changes_of(event) | said)
    db.session.flush()


def _check_cleared_up(event: Event, despite: str) -> dict[str, Any]:
    """Raise when something is open and nobody says why to close all the same. Returns what the journal says of it."""
    count = sum(len(rows) for _source, rows in hindrances.of_event(event))
    if count and not despite:
        raise hindrances.EventNotClearedUp(count=count)
    return {"left_open": [None, count], "why": [None, despite]} if count else {}


def mark_no_shows(event: Event) -> int:
    """Mark everybody who was expected and has not come. Returns how many."""
    missing = list(
        db.session.scalars(
            select(Invitation).where(Invitation.event_id == event.id, Invitation.state.in_(EXPECTED)).with_for_update()
        )
    )
    for invitation in missing:
        invitation.state = InvitationState.NO_SHOW
        journal.record(NO_SHOW, invitation)
    return len(missing)


def take_back_no_shows(event: Event) -> int:
    """Give the no-shows back the state the journal says they had. Returns how many."""
    before: dict[int, str] = {
        subject_id: changes["state"][0]
        for subject_id, changes in db.session.execute(
            select(JournalEntry.subject_id, JournalEntry.changes)
            .where(JournalEntry.event_id == event.id, JournalEntry.action == NO_SHOW)
            .order_by(JournalEntry.id)
        )
    }
    missing = list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.event_id == event.id, Invitation.state == InvitationState.NO_SHOW)
            .with_for_update()
        )
    )
    for invitation in missing:
        invitation.state = InvitationState(before.get(invitation.id, InvitationState.FIRM.value))
        journal.record("invitation.no_show_taken_back", invitation)
    return len(missing)
