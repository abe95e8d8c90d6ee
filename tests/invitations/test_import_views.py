"""The pages of an import: bring a file, look, take it in, take it back; who may, and what is refused."""

import io

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.invitations.importing.columns import find_header, guess_mapping
from app.blueprints.invitations.importing.layout import guests
from app.extensions import db
from app.models import Dealer, EventStatus, Import, ImportState, Invitation, InvitationState
from app.sheets import read_table, to_csv
from tests.build.statements import noted
from tests.invitations import samples
from tests.invitations.lists import HEADINGS, Lists, people


@pytest.fixture
def lists(app, build):
    return Lists(app, build)


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def address(lists, tail=""):
    return f"/events/{lists.event.slug}/guests/import{tail}"


def bring(client, lists, data, name="名单.xlsx"):
    return client.post(address(lists), data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def brought(client, lists, rows, headings=HEADINGS):
    """Bring a list; return the address of its page."""
    answer = bring(client, lists, to_csv([headings, *rows]), "list.csv")
    assert answer.status_code == 303, answer.text
    return answer.location


def the_import(app):
    with app.app_context():
        return db.session.scalars(select(Import).order_by(Import.id.desc())).first()


def test_a_list_from_file_to_guests_and_back(app, build, lists, planner):
    build.user(Role.SALES_REP, name="王磊")
    page = bring(planner, lists, samples.guest_list(above=["2026 招商会名单"]))
    assert page.status_code == 303
    shown = planner.get(page.location)
    assert shown.status_code == 200
    assert "单小雨" in shown.text
    assert the_import(app).counts == {"new": 3, "updated": 0, "unchanged": 0, "refused": 0}
    with app.app_context():
        assert db.session.scalars(select(Dealer)).all() == []
    applied = planner.post(f"{page.location}/apply")
    assert applied.status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Invitation)).all()) == 3
    assert "/revert" in planner.get(applied.location).text
    assert planner.post(f"{page.location}/revert").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Dealer)).all() == []
    assert planner.get(page.location).status_code == 200
    assert planner.get(address(lists)).status_code == 200


def test_twice_is_told_by_its_code(lists, planner):
    page = brought(planner, lists, people(2))
    as_json = {"Accept": "application/json"}
    planner.post(f"{page}/apply")
    again = planner.post(f"{page}/apply", headers=as_json)
    assert (again.status_code, again.json["error"]) == (409, "import_already_applied")
    planner.post(f"{page}/revert")
    again = planner.post(f"{page}/revert", headers=as_json)
    assert (again.status_code, again.json["error"]) == (409, "import_already_reverted")


