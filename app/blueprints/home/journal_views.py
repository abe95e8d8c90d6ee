"""The journal of the whole house."""

from flask import Response
from sqlalchemy import select

from app.access import Permission
from app.blueprints.home import blueprint
from app.blueprints.home.journal_list import JOURNAL, KINDS, entries, subjects
from app.extensions import db
from app.models import Event
from app.web import history
from app.web.guards import requires
from app.web.identity import me
from app.web.render import page
from app.web.tables import Table


@blueprint.get("/journal/")
@requires(Permission.VIEW_JOURNAL)
def journal() -> Response:
    table = Table(JOURNAL, entries(with_accounts=me().can(Permission.MANAGE_USERS))).load()
    ids = {row.event_id for row in table.rows if row.event_id is not None}
    events = {row.id: row.name for row in db.session.execute(select(Event.id, Event.name).where(Event.id.in_(ids)))}
    return page(
        "home/journal.html",
        table=table,
        lines={line.entry.id: line for line in history.in_words(table.rows)},
        subjects=subjects(table.rows),
        events=events,
        kinds=KINDS,
    )
