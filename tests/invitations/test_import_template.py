import io
import zipfile

import pytest

from app.blueprints.invitations.importing.columns import find_header, guess_mapping
from app.blueprints.invitations.importing.template import import_template
from app.blueprints.invitations.importing.values import KIND_OF, READINESS_OF, read_rows
from app.blueprints.invitations.importing.vocabulary import Field, plain
from app.models import GuestKind, Readiness
from app.sheets import read_table
from app.texts import gettext
from app.web.words import word


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_template_comes_back_without_a_touch(locale: str) -> None:
    table = read_table(import_template(locale))
    assert len(table.sheets) == 2
    assert find_header(table.rows) == 0
    mapping = guess_mapping(table.rows[0])
    assert set(mapping) == set(Field)
    assert len(table.rows) == 2
    assert read_rows(table.rows[1:], table.lines[1:], table.rows[0], mapping, {}) == []


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_example_is_a_guest_once_it_is_called_by_a_name(locale: str) -> None:
    table = read_table(import_template(locale))
    row = table.rows[1]
    row[0] = "永发商贸"
    draft = read_rows([row], [2], table.rows[0], guess_mapping(table.rows[0]), {})[0]
    assert draft.reasons == []


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_drop_downs_offer_what_the_import_understands(locale: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(import_template(locale)))
    xml = archive.read("xl/worksheets/sheet1.xml").decode()
    offered = [part.split("</formula1>")[0].strip('"') for part in xml.split("<formula1>")[1:]]
    kinds, levels, _ = (part.replace("&quot;", "").split(",") for part in offered)
    assert [KIND_OF[plain(name)] for name in kinds] == list(GuestKind)
    assert [READINESS_OF[plain(name)] for name in levels] == list(Readiness)
    # They are the words of our own pages.
    assert kinds == [gettext(locale, word(kind).text._args[0]) for kind in GuestKind]
    assert levels == [gettext(locale, word(level).text._args[0]) for level in Readiness]


def test_the_guide_has_a_line_per_column() -> None:
    data = import_template("zh_CN")
    table = read_table(data, read_table(data).sheets[1])
    assert len(table.rows) == len(Field) + 1
