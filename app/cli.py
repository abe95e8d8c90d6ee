"""The command line: `flask --app app …`. Commands that report take `--json`; each has `--help`."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import backup, demo, doctor, texts
from app.demo.build import STANDARD_SIZE, is_empty
from app.errors import N_, SigningDayError

_MARKS = {doctor.Health.GOOD: "✓", doctor.Health.NOTE: "·", doctor.Health.BAD: "✗"}


def say(message: str, **places: Any) -> str:
    """Translate a sentence for whoever sits at the terminal: in the language of the settings."""
    locale: str = current_app.config["DEFAULT_LOCALE"]
    return texts.gettext(locale, message, **places)


def report(as_json: bool, facts: dict[str, Any], text: Callable[[], str]) -> None:
    """Print facts as JSON for programs, or as text for a person."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str) if as_json else text())


def refuse(error: SigningDayError) -> click.ClickException:
    """Return a broken rule as the command line says it: one clear sentence, exit code 1."""
    return click.ClickException(say(error.sentence, **error.facts))


@click.command("demo")
@click.option("--dealers", default=STANDARD_SIZE, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same people.")
@click.option("--if-empty", is_flag=True, help="Only when there is no event yet.")
@click.option("--logins", is_flag=True, help="Only list the sample logins.")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def demo_command(dealers: int, seed: int, if_empty: bool, logins: bool, as_json: bool) -> None:
    """Make a sample conference and print its slug."""
    people = [{"login": login, "name": name, "role": role} for login, name, _, role in demo.LOGINS]
    if logins:
        report(
            as_json,
            {"password": demo.PASSWORD, "logins": people},
            lambda: (
                "\n".join(f"  {each['login']:26} {each['name']}  {each['role']}" for each in people)
                + "\n  "
                + say(N_("Password of all of them: %(password)s"), password=demo.PASSWORD)
            ),
        )
        return
    if if_empty and not is_empty():
        report(as_json, {"made": False}, lambda: "")
        return
    sample = demo.make(dealers=dealers, seed=seed)
    report(as_json, {"made": True, **asdict(sample)}, lambda: sample.slug)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
@with_appcontext
def doctor_command(context: click.Context, as_json: bool) -> None:
    """Check database, migrations, fonts, libraries, mail and clock, and say what to do."""
    findings = doctor.examine(dict(current_app.config))
    facts = [
        {
            "check": each.check,
            "health": each.health.value,
            "fact": say(each.fact, **dict(each.places)),
            "advice": say(each.advice) if each.advice else "",
        }
        for each in findings
    ]
    lines = [
        f"{_MARKS[each.health]} {fact['fact']}" + (f"\n    → {fact['advice']}" if fact["advice"] else "")
        for each, fact in zip(findings, facts, strict=True)
    ]
    report(as_json, {"well": doctor.is_well(findings), "findings": facts}, lambda: "\n".join(lines))
    if not doctor.is_well(findings):
        context.exit(1)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def backup_command(file: Path, as_json: bool) -> None:
    """Write the database and the stored files into FILE, while the application runs."""
    manifest = backup.back_up(file, home=current_app.config["SIGNING_DAY_HOME"])
    report(
        as_json,
        {"file": str(file), "bytes": file.stat().st_size, **manifest},
        lambda: say(N_("Written: %(file)s, %(mb)s MB."), file=file, mb=round(file.stat().st_size / 1024 / 1024, 1)),
    )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Replace the data that is here.")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def restore_command(file: Path, replace: bool, as_json: bool) -> None:
    """Put a backup back. Stop web and worker first."""
    try:
        manifest = backup.restore(file, home=current_app.config["SIGNING_DAY_HOME"], replace=replace)
    except SigningDayError as error:
        raise refuse(error) from error
    made_at = manifest["made_at"]
    report(as_json, manifest, lambda: say(N_("Restored what was backed up at %(moment)s."), moment=made_at))


def register(app: Flask) -> None:
    """Add our commands to `flask --app app`."""
    for command in (demo_command, doctor_command, backup_command, restore_command):
        app.cli.add_command(command)
