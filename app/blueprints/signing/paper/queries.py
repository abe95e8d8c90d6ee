"""The scans of a contract, and how its pages stand."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.signing.rules import paper as rules
from app.extensions import db
from app.models import Contract, PaperScan


def scans_of(contract: Contract) -> list[PaperScan]:
    """Return the scans of a contract, oldest first."""
    return list(
        db.session.scalars(
            select(PaperScan)
            .where(PaperScan.contract_id == contract.id)
            .options(joinedload(PaperScan.file))
            .order_by(PaperScan.id)
        )
    )


def facts(scans: list[PaperScan]) -> list[rules.Scan]:
    """Return what the rules want to know of scans."""
    return [rules.Scan(each.page, each.is_accepted) for each in scans]


def newest(scans: list[PaperScan]) -> dict[int, PaperScan]:
    """Return the newest scan of each page."""
    return {each.page: each for each in scans}


def scan(contract: Contract, scan_id: int) -> PaperScan | None:
    """Return one scan of a contract."""
    return db.session.scalar(
        select(PaperScan)
        .where(PaperScan.contract_id == contract.id, PaperScan.id == scan_id)
        .options(joinedload(PaperScan.file))
    )
