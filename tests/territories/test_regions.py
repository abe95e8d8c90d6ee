"""The official list: taken in once and again, what vanishes and moves, how it is found, and own regions in it."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app import clock, doctor
from app.blueprints.territories.regions import actions, official, queries
from app.blueprints.territories.regions.actions import NoMembers, NotOwnRegion, RegionInUse
from app.blueprints.territories.regions.official import Area, OfficialListMissing
from app.doctor import Health
from app.extensions import db
from app.models import Region, RegionLevel
from tests.build import contracts

L = RegionLevel
SMALL = [
    Area("CN", "中国", L.COUNTRY, None, "/CN/"),
    Area("440000", "广东省", L.PROVINCE, "CN", "/CN/440000/"),
    Area("430000", "湖南省", L.PROVINCE, "CN", "/CN/430000/"),
    Area("440100", "广州市", L.CITY, "440000", "/CN/440000/440100/"),
    Area("430100", "长沙市", L.CITY, "430000", "/CN/430000/430100/"),
    Area("440106", "天河区", L.COUNTY, "440100", "/CN/440000/440100/440106/"),
    Area("440113", "番禺区", L.COUNTY, "440100", "/CN/440000/440100/440113/"),
    Area("430102", "芙蓉区", L.COUNTY, "430100", "/CN/430000/430100/430102/"),
]


def load(app, areas):
    with app.app_context():
        done = actions.load(areas)
        db.session.commit()
        return (done.added, done.changed, done.gone)


def get(code):
    found = queries.region_by_code(code)
    assert found is not None
    return found


@pytest.fixture
def small(app):
    assert load(app, SMALL) == (8, 0, 0)


@pytest.mark.usefixtures("small")
def test_loading_again_changes_nothing(app):
    assert load(app, SMALL) == (0, 0, 0)
    with app.app_context():
        assert get("440106").parent.code == "440100"
        assert get("440106").path == "/CN/440000/440100/440106/"


@pytest.mark.usefixtures("small")
def test_what_vanishes_is_switched_off_and_keeps_its_territory(app, build):
    with app.app_context():
        gone = get("440113").id
    grant = contracts.grant(build, build.dealer(), build.save(Region(code="q", name="q", level=L.COUNTY, path="/q/")),
                            contracts.line(build))  # fmt: skip
    with app.app_context():
        db.session.get_one(type(grant), grant.id).region_id = gone
        db.session.commit()
    without = [area for area in SMALL if area.code != "440113"]
    assert load(app, without) == (0, 0, 2)  # and the made-up county
    with app.app_context():
        assert not get("440113").is_active
        assert [each.region.code for each in queries.search("番禺")] == []
        assert db.session.get_one(type(grant), grant.id).region.code == "440113"
    assert load(app, SMALL) == (0, 1, 0)


@pytest.mark.usefixtures("small")
def test_a_county_that_moves_takes_its_accounts_along(app):
    with app.app_context():
        account = actions.add_account("天河人民医院", get("440106"))
        assert account.path == f"/CN/440000/440100/440106/{account.code}/"
        db.session.commit()
    moved = [
        replace(area, parent="430100", path="/CN/430000/430100/440106/") if area.code == "440106" else area
        for area in SMALL
    ]
    assert load(app, moved) == (0, 1, 0)
    with app.app_context():
        [account] = queries.own_regions()
        assert account.path.startswith("/CN/430000/430100/440106/")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("天河", "440106"),
        ("tianhe", "440106"),
        ("th", "440106"),
        ("guangzhou tianhe", "440106"),
        ("广东", "440000"),
        ("gd", "440000"),
        ("440113", "440113"),
        ("panyu", "440113"),
        ("Changsha", "430100"),
    ],
)
def test_search_by_name_pinyin_initials_and_code(app, typed, first):
    with app.app_context():
        assert queries.search(typed)[0].region.code == first


@pytest.mark.usefixtures("small")
def test_search_narrows_by_what_lies_above(app):
    with app.app_context():
        assert queries.search("changsha tianhe") == []
        assert queries.search("  %_' ") == []
        assert queries.search("芙蓉")[0].where == "湖南省 · 长沙市"


@pytest.mark.usefixtures("small")
def test_own_regions(app, build):
    with app.app_context():
        group = actions.add_group("华南大区", [get("440000"), get("430100")])
        wider = actions.add_group("全部", [group, get("430000")])
        db.session.commit()
        assert {each.code for each in wider.members} == {"440000", "430100", "430000"}
        assert [each.region.code for each in queries.search("huanan")] == [group.code]
        with pytest.raises(NoMembers):
            actions.edit(group, "华南", [], is_active=True)
        with pytest.raises(NotOwnRegion):
            actions.edit(get("440000"), "粤", [], is_active=True)
        actions.edit(group, "华南区", [get("440000")], is_active=True)
        db.session.commit()
        kept = group.id
    contracts.grant(build, build.dealer(), group, contracts.line(build), held_until=clock.now().replace(year=2099))
    with app.app_context():
        group = db.session.get_one(Region, kept)
        with pytest.raises(RegionInUse):
            actions.edit(group, "华南区", [get("430000")], is_active=True)
        actions.edit(group, "南方", list(group.members), is_active=True)


def test_the_whole_official_list(app):
    areas = official.areas()
    began = time.perf_counter()
    added, _, _ = load(app, areas)
    first = time.perf_counter() - began
    assert added == len(areas) > 3_400
    began = time.perf_counter()
    assert load(app, areas) == (0, 0, 0)
    again = time.perf_counter() - began
    assert first < 10
    assert again < 3
    with app.app_context():
        assert queries.search("guangzhou")[0].region.code == "440100"
        assert queries.search("shaanxi")[0].region.name == "陕西省"
        assert queries.search("重庆")[0].region.latin_name == "Chongqing"
        assert [each.region.name for each in queries.search("wuhan hongshan")] == ["洪山区"]
        below = select(func.count()).select_from(Region).where(Region.parent_id.is_not(None))
        assert db.session.scalar(below) == len(areas) - 1


def test_a_list_that_is_not_one_is_refused(tmp_path):
    for text in ("", "const areaList = {}", 'province_list: { 110000: "北京市" } city_list: {} county_list: {}'):
        (tmp_path / "areas.js").write_text(text, encoding="utf-8")
        with pytest.raises(OfficialListMissing):
            official.areas(tmp_path / "areas.js")
    with pytest.raises(OfficialListMissing):
        official.areas(tmp_path / "nowhere.js")


def test_the_doctor_notes_that_no_regions_are_loaded(app, build):
    def health():
        with app.app_context():
            return [finding.health for finding in doctor._regions(app.config)]

    country = contracts.region(build)
    assert health() == [Health.NOTE]
    contracts.region(build, contracts.region(build, country))
    assert health() == [Health.GOOD]
