"""The sheet for whoever leads the signing ceremony."""

from app import clock, pdf
from app.blueprints.contracts.order.queries import Place
from app.models import Event


def ceremony_pdf(event: Event, places: list[Place], *, language: str) -> bytes:
    """The order of signing on A4, to read out and to tick."""
    html = pdf.page_html(
        "contracts/print/ceremony.html",
        language,
        event=event,
        places=places,
        made=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
    )
    return pdf.render(html)
