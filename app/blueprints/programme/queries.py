"""What comes back about the programme of an event."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.programme.rules.rehearsed import Held, Readiness, readiness
from app.blueprints.programme.rules.slots import Slot
from app.extensions import db
from app.models import (
    AgendaSession,
    Event,
    FrontKind,
    FrontPerson,
    GuestKind,
    Invitation,
    InvitationState,
    ProgrammePage,
    PublicityEntry,
    Rehearsal,
    RunCue,
    SlideSet,
    StaffPerson,
    User,
)

ORDER = (AgendaSession.starts_at, AgendaSession.minutes, AgendaSession.id)
OUT = (InvitationState.DECLINED, InvitationState.DECLINED_LATE, InvitationState.NO_SHOW)
IN_FRONT = (GuestKind.EXPERT, GuestKind.GOVERNMENT, GuestKind.ASSOCIATION, GuestKind.MEDIA)


def _sessions() -> Select[AgendaSession]:
    """Sessions with their speakers and whether those come, in the order of time."""
    guest = joinedload(AgendaSession.speaker).joinedload(FrontPerson.invitation)
    return select(AgendaSession).options(guest.lazyload(Invitation.event)).order_by(*ORDER)


def sessions(event: Event) -> list[AgendaSession]:
    """Return the sessions with speaker, points, slides and rehearsals in the order of time: four queries."""
    statement = _sessions().options(
        selectinload(AgendaSession.points),
        selectinload(AgendaSession.slides).joinedload(SlideSet.file),
        selectinload(AgendaSession.rehearsals).joinedload(Rehearsal.speaker),
    )
    return list(db.session.scalars(statement.where(AgendaSession.event_id == event.id)))


def run_sheet(event: Event) -> list[AgendaSession]:
    """Return the sessions with their cues and speakers in the order of time: two queries."""
    statement = _sessions().options(selectinload(AgendaSession.cues))
    return list(db.session.scalars(statement.where(AgendaSession.event_id == event.id)))


def public_sessions(event: Event) -> list[AgendaSession]:
    """Return what guests may see."""
    statement = _sessions().where(AgendaSession.event_id == event.id, AgendaSession.is_public)
    return list(db.session.scalars(statement))


def of_events(event_ids: Collection[int]) -> list[AgendaSession]:
    """Return the sessions of several events with speakers, points and rehearsals: three queries."""
    statement = _sessions().options(selectinload(AgendaSession.points), selectinload(AgendaSession.rehearsals))
    return list(db.session.scalars(statement.where(AgendaSession.event_id.in_(event_ids))))


def session(event: Event, session_id: int) -> AgendaSession | None:
    return db.session.scalar(_sessions().where(AgendaSession.event_id == event.id, AgendaSession.id == session_id))


def slot(row: AgendaSession) -> Slot:
    """Return a session as the rules see it."""
    return Slot(row.id, row.starts_at, row.minutes, row.room, row.speaker_id)


def readiness_of(row: AgendaSession) -> Readiness:
    held = (Held(each.id, each.speaker_id, each.held_on, each.is_ready) for each in row.rehearsals)
    return readiness(row.kind, row.speaker_id, held)


def slides(row: AgendaSession, number: int) -> SlideSet | None:
    return next((each for each in row.slides if each.number == number), None)


def rehearsal(row: AgendaSession, rehearsal_id: int) -> Rehearsal | None:
    return next((each for each in row.rehearsals if each.id == rehearsal_id), None)


def cue(event: Event, cue_id: int) -> RunCue | None:
    """Return a line of the event's run sheet with its session."""
    statement = (
        select(RunCue)
        .join(RunCue.session)
        .options(joinedload(RunCue.session))
        .where(AgendaSession.event_id == event.id, RunCue.id == cue_id)
    )
    return db.session.scalar(statement)


def _front() -> Select[FrontPerson]:
    return select(FrontPerson).options(
        joinedload(FrontPerson.host).lazyload(StaffPerson.user),
        joinedload(FrontPerson.person).joinedload(StaffPerson.user).lazyload(User.role_rows),
        joinedload(FrontPerson.invitation).joinedload(Invitation.dealer),
        joinedload(FrontPerson.invitation).lazyload(Invitation.event),
    )


def front(event: Event) -> list[FrontPerson]:
    """Return whoever is in front, those on the rostrum by rank, then the others by kind and name: one query."""
    return front_of([event.id])


def front_of(event_ids: Collection[int]) -> list[FrontPerson]:
    """Return whoever is in front at several events, in the same order: one query."""
    rows = list(db.session.scalars(_front().where(FrontPerson.event_id.in_(event_ids))))
    kinds = list(FrontKind)
    return sorted(rows, key=lambda each: (each.rostrum_order or 10_000, kinds.index(each.kind), each.name, each.id))


def front_person(event: Event, person_id: int) -> FrontPerson | None:
    return db.session.scalar(_front().where(FrontPerson.event_id == event.id, FrontPerson.id == person_id))


def stays_away(row: FrontPerson) -> bool:
    """Tell whether somebody of the invite list has said no by now."""
    return row.invitation is not None and row.invitation.state in OUT


def guests_to_choose(event: Event) -> list[Invitation]:
    """Return guests of the invite list who may stand in front: experts, offices, associations, the press."""
    statement = (
        select(Invitation)
        .options(joinedload(Invitation.dealer))
        .where(Invitation.event_id == event.id, Invitation.kind.in_(IN_FRONT), Invitation.state.not_in(OUT))
        .order_by(Invitation.kind, Invitation.id)
    )
    return list(db.session.scalars(statement))


def colleagues() -> list[StaffPerson]:
    """Return everybody who works at events, by name."""
    statement = select(StaffPerson).where(StaffPerson.is_active).options(joinedload(StaffPerson.user))
    return list(db.session.scalars(statement.order_by(StaffPerson.sort_key, StaffPerson.id)))


def publicity(event: Event) -> list[PublicityEntry]:
    """Return the publicity plan by day."""
    return publicity_of([event.id])


def publicity_of(event_ids: Collection[int]) -> list[PublicityEntry]:
    """Return the publicity plans of several events, by day: one query."""
    statement = (
        select(PublicityEntry)
        .options(joinedload(PublicityEntry.owner).lazyload(User.role_rows), joinedload(PublicityEntry.proof_file))
        .where(PublicityEntry.event_id.in_(event_ids))
        .order_by(PublicityEntry.due_on, PublicityEntry.id)
    )
    return list(db.session.scalars(statement))


def publicity_entry(event: Event, entry_id: int) -> PublicityEntry | None:
    return db.session.scalar(
        select(PublicityEntry).where(PublicityEntry.event_id == event.id, PublicityEntry.id == entry_id)
    )


def people() -> list[tuple[int, str]]:
    """Return everybody with an account in use, by name."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(row.id, row.name) for row in rows]


def page(event: Event) -> ProgrammePage | None:
    return db.session.get(ProgrammePage, event.id)


def by_token(token: str) -> Event | None:
    """Return whose programme an address is."""
    statement = select(Event).join(ProgrammePage, ProgrammePage.event_id == Event.id)
    return db.session.scalar(statement.where(ProgrammePage.token == token))
