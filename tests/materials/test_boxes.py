"""Boxes: packed, moved with what is in them, labelled; a blank label finds its box once."""

from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from app import links, tokens
from app.access import Role
from app.blueprints.materials import queries
from app.blueprints.materials.boxes import actions
from app.blueprints.materials.boxes import queries as boxes
from app.blueprints.materials.log.actions import By, write
from app.blueprints.materials.printing.labels import LabelFace, LabelSize, labels_pdf
from app.models import Box, BoxContent, Movement, MovementKind
from tests.build.statements import noted
from tests.materials.conftest import NOW
from tests.materials.test_print import LONG

BY = By("沈若溪")
HOUR = timedelta(hours=1)


@pytest.fixture
def here(event):
    return event()


@pytest.fixture
def box(here, session):
    made = actions.make(here, "门口物料 1", "仓库")
    session.commit()
    return made


@pytest.fixture
def post(planner, here, session):
    """Post to a page of the event's boxes and return the status."""

    def send(path, **data):
        address = f"/events/{here.slug}/materials/boxes/{path}"
        session.commit()
        answer = planner.post(address, data=data)
        session.expire_all()
        return answer.status_code

    return send


def codes_of(document):
    found = []
    for page in pypdfium2.PdfDocument(document):
        found += [each.text for each in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())]
    return sorted(found)


def test_packing_is_replacing_and_taking_out(post, box, here, thing, session):
    row = thing(here)
    path, number = f"{box.code}/pack", row.id
    assert post(path, material_id=number, quantity=6) == 303
    assert post(path, material_id=number, quantity=4) == 303
    assert [(each.material_id, each.quantity) for each in box.contents] == [(number, 4)]
    assert [each.box.name for each in boxes.holding(here, number)] == ["门口物料 1"]
    for wrong in ("0", "-1", "1.5", "", "x"):
        assert post(path, material_id=number, quantity=wrong) == 422
    assert post(path, material_id=99999, quantity=1) == 422
    assert post(f"{box.code}/unpack/{number}") == 303
    assert session.scalars(select(BoxContent)).all() == []


def test_what_is_in_a_box_goes_along(post, box, here, thing):
    rows = [thing(here, name=f"物{number}") for number in range(3)]
    for row in rows:
        actions.put(here, box, row, 2)
    assert post(f"{box.code}/move", place="舞台") == 303
    assert box.place == "舞台"
    assert [queries.figures_of(row).place for row in rows] == ["舞台"] * 3
    assert post(f"{box.code}/move", place="") == 422


def test_a_box_goes_and_the_logs_stay(post, box, here, thing, session):
    row = thing(here)
    actions.put(here, box, row, 2)
    actions.move(here, box, "舞台", by=BY)
    assert post(f"{box.code}/remove") == 303
    assert session.scalars(select(Box)).all() == []
    assert len(session.scalars(select(Movement)).all()) == 1
    assert post("", name="", place="") == 422
    assert post("", name="新箱", place="") == 303


def test_a_blank_label_is_bound_once(planner, post, here, event, session):
    assert post("blank-labels", number="0") == 422
    assert post("blank-labels", number="481") == 422
    assert post("blank-labels", number="3", size="a4-24") == 200
    labels = session.scalars(select(Box)).all()
    assert [(each.event_id, each.is_bound) for each in labels] == [(None, False)] * 3
    code, other = labels[0].code, event().slug
    session.commit()
    assert planner.get(f"/X/{code}").location == f"/boxes/blank/{code}"
    assert planner.get(f"/boxes/blank/{code}").status_code == 200
    assert planner.get(f"/events/{here.slug}/materials/boxes/bind/{code}").status_code == 200
    assert post(f"bind/{code}", name="") == 422
    assert post(f"bind/{code}", name="资料 1", place="库房") == 303
    assert (labels[0].event_id, labels[0].name, labels[0].place) == (here.id, "资料 1", "库房")
    session.commit()
    assert "box=" in planner.get(f"/events/{here.slug}/materials/boxes/bind/{code}").location
    for address in (f"/events/{other}/materials/boxes/{code}", f"/events/{other}/materials/boxes/bind/{code}"):
        assert planner.get(address).status_code == 404
    assert planner.get(f"/boxes/blank/{code}").status_code == 404
    with pytest.raises(actions.LabelTaken):
        actions.bind(here, session.get(Box, labels[0].id), "再来")


