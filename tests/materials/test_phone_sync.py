"""What phones send: each act answered by its id, nothing lost, nothing twice, whatever the order and the clock."""

import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from app import clock, tokens
from app.access import Role
from app.blueprints.materials import queries
from app.blueprints.materials.log.actions import By
from app.blueprints.materials.phone import actions
from app.extensions import db
from app.models import Box, Event, EventStatus, Material, Movement, MovementKind

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def ms(moment):
    return round(moment.timestamp() * 1000)


def made(number, kind="ticked", at=NOW, **values):
    return {"client_id": f"act-{number:06}", "kind": kind, "happened_at": ms(at), **values}


@pytest.fixture
def here(event, session):
    row = event()
    session.commit()
    return row


@pytest.fixture
def row(here, thing):
    return thing(here)


@pytest.fixture
def sync(planner, here, session):
    def send(*acts, now=NOW):
        address = f"/events/{here.slug}/materials/phone/sync"
        session.commit()
        answer = planner.post(address, json={"acts": list(acts), "phone_now": ms(now)})
        session.expire_all()
        assert answer.status_code == 200
        return [(each["state"], each["code"]) for each in answer.json["results"]]

    return send


def test_accepted_once_then_duplicate(sync, row, session):
    act = made(1, "counted", material_id=row.id, quantity=9)
    assert sync(act, made(2, material_id=row.id)) == [("accepted", ""), ("accepted", "")]
    assert sync(act, act) == [("duplicate", "")] * 2
    figures = queries.figures_of(row)
    assert (figures.here, figures.is_set_up, figures.entries) == (9, True, 2)


def test_one_that_is_refused_does_not_hold_up_the_others(sync, event, thing, row, session):
    foreign = thing(event(), name="别处")
    results = sync(
        made(1, "damaged", material_id=row.id, quantity=0),
        made(2, "counted", material_id=row.id, quantity=-3),
        made(3, material_id=foreign.id),
        made(4, "photo", material_id=row.id),
        made(5, "counted", material_id=row.id, quantity=1.5),
        made(6, "counted", material_id=row.id, quantity=True),
        made(7, "moved", material_id=row.id, place="舞台\x00" + "很" * 100),
        "nonsense",
        {"client_id": "x" * 99, "kind": "ticked"},
        made(8, material_id=2**31),
        made(9, "box_moved", box="000000000", place="门口"),
    )
    assert [code for _, code in results] == [
        *("quantity_out_of_range", "quantity_out_of_range", "not_on_the_list", "malformed_act", "malformed_act"),
        *("malformed_act", "", "malformed_act", "malformed_act", "malformed_act", "not_on_the_list"),
    ]
    assert [each.client_id for each in session.scalars(select(Movement))] == ["act-000007"]
    assert len(queries.figures_of(row).place) == 80


@pytest.mark.parametrize("body", [[], {"acts": 3}, {"acts": [{}] * 101}, {}])
def test_no_list_of_acts(planner, here, session, body):
    slug = here.slug
    session.commit()
    assert planner.post(f"/events/{slug}/materials/phone/sync", json=body).status_code == 400


def test_a_clock_that_is_hours_wrong(sync, row, session):
    slow, fast = NOW - timedelta(hours=5), NOW + timedelta(hours=9)
    # The slow phone counted 12 ten minutes ago, the fast one 11 five minutes ago: the later of them holds.
    sync(made(1, "counted", fast - timedelta(minutes=5), material_id=row.id, quantity=11), now=fast)
    sync(made(2, "counted", slow - timedelta(minutes=10), material_id=row.id, quantity=12), now=slow)
    assert queries.figures_of(row).here == 11
    stamps = {each.client_id: each.happened_at for each in session.scalars(select(Movement))}
    assert stamps == {"act-000001": NOW - timedelta(minutes=5), "act-000002": NOW - timedelta(minutes=10)}
    # A clock that was put right meanwhile tells of things to come: they happened at the latest now.
    sync(made(3, "counted", NOW + timedelta(days=2), material_id=row.id, quantity=7))
    sync({**made(4, "counted", material_id=row.id, quantity=8), "happened_at": "yesterday"})
    sync({**made(5, "counted", material_id=row.id, quantity=8), "happened_at": 10**30})
    assert max(each.happened_at for each in session.scalars(select(Movement))) == NOW


