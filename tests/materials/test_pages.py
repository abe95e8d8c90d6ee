"""The pages: they open, say what is wrong, take what is typed rightly and send back what is not."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.materials import actions, queries
from app.models import Material, MaterialOrder, MaterialState, Movement, MovementKind, ProofState

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)


def upload(content, name="打样.png"):
    return {"file": (BytesIO(content), name)}


@pytest.fixture
def prepared(event, session):
    made = event()
    actions.prepare(made)
    session.commit()
    return made


@pytest.fixture
def row(prepared, session):
    return session.scalar(select(Material).where(Material.event_id == prepared.id, Material.key == "roll_ups"))


def url(row, path=""):
    return f"/events/{row.event.slug}/materials/{row.id}{path}"


@pytest.fixture
def post(planner, row, session):
    """Post to the page of the roll-ups and return (status, the material as it is now)."""

    def send(path, **data):
        address = url(row, path)
        session.commit()
        answer = planner.post(address, data=data)
        session.expire_all()
        return answer.status_code, row

    return send


def test_all_pages_open_with_and_without_rows(planner, event, session, prepared):
    empty = event()
    session.commit()
    for slug in (empty.slug, prepared.slug):
        for path in (
            "",
            "?sort=zone",
            "?sort=owner",
            "?sort=name",
            "?state=planned&q=ylb",
            "print",
            "new",
            "?format=xlsx",
            "needing/no_owner",
            "checklist.pdf",
            "delivery-note.pdf",
            "packing-list.pdf",
        ):
            assert planner.get(f"/events/{slug}/materials/{path}").status_code == 200, path
    for each in session.scalars(select(Material)).all():
        assert planner.get(url(each)).status_code == 200
    assert planner.get("/stock/").status_code == 200


def test_nobody_else_s_material(planner, event, row, session):
    other = event()
    session.commit()
    assert planner.get(f"/events/{other.slug}/materials/{row.id}").status_code == 404


def test_the_list_starts_by_one_button(planner, event, session):
    made = event()
    session.commit()
    assert planner.post(f"/events/{made.slug}/materials/prepare").status_code == 303
    assert session.scalar(select(Material.id).where(Material.event_id == made.id, Material.key == "tote_bags"))


def test_order_on_top_and_cancel(post, session):
    status, row = post("/order", quantity="10", supplier="宏图展具", unit_price="68.50", due_on="2026-12-10")
    assert status == 303
    assert (row.state, row.supplier, str(row.unit_price)) == (MaterialState.ORDERED, "宏图展具", "68.5000")
    post("/order", quantity="5")
    assert queries.ordered_of(row) == 15
    post("/delivery", quantity="12", damaged="2", place="仓库")
    assert row.state == "ordered"
    figures = queries.figures_of(row)
    assert (figures.delivered, figures.good, figures.here, figures.place) == (12, 10, 10, "仓库")
    second = session.scalars(select(MaterialOrder).order_by(MaterialOrder.id.desc())).first()
    post(f"/orders/{second.id}/cancel")
    assert queries.ordered_of(row) == 12
    assert row.state == "delivered"
    assert post(f"/orders/{second.id}/cancel")[0] == 409


@pytest.mark.parametrize("number", ["0", "-3", "1.5", "", "viele", "99999999999"])
def test_impossible_quantities_are_sent_back(post, session, number):
    assert post("/order", quantity=number)[0] == 422
    assert post("/delivery", quantity=number)[0] == 422
    assert post("/after", kind="lost", quantity=number)[0] == 422
    assert session.scalars(select(MaterialOrder)).all() == []
    assert session.scalars(select(Movement)).all() == []


def test_more_damaged_than_came(post):
    assert post("/delivery", quantity="3", damaged="4")[0] == 422


def test_set_up_and_down_again(post):
    post("/delivery", quantity="15")
    assert post("/tick")[1].state is MaterialState.SET_UP
    assert post("/untick")[1].state is MaterialState.DELIVERED
    post("/count", quantity="13")
    post("/after", kind="kept", quantity="13")
    assert post("/move", place="库房")[1].state is MaterialState.CLOSED


def test_an_entry_taken_back_counts_no_more(post, session):
    post("/delivery", quantity="150")
    entry = session.scalar(select(Movement))
    _, row = post(f"/log/{entry.id}/take-back")
    assert queries.figures_of(row).delivered == 0
    assert row.state is MaterialState.PLANNED
    assert session.scalar(select(Movement)).taken_back_at is not None


def test_a_proof_is_told_by_its_bytes(planner, row, session):
    address = url(row, "/proof")
    session.commit()
    for content in (b"MZ\x90 not a picture", PNG[:40], b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        assert planner.post(address, data=upload(content)).status_code == 422
    assert planner.post(address, data=upload(PNG)).status_code == 303
    session.expire_all()
    assert row.proof is ProofState.SUBMITTED
    shown = planner.get(address)
    assert (shown.content_type, shown.data) == ("image/png", PNG)


def test_a_proof_goes_back_and_is_signed_off(planner, row, post):
    assert post("/proof/sign-off")[0] == 409
    planner.post(url(row, "/proof"), data=upload(PNG))
    assert post("/proof/send-back", note="")[0] == 422
    assert post("/proof/send-back", note="主题字太小")[1].proof is ProofState.RETURNED
    planner.post(url(row, "/proof"), data=upload(PNG))
    status, row = post("/proof/sign-off")
    assert (status, row.proof) == (303, ProofState.SIGNED_OFF)
    assert row.signed_off_by_id is not None


def test_a_changed_design_has_to_be_signed_off_anew(planner, row, post, session):
    planner.post(url(row, "/proof"), data=upload(PNG))
    post("/proof/sign-off")
    actions.edit(row.event, row, design_text="{theme}!")
    assert row.proof is ProofState.WANTED
    session.rollback()


def test_a_design_names_only_what_an_event_has(post):
    fields = {"name": "易拉宝", "rule": "fixed", "base_quantity": "15", "needs_proof": "y"}
    assert post("/edit", **fields, design_text="{theme} {slogan}")[0] == 422
    assert post("/edit", **fields, design_text="{theme} {day}")[0] == 303


def test_negative_numbers_in_the_plan(post):
    fields = {"name": "易拉宝", "rule": "fixed"}
    assert post("/edit", **fields, base_quantity="-1")[0] == 422
    assert post("/edit", **fields, base_quantity="2.5")[0] == 422
    assert post("/edit", **fields, base_quantity="0", pack_size="0")[0] == 422


def test_photos_hang_on_the_log(planner, row, session):
    address = url(row)
    session.commit()
    assert planner.post(f"{address}/photo", data=upload(b"%PDF-1.4 %%EOF")).status_code == 422
    assert planner.post(f"{address}/photo", data=upload(PNG)).status_code == 303
    entry = session.scalar(select(Movement).where(Movement.kind == MovementKind.PHOTO))
    assert planner.get(f"{address}/log/{entry.id}/photo").data == PNG


def test_what_was_ordered_stays_on_the_list(post):
    post("/order", quantity="1")
    assert post("/remove")[0] == 409


def test_an_owner_for_several(planner, prepared, session, build):
    owner = build.user(Role.CONFERENCE_AFFAIRS)
    ids = [row.id for row in session.scalars(select(Material).limit(3))]
    session.commit()
    answer = planner.post(f"/events/{prepared.slug}/materials/assign", data={"ids": ids, "owner_id": owner.id})
    assert answer.status_code == 303
    session.expire_all()
    assert [session.get(Material, each).owner_id for each in ids] == [owner.id] * 3


def test_who_may_look_and_who_may_change(build):
    # No context is open here: what a request remembers of its person must not reach the next.
    made = build.event()
    row = build.save(Material(event_id=made.id, name="易拉宝"))
    list_url = f"/events/{made.slug}/materials/"
    row_url = f"{list_url}{row.id}"
    edits = {Role.ADMINISTRATOR, Role.PLANNER, Role.CONFERENCE_AFFAIRS}
    sees = edits | {Role.DIRECTOR, Role.SALES_MANAGER, Role.FINANCE}
    for role in Role:
        client = build.client(role)
        for address in (list_url, row_url, f"{list_url}checklist.pdf"):
            assert client.get(address).status_code == (200 if role in sees else 403), role
        assert client.post(f"{row_url}/order", data={}).status_code == (422 if role in edits else 403), role


def test_every_writing_address_needs_the_right_to_edit(app, build):
    finance = build.client(Role.FINANCE)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"materials.checklist_job", "materials.my_zone_task", "materials.my_material"}:
            continue  # whoever may look may print, and a personal link is a key of its own
        if rule.endpoint.startswith("materials.") and "POST" in rule.methods:
            address = rule.rule.replace("<slug>", "x")
            address = re.sub(r"<int:\w+>", "1", address)
            assert finance.post(address).status_code == 403, rule.rule
