"""The sheet for whoever leads the signing ceremony."""

from base64 import b64encode

from app import clock, links, pdf, qr
from app.blueprints.contracts.order.queries import Place
from app.models import Event


def ceremony_pdf(event: Event, places: list[Place], *, language: str) -> bytes:
    """The order of signing on A4, to read out and to tick."""
    address = links.public(f"/events/{event.slug}/signing-order")
    html = pdf.page_html(
        "contracts/print/ceremony.html",
        language,
        event=event,
        places=places,
        lead=sum(1 for each in places if each.is_lead),
        code="data:image/png;base64," + b64encode(qr.png(address, scale=4)).decode("ascii"),
        made=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
    )
    return pdf.render(html)
