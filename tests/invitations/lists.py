"""Takes lists in as the pages do, for tests that look at what became of the rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import files
from app.blueprints.dealers.bulk import keys_of
from app.blueprints.invitations.importing import actions, queries, steps
from app.blueprints.invitations.importing.layout import guests
from app.extensions import db
from app.models import Dealer, Event, Import, ImportRow, Invitation
from app.sheets import read_table, to_csv
from tests.build import Builder

HEADINGS = ("公司名称", "联系人", "手机", "邮箱", "城市", "嘉宾类型", "签约意向", "业务员", "随行人数", "备注")


def people(count: int, start: int = 1) -> list[tuple[str, ...]]:
    """Rows of so many dealers, all different."""
    return [
        (
            f"江南{n}号商贸有限公司",
            f"张{n}",
            f"139{n:08d}",
            f"g{n}@example.com",
            "杭州市",
            "经销商",
            "观望",
            "",
            "2",
            "",
        )
        for n in range(start, start + count)
    ]


class Lists:
    """Lists for one event of a test."""

    def __init__(self, app: Flask, build: Builder, event: Event | None = None) -> None:
        self.app = app
        self.build = build
        self.event = event or build.event()

    @property
    def folder(self) -> Path:
        folder: Path = self.app.config["SIGNING_DAY_HOME"]
        return folder

    def checked(self, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> int:
        """Upload these rows as CSV and check them; return the import's id."""
        return self.checked_file(to_csv([headings, *rows]))

    def checked_file(self, data: bytes, name: str = "list.csv") -> int:
        with self.app.app_context():
            table = read_table(data)
            event = db.session.get_one(Event, self.event.id)
            file = files.keep(data, folder=self.folder, name=name, media_type="text/csv")
            an_import = actions.begin(event, table, file=file, file_name=name, by_id=None)
            drafts = guests(table, an_import.header_row, an_import.mapping, queries.our_names())
            actions.check(an_import, drafts)
            db.session.commit()
            return an_import.id

    def apply(self, import_id: int) -> dict[str, int]:
        with self.app.app_context():
            return steps.apply(import_id, self.folder).counts

    def taken(self, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> int:
        """Upload, check and take in; return the import's id."""
        import_id = self.checked(rows, headings)
        self.apply(import_id)
        return import_id

    def revert(self, import_id: int) -> dict[str, int]:
        with self.app.app_context():
            return steps.revert(import_id).counts

    def find(self, import_id: int) -> Import:
        with self.app.app_context():
            found = db.session.get_one(Import, import_id)
            db.session.expunge(found)
            return found

    def rows(self, import_id: int) -> list[ImportRow]:
        with self.app.app_context():
            found = db.session.scalars(
                select(ImportRow).where(ImportRow.import_id == import_id).order_by(ImportRow.line)
            )
            return list(found)

    def verdicts(self, import_id: int) -> list[str]:
        return [row.verdict.value for row in self.rows(import_id)]

    def dealer(self, **values: Any) -> Dealer:
        """A dealer on file with the keys that the house gives."""
        given = {"company": "永发商贸有限公司", "contact": "张三", "mobile": "+8613800000001"} | values
        return self.build.dealer(**{**given, **keys_of(given)})

    def snapshot(self) -> dict[str, list[dict[str, Any]]]:
        """All dealers and invitations, column by column; versions count saves and are left out."""
        with self.app.app_context():
            return {
                model.__tablename__: [
                    {name: value for name, value in row.items() if name != "version"}
                    for row in db.session.execute(select(model.__table__).order_by(model.__table__.c.id)).mappings()
                ]
                for model in (Dealer, Invitation)
            }