def test_two_counts_that_differ_are_shown_and_settled(planner, build, here, row, session):
    address, number, ten = f"/events/{here.slug}/materials/phone/data.json", row.id, NOW - timedelta(minutes=50)
    session.commit()
    people = [By("张三", build.user(Role.PLANNER).id), By("张三", build.user(Role.PLANNER).id)]

    def told(person, act):
        actions.receive(here, [act], by=people[person], phone_now=NOW)
        session.commit()
        return planner.get(address).json["items"][0]

    assert told(1, made(1, "counted", ten + timedelta(minutes=2), material_id=number, quantity=11))["dispute"] is None
    item = told(0, made(2, "counted", ten, material_id=number, quantity=12))
    assert [each["counted"] for each in item["dispute"]] == [12, 11]
    assert (item["says"], item["here"]) == ([12, 11], 11)
    item = told(1, made(3, "damaged", NOW, material_id=number, quantity=1))
    assert (item["says"], item["here"]) == ([11, 10], 10)
    settling = {**made(4, "counted", material_id=number, quantity=12), "client_id": "settle-000004"}
    item = told(1, settling)
    assert (item["dispute"], item["here"]) == (None, 12)
    assert queries.figures_of(row).entries == 4


def test_a_box_is_where_it_was_taken_last(sync, here, row, session):
    box = Box(event_id=here.id, code=tokens.new_badge_code(), created_at=NOW, bound_at=NOW)
    session.add(box)
    session.commit()
    late, early = NOW - timedelta(minutes=1), NOW - timedelta(minutes=9)
    assert sync(made(1, "box_moved", late, box=box.code, place="舞台"))[0][0] == "accepted"
    assert sync(made(2, "box_moved", early, box=box.code, place="仓库"))[0][0] == "duplicate"
    assert (box.place, box.moved_at) == ("舞台", late)


def test_closed_books_refuse_with_a_reason(sync, here, row, session):
    session.get(Event, here.id).status = EventStatus.ARCHIVED
    session.commit()
    assert sync(made(1, material_id=row.id)) == [("refused", "materials_closed")]


def picture(kind="JPEG"):
    into = BytesIO()
    Image.new("RGB", (40, 30), "red").save(into, kind)
    return into.getvalue()


def test_photos_are_told_by_their_bytes_and_kept_once(planner, here, row, session):
    address, number = f"/events/{here.slug}/materials/phone/photo", row.id
    session.commit()

    def send(content, client_id="photo-0001", material_id=number):
        data = {"client_id": client_id, "material_id": material_id, "happened_at": ms(NOW), "phone_now": ms(NOW)}
        return planner.post(address, data={**data, "file": (BytesIO(content), "x.jpg")})

    assert send(picture()).json["state"] == "accepted"
    assert send(picture()).json["state"] == "duplicate"
    assert send(b"<svg/>", "photo-0002").json["code"] == "not_a_picture"
    assert send(b"", "photo-0003").json["code"] == "not_a_picture"
    assert send(picture()[:300], "photo-0004").json["code"] == "not_a_picture"
    assert send(picture(), "photo-0005", 99999).json["code"] == "not_on_the_list"
    assert send(picture(), "?").status_code == 400
    session.expire_all()
    assert [each.kind for each in session.scalars(select(Movement))] == [MovementKind.PHOTO]


def test_nobody_reads_a_code_without_signing_in(client):
    assert "/login" in client.get(f"/M/{tokens.number_code(1)}").location


def test_codes_open_the_thing(planner, here, row, session):
    code = tokens.number_code(row.id)
    slug = here.slug
    session.commit()
    assert planner.get(f"/m/{code.lower()}").location == f"/events/{slug}/materials/phone/?item={code}"
    for wrong in (tokens.number_code(9999), tokens.number_code(2**39), "000000001", "x" * 400):
        assert planner.get(f"/M/{wrong}").status_code == 404


@given(st.integers(1, 2**31 - 1))
def test_codes_are_read_back(number):
    code = tokens.number_code(number)
    assert tokens.read_code(f"http://localhost/M/{code.lower()}", "M") == code
    assert tokens.read_number(code) == number


