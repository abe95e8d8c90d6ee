"""What the payments room knows of targets. It stands above this one and may not be imported, so it registers itself.

    @sources.payments("receivables.target_payments")
    def figures(targets: Sequence[ContractTarget]) -> Mapping[int, Decimal]: ...

The page named shows the rows a figure is made of, by `contract_id` and `target_id`. A target of which the payments
know nothing yet is left out: nothing known is not nothing achieved.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from app.models import ContractTarget

Figures = Callable[[Sequence[ContractTarget]], Mapping[int, Decimal]]

_REGISTERED: dict[str, Figures] = {}


def payments(endpoint: str) -> Callable[[Figures], Figures]:
    """Register what came in for targets, in the contract's currency by the target's id; a fixed number of queries."""

    def register(figures: Figures) -> Figures:
        _REGISTERED[endpoint] = figures
        return figures

    return register


def rows_page() -> str:
    """Return the endpoint of the page with the rows behind a figure, "" without a payments room."""
    return next(iter(_REGISTERED), "")


def paid(targets: Sequence[ContractTarget]) -> dict[int, Decimal]:
    """Return what the payments say was achieved of these targets."""
    known: dict[int, Decimal] = {}
    for figures in _REGISTERED.values() if targets else ():
        known |= figures(targets)
    return known
