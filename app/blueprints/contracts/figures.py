"""How many contracts of an event stand where, and the figures that pages show of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy import func, select

from app.access import Permission
from app.blueprints.contracts.loading import own_id
from app.blueprints.contracts.rules.life import STANDING
from app.extensions import db
from app.models import Contract, ContractKind, ContractState, Event
from app.web import room_figures
from app.web.locale import number
from app.web.nav import door

_ = lazy_gettext
S = ContractState
# Figure, tone, states; the last is what the event's target counts.
GROUPS: tuple[tuple[Any, str, frozenset[S]], ...] = (
    (_("Drafts"), "secondary", frozenset({S.DRAFT, S.RETURNED})),
    (_("In review"), "yellow", frozenset({S.IN_REVIEW})),
    (_("Approved"), "blue", frozenset({S.APPROVED, S.SIGNING})),
    (_("Signed"), "green", STANDING),
)


@dataclass(frozen=True)
class Counts:
    """Contracts of one event by state; amendments are not counted."""

    by_state: Mapping[S, int]

    def of(self, states: Collection[S]) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def signed(self) -> int:
        return self.of(STANDING)


def counts(events: Sequence[Event], only_of: int | None = None) -> dict[int, Counts]:
    """Return the counts of each event with one query."""
    statement = (
        select(Contract.event_id, Contract.state, func.count())
        .where(Contract.event_id.in_([event.id for event in events]), Contract.kind != ContractKind.AMENDMENT)
        .group_by(Contract.event_id, Contract.state)
    )
    if only_of is not None:
        statement = statement.where(Contract.rep_id == only_of)
    found: dict[int, dict[S, int]] = {event.id: {} for event in events}
    for event_id, state, count in db.session.execute(statement):
        found[event_id or 0][state] = count
    return {event_id: Counts(by_state) for event_id, by_state in found.items()}


def stats(event: Event, of: Counts) -> list[dict[str, Any]]:
    """Return the band of figures; each opens its rows."""
    rows = []
    for label, tone, states in GROUPS:
        is_signed = states == STANDING
        target = gettext("target %(target)s", target=event.signing_target) if event.signing_target else None
        rows.append(
            {
                "label": label,
                "value": number(of.of(states)),
                "url": door("contracts.index", slug=event.slug, state=[each.value for each in S if each in states]),
                "hint": target if is_signed else None,
                "tone": tone if of.of(states) else None,
            }
        )
    return rows


@room_figures.source(_("Contracts"), Permission.VIEW_CONTRACTS)
def on_the_overview(event: Event) -> list[dict[str, Any]]:
    """Drafted, approved and signed against the event's target; nothing before the first contract."""
    found = counts([event], own_id())[event.id]
    return stats(event, found) if found.by_state else []
