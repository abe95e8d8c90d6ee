"""The slip a dealer takes along: what is missing and what to bring, in both languages on one A5 page."""

from base64 import b64encode
from dataclasses import dataclass

from app import clock, links, pdf, qr
from app.blueprints.contracts.gate.words import TITLES, reason, to_bring
from app.blueprints.contracts.rules.gate import Gate
from app.errors import N_
from app.models import Contract
from app.texts import gettext

LANGUAGES = ("zh_CN", "en")
_TITLE = N_("Before you sign")
_ALL_THERE = N_("Everything is there. You can sign.")


@dataclass(frozen=True)
class Point:
    """A missing point in both languages: its name, what is wrong, what to bring."""

    title: tuple[str, str]
    lines: list[tuple[tuple[str, str], tuple[str, str]]]


def slip_pdf(contract: Contract, gate: Gate, *, language: str) -> bytes:
    """The slip of one contract as PDF."""
    points = [
        Point(
            _both(lambda spoken, point=finding.point: gettext(spoken, TITLES[point])),
            [
                (
                    _both(lambda spoken, c=code, d=detail: reason(c, d, spoken)),
                    _both(lambda spoken, c=code, d=detail: to_bring(c, d, spoken)),
                )
                for code, detail in finding.why
            ],
        )
        for finding in gate.missing
    ]
    event = contract.event
    assert event is not None
    address = links.public(f"/events/{event.slug}/contracts/{contract.id}/gate")
    code = "data:image/png;base64," + b64encode(qr.png(address, scale=4)).decode("ascii")
    html = pdf.page_html(
        "contracts/print/slip.html",
        language,
        contract=contract,
        event=event,
        points=points,
        made=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
        code=code,
        title=_both(lambda spoken: gettext(spoken, _TITLE)),
        all_there=_both(lambda spoken: gettext(spoken, _ALL_THERE)),
    )
    return pdf.render(html)


def _both(say: object) -> tuple[str, str]:
    assert callable(say)
    return say(LANGUAGES[0]), say(LANGUAGES[1])
