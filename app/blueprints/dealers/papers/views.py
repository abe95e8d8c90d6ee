"""The papers of a dealer and what compliance says of them; and what waits for compliance."""

from datetime import date
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.dealers import blueprint, queries
from app.blueprints.dealers.papers import actions
from app.blueprints.dealers.papers import queries as papers
from app.blueprints.dealers.papers.forms import PaperForm, ScreeningForm
from app.blueprints.dealers.papers.rules import REQUIRED, ReasonWanted, ends_soon, fault_of, wanted
from app.blueprints.dealers.papers.words import FAULTS
from app.blueprints.dealers.rules import sees_only_own
from app.content_kind import DOCUMENTS, PICTURES
from app.errors import SigningDayError
from app.extensions import db
from app.models import Dealer, QualificationPaper
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.locale import DEFAULT_ZONE
from app.web.render import back_to, page
from app.web.uploads import kept, shown

P = Permission
MOST_SHOWN = 100


def _dealer(dealer_id: int) -> Dealer:
    person = me()
    only_of = person.id if sees_only_own(person.permissions) else None
    return found(queries.dealer(dealer_id, only_of))


def _today() -> date:
    return clock.today(DEFAULT_ZONE)


@blueprint.get("/papers")
@requires(P.CHECK_QUALIFICATIONS)
def papers_to_check() -> Any:
    """What waits for compliance: papers handed in, and those that end soon."""
    today = _today()
    ending = list(db.session.scalars(papers.ending(today).limit(MOST_SHOWN)))
    waiting = list(db.session.scalars(papers.to_check().limit(MOST_SHOWN)))
    return page("dealers/papers_to_check.html", waiting=waiting, ending=ending, today=today)


@blueprint.get("/<int:dealer_id>/papers", endpoint="papers")
@requires(P.VIEW_DEALERS)
def dealer_papers(dealer_id: int) -> Any:
    return _shown(_dealer(dealer_id), PaperForm(), ScreeningForm())


def summary(dealer: Dealer) -> dict[str, Any]:
    """Return what stands behind a dealer, for its page: required papers with what is wrong, and the screening."""
    have = papers.papers_of([dealer.id])[dealer.id]
    today = _today()
    rows = [
        {"kind": each.kind, "paper": each.paper, "fault": FAULTS[each.fault] if each.fault else None}
        for each in wanted(REQUIRED, have, today)
    ]
    rows += [
        {"kind": kind, "paper": paper, "fault": FAULTS[fault] if (fault := fault_of(paper, today)) else None}
        for kind, paper in have.items()
        if kind not in REQUIRED
    ]
    return {"papers": rows, "screening": papers.screenings_of([dealer.id]).get(dealer.id), "today": today}


def _shown(dealer: Dealer, form: PaperForm, screening_form: ScreeningForm, status: int = 200) -> Any:
    return page(
        "dealers/papers.html",
        status=status,
        dealer=dealer,
        form=form,
        screening_form=screening_form,
        earlier=papers.earlier(dealer),
        ends_soon=ends_soon,
        **summary(dealer),
    )


@blueprint.post("/<int:dealer_id>/papers")
@requires(P.EDIT_DEALERS, P.CHECK_QUALIFICATIONS)
def hand_in_paper(dealer_id: int) -> Any:
    dealer, form = _dealer(dealer_id), PaperForm()
    file = kept(form.file, {*PICTURES, *DOCUMENTS}) if form.validate() else None
    if file is None:
        db.session.rollback()
        return _shown(_dealer(dealer_id), form, ScreeningForm(formdata=None), status=422)
    actions.submit(
        dealer,
        form.kind.data,
        file=file,
        by_id=me().id,
        number=form.number.data or "",
        holder=form.holder.data or "",
        valid_until=form.valid_until.data,
        scope=(form.scope.data or "").strip(),
        is_stamped=form.is_stamped.data,
    )
    db.session.commit()
    flash(_("The paper is handed in. Compliance looks at it."), "success")
    return back_to("dealers.papers", dealer_id=dealer_id)


def _paper(dealer_id: int, paper_id: int) -> QualificationPaper:
    return found(papers.paper(_dealer(dealer_id), paper_id))


@blueprint.get("/<int:dealer_id>/papers/<int:paper_id>")
@requires(P.VIEW_DEALERS)
def paper(dealer_id: int, paper_id: int) -> Any:
    return _paper_page(_paper(dealer_id, paper_id))


def _paper_page(row: QualificationPaper, wrong: str = "") -> Any:
    return page(
        "dealers/paper.html",
        status=422 if wrong else 200,
        paper=row,
        dealer=row.dealer,
        wrong=wrong,
        fault=FAULTS[fault] if (fault := fault_of(row, _today())) else None,
    )


@blueprint.get("/<int:dealer_id>/papers/<int:paper_id>/file")
@requires(P.VIEW_DEALERS)
def paper_file(dealer_id: int, paper_id: int) -> Any:
    return shown(found(_paper(dealer_id, paper_id).file))


@blueprint.post("/<int:dealer_id>/papers/<int:paper_id>")
@requires(P.CHECK_QUALIFICATIONS)
def check_paper(dealer_id: int, paper_id: int) -> Any:
    """Compliance passes a paper, or returns it with the reason."""
    row = _paper(dealer_id, paper_id)
    form = request.form
    try:
        if form.get("answer") == "return":
            actions.returned(row, by_id=me().id, reason=form.get("reason", "")[:200])
        else:
            scope, is_stamped = form.get("scope", row.scope).strip()[:300], "is_stamped" in form
            actions.passed(row, by_id=me().id, today=_today(), is_stamped=is_stamped, scope=scope)
    except SigningDayError as fault:
        db.session.rollback()
        return _paper_page(_paper(dealer_id, paper_id), sentence(fault))
    db.session.commit()
    flash(_("The paper is passed.") if form.get("answer") != "return" else _("The paper is returned."), "success")
    return back_to("dealers.papers", dealer_id=dealer_id)


@blueprint.post("/<int:dealer_id>/screening")
@requires(P.CHECK_QUALIFICATIONS)
def screen(dealer_id: int) -> Any:
    dealer, form = _dealer(dealer_id), ScreeningForm()
    try:
        if not form.validate():
            return _shown(dealer, PaperForm(formdata=None), form, status=422)
        actions.screen(dealer, form.verdict.data, score=form.score.data, reason=form.reason.data or "", by_id=me().id)
    except ReasonWanted as fault:
        form.reason.errors = [sentence(fault)]
        return _shown(dealer, PaperForm(formdata=None), form, status=422)
    db.session.commit()
    flash(_("The screening is on record."), "success")
    return back_to("dealers.papers", dealer_id=dealer_id)
