"""Close-out lists on paper: one person a page, to be ticked and signed."""

from collections.abc import Sequence

from babel.dates import format_date

from app import clock, pdf
from app.blueprints.staff.closeout.queries import Sheet
from app.models import CloseoutKind, Event
from app.texts import parsed

_LONG_DAY = {"zh_CN": "y年M月d日 EEE", "en": "EEE d MMMM y"}


def lists_pdf(event: Event, sheets: Sequence[Sheet], language: str) -> bytes:
    """Return the lists of these people as PDF, each beginning on a page of its own."""
    pages = [
        {
            "name": sheet.person.name,
            "roles": [role.name for role in sheet.roles],
            "groups": [
                (kind.value, [item for item in sheet.items if item.kind is kind])
                for kind in CloseoutKind
                if any(item.kind is kind for item in sheet.items)
            ],
        }
        for sheet in sheets
        if sheet.items
    ]
    html = pdf.page_html(
        "staff/print/closeout.html",
        language,
        pages=pages,
        event=event,
        when=format_date(event.local_start, _LONG_DAY[language], locale=parsed(language)),
        printed=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
    )
    return pdf.render(html)
