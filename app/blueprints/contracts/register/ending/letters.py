"""Mails about contracts that end soon: one a person, with all their contracts in it."""

from collections.abc import Sequence
from datetime import date

from app.blueprints.contracts import mail
from app.blueprints.contracts.register.ending import queries
from app.models import Contract, User

ENDING = "contracts_ending"
_MOST = 40  # lines of one mail


def tell(found: Sequence[tuple[Contract, date]]) -> None:
    """Write to the reps of these contracts, and to the contract administrators about all of them."""
    if not found:
        return
    by_person: dict[int, tuple[User, list[tuple[Contract, date]]]] = {
        user.id: (user, list(found)) for user in queries.administrators()
    }
    for contract, day in found:
        if contract.rep is not None:
            _user, rows = by_person.setdefault(contract.rep.id, (contract.rep, []))
            if (contract, day) not in rows:
                rows.append((contract, day))
    for user, rows in by_person.values():
        rows.sort(key=lambda row: (row[1], row[0].id))
        lines = [f"{contract.number}  {contract.dealer.company}  {day.isoformat()}" for contract, day in rows]
        if len(lines) > _MOST:
            lines = [*lines[:_MOST], f"… +{len(lines) - _MOST}"]
        until = rows[-1][1]
        path = f"/contracts/?ends_from={rows[0][1]}&ends_to={until}&sort=ends&state=countersigned&state=filed"
        key = f"{ENDING}:{rows[0][0].id}:{rows[0][1]}:{len(rows)}:{until}"
        mail.post([user], ENDING, path, key, count=len(rows), lines="\n".join(lines))
