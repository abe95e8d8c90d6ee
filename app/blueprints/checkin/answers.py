"""What the desk's page and the API tell about one scan. Plain values, so that nothing is loaded after the commit."""

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.blueprints.checkin import queries
from app.blueprints.checkin.actions import Outcome
from app.blueprints.checkin.crew import Bearer
from app.blueprints.checkin.queries import Holder
from app.extensions import db
from app.models import GuestKind, InvitationState, User, Verdict

_TELLS_NOTHING = frozenset({Verdict.UNKNOWN, Verdict.OTHER_EVENT})


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to the one who was scanned: the guest (no companion_id) or a companion."""

    name: str
    companion_id: int | None
    is_in: bool


@dataclass(frozen=True)
class StaffDuty:
    """What somebody of the staff does now or next."""

    person_id: int
    role: str = ""
    is_deputy: bool = False
    station: str = ""
    shift: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """One scan's verdict and who it is about. A badge of another event or of nobody tells only that."""

    verdict: Verdict
    scan_id: str
    invitation_id: int | None = None
    companion_id: int | None = None
    name: str = ""
    company: str = ""
    kind: GuestKind | None = None
    table: str = ""
    chair: int | None = None
    notes: str = ""
    instead_of: str = ""  # the guest, when somebody else comes
    comes_with: str = ""  # the guest, when this is a companion
    party: tuple[Member, ...] = ()
    arrived_at: datetime | None = None
    door: str = ""
    by: str = ""
    can_overrule: bool = False
    staff: StaffDuty | None = None  # then there is no guest

    @property
    def companions(self) -> tuple[Member, ...]:
        return tuple(each for each in self.party if each.companion_id is not None)


def told(outcome: Outcome) -> Answer:
    """Return what may be told about a scan."""
    holder, verdict = outcome.holder, outcome.verdict
    if outcome.staff is not None and verdict not in _TELLS_NOTHING:
        return _told_of_staff(outcome, outcome.staff)
    if holder is None or verdict in _TELLS_NOTHING:
        return Answer(verdict, outcome.scan_id)
    invitation, companion, entry = holder.invitation, holder.companion, outcome.entry
    contact = invitation.dealer.contact
    substitute = _substitute(outcome, holder)
    guest = substitute or contact
    return Answer(
        verdict,
        outcome.scan_id,
        invitation_id=invitation.id,
        companion_id=companion.id if companion else None,
        name=companion.name if companion else guest,
        company=invitation.dealer.company,
        kind=invitation.kind,
        table=invitation.table_label,
        chair=holder.chair,
        notes=invitation.host_notes,
        instead_of=contact if substitute and companion is None else "",
        comes_with=guest if companion else "",
        party=_party(holder, guest),
        arrived_at=entry.at if entry else None,
        door=entry.door if entry else "",
        by=entry.by if entry else "",
        can_overrule=outcome.can_overrule,
    )


def _substitute(outcome: Outcome, holder: Holder) -> str:
    """Look up who comes instead, where the state says that somebody does: most scans spare the query."""
    states = {holder.invitation.state, outcome.entry.state_before if outcome.entry else None}
    if holder.companion is None and InvitationState.SUBSTITUTE not in states:
        return ""
    return queries.substitute_name(holder.invitation.id)


def _party(holder: Holder, guest: str) -> tuple[Member, ...]:
    if holder.is_alone:
        return ()
    others = [
        Member(each.companion.name, each.companion.id, each.is_in)
        for each in queries.companions(holder.invitation.id)
        if holder.companion is None or each.companion.id != holder.companion.id
    ]
    if holder.companion is None:
        return tuple(others)
    is_in = queries.arrival_of(holder.invitation.id, None) is not None
    return (Member(guest, None, is_in), *others)


def _told_of_staff(outcome: Outcome, bearer: Bearer) -> Answer:
    """Name, role, station and shift; who let them in is asked only when they are in already."""
    key, now = bearer.key, clock.now()
    day = bearer.today(now)
    duty = next((each for each in day.duties if each.shift.ends_at > now), day.first) if day else None
    is_in = outcome.verdict in {Verdict.ADMIT, Verdict.ALREADY_IN}
    by = db.session.get(User, key.arrived_by_id) if is_in and key.arrived_by_id is not None else None
    return Answer(
        outcome.verdict,
        outcome.scan_id,
        name=bearer.person.name,
        company=bearer.person.agency,
        arrived_at=key.arrived_at if is_in else None,
        by=by.name if by else "",
        can_overrule=outcome.can_overrule,
        staff=StaffDuty(
            bearer.person.id,
            duty.role.name,
            duty.is_deputy,
            duty.station,
            duty.shift.name,
            duty.shift.starts_at,
            duty.shift.ends_at,
        )
        if duty
        else StaffDuty(bearer.person.id),
    )
