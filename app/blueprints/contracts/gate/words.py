"""The readiness gate in words: what a point is, what is missing, what to bring, who can mend it and where."""

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, lazy_gettext

from app.access import Permission
from app.blueprints.contracts.rules.gate import FIXED, Finding, Gate, Light, Point
from app.errors import N_
from app.models import Contract, PaperKind
from app.texts import gettext
from app.web.identity import me
from app.web.nav import door

_ = lazy_gettext
P = Permission

# Message ids: the slip is printed in two languages, whatever the page speaks.
TITLES: dict[Point, str] = {
    Point.APPROVAL: N_("Approved"),
    Point.DOCUMENT: N_("Document made"),
    Point.PAPERS: N_("Qualification papers"),
    Point.SIGNATORY: N_("Signatory’s authority"),
    Point.SCREENING: N_("Screening"),
    Point.TERRITORY: N_("Territory held"),
    Point.PACKAGE: N_("Package"),
    Point.DEPOSIT: N_("Payment agreed"),
}
REASONS: dict[str, str] = {
    "not_approved": N_("The contract is not approved yet."),
    "no_document": N_("The document is being made."),
    "missing": N_("%(paper)s: not there."),
    "unchecked": N_("%(paper)s: handed in, not checked yet."),
    "returned": N_("%(paper)s: returned by compliance."),
    "expired": N_("%(paper)s: expired."),
    "unstamped": N_("%(paper)s: without the company seal."),
    "out_of_scope": N_("%(paper)s: its scope of business does not name the product line."),
    "no_signatory": N_("Nobody is named who signs for the dealer."),
    "not_the_representative": N_("The licence names %(detail)s as legal representative."),
    "authorization_missing": N_("A letter of authorization for %(detail)s is missing."),
    "authorization_unchecked": N_("The letter of authorization for %(detail)s is not checked yet."),
    "authorization_returned": N_("The letter of authorization for %(detail)s was returned."),
    "authorization_expired": N_("The letter of authorization for %(detail)s has expired."),
    "authorization_unstamped": N_("The letter of authorization for %(detail)s has no company seal."),
    "authorization_names_another": N_("The letter of authorization names %(detail)s."),
    "not_screened": N_("The dealer has not been screened yet."),
    "screening_refused": N_("Screening has refused the dealer."),
    "no_territory": N_("No territory is held for this contract."),
    "hold_expired": N_("The hold on %(detail)s has run out."),
    "let_go": N_("%(detail)s is no longer held for this dealer."),
    "none_exclusive": N_("No territory is held exclusively."),
    "exclusive_unsaid": N_("%(detail)s is held exclusively, but the dealer’s tier is not exclusive. Which is meant?"),
    "no_package": N_("No package is chosen."),
    "package_over": N_("The package “%(detail)s” is over."),
    "package_gone": N_("The package “%(detail)s” is used up."),
    "deposit_undated": N_("The deposit has no payment date."),
    "no_payment_date": N_("No payment has a date."),
    "supply_stopped": N_("Supply to this dealer is stopped because of what is owed. Ask finance before you go on."),
}
BRING: dict[str, str] = {
    "missing": N_("Please bring %(paper)s: the original, or a copy with the company seal."),
    "returned": N_("Please bring a corrected %(paper)s."),
    "expired": N_("Please bring a valid %(paper)s."),
    "unstamped": N_("Please bring %(paper)s with the company seal."),
    "out_of_scope": N_("Please bring %(paper)s whose scope names the goods."),
    "no_signatory": N_("Please tell us who signs."),
    "not_the_representative": N_("Please let %(detail)s come, or bring a letter of authorization."),
    "authorization_missing": N_("Please bring the letter of authorization for %(detail)s, with the company seal."),
    "authorization_returned": N_("Please bring a corrected letter of authorization for %(detail)s."),
    "authorization_expired": N_("Please bring a valid letter of authorization for %(detail)s."),
    "authorization_unstamped": N_("Please bring the letter of authorization with the company seal."),
    "authorization_names_another": N_("Please bring a letter of authorization for whoever signs."),
}
PAPERS: dict[str, str] = {
    PaperKind.BUSINESS_LICENCE.value: N_("Business licence"),
    PaperKind.INDUSTRY_LICENCE.value: N_("Industry licence"),
    PaperKind.QUALITY_CERTIFICATE.value: N_("Quality certificate"),
    PaperKind.TAX_REGISTRATION.value: N_("Tax registration"),
    PaperKind.VAT_CERTIFICATE.value: N_("VAT taxpayer certificate"),
    PaperKind.AUTHORIZATION.value: N_("Letter of authorization"),
    PaperKind.AGENT_ID.value: N_("Agent’s ID copy"),
    PaperKind.BUYER_CERTIFICATE.value: N_("Buyer’s certificate"),
}
_AT_OURS = N_("We see to this. You need not bring anything.")
_MENDS: dict[Point, LazyString] = {
    Point.APPROVAL: _("Sales manager or director"),
    Point.DOCUMENT: _("Made by itself within a minute"),
    Point.PAPERS: _("Rep hands in, compliance checks"),
    Point.SIGNATORY: _("Rep, with compliance"),
    Point.SCREENING: _("Compliance"),
    Point.TERRITORY: _("Rep holds it again"),
    Point.PACKAGE: _("Rep chooses another one"),
    Point.DEPOSIT: _("Rep sets the date in the terms"),
}
ICONS = {
    Light.MET: ("circle-check", "success"),
    Light.MISSING: ("alert-circle", "danger"),
    Light.OVERRIDDEN: ("lock-open", "warning"),
    Light.NOT_NEEDED: ("minus", "neutral"),
}
LIGHTS = {
    Light.MET: _("there"),
    Light.MISSING: _("not there"),
    Light.OVERRIDDEN: _("let pass"),
    Light.NOT_NEEDED: _("not needed"),
}