def test_every_part_of_the_page(planner, here, row, session):
    address, name = f"/events/{here.slug}/materials/phone/", row.name
    session.commit()
    page = planner.get(address)
    assert "wasm-unsafe-eval" in page.headers["Content-Security-Policy"]
    assert name in planner.get(address, query_string={"q": name}).text
    worker = planner.get(address + "worker.js")
    assert worker.content_type.startswith("text/javascript")
    assert address in worker.text
    assert planner.get(address + "hello.json").json["may_edit"]
    mark = planner.get(address + "data.json").json["mark"]
    assert planner.get(address + "data.json", query_string={"mark": mark}).json["same"]


def test_who_may_only_look_gets_no_buttons(build, here, session):
    address = f"/events/{here.slug}/materials/phone/"
    session.commit()
    looks = build.client(Role.DIRECTOR)
    assert 'data-may-edit=""' in looks.get(address).text
    assert looks.post(address + "sync", json={"acts": []}).status_code == 403


# -- any order of several phones' queues

PHONES = 3
ACTS = st.lists(
    st.tuples(
        st.integers(0, PHONES - 1),
        st.sampled_from(["ticked", "unticked", "counted", "moved", "damaged", "lost", "delivered"]),
        st.integers(0, 1),  # which material
        st.integers(1, 50),  # how many
        st.integers(1, 240),  # minutes ago
    ),
    min_size=1,
    max_size=10,
)
SKEWS = st.tuples(*[st.integers(-600, 600)] * PHONES)


def queues(acts, skews, ids):
    """Each phone's acts, told by its own clock."""
    found: list[list[dict[str, object]]] = [[] for _ in range(PHONES)]
    for number, (phone, kind, which, quantity, ago) in enumerate(acts):
        at = NOW - timedelta(minutes=ago) + timedelta(minutes=skews[phone])
        place = f"处{number}" if kind == "moved" else ""
        found[phone].append(made(number, kind, at, material_id=ids[which], quantity=quantity, place=place))
    return found


def sent(event, parts, skews):
    """Let the phones send these parts one after the other."""
    for phone, acts in parts:
        phone_now = NOW + timedelta(minutes=skews[phone])
        results = actions.receive(event, acts, by=By(f"手机{phone}"), phone_now=phone_now)
        assert {each.state for each in results} <= {actions.ACCEPTED, actions.DUPLICATE}


def settled(ids):
    """The figures of the materials; who was told first is no part of them."""
    found = []
    for each in ids:
        row = db.session.get_one(Material, each)
        figures = queries.figures_of(row)
        found.append((figures, row.state))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, skews=SKEWS, chance=st.randoms(use_true_random=False))
def test_any_interleaving_repetition_and_order(here, thing, session, acts, skews, chance):
    ids = [thing(here).id for _ in range(2)]
    lined = queues(acts, skews, ids)
    outcomes = []
    for shuffled in (False, True):
        with clock.stopped_at(NOW):
            step = session.begin_nested()
            parts = [(phone, list(queue)) for phone, queue in enumerate(lined) if queue]
            if shuffled:
                pieces = [(phone, [act]) for phone, queue in parts for act in queue]
                parts = [*pieces, *(each for each in pieces if chance.random() < 0.5)]
                chance.shuffle(parts)
            sent(here, parts, skews)
            outcomes.append(settled(ids))
            number = len(session.scalars(select(Movement).where(Movement.material_id.in_(ids))).all())
            assert number == len(acts)
            step.rollback()
    assert outcomes[0] == outcomes[1]


def test_phones_that_send_at_the_same_moment(app, build, here, thing, session):
    """Four at once, in opposite orders of the things, each sending everything twice."""
    ids = [thing(here).id for _ in range(6)]
    address = f"/events/{here.slug}/materials/phone/sync"
    session.commit()
    clients = [build.client(Role.PLANNER) for _ in range(4)]
    answers = []

    def send(number):
        acts = [
            made(number * 100 + at, "damaged", NOW - timedelta(minutes=at), material_id=each, quantity=1)
            for at, each in enumerate(ids if number % 2 else reversed(ids))
        ]
        for _ in range(2):
            answer = clients[number].post(address, json={"acts": acts, "phone_now": ms(NOW)})
            answers.append({each["state"] for each in answer.json["results"]})

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert answers.count({"accepted"}) == 4
    assert answers.count({"duplicate"}) == 4
    session.expire_all()
    assert [queries.figures_of(session.get(Material, each)).damaged for each in ids] == [4] * 6
