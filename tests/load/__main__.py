"""Every measurement, one after the other: `make bench`, or `python -m tests.load badges door` for some of them.

The figures are kept in `docs/performance.md`. None of them is a test: machines differ and are noisy, so what matters
are ratios within one run and the CPU spent.
"""

import sys
from collections.abc import Callable

from tests.load import (
    badges,
    bank,
    budget,
    contracts,
    door,
    imports,
    materials,
    outbox,
    plan,
    prepare,
    receivables,
    register,
    report,
    roster,
    sealing,
    seating,
    signing,
    territories,
)

BENCHES: dict[str, Callable[[], object]] = {
    "budget": lambda: budget.main([]),
    "badges": lambda: badges.main([]),
    "materials": lambda: materials.main([]),
    "roster": lambda: roster.main([]),
    "imports": lambda: imports.main([]),
    "bank": lambda: bank.main([]),
    "register": lambda: register.main([]),
    "plan": lambda: plan.main([]),
    "report": lambda: report.main([]),
    "outbox": lambda: outbox.main([]),
    "sealing": lambda: sealing.main([]),
    "signing": lambda: signing.main([]),
    "seating": seating.main,
    "contracts": lambda: contracts.main([]),
    "prepare": lambda: prepare.main([]),
    "receivables": lambda: receivables.main([]),
    "territories": territories.main,
    "door": door.main,
}


def main(words: list[str]) -> int:
    unknown = [word for word in words if word not in BENCHES]
    if unknown:
        print(f"No bench is called {unknown[0]}. There are: {', '.join(BENCHES)}.")
        return 2
    for name in words or BENCHES:
        print(f"\n== {name}", flush=True)
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
