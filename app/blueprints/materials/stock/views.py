"""The company's stock, as a page."""

from typing import Any

from app.access import Permission
from app.blueprints.materials import blueprint
from app.blueprints.materials.stock import queries
from app.web.guards import requires
from app.web.render import page


@blueprint.get("/stock/")
@requires(Permission.VIEW_MATERIALS)
def stock() -> Any:
    return page("materials/stock.html", held=queries.held())