@dataclass(frozen=True)
class Shown:
    """A point as the page shows it."""

    point: Point
    title: str
    icon: str
    tone: str
    light: Any
    why: list[str]
    warns: list[str]
    mends: Any
    act: dict[str, Any] | None
    may_override: bool
    is_overridden: bool


def shown(contract: Contract, gate: Gate, language: str) -> list[Shown]:
    """Return every point in the language of the page, with who mends it and the way there."""
    return [_shown(contract, each, language) for each in gate.findings]


def _shown(contract: Contract, finding: Finding, language: str) -> Shown:
    icon, tone = ICONS[finding.light]
    is_missing = finding.light is Light.MISSING
    is_doubtful = finding.light is Light.MET and bool(finding.warns)
    return Shown(
        point=finding.point,
        title=gettext(language, TITLES[finding.point]),
        icon="alert-triangle" if is_doubtful else icon,
        tone="warning" if is_doubtful else tone,
        light=_("there, but look again") if is_doubtful else LIGHTS[finding.light],
        why=[reason(code, detail, language) for code, detail in finding.why],
        warns=[reason(code, detail, language) for code, detail in finding.warns],
        mends=_MENDS[finding.point] if is_missing else "",
        act=_act(contract, finding.point) if is_missing or is_doubtful else None,
        may_override=is_missing and finding.point not in FIXED and me().can(P.OVERRIDE_GATE),
        is_overridden=finding.light is Light.OVERRIDDEN,
    )


def reason(code: str, detail: str, language: str) -> str:
    """Return what is missing, in a language."""
    return gettext(language, REASONS[code], detail=detail, paper=_paper(detail, language))


def to_bring(code: str, detail: str, language: str) -> str:
    """Return what the dealer can do about it, in a language."""
    return gettext(language, BRING.get(code, _AT_OURS), detail=detail, paper=_paper(detail, language))


def _paper(detail: str, language: str) -> str:
    return gettext(language, PAPERS[detail]) if detail in PAPERS else ""


def _act(contract: Contract, point: Point) -> dict[str, Any] | None:
    """Return the way to where a point is mended, for whoever may go there."""
    assert contract.event is not None
    slug = contract.event.slug
    url, label = {
        Point.APPROVAL: (door("contracts.show", slug=slug, contract_id=contract.id), _("To the contract")),
        Point.DOCUMENT: (door("contracts.make_document", slug=slug, contract_id=contract.id), _("Make it now")),
        Point.PAPERS: (_papers(contract), _("To the papers")),
        Point.SIGNATORY: (_papers(contract), _("To the papers")),
        Point.SCREENING: (_papers(contract), _("To the screening")),
        Point.TERRITORY: (door("territories.index", slug=slug), _("To the territories")),
        Point.PACKAGE: (door("contracts.show", slug=slug, contract_id=contract.id), _("To the contract")),
        Point.DEPOSIT: (door("contracts.show", slug=slug, contract_id=contract.id), _("To the contract")),
    }[point]
    return {"label": label, "url": url, "post": point is Point.DOCUMENT} if url else None


def _papers(contract: Contract) -> str:
    return door("dealers.papers", dealer_id=contract.dealer_id)
