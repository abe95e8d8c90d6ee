"""What about the materials needs a person: late, short, broken, nobody's, not signed off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.models import EventStatus, MaterialState, ProofState

S = MaterialState


class Trouble(StrEnum):
    """What is wrong with a material, worst first."""

    NOT_ORDERED = "not_ordered"  # the latest day to order has passed
    NOT_HERE = "not_here"  # what was ordered should have come
    SHORT = "short"  # fewer good ones came than were ordered
    DIFFER = "differ"  # two counted, each alone, and do not agree
    DAMAGED = "damaged"
    PROOF_RETURNED = "proof_returned"
    PROOF_WAITS = "proof_waits"  # handed in, nobody has looked
    PROOF_MISSING = "proof_missing"
    MORE_WANTED = "more_wanted"  # ordered, but by now too few
    OVER = "over"
    UNDECIDED = "undecided"
    NO_OWNER = "no_owner"
    NOT_BACK = "not_back"  # over, and still here


GRAVE = frozenset({Trouble.NOT_ORDERED, Trouble.NOT_HERE, Trouble.SHORT})
PROOF_DAYS = 2  # a design is wanted so long before the latest day to order


@dataclass(frozen=True)
class Fact:
    """One material as the alarms see it. `outstanding_due` is the earliest due day of what has not come."""

    id: int
    state: MaterialState
    wanted: int
    wanted_likely: int
    ordered: int
    good: int
    damaged: int
    here: int
    is_undecided: bool
    has_owner: bool
    proof: ProofState
    lead_days: int
    needed_on: date
    outstanding_due: date | None = None
    differs: bool = False

    @property
    def order_by(self) -> date:
        return self.needed_on - timedelta(days=self.lead_days)

    @property
    def is_short(self) -> bool:
        return self.ordered > 0 and self.good < self.ordered


@dataclass(frozen=True)
class Alarm:
    """One thing wrong with one material: how many it is about, and since or until when."""

    trouble: Trouble
    material_id: int
    number: int = 0
    day: date | None = None

    @property
    def is_grave(self) -> bool:
        return self.trouble in GRAVE


def alarms(facts: Iterable[Fact], today: date, status: EventStatus) -> list[Alarm]:
    """Return what needs a person, worst first. Of a closed event only what has not gone back."""
    if status is EventStatus.ARCHIVED:
        return []
    of = _of_closed if status is EventStatus.CLOSED else _of_open
    found = [alarm for fact in facts for alarm in of(fact, today)]
    order = list(Trouble)
    return sorted(found, key=lambda each: (order.index(each.trouble), each.day or date.max, each.material_id))


def _of_closed(fact: Fact, _today: date) -> list[Alarm]:
    return [Alarm(Trouble.NOT_BACK, fact.id, fact.here)] if fact.here and fact.state is not S.CLOSED else []


def _of_open(fact: Fact, today: date) -> list[Alarm]:
    if fact.state is S.CLOSED:
        return []
    found = [*_of_orders(fact, today), *_of_deliveries(fact, today), *_of_proof(fact, today)]
    if fact.is_undecided and today > fact.order_by - timedelta(days=PROOF_DAYS):
        found.append(Alarm(Trouble.UNDECIDED, fact.id, day=fact.order_by))
    if not fact.has_owner:
        found.append(Alarm(Trouble.NO_OWNER, fact.id))
    return found


def _of_orders(fact: Fact, today: date) -> list[Alarm]:
    """What is likely to be wanted has to be ordered in time, even while few are firm."""
    if not fact.ordered:
        late = max(fact.wanted, fact.wanted_likely) > fact.here and today > fact.order_by
        number = max(fact.wanted, fact.wanted_likely)
        return [Alarm(Trouble.NOT_ORDERED, fact.id, number, fact.order_by)] if late else []
    if fact.wanted > fact.ordered:
        return [Alarm(Trouble.MORE_WANTED, fact.id, fact.wanted - fact.ordered, fact.order_by)]
    if fact.ordered > fact.wanted_likely:
        return [Alarm(Trouble.OVER, fact.id, fact.ordered - fact.wanted_likely)]
    return []


def _of_deliveries(fact: Fact, today: date) -> list[Alarm]:
    found = []
    came = fact.good + fact.damaged
    if fact.is_short and came and came < fact.ordered:
        found.append(Alarm(Trouble.SHORT, fact.id, fact.ordered - came, fact.outstanding_due))
    elif fact.is_short and not came and fact.outstanding_due and today > fact.outstanding_due:
        found.append(Alarm(Trouble.NOT_HERE, fact.id, fact.ordered, fact.outstanding_due))
    if fact.differs:
        found.append(Alarm(Trouble.DIFFER, fact.id))
    if fact.damaged and fact.wanted > fact.ordered - fact.damaged:
        found.append(Alarm(Trouble.DAMAGED, fact.id, fact.damaged))
    return found


def _of_proof(fact: Fact, today: date) -> list[Alarm]:
    by = fact.order_by - timedelta(days=PROOF_DAYS)
    if fact.proof is ProofState.RETURNED:
        return [Alarm(Trouble.PROOF_RETURNED, fact.id, day=by)]
    if fact.proof is ProofState.SUBMITTED:
        return [Alarm(Trouble.PROOF_WAITS, fact.id, day=by)]
    if fact.proof is ProofState.WANTED and today > by:
        return [Alarm(Trouble.PROOF_MISSING, fact.id, day=by)]
    return []
