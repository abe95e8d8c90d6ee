"""What the scheduler looks after in this room: asking again, noticing silence, moving the waiting list up."""

import logging
from collections.abc import Callable
from datetime import datetime

from app import clock
from app.blueprints.rsvp.rounds import actions as rounds
from app.blueprints.rsvp.rounds import queries
from app.blueprints.rsvp.rounds.rules import round_due
from app.blueprints.rsvp.seats import actions as seats
from app.blueprints.rsvp.seats import queries as seat_queries
from app.blueprints.rsvp.seats.rules import moving_up
from app.extensions import db, reading_only
from app.jobs import JobKind, Planned, Progress, Step
from app.models import Event, Job, Round

_LOG = logging.getLogger("signing_day.rsvp")


def _looked(find: Callable[[], list[int]]) -> list[int]:
    """Find out what there is to do without the write lock: mostly there is nothing, and the door waits for nobody."""
    db.session.rollback()
    with reading_only():
        found = find()
        db.session.rollback()
    return found


def _each(event_ids: list[int], work: Callable[[Event], int]) -> int:
    """Do the work for each event. What goes wrong with one does not keep the others waiting, and is told at the end."""
    done, failed = 0, None
    for event_id in event_ids:
        event = db.session.get(Event, event_id)
        if event is None:
            continue
        try:
            done += work(event)
        except Exception as error:  # noqa: BLE001 - told below, after the other events had their turn
            db.session.rollback()
            _LOG.warning("step failed", extra={"facts": {"event_id": event_id, "error": type(error).__name__}})
            failed = failed or error
    if failed is not None:
        raise failed
    return done


# --- Asking again -----------------------------------------------------------------------------------------


def plan_reconfirm(now: datetime) -> list[Planned]:
    """Rounds that would begin now, and those begun that still have guests to ask."""
    planned = []
    unfinished = {event.id: of_round for of_round, event in queries.unfinished_rounds()}
    for event in queries.live_events(now):
        number = _round_due(event, now)
        if number is not None:
            due_at = queries.timing_of(event).due_at
            planned.append(Planned("reconfirm", event.slug, sum(queries.to_ask(event, number).values()), due_at))
        elif (of_round := unfinished.get(event.id)) is not None:
            left = queries.progress(of_round).still_to_ask
            planned.append(Planned("reconfirm", event.slug, left, of_round.started_at))
    return planned


def run_reconfirm(now: datetime) -> int:
    """Begin the rounds that are due, and ask until everybody was asked. Returns how many were asked."""

    def begin(event: Event) -> int:
        rounds.begin_if_due(event, now)
        db.session.commit()
        return 0

    _each(_looked(lambda: [event.id for event in queries.live_events(now) if _round_due(event, now)]), begin)
    unfinished = _looked(lambda: [event.id for _, event in queries.unfinished_rounds()])
    return _each(unfinished, lambda event: ask_all(event, now))


def _round_due(event: Event, now: datetime) -> int | None:
    return round_due(now, queries.timing_of(event), queries.asked_of(queries.latest_round(event)))


def ask_all(event: Event, now: datetime, progress: Progress | None = None) -> int:
    """Bring the latest round of an event to its end, a batch a transaction."""
    of_round = queries.latest_round(event)
    if of_round is None:
        return 0
    total = 0
    while asked := rounds.ask_some(of_round, event, now):
        db.session.commit()
        total += asked
        if progress is not None:
            so_far = queries.progress(of_round)
            progress(so_far.asked, so_far.asked + so_far.still_to_ask)
    db.session.commit()
    return total


# --- Silence ----------------------------------------------------------------------------------------------


def _silent(event: Event, now: datetime) -> dict[int | None, list[datetime]]:
    """The guests whose silence lasts too long, as the moments since when, by rep."""
    current = queries.current_round(event)
    by_rep: dict[int | None, list[datetime]] = {}
    for guest, due in rounds.silent_soon(event, current) if current else []:
        if due <= now:
            by_rep.setdefault(guest.rep_id, []).append(due)
    return by_rep


def plan_silent(now: datetime) -> list[Planned]:
    """Guests who would go on the call list now."""
    planned = []
    for event in queries.live_events(now):
        moments = [moment for each in _silent(event, now).values() for moment in each]
        if moments:
            planned.append(Planned("mark_silent", event.slug, len(moments), min(moments)))
    return planned


def run_silent(now: datetime) -> int:
    """Put the silent on the call list, one rep a transaction. Returns how many."""

    def mark(event: Event) -> int:
        marked = 0
        for rep_id in _silent(event, now):
            of_round = queries.current_round(event)
            if of_round is not None:
                marked += len(rounds.fall_silent(event, of_round, rep_id, now))
            db.session.commit()
        return marked

    return _each(_looked(lambda: [event.id for event in queries.live_events(now) if _silent(event, now)]), mark)


# --- The waiting list -------------------------------------------------------------------------------------


def plan_move_up(now: datetime) -> list[Planned]:
    """Waiting guests for whom there is a seat, for instance since the hall was made larger."""
    found = [(event, _moving_up(event)) for event in queries.live_events(now)]
    return [Planned("move_up", event.slug, number, now) for event, number in found if number]


def _moving_up(event: Event) -> int:
    waiting = seat_queries.waiting_list(event)
    return len(moving_up(waiting, event.capacity - seat_queries.seats_taken(event))) if waiting else 0


def run_move_up(now: datetime) -> int:
    """Give free seats to those who wait. Answers do so at once; this is for seats that come free in other ways."""

    def move(event: Event) -> int:
        seats.lock(event)
        moved = len(seats.move_up(event, now))
        db.session.commit()
        return moved

    return _each(_looked(lambda: [event.id for event in queries.live_events(now) if _moving_up(event)]), move)


STEPS = (
    Step("reconfirm", plan_reconfirm, run_reconfirm),
    Step("mark_silent", plan_silent, run_silent),
    Step("move_up", plan_move_up, run_move_up),
)


# --- A round begun by hand --------------------------------------------------------------------------------


def run_round(job: Job, progress: Progress) -> None:
    """Ask at once, instead of at the scheduler's next turn; both may run at the same time."""
    of_round = db.session.get(Round, int(job.arguments["round_id"]))
    event = db.session.get(Event, of_round.event_id) if of_round else None
    if event is not None:
        ask_all(event, clock.now(), progress)


KINDS = (JobKind("ask_again", run_round),)
