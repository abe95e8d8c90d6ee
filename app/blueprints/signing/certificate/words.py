"""What the steps, ways and papers of a signing are called, on screens and on the certificate page."""

from collections.abc import Callable, Sequence
from typing import Any

from app.errors import N_
from app.models import IdentityPaper, SigningWay, StepKind

STEPS: dict[StepKind, str] = {
    StepKind.DOCUMENT_MADE: N_("Document drawn up"),
    StepKind.OPENED: N_("Document opened"),
    StepKind.IDENTITY_SEEN: N_("Identity checked"),
    StepKind.PAGE_READ: N_("Page read"),
    StepKind.CODE_SENT: N_("Code sent by SMS"),
    StepKind.CODE_PASSED: N_("Code confirmed"),
    StepKind.CODE_REFUSED: N_("Wrong code refused"),
    StepKind.DEALER_SIGNED: N_("The dealer signed"),
    StepKind.PAPER_PRINTED: N_("Printed for signing on paper"),
    StepKind.PAPER_RECEIVED: N_("Signed paper received"),
    StepKind.PAPER_CHECKED: N_("Signed paper checked"),
    StepKind.PAPER_RETURNED: N_("Signed paper returned"),
    StepKind.COUNTERSIGNED: N_("The company signed"),
    StepKind.SEALED: N_("Sealed"),
    StepKind.COPY_SENT: N_("Copy sent"),
    StepKind.DOWNLOADED: N_("Copy downloaded"),
    StepKind.VERIFIED: N_("Verified"),
    StepKind.GIVEN_UP: N_("Signing given up"),
    StepKind.VOIDED: N_("Declared void"),
}
WAYS: dict[SigningWay, str] = {
    SigningWay.TABLET: N_("on our tablet"),
    SigningWay.PHONE: N_("on the signatory’s own phone"),
    SigningWay.PAPER: N_("on paper"),
    SigningWay.SERVICE: N_("at a licensed signing service"),
}
PAPERS: dict[IdentityPaper, str] = {
    IdentityPaper.ID_CARD: N_("identity card"),
    IdentityPaper.PASSPORT: N_("passport"),
    IdentityPaper.TRAVEL_PERMIT: N_("travel permit"),
    IdentityPaper.OTHER: N_("another paper"),
}
VERDICTS: dict[str, str] = {
    "unchanged": N_("unchanged"),
    "changed_after_sealing": N_("changed after sealing"),
    "changed": N_("changed"),
    "not_ours": N_("not ours"),
    "not_sealed": N_("not sealed"),
    "not_a_pdf": N_("not a PDF"),
    "another": N_("of another contract"),
    "unknown": N_("not on record"),
}
_PAGE = N_("page %(page)s, %(seconds)s s")
_PAGES = N_("%(pages)s, %(seconds)s s together")
_OF_PAGE = N_("page %(page)s")
_WHY = N_("page %(page)s: %(why)s")
_OF_PAPER = {StepKind.PAPER_RECEIVED, StepKind.PAPER_CHECKED, StepKind.PAPER_RETURNED}
PAPER_ENDING = N_("%(paper)s, ending in %(last4)s")
PHONE_ENDING = N_("phone ending in %(phone)s")
_VIA_SERVICE = N_("by %(service)s")

Translate = Callable[..., str]


def detail(kind: StepKind, facts: dict[str, Any], translate: Translate) -> str:
    """Return what else is known of a step, in one short line. `translate` takes a message id and its places."""
    if kind is StepKind.PAGE_READ and "page" in facts:
        return translate(_PAGE, page=facts["page"], seconds=facts.get("seconds", 0))
    if kind is StepKind.PAGE_READ and "pages" in facts:
        return translate(_PAGES, pages=_spans(facts["pages"]), seconds=facts.get("seconds", 0))
    if kind in _OF_PAPER and "page" in facts:
        return translate(_WHY if facts.get("why") else _OF_PAGE, page=facts["page"], why=facts.get("why", ""))
    if kind is StepKind.IDENTITY_SEEN and facts.get("paper") in set(IdentityPaper):
        paper = translate(PAPERS[IdentityPaper(facts["paper"])])
        return translate(PAPER_ENDING, paper=paper, last4=facts.get("last4", ""))
    if "phone" in facts:
        return translate(PHONE_ENDING, phone=facts["phone"])
    if facts.get("service"):
        return translate(_VIA_SERVICE, service=facts["service"])
    if facts.get("way") in set(SigningWay):
        return translate(WAYS[SigningWay(facts["way"])])
    if kind is StepKind.VERIFIED and facts.get("verdict") in VERDICTS:
        return translate(VERDICTS[facts["verdict"]])
    return str(facts.get("why", "")) if kind is StepKind.VOIDED else ""


def _spans(pages: Sequence[int]) -> str:
    """Return "1–4, 6" of page numbers."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)
