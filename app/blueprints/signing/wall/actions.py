"""What is done at the wall's controls. A dealer who did not agree is never shown, whatever anybody presses."""

import secrets
from dataclasses import dataclass

from app import clock, journal
from app.blueprints.signing.wall import queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, User, Wall, WallEntry
from app.tokens import new_link_token


class NotConsented(SigningDayError):
    """The dealer did not agree to be named."""

    code = "not_consented"
    sentence = N_("This dealer did not agree to be named on the screen.")


class NobodyInTheDraw(SigningDayError):
    """Everybody who could win has won, or nobody has signed yet."""

    code = "nobody_in_the_draw"
    sentence = N_("There is nobody left for the draw.")


@dataclass(frozen=True)
class Settings:
    """How a wall behaves."""

    after_deposit: bool
    shows_sums: bool
    shows_bands: bool
    releases_itself: bool


def ensure(event: Event) -> Wall:
    """Return the event's wall; the first time it is made, with sums off."""
    wall = queries.wall_of(event)
    if wall is None:
        wall = Wall(event_id=event.id, token=new_link_token())
        db.session.add(wall)
        db.session.flush()
    return wall


def set_up(event: Event, settings: Settings) -> Wall:
    """Set how the wall behaves."""
    wall = ensure(event)
    for name, value in settings.__dict__.items():
        setattr(wall, name, value)
    journal.record("wall.set_up", event, event_id=event.id, changes=journal.changes_of(wall))
    return wall


def new_link(event: Event) -> Wall:
    """Give the screen a new link: the old one shows nothing any more."""
    wall = ensure(event)
    wall.token = new_link_token()
    journal.record("wall.new_link", event, event_id=event.id, changes={})
    return wall


def release(entry: WallEntry, by: User) -> None:
    """Let an entry up."""
    if not entry.is_consented:
        raise NotConsented
    entry.released_at, entry.released_by_id, entry.withdrawn_at = clock.now(), by.id, None
    journal.record("wall.released", entry.contract, event_id=entry.event_id, changes={})


def withdraw(entry: WallEntry) -> None:
    """Take an entry down at once."""
    entry.withdrawn_at = clock.now()
    journal.record("wall.withdrawn", entry.contract, event_id=entry.event_id, changes={})


def see_deposit(entry: WallEntry, by: User) -> None:
    """Note that the deposit has come, for a wall that shows nobody before."""
    entry.deposit_seen_at, entry.deposit_seen_by_id = clock.now(), by.id
    journal.record("wall.deposit_seen", entry.contract, event_id=entry.event_id, changes={})


def draw(event: Event) -> WallEntry:
    """Find a winner among those who signed, each with the same chance, nobody twice."""
    candidates = queries.in_the_draw(event)
    if not candidates:
        raise NobodyInTheDraw
    winner = secrets.choice(candidates)
    winner.drawn_at = clock.now()
    journal.record("wall.drawn", winner.contract, event_id=event.id, changes={})
    return winner
