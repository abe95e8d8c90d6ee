"""Forms of an import: the file, where its headings stand, what each column holds."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Field as FormField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.blueprints.invitations.importing.layout import FileColumn, file_columns, tells_somebody
from app.blueprints.invitations.importing.vocabulary import Field
from app.blueprints.invitations.importing.words import FIELDS
from app.models import Import

HEADER_ROWS_OFFERED = 20
CELLS_TOLD = 5


class UploadForm(FlaskForm):
    """The list."""

    file = FileField(_("The list"), [FileRequired(_("Please choose a file."))])


class LayoutForm(FlaskForm):
    """Which sheet, and in which row the headings stand."""

    sheet = SelectField(_("Sheet"), validate_choice=True)
    header_row = SelectField(_("Row with the headings"), coerce=int)

    def __init__(self, an_import: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, data={"sheet": an_import.sheet, "header_row": an_import.header_row}, **kwargs)
        self.sheet.choices = [SelectChoice(name, name) for name in an_import.sheets or [an_import.sheet]]
        self.header_row.choices = [
            SelectChoice(-1, _("None: the list starts in the first row")),
            *(
                SelectChoice(number, gettext("Row %(line)s: %(cells)s", line=line, cells=_told(cells)))
                for number, (line, cells) in enumerate(an_import.top_rows[:HEADER_ROWS_OFFERED])
            ),
        ]


def _told(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    return " · ".join(filled[:CELLS_TOLD]) + (" …" if len(filled) > CELLS_TOLD else "")


class MappingForm(FlaskForm):
    """What each column of one file holds; `for_import` adds a field a column."""

    columns: list[FileColumn] = []

    def column_field(self, column: FileColumn) -> FormField:
        return self[f"column_{column.index}"]

    def mapping(self) -> dict[str, int]:
        """Return field to column."""
        chosen = {column.index: self.column_field(column).data for column in self.columns}
        return {field: index for index, field in chosen.items() if field}

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        taken: dict[str, FileColumn] = {}
        for column in self.columns:
            field = self.column_field(column)
            if field.data and field.data in taken:
                other = taken[field.data]
                field.errors = [gettext("Column %(letter)s is imported as this already.", letter=other.letter)]
                good = False
            taken.setdefault(field.data, column)
        if good and not tells_somebody(self.mapping()):
            self.form_errors.append(gettext("Please choose the column that holds the company."))
            good = False
        return good


def mapping_form(an_import: Import) -> MappingForm:
    """Return the form for the columns of this file."""
    columns = file_columns([cells for _line, cells in an_import.top_rows], an_import.header_row)
    held = {column: field for field, column in an_import.mapping.items()}
    choices = [SelectChoice("", _("Not imported")), *(SelectChoice(field.value, _(FIELDS[field])) for field in Field)]
    fields: dict[str, Any] = {
        f"column_{column.index}": SelectField(
            column.heading or gettext("Column %(letter)s", letter=column.letter),
            choices=choices,
            default=held.get(column.index, ""),
        )
        for column in columns
    }
    kind = type("MappingOfThisFile", (MappingForm,), {**fields, "columns": columns})
    form: MappingForm = kind()
    return form
