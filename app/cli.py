"""The command line: `flask --app app …`. Commands that report take `--json`; each has `--help`."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app import backup, clock, demo, doctor, texts, worker
from app.blueprints.auth.commands import users
from app.blueprints.checkin.commands import badges_command
from app.blueprints.invitations.commands import invitations
from app.blueprints.messages import delivery
from app.blueprints.territories.commands import regions
from app.demo.build import STANDARD_SIZE, is_empty
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event
from app.rehearsal import Rehearsal, rehearse

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
                "\n".join(f"  {each['login']:26} {each['name']}  {each['role'] or '-'}" for each in people)
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


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --once: the counts as JSON.")
@with_appcontext
def worker_command(once: bool, as_json: bool) -> None:
    """Send the outbox, do long jobs, run the scheduler. Ctrl-C and SIGTERM end it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - threads need the app itself
    if not once:
        worker.Worker(app).run()
        return
    counts = worker.run_once(app)
    report(as_json, counts, lambda: say(N_("Steps: %(steps)s, jobs: %(jobs)s, messages: %(messages)s."), **counts))


@click.command("rehearse")
@click.argument("slug")
@click.option("--at", "at", required=True, help="2026-11-26T10:00, in the event's time zone unless it names one.")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def rehearse_command(slug: str, at: str, as_json: bool) -> None:
    """Say what the scheduler would do at a moment, as the data stand now. Nothing is done."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise click.ClickException(say(N_("There is no event %(slug)s."), slug=slug))
    time_zone = event.time_zone
    found = rehearse(event, _moment(at, time_zone), steps=worker.STEPS, decide=delivery.decide)
    report(as_json, asdict(found), lambda: _rehearsed(found, time_zone))


def _moment(text: str, time_zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(text, param_hint="--at") from error
    return moment.replace(tzinfo=moment.tzinfo or ZoneInfo(time_zone)).astimezone(UTC)


def _rehearsed(found: Rehearsal, time_zone: str) -> str:
    lines = [f"{clock.local(each.due_at, time_zone):%Y-%m-%d %H:%M}  {each.step}  {each.count}" for each in found.steps]
    lines += [f"{each.template}  {each.channel}  {each.verdict}  {each.count}" for each in found.messages]
    return "\n".join(lines) or say(N_("Nothing is due."))


def register(app: Flask) -> None:
    """Add our commands to `flask --app app`."""
    commands = (
        demo_command,
        doctor_command,
        backup_command,
        restore_command,
        worker_command,
        rehearse_command,
        badges_command,
        invitations,
        regions,
        users,
    )
    for command in commands:
        app.cli.add_command(command)
