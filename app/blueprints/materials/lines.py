"""The materials of one event with all that is worked out about them: wanted, ordered, here, late, and for how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app import clock
from app.blueprints.materials.rules.alarms import Alarm, Fact, alarms
from app.blueprints.materials.rules.figures import Figures
from app.blueprints.materials.rules.quantity import Balance, Heads, Need, Wanted, balance, is_undecided
from app.models import Event, EventStatus, Material, MaterialOrder

NO_FIGURES = Figures()


@dataclass(frozen=True)
class Line:
    """One material with everything that is worked out about it."""

    material: Material
    wanted: Wanted
    orders: Sequence[MaterialOrder] = ()
    figures: Figures = NO_FIGURES
    needed_on: date = date.min

    @property
    def id(self) -> int:
        return self.material.id

    @property
    def ordered(self) -> int:
        return sum(each.quantity for each in self.orders)

    @property
    def balance(self) -> Balance:
        """What came broken has to be ordered again, so it does not count as ordered."""
        return balance(self.wanted, max(0, self.ordered - self.figures.damaged))

    @property
    def outstanding(self) -> int:
        """How many of what is ordered have not come, good or broken."""
        return max(0, self.ordered - self.figures.delivered)

    @property
    def order_by(self) -> date:
        return self.needed_on - timedelta(days=self.material.lead_days)

    @property
    def is_undecided(self) -> bool:
        return is_undecided(need_of(self.material), is_part=self.material.kit_id is not None)

    @property
    def place(self) -> str:
        """Where it is, as far as the log knows, else where it belongs."""
        return self.figures.place or self.material.place

    @property
    def planned_cost(self) -> Decimal:
        price = self.material.unit_price
        return Decimal(0) if price is None else price * max(self.wanted.firm, self.wanted.likely)

    @property
    def ordered_cost(self) -> Decimal:
        return sum((each.unit_price * each.quantity for each in self.orders if each.unit_price is not None), Decimal(0))

    def due_of_outstanding(self) -> date | None:
        """The day the oldest order that has not come in full is due: deliveries fill the orders in their order."""
        came = self.figures.delivered
        for each in self.orders:
            came -= each.quantity
            if came < 0 and each.due_on is not None:
                return each.due_on
        return None

    def fact(self) -> Fact:
        row, figures = self.material, self.figures
        return Fact(
            id=row.id,
            state=row.state,
            wanted=self.wanted.firm,
            wanted_likely=self.wanted.likely,
            ordered=self.ordered,
            good=figures.good,
            damaged=figures.damaged,
            here=figures.here,
            is_undecided=self.is_undecided,
            has_owner=row.owner_id is not None,
            proof=row.proof,
            lead_days=row.lead_days,
            needed_on=self.needed_on,
            outstanding_due=self.due_of_outstanding(),
            differs=figures.dispute is not None,
        )


@dataclass(frozen=True)
class Sheet:
    """All materials of one event, in their order, parts after their kit."""

    event: Event
    heads: Heads
    lines: Sequence[Line]
    by_id: Mapping[int, Line] = field(default_factory=dict)

    def parts_of(self, line: Line) -> list[Line]:
        return [each for each in self.lines if each.material.kit_id == line.id]

    def alarms(self) -> list[Alarm]:
        """Once the event is over there is nothing to order any more, only to give back."""
        today, status = clock.today(self.event.time_zone), self.event.status
        if status is EventStatus.RUNNING and self.event.ends_at <= clock.now():
            status = EventStatus.CLOSED
        return alarms((each.fact() for each in self.lines), today, status)

    @property
    def planned_cost(self) -> Decimal:
        return sum((each.planned_cost for each in self.lines), Decimal(0))

    @property
    def ordered_cost(self) -> Decimal:
        return sum((each.ordered_cost for each in self.lines), Decimal(0))

    @property
    def without_price(self) -> int:
        return sum(1 for each in self.lines if each.material.unit_price is None)


def need_of(row: Material) -> Need:
    return Need(row.rule, row.base_quantity, row.extra_quantity, row.spare_percent, row.pack_size)


def last_day(event: Event, row: Material) -> date:
    """The day a material has to be there: its own, else the day before the event."""
    return row.needed_on or event.local_start.date() - timedelta(days=1)
