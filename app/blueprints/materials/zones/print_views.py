"""The zone sheet on paper. It opens in the browser."""

from base64 import b64encode
from typing import Any

from flask import Response, request, url_for

from app import clock, links, pdf, qr, texts
from app.access import Permission
from app.blueprints.materials import blueprint
from app.blueprints.materials.printing.sheets import Heading, when_words
from app.blueprints.materials.zones import queries
from app.models import Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event


def sheet_pdf(hall: queries.Hall, heading: Heading, language: str) -> bytes:
    """Return the zone sheet on A4: each zone with boxes to tick, what is done already, and lines for notes."""
    zone = hall.event.time_zone
    code = "data:image/png;base64," + b64encode(qr.png(heading.url)).decode("ascii")
    due = {number: clock.local(hall.due(task), zone) for number, task in hall.tasks.items()}
    html = pdf.page_html(
        "materials/print/zone_sheet.html", language, heading=heading, code=code, parts=hall.parts, due=due
    )
    return pdf.render(html)


def _heading(event: Event, language: str) -> Heading:
    return Heading(
        event=event.name,
        when=when_words(event.local_start, language),
        where=" ".join(each for each in (event.venue, event.hall) if each),
        printed_at=clock.local(clock.now(), event.time_zone),
        printed_by=me().name,
        url=links.public(url_for("materials.zones", slug=event.slug)),
    )


@blueprint.get("/events/<slug>/zones/sheet.pdf")
@requires(Permission.VIEW_MATERIALS, Permission.ACCEPT_ZONES)
def zone_sheet(slug: str) -> Any:
    event = the_event(slug)
    language = texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))
    answer = Response(
        sheet_pdf(queries.hall(event), _heading(event, language), language), content_type="application/pdf"
    )
    answer.headers.set("Content-Disposition", "inline", filename=f"zones-{event.slug}.pdf")
    return answer