BAD = {
    "broken": (samples.guest_list()[:700], "sheet_broken"),
    "encrypted": (samples.encrypted_workbook(), "sheet_encrypted"),
    "macros": (samples.macro_workbook(), "sheet_has_macros"),
    "web page": (samples.web_page(), "sheet_is_web_page"),
    "bomb": (samples.sparse_bomb(), "sheet_too_many_columns"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "sheet_format_unknown"),
    "empty": (b" ", "sheet_empty"),
    "large": (b"a,b\n" * 2_800_000, "sheet_too_large"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_beside_the_field_and_changes_nothing(app, lists, planner, kind):
    data, _code = BAD[kind]
    answer = bring(planner, lists, data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert the_import(app) is None


def test_a_file_over_the_limit_of_uploads_is_told_beside_the_field(lists, planner):
    answer = bring(planner, lists, bytes(13 * 1024 * 1024))
    assert answer.status_code == 413
    assert 'id="file-error"' in answer.text


def test_no_file_at_all(lists, planner):
    answer = planner.post(address(lists), data={}, content_type="multipart/form-data")
    assert answer.status_code == 422


@pytest.mark.parametrize("role", [Role.SALES_REP, Role.DIRECTOR, Role.RECEPTION, Role.FINANCE])
def test_who_may_not_import(build, lists, role):
    client = build.client(role)
    for path in (address(lists), address(lists, "s/1"), address(lists, "/template.xlsx")):
        assert client.get(path).status_code == 403
    for step in ("apply", "revert", "discard", "columns", "layout"):
        assert client.post(address(lists, f"s/1/{step}")).status_code == 403


def test_nobody_imports_without_signing_in(client, lists):
    assert client.get(address(lists)).status_code in (302, 303, 401)


def test_an_import_of_another_event_is_not_found(build, lists, planner):
    page = brought(planner, lists, people(1))
    other = page.replace(lists.event.slug, build.event().slug)
    for path in (other, f"{other}/progress", f"{other}/refused.xlsx"):
        assert planner.get(path).status_code == 404
    for step in ("apply", "revert", "discard", "columns", "layout"):
        assert planner.post(f"{other}/{step}").status_code == 404


def test_unknown_headings_are_mapped_by_hand_and_remembered(app, lists, planner):
    headings = ["甲", "乙", "丙"]
    rows = [("永发商贸", "张三", "x"), ("海丰贸易", "李四", "y")]
    page = brought(planner, lists, rows, headings)
    assert the_import(app).state is ImportState.UPLOADED
    assert planner.get(page).status_code == 200
    refused = planner.post(f"{page}/columns", data={"column_0": "", "column_1": "", "column_2": "notes"})
    assert refused.status_code == 422
    twice = planner.post(f"{page}/columns", data={"column_0": "company", "column_1": "company", "column_2": ""})
    assert twice.status_code == 422
    assert 'id="column_1-error"' in twice.text
    planner.post(f"{page}/columns", data={"column_0": "company", "column_1": "contact", "column_2": ""})
    found = the_import(app)
    assert (found.state, found.counts["new"]) == (ImportState.CHECKED, 2)
    brought(planner, lists, rows, headings)
    assert the_import(app).mapping == {"company": 0, "contact": 1}


def test_the_headings_can_be_said_to_stand_elsewhere(app, lists, planner):
    page = brought(planner, lists, [("永发商贸", "张三"), ("海丰贸易", "李四")], ("公司", "联系人"))
    planner.post(f"{page}/layout", data={"header_row": "1", "sheet": ""})
    found = the_import(app)
    assert (found.header_row, found.state) == (1, ImportState.UPLOADED)
    planner.post(f"{page}/layout", data={"header_row": "0", "sheet": ""})
    found = the_import(app)
    assert (found.header_row, found.state, found.counts["new"]) == (0, ImportState.CHECKED, 2)
    assert planner.post(f"{page}/layout", data={"header_row": "99", "sheet": ""}).status_code == 422


def test_another_sheet_can_be_read(app, lists, planner):
    page = bring(planner, lists, samples.several_sheets()).location
    assert the_import(app).sheet == "名单"
    planner.post(f"{page}/layout", data={"header_row": "0", "sheet": "其他"})
    assert the_import(app).sheet == "其他"
    assert planner.post(f"{page}/layout", data={"header_row": "0", "sheet": "密"}).status_code == 422


def test_refused_rows_come_back_with_reasons_and_are_mapped_when_mended(app, lists, planner):
    page = brought(planner, lists, [("", "张三", "13800000001"), *people(1)])
    assert "company_missing" not in planner.get(page).text
    answer = planner.get(f"{page}/refused.xlsx")
    table = read_table(answer.data)
    assert table.rows[0][: len(HEADINGS)] == list(HEADINGS)
    assert len(table.rows) == 2
    assert table.rows[1][1:3] == ["张三", "13800000001"]
    assert table.rows[1][-1]
    assert guess_mapping(table.rows[0], table.rows[1:]) == guess_mapping(HEADINGS)


def test_refused_rows_of_a_list_mapped_by_hand_come_back_as_it_was(app, lists, planner):
    page = brought(planner, lists, [("永发商贸", "张三", "12"), ("海丰贸易", "李四", "y")], ["甲", "乙", "丙"])
    planner.post(
        f"{page}/columns", data={"column_0": "company", "column_1": "contact", "column_2": "companions_allowed"}
    )
    assert the_import(app).counts["refused"] == 1
    bring(planner, lists, planner.get(f"{page}/refused.xlsx").data)
    found = the_import(app)
    assert found.mapping == {"company": 0, "contact": 1, "companions_allowed": 2}
    assert (found.state, found.counts["refused"]) == (ImportState.CHECKED, 1)


def test_the_template_comes_in_the_language_of_the_page_and_back_again(build, lists):
    client = build.app.test_client()
    build.sign_in(client, build.user(Role.PLANNER, locale="zh_CN"))
    table = read_table(client.get(address(lists, "/template.xlsx")).data)
    assert table.rows[0][0].startswith("公司")
    header = find_header(table.rows)
    assert guests(table, header, {f.value: c for f, c in guess_mapping(table.rows[header]).items()}, {}) == []


def test_rows_are_filtered_and_paged(lists, planner):
    page = brought(planner, lists, [*people(60), ("", "没有公司")])
    assert planner.get(page).text.count("data-row=") == 50
    assert planner.get(f"{page}?verdict=refused").text.count("data-row=") == 1
    assert planner.get(f"{page}?page=2").text.count("data-row=") == 11


def test_setting_a_list_aside(app, lists, planner):
    page = brought(planner, lists, people(1))
    assert planner.post(f"{page}/discard").status_code == 303
    assert the_import(app) is None
    kept = brought(planner, lists, people(1))
    planner.post(f"{kept}/apply")
    assert planner.post(f"{kept}/discard").status_code == 409


def test_what_a_revert_left_is_named(app, lists, planner):
    page = brought(planner, lists, people(2))
    planner.post(f"{page}/apply")
    with app.app_context():
        db.session.scalars(select(Invitation).limit(1)).one().state = InvitationState.INVITED
        db.session.commit()
    planner.post(f"{page}/revert")
    shown = planner.get(page).text
    assert "张1" in shown
    assert the_import(app).counts["kept"] == 1


def test_an_event_that_is_over_takes_no_list(app, build):
    lists = Lists(app, build, build.event(status=EventStatus.CLOSED))
    planner = build.client(Role.PLANNER)
    assert planner.get(address(lists)).status_code == 200
    assert bring(planner, lists, samples.guest_list()).status_code == 409


def test_a_list_page_costs_a_fixed_number_of_queries(app, lists, planner):
    few = brought(planner, lists, people(2))
    many = brought(planner, lists, people(80, start=100))
    with noted(app) as first:
        planner.get(few)
    with noted(app) as second:
        planner.get(many)
    assert len(second) == len(first)
