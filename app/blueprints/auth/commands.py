"""`flask --app app users create`: an account made from the command line."""

import json
import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app import journal, passwords
from app.access import Role
from app.blueprints.auth import actions, rules
from app.errors import N_
from app.extensions import db
from app.texts import LOCALES, gettext

users = AppGroup("users", help="Accounts of our own staff.")


@users.command("create")
@click.option("--login", required=True, help="Mail address, with which the person signs in.")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given several times.",
)
@click.option("--department", default="", help="Department.")
@click.option("--locale", type=click.Choice(LOCALES), help="Language; without it, as the browser asks.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is generated.")
@click.option("--json", "as_json", is_flag=True, help="Answer with a JSON object.")
def create(
    login: str,
    name: str,
    roles: tuple[str, ...],
    department: str,
    locale: str | None,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Create an account. A generated password is printed once and kept nowhere."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else passwords.generated()
    weak = rules.weakness(password, login=login, name=name)
    if weak is not None:
        raise click.ClickException(_say(rules.REASONS[weak], **rules.LIMITS))
    login = login.strip().lower()
    if not rules.MAIL_ADDRESS.fullmatch(login):
        raise click.BadParameter(_say(N_("This is not a mail address.")), param_hint="--login")
    journal.act_as(journal.Actor("command line"))
    profile = actions.Profile(
        login=login, name=name.strip(), department=department, locale=locale, roles=frozenset(map(Role, roles))
    )
    try:
        user = actions.create_user(profile, password=password)
    except rules.LoginTaken as error:
        raise click.ClickException(_say(error.sentence)) from error
    db.session.commit()
    shown = {"id": user.id, "login": user.login, "name": user.name, "roles": [role.value for role in user.roles]}
    if not password_stdin:
        shown["password"] = password
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _sentence(shown))


def _sentence(shown: dict[str, object]) -> str:
    told = _say(N_("%(name)s can sign in as %(login)s."), name=shown["name"], login=shown["login"])
    if "password" in shown:
        told += "\n" + _say(N_("Password: %(password)s"), password=shown["password"])
    return told


def _say(message: str, **places: object) -> str:
    """Translate for whoever sits at the terminal: into the language of the settings."""
    locale = current_app.config["DEFAULT_LOCALE"]
    return gettext(locale, message, **places)
