"""`flask --app app invitations import FILE --event SLUG`: an invite list from the command line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app import files, journal, texts
from app.blueprints.invitations.importing import actions, queries, steps
from app.blueprints.invitations.importing.layout import guests, headings_of, tells_somebody
from app.blueprints.invitations.importing.rules import Judged, count
from app.blueprints.invitations.importing.stages import ImportNotMapped
from app.blueprints.invitations.importing.values import Reason
from app.blueprints.invitations.importing.vocabulary import Field, plain
from app.blueprints.invitations.importing.words import FIELDS, REASONS
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Import
from app.sheets import LARGEST_FILE, SheetTooLarge, Table

REFUSALS_TOLD = 20

invitations = AppGroup("invitations", help="Invite lists.")


def _say(message: str, **places: Any) -> str:
    return texts.gettext(str(current_app.config["DEFAULT_LOCALE"]), message, **places)


@invitations.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--event", "slug", required=True, help="The event's slug.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of the rows.")
@click.option("--sheet", default="", help="Sheet of the workbook; without it, the first one that is not empty.")
@click.option(
    "--mapping",
    "pairs",
    multiple=True,
    metavar="FIELD=HEADING",
    help=f"Which column holds what, where that is not guessed. Fields: {', '.join(Field)}. May be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer with a JSON object.")
def import_command(file: Path, slug: str, dry_run: bool, sheet: str, pairs: Sequence[str], as_json: bool) -> None:
    """Take an invite list in, and say how many rows were new, updated, unchanged and refused."""
    journal.act_as(journal.Actor("command line"))
    try:
        table = steps.read(_content(file), sheet)
        event = db.session.scalar(select(Event).where(Event.slug == slug))
        if event is None:
            raise click.ClickException(_say(N_("There is no event %(slug)s."), slug=slug))
        facts = _taken_in(event, table, file, pairs, dry_run)
    except SigningDayError as error:
        raise click.ClickException(_say(error.sentence, **error.facts)) from error
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else _told(facts))


def _content(file: Path) -> bytes:
    if file.stat().st_size > LARGEST_FILE:
        raise SheetTooLarge
    return file.read_bytes()


def _taken_in(event: Event, table: Table, file: Path, pairs: Sequence[str], dry_run: bool) -> dict[str, Any]:
    """Check the table and, unless it is only a rehearsal, take it in; return the facts."""
    folder = current_app.config["SIGNING_DAY_HOME"]
    kept = None
    if not dry_run:
        kept = files.keep(file.read_bytes(), folder=folder, name=file.name, media_type="application/octet-stream")
    an_import = actions.begin(event, table, file=kept, file_name=file.name, by_id=None)
    _map(an_import, table, pairs)
    drafts = guests(table, an_import.header_row, an_import.mapping, queries.our_names())
    facts: dict[str, Any] = {"event": event.slug, "file": file.name, "dry_run": dry_run, "import_id": None}
    facts["mapping"] = _mapping_told(an_import, table)
    if dry_run:
        judged = steps.rehearse(an_import, drafts)
        counts = count(judged)
    else:
        judged = actions.check(an_import, drafts)
        import_id = an_import.id
        db.session.commit()
        # The database decides once more while the list is taken in, so its counts are those that hold.
        counts = steps.apply(import_id, folder).counts
        facts["import_id"] = import_id
    return facts | counts | {"refusals": _refusals(judged)}


def _map(an_import: Import, table: Table, pairs: Sequence[str]) -> None:
    headings = [plain(heading) for heading in headings_of(table.rows, an_import.header_row)]
    mapping = dict(an_import.mapping)
    for pair in pairs:
        field, equals, heading = pair.partition("=")
        if not equals or field.strip() not in set(Field) or plain(heading) not in headings:
            raise click.BadParameter(pair, param_hint="--mapping")
        column = headings.index(plain(heading))
        mapping = {name: at for name, at in mapping.items() if at != column} | {field.strip(): column}
    if not tells_somebody(mapping):
        raise ImportNotMapped
    an_import.mapping = mapping


def _mapping_told(an_import: Import, table: Table) -> dict[str, str]:
    headings = headings_of(table.rows, an_import.header_row)
    return {field: headings[column] for field, column in an_import.mapping.items()}


def _sentence(reason: Reason) -> str:
    return _say(REASONS[reason.code], detail=reason.detail)


def _refusals(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    return [
        {"line": one.draft.line, "field": str(reason.field), "code": reason.code, "text": _sentence(reason)}
        for one in judged
        for reason in one.reasons
        if reason.refuses
    ]


def _told(facts: dict[str, Any]) -> str:
    counts = N_("New: %(new)s, updated: %(updated)s, unchanged: %(unchanged)s, refused: %(refused)s.")
    lines = [_say(counts, **{name: facts[name] for name in ("new", "updated", "unchanged", "refused")})]
    refusals = facts["refusals"]
    sentence = N_("Row %(line)s, %(field)s: %(remark)s")
    lines += [
        f"  {_say(sentence, line=each['line'], field=_say(FIELDS[Field(each['field'])]), remark=each['text'])}"
        for each in refusals[:REFUSALS_TOLD]
    ]
    if len(refusals) > REFUSALS_TOLD:
        lines.append("  " + _say(N_("And %(more)s more; --json tells them all."), more=len(refusals) - REFUSALS_TOLD))
    if facts["dry_run"]:
        lines.append(_say(N_("This was a dry run. Nothing was changed.")))
    return "\n".join(lines)
