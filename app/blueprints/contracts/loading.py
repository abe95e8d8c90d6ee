"""Loading a contract that an address names: through its event, and only for whoever may see it."""

from app.access import Permission
from app.blueprints.contracts import queries
from app.models import Contract, Event
from app.web.identity import me
from app.web.load import found, the_event

P = Permission
MAY_SEE = (P.VIEW_CONTRACTS, P.VIEW_ALL_CONTRACTS)
MAY_SEE_STATES = (*MAY_SEE, P.VIEW_CONTRACT_STATES)


def own_id() -> int | None:
    """The id that lists of contracts are limited to: None for those who may see everybody's."""
    person = me()
    return None if person.can(P.VIEW_ALL_CONTRACTS) else person.id


def sees_terms() -> bool:
    """Tell whether the person may see more of contracts than how far they are."""
    return any(me().can(permission) for permission in MAY_SEE)


def may_see(contract: Contract) -> bool:
    """Tell whether the person may open a contract and see its sums; others see how far it is."""
    return sees_terms() and own_id() in {None, contract.rep_id}


def listed_id() -> int | None:
    """As `own_id`, for lists without terms: how far they are may be seen of everybody's."""
    return own_id() if sees_terms() else None


def the_contract(slug: str, contract_id: int) -> tuple[Event, Contract]:
    """Return event and contract; 404 when it is of another event or not this person's to see."""
    event = the_event(slug)
    return event, found(queries.contract(contract_id, event=event, only_of=own_id()))
