"""`flask --app app badges SLUG -o FILE.pdf`: badges from the command line."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app import clock, journal, texts
from app.blueprints.checkin import jobs
from app.blueprints.checkin.badges import BadgeSize, actions
from app.blueprints.checkin.badges import print as cards
from app.blueprints.checkin.badges.queries import Order, Which
from app.errors import N_
from app.extensions import db
from app.models import Event

_SIZES = [size.value for size in BadgeSize]


def _say(message: str, **places: Any) -> str:
    return texts.gettext(str(current_app.config["DEFAULT_LOCALE"]), message, **places)


@click.command("badges")
@click.argument("slug")
@click.option("-o", "--output", "output", required=True, type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option(
    "--size",
    default=BadgeSize.CARD_90X54.value,
    show_default=True,
    type=click.Choice([each.value for each in BadgeSize]),
)
@click.option("--order", default=Order.NAME.value, show_default=True, type=click.Choice([each.value for each in Order]))
@click.option(
    "--only",
    default="all",
    show_default=True,
    type=click.Choice(["all", "unprinted"]),
    help="Everyone expected, or only those whose badge was never printed.",
)
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def badges_command(slug: str, output: Path, size: str, order: str, only: str, as_json: bool) -> None:
    """Write the badges of event SLUG into a PDF, and note that they were printed."""
    journal.act_as(journal.Actor("command line"))
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise click.ClickException(_say(N_("There is no event %(slug)s."), slug=slug))
    which = Which.MISSING if only == "unprinted" else Which.ALL
    people = jobs.people_of(event, jobs.arguments(which, [], Order(order), BadgeSize(size)))
    if not people:
        raise click.ClickException(_say(N_("There is nobody to print a badge for.")))
    strange = [[each.name, missing] for each, missing in cards.undrawable(event, people)]
    content, badge_ids = jobs.draw(event, people, BadgeSize(size))
    output.write_bytes(content)
    actions.mark_printed(event, badge_ids, at=clock.now())
    db.session.commit()
    facts = {"file": str(output), "badges": len(badge_ids), "bytes": len(content), "undrawable": strange}
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else _told(facts, strange))


def _told(facts: dict[str, Any], strange: list[list[Any]]) -> str:
    lines = [_say(N_("%(number)s badges in %(file)s."), number=facts["badges"], file=facts["file"])]
    lines += [
        _say(N_("No font here can draw: %(name)s (%(missing)s)"), name=name, missing=" ".join(missing))
        for name, missing in strange
    ]
    return "\n".join(lines)
