"""What comes back about qualification papers and screenings."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.dealers.papers.rules import EXPIRY_WARNING
from app.extensions import db
from app.models import Dealer, PaperKind, PaperState, QualificationPaper, Screening


def papers_of(dealer_ids: Collection[int]) -> dict[int, dict[PaperKind, QualificationPaper]]:
    """Return the paper that counts of each kind, by dealer; one query however many dealers."""
    found: dict[int, dict[PaperKind, QualificationPaper]] = {dealer_id: {} for dealer_id in dealer_ids}
    for paper in db.session.scalars(
        select(QualificationPaper)
        .where(QualificationPaper.dealer_id.in_(found), QualificationPaper.replaced_at.is_(None))
        .options(joinedload(QualificationPaper.checked_by))
        .order_by(QualificationPaper.id)
    ):
        found[paper.dealer_id][paper.kind] = paper
    return found


def earlier(dealer: Dealer) -> list[QualificationPaper]:
    """Return the papers of a dealer that a newer one has taken the place of, newest first."""
    return list(
        db.session.scalars(
            select(QualificationPaper)
            .where(QualificationPaper.dealer_id == dealer.id, QualificationPaper.replaced_at.is_not(None))
            .options(joinedload(QualificationPaper.checked_by))
            .order_by(QualificationPaper.id.desc())
            .limit(30)
        )
    )


def paper(dealer: Dealer, paper_id: int) -> QualificationPaper | None:
    """Return one paper of this dealer."""
    return db.session.scalar(
        select(QualificationPaper)
        .where(QualificationPaper.id == paper_id, QualificationPaper.dealer_id == dealer.id)
        .options(joinedload(QualificationPaper.file))
    )


def screenings_of(dealer_ids: Collection[int]) -> dict[int, Screening]:
    """Return the newest screening of each dealer that has one; one query however many dealers."""
    last = select(func.max(Screening.id)).where(Screening.dealer_id.in_(set(dealer_ids))).group_by(Screening.dealer_id)
    rows = db.session.scalars(
        select(Screening).where(Screening.id.in_(last)).options(joinedload(Screening.screened_by))
    )
    return {row.dealer_id: row for row in rows}


def to_check() -> Select[QualificationPaper]:
    """Select the papers that wait for compliance, longest waiting first."""
    return (
        select(QualificationPaper)
        .where(QualificationPaper.state == PaperState.SUBMITTED, QualificationPaper.replaced_at.is_(None))
        .options(joinedload(QualificationPaper.dealer))
        .order_by(QualificationPaper.submitted_at, QualificationPaper.id)
    )


def ending(today: date) -> Select[QualificationPaper]:
    """Select passed papers that end within the time of warning, or have ended; the soonest first."""
    return (
        select(QualificationPaper)
        .where(
            QualificationPaper.state == PaperState.PASSED,
            QualificationPaper.replaced_at.is_(None),
            QualificationPaper.valid_until <= today + EXPIRY_WARNING,
        )
        .options(joinedload(QualificationPaper.dealer))
        .order_by(QualificationPaper.valid_until, QualificationPaper.id)
    )
