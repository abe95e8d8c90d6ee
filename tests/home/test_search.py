"""Quick search: pinyin aware, and only what the person may see."""

import pytest

from app import names
from app.access import Role


@pytest.fixture
def world(build):
    event = build.event(name="武汉招商会", slug="wuhan")
    dealer = build.dealer(
        company="湖北长江商贸有限公司",
        contact="张三",
        mobile="+8613812345678",
        search_key=names.search_key("张三", "湖北长江商贸有限公司", "+8613812345678"),
    )
    rep = build.user(Role.SALES_REP)
    build.invitation(event, dealer, rep_id=rep.id)
    return rep


def found(client, typed):
    text = client.get("/search", query_string={"q": typed}, headers={"HX-Request": "true"}).text
    assert "<html" not in text
    return text.count('class="found"')


@pytest.mark.parametrize(
    ("typed", "count"),
    [("张三", 2), ("zs", 3), ("zhangsan", 2), ("5678", 2), ("长江", 2), ("wuhan", 1), ("whzsh", 1), ("李", 0), ("", 0)],
)
def test_by_characters_pinyin_initials_and_phone(world, build, typed, count):
    assert found(build.client(Role.PLANNER), typed) == count


def test_reps_find_their_own_guests_only(app, world, build):
    client = app.test_client()
    build.sign_in(client, world)
    assert found(client, "张三") == 2
    assert found(build.client(Role.SALES_REP), "张三") == 1  # the dealer, not the guest of somebody else


def test_reception_finds_events_only(world, build):
    client = build.client(Role.RECEPTION)
    assert found(client, "张三") == 0
    assert found(client, "武汉") == 1


def test_whatever_is_typed_is_harmless(world, build):
    client = build.client(Role.PLANNER)
    for typed in ("%", "_", "'; DROP TABLE users; --", "<script>", "***", "\\"):
        assert found(client, typed) == 0
    assert "<script>alert" not in client.get("/search?q=<script>alert(1)</script>").text
