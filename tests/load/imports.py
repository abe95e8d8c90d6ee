"""Import rows per CPU second: an .xlsx read, judged and taken in, on SQLite and on PostgreSQL.

The CPU is that of our own processes, the one that parses the workbook included; the server of PostgreSQL does its part
elsewhere. The rows are drawn as those of the badges' bench, each with its own company, mobile and mail.
"""

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade

from app import files
from app.blueprints.invitations.importing import actions, queries, steps
from app.blueprints.invitations.importing.layout import guests
from app.extensions import db
from app.models import Event
from app.sheets import read_table, to_xlsx
from tests import postgres
from tests.build import Builder
from tests.conftest import make_app
from tests.load.badges import GIVEN, PLACES, SURNAMES, TRADES

HEADINGS = (
    *("公司名称", "联系人", "职务", "手机", "邮箱", "城市"),
    *("嘉宾类型", "签约意向", "随行人数", "预计签约额", "备注"),
)
AIM = 10.0  # seconds of CPU for ten thousand rows are too many


class Measured(NamedTuple):
    """Seconds of CPU, for what is done with a list of so many rows."""

    rows: int
    check: float
    apply: float
    revert: float


def workbook(count: int, seed: int = 1) -> bytes:
    """A list of so many different, believable guests; the same for the same seed."""
    chance = random.Random(seed)
    rows = [
        (
            f"{chance.choice(PLACES)}{chance.choice(TRADES)}{number}商贸有限公司",
            chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)),
            chance.choice(("总经理", "采购经理", "")),
            f"139{number:08d}",
            f"buyer{number}@example.com",
            chance.choice(PLACES) + "市",
            chance.choice(("经销商", "经销商", "经销商", "媒体", "")),
            chance.choice(("已谈妥", "意向明确", "观望", "潜在", "")),
            chance.choice(("", "1", "2")),
            chance.choice(("", "128000")),
            chance.choice(("", "", "想坐前排")),
        )
        for number in range(1, count + 1)
    ]
    return to_xlsx(HEADINGS, rows, title="名单", text_columns=range(len(HEADINGS)))


def cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(app: Flask, data: bytes) -> Measured:
    """Take the list in as the worker does, and back out."""
    event = Builder(app).event()
    folder = app.config["SIGNING_DAY_HOME"]
    with app.app_context():
        began = cpu()
        table = read_table(data)
        kept = files.keep(data, folder=folder, name="list.xlsx", media_type="")
        an_import = actions.begin(
            db.session.get_one(Event, event.id), table, file=kept, file_name="list.xlsx", by_id=None
        )
        rows = guests(table, an_import.header_row, an_import.mapping, queries.our_names())
        actions.check(an_import, rows)
        db.session.commit()
        checked = cpu()
        counts = steps.apply(an_import.id, folder).counts
        applied = cpu()
        steps.revert(an_import.id)
        reverted = cpu()
    if counts["new"] != len(rows):
        raise RuntimeError(f"not every row was taken in: {counts}")
    return Measured(len(rows), checked - began, applied - checked, reverted - applied)


def _told(name: str, found: Measured, seconds: float) -> None:
    whole = found.check + found.apply
    print(
        f"{name:>11} {found.rows:>7} {found.check:>8.2f} {found.apply:>8.2f} {whole:>8.2f} "
        f"{found.rows / whole:>11.0f} {found.revert:>8.2f} {seconds:>9.1f}"
    )


def main(words: list[str] | None = None) -> int:
    """Print a line for each database; 1 when one is slower than the aim."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args(words)
    data = workbook(wanted.rows)
    print(
        f"{'':>11} {'rows':>7} {'check':>8} {'import':>8} {'CPU s':>8} {'rows/CPU s':>11} {'revert':>8} {'seconds':>9}"
    )
    slow = False
    for name in ("sqlite", "postgresql"):
        if wanted.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            url = postgres.create_database("import_bench") if name == "postgresql" else ""
            app = make_app(Path(folder), url)
            with app.app_context():
                upgrade()
            began = time.perf_counter()
            found = measure(app, data)
            _told(name, found, time.perf_counter() - began)
            slow = slow or (found.check + found.apply) * 10_000 / found.rows > AIM
            with app.app_context():
                db.engine.dispose()
        if url:
            postgres.drop_database("import_bench")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
