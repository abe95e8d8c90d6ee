"""The printed register: A4 across, headings on every page, in either language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask_babel import force_locale, gettext

from app import clock, links, pdf
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.tables import territory_of
from app.models import Contract, ContractState
from app.web.locale import money
from app.web.words import word

_OUT = (ContractState.VOID,)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the printed register, in words."""

    number: str
    kind: str
    dealer: str
    territory: str
    state: str
    signed: str
    term: str
    total: str
    rep: str


def register_pdf(contracts: Sequence[Contract], said: Sequence[str], language: str, printed_by: str) -> bytes:
    """Return the register of these contracts; `said` are the lines that tell what was searched for."""
    with force_locale(language):
        html = pdf.page_html(
            "contracts/print/register.html",
            language,
            rows=[_row(each) for each in contracts],
            said=said,
            sums=_sums(contracts),
            company=links.company_name(),
            printed_by=printed_by,
            printed=clock.local(clock.now(), ZONE).strftime("%Y-%m-%d %H:%M"),
        )
    return pdf.render(html)


def _row(each: Contract) -> Row:
    first, last = (date.isoformat() if date else "–" for date in (each.starts_on, each.ends_on))
    return Row(
        number=each.number or gettext("No number yet"),
        kind=str(word(each.kind).text),
        dealer=each.dealer.company,
        territory=territory_of(each) or "–",
        state=str(word(each.state).text),
        signed=clock.local(each.signed_at, ZONE).strftime("%Y-%m-%d") if each.signed_at else "–",
        term=f"{first} – {last}",
        total=money(each.total, each.currency),
        rep=each.rep.name if each.rep else "–",
    )


def _sums(contracts: Iterable[Contract]) -> list[str]:
    """The sum of all that is not void, a currency a line."""
    counted = sorted((each for each in contracts if each.state not in _OUT), key=lambda each: each.currency)
    return [
        money(sum((each.total for each in of), Decimal(0)), currency)
        for currency, of in groupby(counted, key=lambda each: each.currency)
    ]
