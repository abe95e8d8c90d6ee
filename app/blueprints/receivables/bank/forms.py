"""Forms of bank files: the file and its account, and what its columns hold."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Field as FormField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.blueprints.invitations.importing.layout import FileColumn, file_columns
from app.blueprints.receivables.bank.reading.columns import is_enough
from app.blueprints.receivables.bank.words import fields
from app.models import BankAccount, BankFile
from app.money import WRITABLE
from app.web.fields import LineField

HEADER_ROWS_OFFERED = 20
CELLS_TOLD = 5
NEW = 0


class UploadForm(FlaskForm):
    """A file, and which of our accounts it is of; the first file of an account says what the account is called."""

    account = SelectField(_("Our account"), coerce=int)
    name = LineField(_("Name of the account"), [Length(max=80)])
    number = LineField(_("Account number"), [Length(max=40)])
    currency = SelectField(_("Currency"), choices=[SelectChoice(each, each) for each in WRITABLE], default="CNY")
    file = FileField(_("The bank’s file"), [FileRequired(_("Please choose a file."))])

    def __init__(self, accounts: Sequence[BankAccount], **kwargs: Any) -> None:
        self.known = {each.id: each for each in accounts}
        self.names = {each.name for each in accounts}
        super().__init__(**kwargs)
        told = [SelectChoice(each.id, " · ".join(filter(None, (each.name, each.number[-4:])))) for each in accounts]
        self.account.choices = [*told, SelectChoice(NEW, _("Another account …"))]

    def validate_name(self, field: FormField) -> None:
        if self.account.data == NEW and not (field.data or "").strip():
            field.errors = [gettext("Please give the account a name.")]
        elif self.account.data == NEW and field.data in self.names:
            field.errors = [gettext("There is an account of this name already.")]

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and not self.name.errors


class LayoutForm(FlaskForm):
    """In which row the headings stand."""

    header_row = SelectField(_("Row with the headings"), coerce=int)

    def __init__(self, bank_file: BankFile, **kwargs: Any) -> None:
        super().__init__(data={"header_row": bank_file.header_row}, **kwargs)
        self.header_row.choices = [
            SelectChoice(-1, _("None: the entries start in the first row")),
            *(
                SelectChoice(number, gettext("Row %(line)s: %(cells)s", line=line, cells=_told(cells)))
                for number, (line, cells) in enumerate(bank_file.top_rows[:HEADER_ROWS_OFFERED])
            ),
        ]


def _told(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    return " · ".join(filled[:CELLS_TOLD]) + (" …" if len(filled) > CELLS_TOLD else "")


class MappingForm(FlaskForm):
    """What each column of a file holds; `mapping_form` adds a field a column."""

    columns: list[FileColumn] = []

    def column_field(self, column: FileColumn) -> FormField:
        return self[f"column_{column.index}"]

    def mapping(self) -> dict[str, int]:
        """Return field to column."""
        chosen = {each.index: self.column_field(each).data for each in self.columns}
        return {field: index for index, field in chosen.items() if field}

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        taken: set[str] = set()
        for column in self.columns:
            field = self.column_field(column)
            if field.data in taken:
                field.errors = [gettext("Another column holds this already.")]
                good = False
            taken.update([field.data] if field.data else [])
        if good and not is_enough(self.mapping()):
            self.form_errors.append(gettext("Please choose at least the day and a sum."))
            good = False
        return good


def mapping_form(bank_file: BankFile) -> MappingForm:
    """Return the form for the columns of this file."""
    columns = file_columns([cells for _line, cells in bank_file.top_rows], bank_file.header_row)
    held = {column: name for name, column in bank_file.mapping.items()}
    choices = [SelectChoice("", _("Nothing we need")), *(SelectChoice(name, text) for name, text in fields().items())]
    made: dict[str, Any] = {
        f"column_{each.index}": SelectField(
            each.heading or gettext("Column %(letter)s", letter=each.letter),
            choices=choices,
            default=held.get(each.index, ""),
        )
        for each in columns
    }
    form: MappingForm = type("MappingOfThisFile", (MappingForm,), {**made, "columns": columns})()
    return form
