"""What comes back about publicity pieces: worded ones, and the facts for them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.report import queries as report
from app.blueprints.report.rules.facts import Fact, Mark, dealers
from app.extensions import db
from app.models import Event, PieceKind, PublicityPiece, WallEntry


def pieces(event: Event) -> dict[tuple[PieceKind, str], PublicityPiece]:
    """Return the pieces that somebody has worded, by kind and language."""
    statement = select(PublicityPiece).where(PublicityPiece.event_id == event.id)
    rows = db.session.scalars(statement.options(joinedload(PublicityPiece.edited_by)))
    return {(row.kind, row.language): row for row in rows}


def piece(event: Event, kind: PieceKind, language: str) -> PublicityPiece | None:
    return pieces(event).get((kind, language))


def signers(event: Event) -> list[str]:
    """Return the dealers who let their names be shown, in the order they went up on the wall. Nobody else is named."""
    statement = (
        select(WallEntry.name)
        .where(WallEntry.event_id == event.id, WallEntry.is_consented, WallEntry.released_at.is_not(None))
        .where(WallEntry.withdrawn_at.is_(None))
        .order_by(WallEntry.released_at, WallEntry.contract_id)
    )
    return list(db.session.scalars(statement))


def counts(event: Event) -> Mapping[str, int]:
    """Return how many came and signed, by the facts of the report."""
    facts: list[Fact] = report.facts(event)
    of = dealers(facts)
    came = [each for each in facts if Mark.ARRIVED in each.marks]
    provinces = {each.region for each in of.facts if Mark.ARRIVED in each.marks and each.region}
    return {
        "guests": len(came),
        "dealers": of.of(Mark.ARRIVED),
        "provinces": len(provinces),
        "signed": of.of(Mark.SIGNED),
    }
