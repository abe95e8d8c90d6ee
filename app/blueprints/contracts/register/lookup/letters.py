"""Mails about requests to see a contract."""

from app.blueprints.contracts import mail
from app.blueprints.contracts.register.lookup import queries
from app.models import Contract, LookupRequest, User

ASKED, RELEASED, REFUSED = "lookup_asked", "lookup_released", "lookup_refused"


def ask(request: LookupRequest, contract: Contract, by: User) -> None:
    """Write to everybody who files contracts."""
    people = [user for user in queries.filers() if user.id != by.id]
    mail.post(
        people,
        ASKED,
        "/contracts/lookups/",
        f"{ASKED}:{request.id}",
        event=contract.event,
        by=by.name,
        number=contract.number or "",
        reason=request.reason,
    )


def tell(request: LookupRequest) -> None:
    """Tell whoever asked what came of it."""
    granted, contract = request.is_granted, request.contract
    mail.post(
        [request.user],
        RELEASED if granted else REFUSED,
        f"/contracts/{request.contract_id}" if granted else "/contracts/",
        f"lookup_answered:{request.id}",
        event=contract.event,
        by=request.user.name,
        number=contract.number or "",
        reason=request.reason,
        until=request.until.astimezone(mail.ZONE).strftime("%Y-%m-%d %H:%M") if request.until else "",
    )
