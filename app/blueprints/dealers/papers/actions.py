"""What is done to qualification papers, and screening. Nothing here commits."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.dealers.papers.rules import PaperNotOpen, ReasonWanted, check_pass
from app.extensions import db
from app.models import (
    Dealer,
    File,
    PaperKind,
    PaperState,
    QualificationPaper,
    Screening,
    ScreeningVerdict,
)


def submit(
    dealer: Dealer, kind: PaperKind, *, file: File | None, by_id: int | None, **values: Any
) -> QualificationPaper:
    """Hand in a paper. The one that counted so far stays on file, replaced."""
    now = clock.now()
    db.session.execute(select(Dealer.id).where(Dealer.id == dealer.id).with_for_update())
    for old in db.session.scalars(
        select(QualificationPaper).where(
            QualificationPaper.dealer_id == dealer.id,
            QualificationPaper.kind == kind,
            QualificationPaper.replaced_at.is_(None),
        )
    ):
        old.replaced_at = now
    paper = QualificationPaper(
        dealer_id=dealer.id,
        kind=kind,
        state=PaperState.SUBMITTED,
        file_id=file.id if file else None,
        submitted_at=now,
        submitted_by_id=by_id,
        **values,
    )
    db.session.add(paper)
    db.session.flush()
    journal.record("paper.submitted", dealer, changes={"kind": [None, kind.value]})
    return paper


def passed(paper: QualificationPaper, *, by_id: int, today: date, is_stamped: bool, scope: str) -> None:
    """Compliance has looked at the paper and it is right. What it saw of stamp and scope is what counts."""
    _check_open(paper)
    paper.is_stamped, paper.scope = is_stamped, scope
    check_pass(paper, today)
    _answer(paper, PaperState.PASSED, by_id, "")


def returned(paper: QualificationPaper, *, by_id: int, reason: str) -> None:
    """Compliance sends the paper back, with the reason. A passed one can be sent back too."""
    _check_open(paper)
    if not reason.strip():
        raise ReasonWanted
    _answer(paper, PaperState.RETURNED, by_id, reason.strip())


def _check_open(paper: QualificationPaper) -> None:
    if paper.replaced_at is not None or paper.state is PaperState.WANTED:
        raise PaperNotOpen


def _answer(paper: QualificationPaper, state: PaperState, by_id: int, reason: str) -> None:
    paper.state, paper.reason, paper.checked_at, paper.checked_by_id = state, reason, clock.now(), by_id
    changes: dict[str, Any] = {"kind": [None, paper.kind.value]}
    if reason:
        changes["reason"] = [None, reason]
    journal.record(f"paper.{state.value}", paper.dealer, changes=changes)
    db.session.flush()


def screen(
    dealer: Dealer, verdict: ScreeningVerdict, *, score: int | None, reason: str, by_id: int | None
) -> Screening:
    """Write down what screening says of a dealer. Every refusal has a reason."""
    if verdict is ScreeningVerdict.REFUSED and not reason.strip():
        raise ReasonWanted
    screening = Screening(
        dealer_id=dealer.id,
        verdict=verdict,
        score=score,
        reason=reason.strip(),
        screened_at=clock.now(),
        screened_by_id=by_id,
    )
    db.session.add(screening)
    db.session.flush()
    journal.record(f"screening.{verdict.value}", dealer, changes={"score": [None, score]})
    return screening