def test_who_may_look_may_not_pack(build, here, box, session):
    slug, code = here.slug, box.code
    session.commit()
    looks = build.client(Role.FINANCE)
    seen = looks.get(f"/events/{slug}/materials/boxes/{code}").status_code
    assert seen in {200, 403}
    for path in (f"{code}/move", f"{code}/pack", "blank-labels", "", f"bind/{code}"):
        assert looks.post(f"/events/{slug}/materials/boxes/{path}", data={"name": "x"}).status_code == 403
    assert looks.post(f"/events/{slug}/materials/phone/sync", json={"acts": []}).status_code == 403
    assert looks.post(f"/events/{slug}/materials/phone/photo").status_code == 403


@pytest.mark.parametrize("size", LabelSize)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_labels_are_read_from_the_paper(size, language):
    faces = [
        LabelFace(f"HTTPS://SIGNING.EXAMPLE.COM/X/{tokens.number_code(number)}", "X", name, name, name * 9)
        for number, name in enumerate(("门口物料 1", LONG, "Roll-ups for the steps", ""))
    ]
    document = labels_pdf(faces, size=size, event="秋季渠道招商会", language=language)
    assert codes_of(document) == sorted(each.url for each in faces)
    pages = len(pypdfium2.PdfDocument(document))
    assert pages == (1 if size.is_sheet else 4)


def test_a_full_sheet_goes_on_to_the_next():
    faces = [LabelFace("HTTP://LOCALHOST/X/1", "1", f"箱{number}") for number in range(25)]
    document = labels_pdf(faces, size=LabelSize.SHEET_24, event="", language="zh_CN")
    assert len(pypdfium2.PdfDocument(document)) == 2


def test_every_print(app, planner, here, box, thing, session):
    row = thing(here)
    actions.put(here, box, row, 2)
    expected = [links.box_page(box.code)]
    root, code, things = f"/events/{here.slug}/materials", box.code, [links.material_page(tokens.number_code(row.id))]
    session.commit()
    assert codes_of(planner.get(f"{root}/boxes/labels.pdf?size=100x70").data) == expected
    assert codes_of(planner.get(f"{root}/boxes/labels.pdf?code={code}&size=nonsense&language=xx").data) == expected
    assert planner.get(f"{root}/boxes/labels.pdf?code=000000000").status_code == 404
    assert codes_of(planner.get(f"{root}/labels.pdf?size=a4-24").data) == things
    assert set(things) < set(codes_of(planner.get(f"{root}/checklist.pdf").data))
    assert codes_of(planner.get(f"{root}/boxes/{code}/packing-list.pdf").data) == expected


@pytest.mark.parametrize("path", ["", "?sort=zone", "phone/", "phone/data.json", "boxes/", "checklist.pdf"])
def test_pages_cost_the_same_whatever_their_length(app, planner, event, thing, session, path):
    costs = []
    planner.get("/account")  # whoever asks is loaded once
    for number in (3, 60):
        made = event()
        for at in range(number):
            row = thing(made, name=f"物{at}")
            actions.put(made, actions.make(made, f"箱{at}"), row, 1)
            queries.figures_of(row)
        address = f"/events/{made.slug}/materials/{path}"
        session.commit()
        session.expire_all()
        with noted(app) as statements:
            assert planner.get(address).status_code == 200
        costs.append(len(statements))
    assert costs[1] <= costs[0]  # what the first page loads about whoever asks is known to the second


def test_a_material_s_page_says_in_which_box_it_is_and_settles_counts(planner, here, box, thing, session):
    row = thing(here)
    actions.put(here, box, row, 2)
    session.commit()
    for number, (who, count) in enumerate((("张三", 12), ("李四", 11))):
        write(here, row, MovementKind.COUNTED, count, by=By(who), client_id=f"c{number}", happened_at=NOW - HOUR)
    address = f"/events/{here.slug}/materials/{row.id}"
    session.commit()
    assert queries.figures_of(row).dispute
    session.commit()
    page = planner.get(address).text
    assert box.code in page or box.name in page
    assert 'id="differ"' in page
    session.commit()
    assert "#differ" in planner.get(f"/events/{here.slug}/materials/").text
    assert planner.post(f"{address}/settle", data={"quantity": "x"}).status_code == 422
    assert planner.post(f"{address}/settle", data={"quantity": "12"}).status_code == 303
    session.expire_all()
    assert (queries.figures_of(row).dispute, queries.figures_of(row).here) == (None, 12)
