"""The plan on A4 as a company files it: title block, contents with page numbers, sections, approval, change record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from markupsafe import Markup

from app import clock, links, pdf
from app import texts as texts_of_words
from app.blueprints.plan import reading
from app.blueprints.plan.rules import life, marks
from app.blueprints.plan.rules.columns import with_columns
from app.blueprints.plan.rules.comparing import Text
from app.models import Event, PlanDocument, PlanRevision, User
from app.web.words import word

_ROWS = 4  # of the change record, at least: a paper form has blank ones


@dataclass(frozen=True)
class Signer:
    """Who signed, and when."""

    name: str
    day: str


@dataclass(frozen=True)
class ChangeRow:
    """One line of the change record."""

    mark: str
    count: str
    what: str
    who: str
    day: str


@dataclass(frozen=True)
class Section:
    """A section with the number it has in the document."""

    number: int
    heading: str
    body: Markup


def plan_pdf(event: Event, document: PlanDocument, revision: PlanRevision, language: str) -> bytes:
    """Return a revision as PDF/A. One that is not approved says so on every page."""
    return drawn(event, document, revision, reading.texts(event, revision, language), language)


def drawn(event: Event, document: PlanDocument, revision: PlanRevision, texts: Sequence[Text], language: str) -> bytes:
    """Lay out a revision whose sections are filled in already."""
    zone = event.time_zone
    with force_locale(language):
        html = pdf.page_html(
            "plan/print/plan.html",
            language,
            event=event,
            company=event.organizer or links.company_name(),
            number=document.number or "",
            mark=marks.mark(revision.place),
            revision=revision,
            control=str(word(revision.control).text),
            state=str(word(revision.state).text),
            is_locked=revision.state in life.LOCKED,
            is_old=revision.state is life.S.SUPERSEDED,
            signers=_signers(revision, zone),
            record=_record(document, revision, zone),
            blanks=max(0, _ROWS - revision.place),
            foreign=language != texts_of_words.known(event.language, "zh_CN"),
            sections=[_section(place, each) for place, each in enumerate(texts, 1)],
            printed=clock.local(clock.now(), zone).strftime("%Y-%m-%d %H:%M"),
        )
    return pdf.render(html, archival=True)


def _section(place: int, text: Text) -> Section:
    """Only what has gone through `rules.clean`, and facts whose words were escaped, stands in a text."""
    return Section(place, text.heading, Markup(with_columns(text.html)))  # noqa: S704


def _signers(revision: PlanRevision, zone: str) -> dict[str, Signer]:
    return {
        "prepared": _signer(revision.prepared_by, revision.prepared_at, zone),
        "reviewed": _signer(revision.reviewed_by, revision.reviewed_at, zone),
        "approved": _signer(revision.approved_by, revision.approved_at, zone),
    }


def _signer(user: User | None, at: datetime | None, zone: str) -> Signer:
    return Signer(user.name if user else "", _day(at, zone))


def _day(at: datetime | None, zone: str) -> str:
    return clock.local(at, zone).strftime("%Y-%m-%d") if at else ""


def _record(document: PlanDocument, upto: PlanRevision, zone: str) -> list[ChangeRow]:
    """The revisions up to this one, the first with no count."""
    rows = []
    for each in document.revisions:
        if each.place > upto.place:
            continue
        headings = "、".join(str(heading) for heading, _places, _kind in each.changes)
        what = "\n".join(part for part in (each.reason, headings) if part)
        count = str(each.change_count) if each.change_count else ""
        by = each.prepared_by.name if each.prepared_by else ""
        rows.append(ChangeRow(marks.mark(each.place), count, what, by, _day(each.approved_at, zone)))
    return rows
