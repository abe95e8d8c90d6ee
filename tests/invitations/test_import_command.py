"""`flask invitations import`: counts, dry runs, and errors that change nothing."""

import json

import pytest
from sqlalchemy import func, select

from app.cli import register
from app.extensions import db
from app.models import Import, ImportState, Invitation, JournalEntry
from app.sheets import to_csv
from tests.invitations import samples
from tests.invitations.lists import HEADINGS, people


@pytest.fixture
def run(app, build, tmp_path):
    event = build.event()
    if "invitations" not in app.cli.commands:
        register(app)

    def command(data: bytes, *words: str):
        path = tmp_path / "list.csv"
        path.write_bytes(data)
        given = words if "--event" in words else ("--event", event.slug, *words)
        return app.test_cli_runner().invoke(args=["invitations", "import", str(path), *given])

    return command


def guests(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def rows(*more):
    return to_csv([HEADINGS, *people(3), *more])


def test_a_list_is_taken_in(app, run):
    result = run(rows(("", "张三")), "--json")
    assert result.exit_code == 0, result.output
    facts = json.loads(result.output)
    assert (facts["new"], facts["updated"], facts["unchanged"], facts["refused"]) == (3, 0, 0, 1)
    assert [(each["line"], each["code"]) for each in facts["refusals"]] == [(5, "company_missing")]
    assert guests(app) == 3
    with app.app_context():
        found = db.session.get_one(Import, facts["import_id"])
        assert (found.state, found.file is not None) == (ImportState.APPLIED, True)
        assert db.session.scalars(select(JournalEntry.actor).distinct()).all() == ["command line"]


def test_again_nothing_changes(app, run):
    run(rows())
    assert json.loads(run(rows(), "--json").output)["unchanged"] == 3
    assert guests(app) == 3


def test_a_dry_run_leaves_no_trace(app, run):
    result = run(rows(), "--dry-run", "--json")
    assert (result.exit_code, json.loads(result.output)["new"]) == (0, 3)
    assert guests(app) == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Import)) == 0


def test_the_counts_are_told_in_a_sentence(run):
    output = run(rows(("", "张三"))).output
    assert "3" in output
    assert len(output.splitlines()) == 2


def test_columns_can_be_named(app, run):
    data = to_csv([("甲", "乙"), ("永发商贸", "张三")])
    assert run(data).exit_code == 1
    assert run(data, "--mapping", "company=甲", "--mapping", "contact=乙").exit_code == 0
    assert guests(app) == 1
    assert run(data, "--mapping", "company=丙").exit_code == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (samples.guest_list()[:500], ()),
        (samples.macro_workbook(), ()),
        (b" ", ()),
        (b"a,b\n" * 2_800_000, ()),
        (rows(), ("--event", "nowhere")),
        (samples.guest_list(), ("--sheet", "nowhere")),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_changes_nothing(app, run, data, words):
    result = run(data, *words)
    assert (result.exit_code, guests(app)) == (1, 0)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(result.output.strip().splitlines()) == 1
