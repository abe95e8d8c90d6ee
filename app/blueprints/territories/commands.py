"""`flask --app app regions`: the official list of provinces, cities and counties."""

import json

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app import journal, texts
from app.blueprints.territories.regions import actions, official
from app.errors import N_, SigningDayError
from app.extensions import db

regions = AppGroup("regions", help="The tree of regions that territories are made of.")


@regions.command("load")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def load(as_json: bool) -> None:
    """Take in the official list that set-up has brought; what has vanished is switched off, nothing is deleted."""
    locale = str(current_app.config["DEFAULT_LOCALE"])
    journal.act_as(journal.Actor("command line"))
    try:
        done = actions.load(official.areas())
    except SigningDayError as error:
        raise click.ClickException(texts.gettext(locale, error.sentence, **error.facts)) from error
    db.session.commit()
    facts = {"added": done.added, "changed": done.changed, "gone": done.gone}
    sentence = N_("Regions: %(added)s added, %(changed)s changed, %(gone)s switched off.")
    click.echo(json.dumps(facts) if as_json else texts.gettext(locale, sentence, **facts))
