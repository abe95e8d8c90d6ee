"""What the pages of the register show of a contract: its whole story, and what of all contracts needs somebody."""

from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts.register import queries
from app.blueprints.contracts.register.amending import queries as amending
from app.blueprints.contracts.register.ending import queries as endings
from app.blueprints.contracts.register.keeping import queries as keeping
from app.blueprints.contracts.register.lookup import queries as lookups
from app.blueprints.contracts.register.rules import in_force
from app.blueprints.contracts.register.targets.queries import behind_count
from app.blueprints.contracts.register.targets.views import all_shown
from app.blueprints.contracts.register.words import STEPS, TERMS
from app.blueprints.contracts.tables import territory_of
from app.blueprints.contracts.views import life_rail
from app.models import Contract, ContractKind, ContractState
from app.web import alarms
from app.web.history import lines
from app.web.identity import me
from app.web.locale import day, money, number
from app.web.nav import door
from app.web.words import word

P = Permission
S = ContractState


def story(contract: Contract) -> dict[str, Any]:
    """Return everything the page of one contract says."""
    whole = queries.whole(contract)
    papers = [paper(each) for each in whole]
    seal = queries.seal(contract)
    may_file = me().can(P.FILE_CONTRACTS)
    slug = contract.event.slug if contract.event else ""
    may_draft = me().can(P.DRAFT_CONTRACTS) and _is_own(contract)
    terms = in_force.in_force(papers)
    last = next(each.value for each in terms if each.name == "ends_on")
    renewal = amending.renewal_of(whole[0], last) if last and contract.kind is not ContractKind.AMENDMENT else None
    destroyed = keeping.destruction(contract.id)
    return {
        "first": whole[0],
        "renewal": renewal,
        "may_draft": may_draft,
        "may_renew": may_draft and renewal is None and last and _goes_on(contract),
        "contract": contract,
        "territory": territory_of(contract),
        "rail": life_rail(contract),
        "whole": whole,
        "effective": [_term(each, contract.currency) for each in terms] if len(whole) > 1 else [],
        "seal": seal,
        "steps": [(row, STEPS[row.kind]) for row in queries.steps(contract)],
        "attachments": queries.attachments(contract),
        "destroyed": destroyed if destroyed and destroyed.confirmed_at else None,
        "may_attach": destroyed is None and (may_draft or me().can(P.FILE_CONTRACTS)) and _is_own(contract),
        "targets": list(zip(contract.targets, all_shown(contract.targets, clock.today(queries.ZONE)), strict=True)),
        "openings": queries.openings(contract) if may_file else [],
        "requests": lookups.of_contract(contract) if may_file else [],
        "may_file": may_file and contract.state is S.COUNTERSIGNED and seal is not None,
        "event_url": door("contracts.show", slug=slug, contract_id=contract.id) if slug and _is_own(contract) else "",
        "certificate_url": door("signing.trail", contract_id=contract.id) if seal and _is_own(contract) else "",
        "history_lines": lines(contract),
        "now": clock.now(),
    }


def _goes_on(contract: Contract) -> bool:
    return contract.state in (S.COUNTERSIGNED, S.FILED, S.ENDED) and contract.kind is not ContractKind.AMENDMENT


def _is_own(contract: Contract) -> bool:
    return me().can(P.VIEW_ALL_CONTRACTS, None) or contract.rep_id == me().id


def paper(row: Contract) -> in_force.Paper:
    """Return a contract as the rules about what is in force look at it."""
    return in_force.Paper(
        id=row.id,
        number=row.number or "",
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        tier=row.tier,
        total=row.total,
        deposit=row.deposit,
        discount_percent=row.discount_percent,
        rebate_percent=row.rebate_percent,
        credit_days=row.credit_days,
        deposit_refund=row.deposit_refund,
        territories=tuple(grant.region.name for grant in row.grants),
    )


def _term(term: in_force.Term, currency: str) -> dict[str, Any]:
    return {
        "label": TERMS[term.name],
        "value": said(term.name, term.value, currency),
        "papers": term.papers,
        "is_amended": term.is_amended,
    }


def said(name: str, value: Any, currency: str) -> str:
    """Return a term's value as a person reads it."""
    if value in (None, "", ()):
        return ""
    if name in ("total", "deposit"):
        return money(value, currency)
    if name in ("starts_on", "ends_on"):
        return day(value)
    if name == "tier":
        return str(word(value).text)
    if name == "territories":
        return gettext(", ").join(value)
    if name in ("discount_percent", "rebate_percent"):
        return f"{number(value)} %"
    return number(value) if isinstance(value, int) else str(value)


def needs() -> list[dict[str, Any]]:
    """Return what in the register needs somebody, for whoever can do it."""
    rows = []
    if me().can(P.FILE_CONTRACTS):
        if waiting := lookups.waiting_count():
            text = ngettext(
                "%(num)d request to see a contract waits", "%(num)d requests to see a contract wait", waiting
            )
            rows.append(_row("warning", "eye", text, _("Answer the request"), door("contracts.lookups")))
        if unfiled := queries.unfiled():
            text = ngettext("%(num)d sealed contract is not filed", "%(num)d sealed contracts are not filed", unfiled)
            rows.append(
                _row("warning", "archive", text, _("See them"), door("contracts.register", state="countersigned"))
            )
    return rows


def _row(tone: str, icon: str, text: str, label: Any, url: str, detail: str = "") -> dict[str, Any]:
    act = {"label": label, "url": url} if url else None
    return {"tone": tone, "icon": icon, "text": text, "detail": detail, "act": act}


def ending() -> list[dict[str, Any]]:
    """Return the line about contracts that end within the first span of the setting; reps hear of their own."""
    person = me()
    if not (person.can(P.DRAFT_CONTRACTS) or person.can(P.FILE_CONTRACTS)):
        return []
    today, days = clock.today(queries.ZONE), max(current_app.config["CONTRACT_ALARM_DAYS"], default=0)
    last = today + timedelta(days=days)
    number_ending = endings.ending_count(today, last, None if person.can(P.FILE_CONTRACTS) else person.id)
    if not number_ending:
        return []
    text = ngettext(
        "%(num)d contract ends within %(days)s days",
        "%(num)d contracts end within %(days)s days",
        number_ending,
        days=days,
    )
    to = door("contracts.register", ends_from=today, ends_to=last, sort="ends", state=["countersigned", "filed"])
    return [_row("warning", "calendar-x", text, _("See them"), to)]


def behind() -> list[dict[str, Any]]:
    """Return the line about dealers behind their sales targets."""
    person = me()
    if not (person.can(P.DRAFT_CONTRACTS) or person.can(P.FILE_CONTRACTS)):
        return []
    only_of = None if person.can(P.FILE_CONTRACTS) else person.id
    if not (late := behind_count(clock.today(queries.ZONE), only_of)):
        return []
    text = ngettext("%(num)d sales target is behind", "%(num)d sales targets are behind", late)
    return [_row("warning", "target", text, _("See who"), door("contracts.targets", course=["behind", "missed"]))]


@alarms.house_source
def at_home() -> list[dict[str, Any]]:
    """Return all of it for home, where there is room for the targets too."""
    return [*ending(), *needs(), *behind()]
